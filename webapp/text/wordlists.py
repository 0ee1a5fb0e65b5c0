"""How the word lists of this room are written."""


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as one string with spaces, which is how a list is easiest to read and to add to."""
    return frozenset(words.split())

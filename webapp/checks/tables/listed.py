"""Reads lists of words that are written as running text, so that the tables stay readable."""


def listed(words: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(words.split())


def one_of(words: str) -> str:
    """A regular expression for any of the words: `~` stands for letters that may follow, `_` for a space in a phrase.

    The longest come first, so that a word is not cut short by another one that begins it.
    """
    return "|".join(
        word.replace("~", r"\w*").replace("_", r"[\s\u00a0]") for word in sorted(listed(words), key=len, reverse=True)
    )

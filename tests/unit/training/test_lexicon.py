"""The lexicon of the word links: words that stand together in the corpus belong together."""

from training.lexicon import lexicon

PAIRS = [
    ("le chat dort", "кот спит"),
    ("le chien dort", "пёс спит"),
    ("le chat mange", "кот ест"),
    ("le chien mange", "пёс ест"),
] * 3


def test_words_that_always_come_together_are_associated_and_others_are_not() -> None:
    found = {(a, b): weight for a, b, weight in lexicon(PAIRS, "fr", "ru")}
    for french, russian in (("chat", "кот"), ("chien", "пес"), ("dort", "спит"), ("mange", "ест")):
        others = {b: weight for (a, b), weight in found.items() if a == french}
        right = others.pop(russian)
        assert right > 1.5 * max(others.values(), default=0)


def test_it_is_sorted_and_the_same_every_time() -> None:
    first = lexicon(PAIRS, "fr", "ru")
    assert first == sorted(first) == lexicon(PAIRS, "fr", "ru")


def test_figures_are_left_to_their_value() -> None:
    assert all("1" not in a for a, _, _ in lexicon([("le 12 mars", "12 марта")] * 4, "fr", "ru"))

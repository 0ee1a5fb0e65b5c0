"""Diffs: nothing of either text is lost, and words stay whole."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.services.diffs import diff_words

_TEXTS = st.text(st.sampled_from("abé 한국,.’\n"), max_size=60)


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_from_a_diff_and_neighbours_differ(old: str, new: str) -> None:
    diff = diff_words(old, new)
    assert "".join(text for op, text in diff if op != "ins") == old
    assert "".join(text for op, text in diff if op != "del") == new
    assert all(text for _, text in diff)
    assert all(a[0] != b[0] for a, b in pairwise(diff))


def test_words_are_compared_whole_in_every_language() -> None:
    assert diff_words("Le conseil vote.", "Le conseiller vote.") == (
        ("same", "Le "),
        ("del", "conseil"),
        ("ins", "conseiller"),
        ("same", " vote."),
    )
    assert diff_words("시장이 어제 말했다.", "시장은 어제 말했다.")[:2] == (("del", "시장이"), ("ins", "시장은"))
    assert diff_words("вчера вечером", "вчера утром")[1:] == (("del", "вечером"), ("ins", "утром"))


def test_a_phrase_that_is_replaced_is_one_change_not_a_word_salad() -> None:
    diff = diff_words("He said a few words today.", "He said nothing at all today.")
    assert [op for op, _ in diff] == ["same", "del", "ins", "same"]


def test_equal_and_empty_texts() -> None:
    assert diff_words("", "") == ()
    assert diff_words("Oui.", "Oui.") == (("same", "Oui."),)
    assert diff_words("", "Oui.") == (("ins", "Oui."),)


def test_very_long_texts_do_not_take_long() -> None:
    old, new = "a b " * 50_000, "b a c " * 50_000
    diff = diff_words(old, new)
    assert "".join(text for op, text in diff if op != "del") == new

"""The one spelling of a text."""

import unicodedata

import pytest

from webapp.text.normalise import normalise


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\u0085d\x0be\x0cf", "a\nb\nc\nd\ne\nf"),
        ("a\r\x00\nb", "a\nb"),
        ("un\x00deux\x07trois\x1b[0m\x7f\x9b", "undeuxtrois[0m"),
        ("\ufeffDébut\ufeff", "Début"),
        ("gouver\u00adnement", "gouvernement"),
        ("\ufffe\uffff\ufdd0\U0001ffff", ""),
        ("e\u0301te\u0301", "été"),
        ("a\tb  c", "a\tb  c"),
        ("«\u00a0oui\u202f!\u00a0»", "«\u00a0oui\u202f!\u00a0»"),
        ("“l’été” 'x' \u200b 👩\u200d🚒 ﬁn", "“l’été” 'x' \u200b 👩\u200d🚒 ﬁn"),
        ("paire \ud83d\ude00 seule \ud83d fin \ude00", "paire 😀 seule \ufffd fin \ufffd"),
        ("", ""),
    ],
)
def test_every_text_has_one_spelling(written: str, normal: str) -> None:
    assert normalise(written) == normal


@pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0344\u0323", "\u0f73\u0345"])
def test_long_runs_of_combining_marks_give_the_normal_form_of_unicode(marks: str) -> None:
    text = "e" + marks * 100 + "a"
    assert normalise(text) == unicodedata.normalize("NFC", text)

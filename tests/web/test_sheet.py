"""The sheet's pieces: ghosts, states, marks, spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import Origin, State, Translation
from webapp.languages import LANGUAGES
from webapp.web.formats import css_text, fine_spaces, plain_line
from webapp.web.sheet import LOW_CONFIDENCE, ghost_text, is_low, overall_state


@given(st.integers(2, 400), st.sampled_from(sorted({language.script for language in LANGUAGES.values()})))
def test_a_ghost_is_about_as_long_as_asked_and_breaks_into_words(length: int, script: str) -> None:
    ghost = ghost_text(length, script)
    assert length - 1 <= len(ghost) <= length
    assert max(map(len, ghost.split())) <= 11


@pytest.mark.parametrize(
    ("states", "overall"),
    [
        ([], State.UNTRANSLATED),
        ([State.APPROVED, State.APPROVED], State.APPROVED),
        ([State.APPROVED, State.DRAFT], State.DRAFT),
        ([State.TRANSLATED, State.UNTRANSLATED], State.UNTRANSLATED),
        ([State.APPROVED, State.REJECTED, State.DRAFT], State.REJECTED),
    ],
)
def test_a_cell_shows_the_state_of_the_sentence_that_needs_most_work(states: list[State], overall: State) -> None:
    assert overall_state(Translation("…", state) for state in states) is overall


def test_only_a_machines_draft_is_marked_unsure() -> None:
    unsure = LOW_CONFIDENCE - 0.01
    assert is_low(Translation("a", State.DRAFT, Origin.MT, confidence=unsure))
    assert not is_low(Translation("a", State.DRAFT, Origin.MT, confidence=LOW_CONFIDENCE))
    assert not is_low(Translation("a", State.APPROVED, Origin.MT, confidence=unsure))
    assert not is_low(Translation("a", State.DRAFT, Origin.HUMAN))


@given(st.text())
def test_fine_spaces_change_spaces_only(text: str) -> None:
    for code in LANGUAGES:
        fine = fine_spaces(text, code)
        assert len(fine) == len(text)
        assert fine.replace("\u202f", " ").replace("\u00a0", " ") == text.replace("\u202f", " ").replace("\u00a0", " ")


def test_fine_spaces_know_each_language() -> None:
    assert fine_spaces("« Oui ! » : 40 % de 12 000 €", "fr") == "«\u202fOui\u202f!\u202f»\u202f: 40\u00a0% de 12\u00a0000\u00a0€"
    assert fine_spaces("Yes : 40 %", "en") == "Yes : 40\u00a0%"
    assert fine_spaces("в 2024 году 1 200", "ru") == "в 2024 году 1\u00a0200"


@given(st.text())
def test_text_in_a_style_sheet_cannot_leave_its_string(text: str) -> None:
    assert not set(css_text(text)) & set("\"'{};@<>*/\n")


@given(st.text())
def test_a_line_holds_nothing_that_turns_or_hides_text(text: str) -> None:
    line = plain_line(text)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\n\r\t\x00\x1b")

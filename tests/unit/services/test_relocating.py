"""Marks follow their words when the French is corrected."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain import Mark
from webapp.services.relocating import marks_for

OLD = "Le chat noir dort."


def held(text: str, *marks: Mark) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks_for(text, OLD, marks)]


def test_words_that_moved_take_their_mark_along() -> None:
    assert held("Hier, le chat noir dort.", Mark(3, 12, "b")) == ["chat noir"]
    assert held("Le chat tout noir dort.", Mark(3, 12, "b")) == ["chat tout noir"]


def test_words_that_are_gone_lose_their_mark() -> None:
    assert held("Le chat dort.", Mark(8, 12, "b")) == []


def test_a_point_stays_behind_its_word() -> None:
    (mark,) = marks_for("Hier, le chat noir dort.", OLD, [Mark(12, 12, "sup")])
    assert (mark.start, mark.end) == (18, 18)


@given(
    st.text("abc. ", min_size=1, max_size=30), st.text("abc. ", min_size=1, max_size=30), st.integers(0, 30), st.integers(0, 30)
)
def test_marks_always_lie_inside_the_text(old: str, new: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(old)), min(b, len(old))))
    for mark in marks_for(new, old, [Mark(start, end, "b")]):
        assert 0 <= mark.start <= mark.end <= len(new)

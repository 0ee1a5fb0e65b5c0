"""What the engine remembers while it drafts: enough to translate nothing twice, never more than it says."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engine import memory
from webapp.engine.base import Draft
from webapp.engine.memory import Memory


def drafts(sentences: Sequence[str]) -> dict[str, list[Draft]]:
    return {target: [Draft(f"{target} {sentence}", 1.0) for sentence in sentences] for target in ("en", "ru")}


def run(sentences: Sequence[str], size: int, ahead: int = 2) -> tuple[list[str], list[str], int]:
    """Takes slices of `size` through a memory, `ahead` of them under way: gives what was asked, what came, and the most held."""
    remembered = Memory(sentences, ("en", "ru"))
    ranges = [range(i, min(i + size, len(sentences))) for i in range(0, len(sentences), size)]
    under_way: list[tuple[range, list[str]]] = []
    asked: list[str] = []
    came: list[str] = []
    most = 0
    while ranges or under_way:
        while ranges and len(under_way) < ahead:
            where = ranges.pop(0)
            under_way.append((where, remembered.unknown(sentences[where.start : where.stop])))
            asked += under_way[-1][1]
        where, texts = under_way.pop(0)
        remembered.learn(texts, drafts(texts))
        for part in remembered.slices(sentences, where):
            came += [draft.text for draft in part.drafts] if part.target == "ru" else []
        most = max(most, len(remembered._known))
    return asked, came, most


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(1, 7))
def test_every_sentence_is_asked_for_once_and_comes_wherever_it_stands(sentences: list[str], size: int) -> None:
    asked, came, _ = run(sentences, size)
    assert asked == list(dict.fromkeys(sentences))
    assert came == [f"ru {sentence}" for sentence in sentences]


def test_sentences_that_come_once_are_not_remembered_once_they_are_handed_out() -> None:
    _, _, most = run([f"phrase {i}" for i in range(10_000)], 50)
    assert most <= 50


def test_of_a_book_that_repeats_itself_no_more_than_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "REMEMBERED", 200)
    book = [f"phrase {i}" for i in range(1000)] * 2
    asked, came, most = run(book, 50)
    assert most <= 200
    assert came == [f"ru {sentence}" for sentence in book]
    assert len(asked) <= 2000

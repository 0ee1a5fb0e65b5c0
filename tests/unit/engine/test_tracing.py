"""Reading translations that exist: the model's attention over them is that of a draft with the same words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from webapp.config import Settings
from webapp.engine.base import HopTrace, Passage
from webapp.engine.hop import Pieces
from webapp.engine.packages import PackageStore
from webapp.engine.tracing import LONGEST, trace_all
from webapp.engine.translator import ArgosEngine
from webapp.errors import NoRoute

SENTENCES = ("Le ministre a signé lundi un accord à Moscou.", "Les négociations reprendront en mars.", "Bonjour.")


@dataclass
class WordHop:
    """A hop whose pieces are words and whose attention says how long the texts were."""

    batches: list[int] = field(default_factory=list)

    def encode(self, text: str) -> Pieces:
        return tuple(text.split())

    def attend(self, pairs: Sequence[tuple[Pieces, Pieces]]) -> list[bytes]:
        self.batches.append(len(pairs))
        return [bytes([len(right)]) * (len(left) * len(right)) for left, right in pairs]


def now(work: Callable[[], list[bytes]]) -> list[bytes]:
    return work()


def traced(passages: Sequence[Passage], hops: Sequence[WordHop]) -> list[tuple[HopTrace, ...]]:
    return trace_all(passages, hops, now)  # type: ignore[arg-type] # all that is used of a hop


def test_every_hop_leaves_a_trace_in_the_order_of_the_passages() -> None:
    hops = [WordHop(), WordHop()]
    passages = [Passage("un deux trois", "раз", "one two"), Passage("un", "раз два", "one")]
    found = traced(passages, hops)
    first, second = found[0]
    assert (first.source_pieces, first.target_pieces) == (("un", "deux", "trois"), ("one", "two"))
    assert (second.source_pieces, second.target_pieces) == (("one", "two"), ("раз",))
    assert [len(t.attention) for t in found[1]] == [1, 2]


def test_the_same_pair_of_texts_is_read_once() -> None:
    hops = [WordHop(), WordHop()]
    traced([Passage("un", "раз", "one"), Passage("un", "два", "one")], hops)
    assert [hop.batches for hop in hops] == [[1], [2]]


@pytest.mark.parametrize("passage", [Passage("12 000", "12,000"), Passage("un", "…"), Passage("un", "x " * (LONGEST + 1))])
def test_what_holds_no_words_or_too_many_leaves_no_attention(passage: Passage) -> None:
    [[trace]] = traced([passage], [WordHop()])
    assert trace.attention == b""


def test_a_route_whose_english_is_not_known_leaves_nothing() -> None:
    assert traced([Passage("un", "раз")], [WordHop(), WordHop()]) == [(HopTrace((), ()), HopTrace((), ()))]


def test_many_passages_are_read_in_batches_of_like_lengths() -> None:
    hop = WordHop()
    found = traced([Passage(f"a {n}", "b " * (n % 7 + 1) + str(n)) for n in range(70)], [hop])
    assert hop.batches == [32, 32, 6]
    assert all(trace.attention[0] == len(trace.target_pieces) for (trace,) in found)


@pytest.fixture
def engine(starters: PackageStore, starter_settings: Settings) -> Iterator[ArgosEngine]:
    opened = ArgosEngine(starters, replace(starter_settings, engine_threads=1))
    yield opened
    opened.close()


def test_reading_a_draft_again_gives_the_attention_it_was_written_with(engine: ArgosEngine) -> None:
    drafts = [draft for part in engine.draft(SENTENCES, source="fr", targets=["ru"]) for draft in part.drafts]
    read = engine.trace([Passage(s, d.text, d.pivot) for s, d in zip(SENTENCES, drafts, strict=True)], source="fr", target="ru")
    compared = 0
    for draft, traces in zip(drafts, read, strict=True):
        for written, again in zip(draft.traces, traces, strict=True):
            assert again.source_pieces == written.source_pieces
            if again.target_pieces == written.target_pieces:  # a text may be cut into pieces in more ways than one
                compared += 1
                assert not _matrix(written)[0].any()  # not known in a batch, see Hop.translate
                assert np.abs(_matrix(again) - _matrix(written))[1:].max(initial=0) < 26  # int8: batches matter a little
    assert compared >= 3


def _matrix(trace: HopTrace) -> np.ndarray:
    shape = len(trace.target_pieces), len(trace.source_pieces)
    return np.frombuffer(trace.attention, np.uint8).reshape(shape).astype(int)


def test_without_a_route_there_is_nothing_to_read(engine: ArgosEngine) -> None:
    with pytest.raises(NoRoute):
        engine.trace([Passage("eins", "one")], source="de", target="en")

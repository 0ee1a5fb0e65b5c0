"""One hop applied to the texts of one slice, odd ones included.

A stage is begun, which queues its batches, and finished, which waits for them; between the two, other stages can run. Three kinds
of text need more than one sequence or a second look, and only they: an over-long sentence is translated in parts, a
heading in both ways of writing it, and what came out as a loop once more with penalties.

Lives here: which sequences a text needs, and which of the results is kept. Never here: threads, routes, slices.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from math import exp
from typing import Final

import numpy as np

from webapp.engine import repair
from webapp.engine.base import HopTrace
from webapp.engine.hop import Hop, Hypothesis, Pieces
from webapp.engine.wording import for_model, for_reader, passes_through, unchanged

LONGEST: Final = 150  # source pieces; argostranslate's models are trained on sentences up to this length

Batches = Callable[[list[int]], list[list[int]]]
Submit = Callable[[Callable[[], list[Hypothesis]]], "Future[list[Hypothesis]]"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One text after one hop. `trace` is None where the text passed through untouched."""

    text: str
    confidence: float
    trace: HopTrace | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of text with the sequences that may stand for it: the first as written, others as alternatives."""

    text: str
    sequences: tuple[Pieces, ...]


class Stage:
    """The texts of one slice on their way through one hop. Equal texts, and equal sequences, are translated once."""

    def __init__(self, hop: Hop, texts: Sequence[str], *, submit: Submit, batches: Batches) -> None:
        """Queues through `submit` the batches that `batches` makes of the lengths of the sequences."""
        self._hop = hop
        self._texts = texts
        self._submit = submit
        self._batches = batches
        self._plans = {text: _plan(text, hop) for text in dict.fromkeys(texts)}
        self._sequences = list(dict.fromkeys(s for plan in self._plans.values() for part in plan for s in part.sequences))
        self._running = self._begin(self._sequences)

    def finish(self) -> list[Rendering]:
        """Waits for the batches, mends what needs it, and gives one rendering for every text, in order."""
        best = dict(zip(self._sequences, self._end(self._running, len(self._sequences)), strict=True))
        self._mend_loops(best)
        done = {text: _render(text, plan, best, self._hop) for text, plan in self._plans.items()}
        return [done[text] for text in self._texts]

    def _begin(self, sequences: Sequence[Pieces], *, against_loops: bool = False) -> "_Running":
        running = []
        for batch in self._batches([len(s) for s in sequences]):
            chosen = [sequences[i] for i in batch]
            running.append((batch, self._submit(partial(self._hop.translate, chosen, against_loops=against_loops))))
        return running

    @staticmethod
    def _end(running: "_Running", count: int) -> list[Hypothesis]:
        found: dict[int, Hypothesis] = {}
        for batch, future in running:
            found.update(zip(batch, future.result(), strict=True))
        return [found[i] for i in range(count)]

    def _mend_loops(self, best: dict[Pieces, Hypothesis]) -> None:
        looping = [s for s, found in best.items() if found.was_cut_off or repair.loops(found.pieces, s)]
        if not looping:
            return
        second = self._end(self._begin(looping, against_loops=True), len(looping))
        for sequence, other in zip(looping, second, strict=True):
            best[sequence] = _better(sequence, best[sequence], other)


_Running = list[tuple[list[int], "Future[list[Hypothesis]]"]]


def _plan(text: str, hop: Hop) -> tuple[_Part, ...]:
    """Decides what the model is given for a text; () where nothing is."""
    plain = for_model(text)
    if not plain or passes_through(plain):
        return ()
    pieces = hop.encode(plain)
    if len(pieces) > LONGEST:
        return tuple(_Part(part, (hop.encode(part),)) for part in _cut(plain, hop))
    other = repair.sentence_case(plain)
    return (_Part(plain, (pieces,) if other is None else (pieces, hop.encode(other))),)


def _cut(plain: str, hop: Hop) -> list[str]:
    words = repair.split_giants(plain)
    return repair.cut(words, [len(hop.encode(word)) for word in words], LONGEST)


def _better(source: Pieces, first: Hypothesis, second: Hypothesis) -> Hypothesis:
    """The second try if it came to an end without a loop; else the first with its loops squeezed to one turn."""
    if second.pieces and not second.was_cut_off and not repair.loops(second.pieces, source):
        return second
    return _squeezed(first, len(source))


def _squeezed(found: Hypothesis, width: int) -> Hypothesis:
    kept = repair.squeeze(found.pieces)
    rows = [found.attention[i * width : (i + 1) * width] for i in kept] if found.attention else []
    share = len(kept) / max(1, len(found.pieces))
    return Hypothesis(tuple(found.pieces[i] for i in kept), found.log_prob * share, len(kept) + 1, b"".join(rows))


def _render(text: str, plan: tuple[_Part, ...], best: dict[Pieces, Hypothesis], hop: Hop) -> Rendering:
    if not plan:
        return Rendering(unchanged(text), 1.0)
    chosen = [max(part.sequences, key=lambda s: best[s].confidence) for part in plan]
    found = [best[sequence] for sequence in chosen]
    written = repair.join([part.text for part in plan], [for_reader(hop.decode(f.pieces)) for f in found])
    trace = _trace(chosen, found)
    if not written:  # the source says more than nothing
        return Rendering(unchanged(text), 0.0, trace)
    log_prob, steps = sum(f.log_prob for f in found), sum(f.steps for f in found)
    return Rendering(written, min(1.0, exp(log_prob / steps)), trace)


def _trace(sources: Sequence[Pieces], found: Sequence[Hypothesis]) -> HopTrace:
    """The pieces of the parts one after the other; each part attends to itself alone."""
    if len(found) == 1:
        return HopTrace(sources[0], found[0].pieces, found[0].attention)
    rows, columns = sum(len(f.pieces) for f in found), sum(map(len, sources))
    whole = np.zeros((rows, columns), dtype=np.uint8)
    row = column = 0
    for source, f in zip(sources, found, strict=True):
        if f.attention:
            block = np.frombuffer(f.attention, dtype=np.uint8).reshape(len(f.pieces), len(source))
            whole[row : row + len(f.pieces), column : column + len(source)] = block
        row, column = row + len(f.pieces), column + len(source)
    return HopTrace(tuple(p for s in sources for p in s), tuple(p for f in found for p in f.pieces), whole.tobytes())

"""Reads the attention with which a model would have written a translation that somebody gives.

After a person rewrote a sentence the traces of its draft speak of other words. The model is made to write the new text (forced
decoding), and its attention is kept as for a draft of its own. Lives here: which texts go through which hop, in which batches.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from webapp.engine.base import HopTrace, Passage
from webapp.engine.hop import Hop, Pieces
from webapp.engine.wording import for_model, passes_through

LONGEST: Final = 200
"""Pieces of either side; longer texts get no trace: models are not trained on them, and the links of a book are not asked for."""

_BATCH: Final = 32
Run = Callable[[Callable[[], list[bytes]]], list[bytes]]


def trace_all(passages: Sequence[Passage], hops: Sequence[Hop], run: Run) -> list[tuple[HopTrace, ...]]:
    """Gives for every passage one trace a hop, in order; the attention is empty where a text is missing, too long or no text.

    `run` does the work of one batch and waits for it.
    """
    found = [_legs(passage, len(hops)) for passage in passages]
    done: dict[tuple[int, str, str], HopTrace] = {}
    for number, hop in enumerate(hops):
        wanted = sorted({leg[number] for leg in found if all(leg[number])}, key=lambda pair: len(pair[1]))
        pairs = [(hop.encode(for_model(a)), hop.encode(for_model(b))) for a, b in wanted]
        for (a, b), (left, right), attention in zip(wanted, pairs, _attend(hop, pairs, run), strict=True):
            done[number, a, b] = HopTrace(left, right, attention)
    return [tuple(done.get((n, *leg), HopTrace((), ())) for n, leg in enumerate(legs)) for legs in found]


def _legs(passage: Passage, hops: int) -> list[tuple[str, str]]:
    """The two texts of each hop; "" where one is not known or holds nothing for a model."""
    pivot = passage.pivot or ""
    legs = [(passage.source, passage.target)] if hops == 1 else [(passage.source, pivot), (pivot, passage.target)]
    return [pair if not any(passes_through(text) for text in pair) else ("", "") for pair in legs]


def _attend(hop: Hop, pairs: Sequence[tuple[Pieces, Pieces]], run: Run) -> list[bytes]:
    found = [b""] * len(pairs)
    fitting = [n for n, pair in enumerate(pairs) if all(0 < len(pieces) <= LONGEST for pieces in pair)]
    for start in range(0, len(fitting), _BATCH):
        batch = fitting[start : start + _BATCH]
        chosen = [pairs[n] for n in batch]
        for n, attention in zip(batch, run(partial(hop.attend, chosen)), strict=True):
            found[n] = attention
    return found

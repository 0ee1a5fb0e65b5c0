"""Word links: which word of a translation says what which word of the source says.

    attention of a hop ─┐
    lexicon, likeness ──┼─▶ weights of the words ─▶ composed through the English ─▶ seen from both sides ─▶ links
    place ──────────────┘

Links are approximate by nature. A word that somebody wrote after the model did has a link only where the lexicon or its spelling
gives one.

Lives here: from two sentences and the traces between them to links. Never here: the engine's libraries, the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from webapp.align.linking import LOOSE, STRICT, Pair, both_ways, links, product
from webapp.align.pieces import joined
from webapp.align.weights import TUNING, Matrix, Tuning, Words, hop_weights, known_weights, language_of, near
from webapp.engine.base import HopTrace
from webapp.languages import PIVOT, SOURCE

_COLUMNS: Final = 0.3
_POWER: Final = 0.7


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One word of the source and one of the target; offsets in code points, `probability` above 0, at most 1."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    probability: float


def word_links(
    source: str,
    target: str,
    traces: Sequence[HopTrace],
    *,
    pivot: str | None = None,
    languages: tuple[str, str] | None = None,
    tuning: Tuning = TUNING,
) -> tuple[Link, ...]:
    """Links the words of two sentences; sorted by source, then target; each pair of words at most once.

    `traces` has one trace a hop, in the order of the route; () where there is none. `pivot` is the English between two hops,
    needed where its text is not what the first hop wrote; a single trace beside it is the second hop's. The texts may differ
    from the pieces: by typography, or because a person has rewritten them. `languages` are the codes of both texts; None:
    by their letters, French into English where both are Latin.
    """
    if languages is None:
        languages = (language_of(source, SOURCE), language_of(target, PIVOT))
    left, right = Words(source, languages[0]), Words(target, languages[1])
    if not left.words or not right.words:
        return ()
    weights = _weights(left, right, traces, pivot, tuning)
    found: dict[Pair, float] = links(weights, STRICT if right.language == "ko" else LOOSE)
    return tuple(
        Link(*left.spans[i], *right.spans[j], min(1.0, max(0.001, round(probability, 3))))
        for (i, j), probability in sorted(found.items())
    )


def _weights(left: Words, right: Words, traces: Sequence[HopTrace], pivot: str | None, tuning: Tuning) -> Matrix:
    hops: list[HopTrace | None] = list(traces)
    if pivot is not None and len(hops) < 2:  # the English was given: only the last hop left a trace, if any
        hops = [None, *(hops or [None])]
    if len(hops) < 2:
        return hop_weights(left, right, hops[0] if hops else None, tuning)
    between = [Words(text, PIVOT) for text in _between(hops, pivot)]
    texts = [left, *between, right]
    composed: Matrix | None = None
    for first, second, trace in zip(texts, texts[1:], hops, strict=False):
        hop = both_ways(hop_weights(first, second, trace, tuning), columns=_COLUMNS, power=_POWER)
        composed = hop if composed is None else product(hop, composed, len(left))
    direct = known_weights(left, right, replace(tuning, likeness=min(tuning.likeness, tuning.likeness_across)))
    both = [[a + b for a, b in zip(*rows, strict=True)] for rows in zip(composed or direct, direct, strict=True)]
    return near(both, right.language, tuning)


def _between(hops: Sequence[HopTrace | None], pivot: str | None) -> list[str]:
    """The texts between the hops: the English given, else what each hop wrote."""
    written = [joined(hop.target_pieces) if hop is not None else "" for hop in hops[:-1]]
    if pivot is not None:
        written[0] = pivot
    return written

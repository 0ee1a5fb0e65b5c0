"""The other ways in which a route could have rendered one sentence: the beam's n best, most likely first.

Lives here: which hypotheses are worth showing. Never here: threads, loading, how a model is called.
"""

from collections.abc import Sequence
from typing import Final

from webapp.engine import repair
from webapp.engine.hop import Hop, Hypothesis
from webapp.engine.wording import for_model, for_reader, passes_through

PIVOTS: Final = 3  # English sentences that the last hop starts from, where there are two hops

Found = tuple[str, float, str | None]


def n_best(text: str, hops: Sequence[Hop], count: int) -> list[Found]:
    """Renders one sentence in up to `count` different ways through the hops of a route, one or two of them.

    Gives (text, confidence of the weaker hop, pivot or None), the most likely first; [] where there is nothing to translate.
    With two hops the ways of the last are taken from each of the likeliest pivots, so that a wrong pivot is not the end.
    """
    ways: list[Found] = [(text, 1.0, None)]
    for leg, hop in enumerate(hops):
        is_last = leg == len(hops) - 1
        wanted = count if is_last else PIVOTS
        following = [
            (written, min(confidence, before), None if leg == 0 else origin)
            for origin, before, _ in ways
            for written, confidence in _of_one_hop(origin, hop, wanted)
        ]
        following.sort(key=lambda way: -way[1])
        ways = _distinct(following)[:wanted]
    return ways


def _of_one_hop(text: str, hop: Hop, count: int) -> list[tuple[str, float]]:
    plain = for_model(text)
    if not plain or passes_through(plain):
        return []
    pieces = hop.encode(plain)
    found = hop.n_best(pieces, count)
    sound = [h for h in found if h.pieces and not h.was_cut_off and not repair.loops(h.pieces, pieces)]
    return [(written, h.confidence) for h in sound if (written := _written(h, hop))]


def _written(hypothesis: Hypothesis, hop: Hop) -> str:
    return for_reader(hop.decode(hypothesis.pieces))


def _distinct(ways: Sequence[Found]) -> list[Found]:
    once: dict[str, Found] = {}
    for way in ways:
        once.setdefault(way[0], way)
    return list(once.values())

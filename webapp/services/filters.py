"""Filters: which sentences of an article are worth going to, and the way from one to the next."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from webapp.reviewing import Place
from webapp.storage import articles, comments, held, places, steps
from webapp.storage.places import Spotted
from webapp.storage.store import Transaction

LOW_CONFIDENCE: Final = 0.25
"""A draft below this is doubtful; the pages' own mark (`web.sheet.LOW_CONFIDENCE`) has the same value and reasons."""


class Filter(StrEnum):
    """What a translation is looked for. `UNFINISHED`: not approved, or something came up since.

    `STALE`: made of an earlier French or an earlier English.
    """

    ALL = "all"
    UNFINISHED = "unfinished"
    LOW_CONFIDENCE = "low-confidence"
    FINDINGS = "findings"
    MINE = "mine"
    COMMENTED = "commented"
    STALE = "stale"
    PROPOSALS = "proposals"


_Test = Callable[[Spotted], bool]


def find_sentences(
    tx: Transaction,
    article_id: str,
    wanted: Filter,
    *,
    target: str | None = None,
    who: str = "local",
    below: float = LOW_CONFIDENCE,
) -> tuple[Place, ...]:
    """Lists the translations that a filter lets through, in source order; those of one version, or (None) of all.

    `who` is the person of `Filter.MINE`. Raises ArticleNotFound.
    """
    article = articles.key_of(tx, article_id)
    test = _tests(tx, article, target, who, below)[wanted]()
    return tuple(spot.place for spot in _spotted(tx, article, target) if test(spot))


def count_sentences(
    tx: Transaction, article_id: str, *, target: str | None = None, who: str = "local", below: float = LOW_CONFIDENCE
) -> Mapping[Filter, int]:
    """Counts the sentences that each filter lets through, each once in how many versions ever. Raises ArticleNotFound."""
    article = articles.key_of(tx, article_id)
    tests = {wanted: make() for wanted, make in _tests(tx, article, target, who, below).items()}
    spots = _spotted(tx, article, target)
    return {wanted: len({spot.sentence_id for spot in spots if test(spot)}) for wanted, test in tests.items()}


def next_sentence(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    *,
    target: str,
    wanted: Filter = Filter.UNFINISHED,
    backwards: bool = False,
    who: str = "local",
    below: float = LOW_CONFIDENCE,
) -> Place | None:
    """Finds the next sentence of one version that a filter lets through, after `sentence_id` or before it.

    A sentence that is not in the article (0, removed) counts as standing before its beginning, or after its end when
    going backwards. None when there is no further one; the search does not start over. Raises ArticleNotFound.
    """
    article = articles.key_of(tx, article_id)
    test = _tests(tx, article, target, who, below)[wanted]()
    spots = _spotted(tx, article, target)
    if backwards:
        spots.reverse()
    here = next((n for n, spot in enumerate(spots) if spot.sentence_id == sentence_id), -1)
    return next((spot.place for spot in spots[here + 1 :] if test(spot)), None)


def _spotted(tx: Transaction, article: int, target: str | None) -> list[Spotted]:
    return places.spotted(tx, article, held.targets_of(tx, article) if target is None else [target])


def _tests(tx: Transaction, article: int, target: str | None, who: str, below: float) -> Mapping[Filter, Callable[[], _Test]]:
    """Makes, for each filter, the test of one translation; what needs the database asks it once, when it is made."""

    def mine() -> _Test:
        changed = steps.changed_by(tx, article, who, None if target is None else [target])
        return lambda spot: (spot.sentence_id, spot.target) in changed

    def commented() -> _Test:
        found = comments.commented(tx, article, target)
        return lambda spot: (spot.sentence_id, None) in found or (spot.sentence_id, spot.target) in found

    return {
        Filter.ALL: lambda: lambda _spot: True,
        Filter.UNFINISHED: lambda: lambda spot: spot.is_unfinished,
        Filter.LOW_CONFIDENCE: lambda: lambda spot: spot.is_doubtful(below),
        Filter.FINDINGS: lambda: lambda spot: spot.findings > 0,
        Filter.MINE: mine,
        Filter.COMMENTED: commented,
        Filter.STALE: lambda: lambda spot: spot.stale or spot.pivot_changed,
        Filter.PROPOSALS: lambda: lambda spot: spot.proposal,
    }

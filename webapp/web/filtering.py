"""The filters of the article page: which rows it shows, how many sentences each filter lets through, and their addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from flask import request

from webapp.languages import TARGETS
from webapp.services.filters import Filter, count_sentences, find_sentences
from webapp.storage.store import Transaction
from webapp.web.sheet import Hits

WHO: Final = "local"
"""Who reviews, until there are accounts."""


@dataclass(frozen=True)
class Sieve:
    """A filter on the sheet, of one version or (None) of all; `counts` are of sentences, `paragraphs` and `hits` of this one."""

    wanted: Filter
    target: str | None = None
    counts: Mapping[Filter, int] | None = None
    hits: Hits = frozenset()
    paragraphs: Sequence[int] = ()

    @property
    def name(self) -> str | None:
        """The filter as an address names it; None: all."""
        return None if self.wanted is Filter.ALL else self.wanted.value

    @property
    def address(self) -> dict[str, Any]:
        """The query of an address that keeps this filter."""
        query: dict[str, Any] = {} if self.name is None else {"filter": self.name}
        return query if self.target is None else {**query, "version": self.target}

    @cached_property
    def _shown(self) -> frozenset[int]:
        return frozenset(self.paragraphs)

    def shows(self, paragraph: int) -> bool:
        """Whether the paragraph is on the page."""
        return self.wanted is Filter.ALL or paragraph in self._shown

    def stop_after(self, start: int, count: int | None) -> int | None:
        """Where to stop reading so as to have `count` of the paragraphs from `start` on; None: at the end."""
        left = [paragraph for paragraph in self.paragraphs if paragraph >= start]
        return None if count is None or len(left) <= count else left[count - 1] + 1


def sieve_asked_for() -> tuple[Filter, str | None]:
    """The filter and the version that the request names; unknown ones mean all."""
    name, target = request.values.get("filter", ""), request.values.get("version")
    wanted = Filter(name) if name in set(Filter) else Filter.ALL
    return wanted, target if target in TARGETS else None


def read_sieve(tx: Transaction, article_id: str, wanted: Filter, target: str | None) -> Sieve:
    """Counts what every filter lets through, and finds what the wanted one does. Raises ArticleNotFound."""
    counts = count_sentences(tx, article_id, target=target, who=WHO)
    if wanted is Filter.ALL:
        return Sieve(wanted, target, counts)
    places = find_sentences(tx, article_id, wanted, target=target, who=WHO)
    hits = frozenset((place.sentence_id, place.target) for place in places)
    return Sieve(wanted, target, counts, hits, sorted({place.paragraph for place in places}))

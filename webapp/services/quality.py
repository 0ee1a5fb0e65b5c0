"""The quality of an article at a glance: what a person should look at, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from webapp.domain import State
from webapp.storage import articles, overview
from webapp.storage.overview import Glance
from webapp.storage.store import Transaction


class Remark(IntEnum):
    """What was found in a sentence, the gravest first."""

    ERROR = 2
    WARNING = 1
    NOTHING = 0


_ORDER = (State.UNTRANSLATED, State.REJECTED, State.DRAFT, State.TRANSLATED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class SentenceQuality:
    """The worst of a sentence's versions. `doubt` is 1 minus the lowest confidence of a machine's draft, 0..1; 0 for people's."""

    paragraph: int
    length: int
    state: State
    doubt: float
    remark: Remark
    stale: bool


def article_quality(tx: Transaction, article_id: str, *, target: str | None = None) -> tuple[SentenceQuality, ...]:
    """Looks at every sentence in source order, in one version or (None) in all together. Raises ArticleNotFound."""
    found = overview.glances(tx, articles.key_of(tx, article_id))
    wanted = [glance for glance in found if target in (None, glance.target)]
    return tuple(_worst(list(group)) for _, group in groupby(wanted, key=lambda g: (g.paragraph, g.index)))


def _worst(versions: Sequence[Glance]) -> SentenceQuality:
    first = versions[0]
    drafts = [1 - v.confidence for v in versions if v.confidence is not None and v.state == State.DRAFT]
    remark = Remark.ERROR if any(v.errors for v in versions) else Remark.NOTHING
    if not remark and any(v.warnings and v.state != State.APPROVED for v in versions):
        remark = Remark.WARNING
    state = min((State(v.state) for v in versions), key=_ORDER.index)
    stale = any(v.stale for v in versions)
    return SentenceQuality(first.paragraph, first.length, state, max(drafts, default=0.0), remark, stale)

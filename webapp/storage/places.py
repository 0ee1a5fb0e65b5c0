"""Places: a light look at a whole article, a row a translation, for filters and for going from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from webapp.domain import Origin, State
from webapp.languages import TARGETS
from webapp.reviewing import Place
from webapp.storage.models import paragraphs, sentences, translations
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Spotted:
    """What filters look at: where a translation stands, and how it is."""

    sentence_id: int
    target: str
    paragraph: int
    index: int
    state: str
    origin: str | None
    confidence: float | None
    findings: int
    stale: bool
    pivot_changed: bool
    proposal: bool

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.sentence_id, self.target, self.paragraph, self.index)

    @property
    def is_unfinished(self) -> bool:
        """Whether nobody approved it, or something came up since: another French or English, a proposal to look at."""
        return self.state != State.APPROVED.value or self.stale or self.pivot_changed or self.proposal

    def is_doubtful(self, below: float) -> bool:
        """Whether it is an untouched draft of which the machine was not sure."""
        mine = self.state == State.DRAFT.value and self.origin == Origin.MT.value
        return mine and self.confidence is not None and self.confidence < below


def spotted(tx: Transaction, article: int, targets: Sequence[str]) -> list[Spotted]:
    """Reads every translation of some versions in source order, the targets of a sentence in their usual order."""
    t = translations.c
    query = (
        select(
            t.sentence_id,
            t.target,
            paragraphs.c.position,
            sentences.c.position,
            t.state,
            t.origin,
            t.confidence,
            t.errors + t.warnings,
            t.stale,
            t.pivot_changed,
            t.proposal_id.is_not(None),
        )
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .join(translations, t.sentence_id == sentences.c.id)
        .where(sentences.c.article_id == article, paragraphs.c.position >= 0, t.target.in_(targets))
    )
    order = {target: n for n, target in enumerate(TARGETS)}
    found = [Spotted(*row) for row in tx.connection.execute(query)]
    return sorted(found, key=lambda s: (s.paragraph, s.index, order[s.target]))

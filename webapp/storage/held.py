"""Translations under the lock of their article, read for `writing` to change.

Whoever writes translations locks the article's row first (SQLite: the only write lock), so that what was read stays true
until the transaction ends, and the revisions of an article become visible in order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, and_, select, update

from webapp.domain import Origin, ParagraphKind, State, Translation
from webapp.errors import ArticleNotFound
from webapp.languages import TARGETS
from webapp.reviewing import Place
from webapp.storage import jobs
from webapp.storage.models import articles, paragraphs, sentences, translations, versions
from webapp.storage.models import jobs as jobs_table
from webapp.storage.store import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Held:
    """One translation with the place and the French it belongs to. What a change replaces is made with `dataclasses.replace`.

    `route` is the number of the packages that wrote it. `wanted_as` says, while `pending`, why a draft is wanted beside the
    text, None where it is wanted instead of it. `proposal` is the number of the draft that stands beside the text.
    """

    article: int
    sentence: int
    target: str
    paragraph_id: int
    paragraph: int
    index: int
    kind: ParagraphKind
    language: str | None
    source: str
    words: int
    text: str
    state: State
    origin: Origin | None
    pivot: str | None
    confidence: float | None
    revision: int
    pending: bool
    route: int | None
    stale: bool
    pivot_changed: bool
    corrected_pivot: str | None
    wanted_as: str | None
    proposal: int | None
    proposal_reason: str | None
    errors: int
    warnings: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.sentence, self.target, self.paragraph, self.index)

    @property
    def is_the_machines(self) -> bool:
        """Whether no person touched it: only then may a draft replace it."""
        return self.state in {State.UNTRANSLATED, State.DRAFT} and self.origin in {None, Origin.MT}

    @property
    def translation(self) -> Translation:
        """What readers see of it."""
        return Translation(
            self.text,
            self.state,
            self.origin,
            self.pivot,
            self.confidence,
            self.revision,
            stale=self.stale,
            pivot_changed=self.pivot_changed,
            has_proposal=self.proposal is not None,
            pending=self.pending,
            errors=self.errors,
            warnings=self.warnings,
        )


def lock(tx: Transaction, article_id: str) -> int:
    """Locks an article for writing; returns its row number. Raises ArticleNotFound."""
    key: int | None = tx.connection.scalar(select(articles.c.id).where(articles.c.public_id == article_id).with_for_update())
    if key is None:
        raise ArticleNotFound(article_id=article_id)
    return key


def targets_of(tx: Transaction, article: int) -> tuple[str, ...]:
    """Lists the targets of an article in their usual order."""
    found = set(tx.connection.scalars(select(versions.c.target).where(versions.c.article_id == article)))
    return tuple(target for target in TARGETS if target in found)


def _columns() -> tuple[Any, ...]:
    t = translations.c
    return (
        t.article_id,
        t.sentence_id,
        t.target,
        paragraphs.c.id,
        paragraphs.c.position,
        sentences.c.position,
        paragraphs.c.kind,
        paragraphs.c.language,
        sentences.c.text,
        sentences.c.words,
        t.text,
        t.state,
        t.origin,
        t.pivot,
        t.confidence,
        t.revision,
        t.pending,
        t.route_id,
        t.stale,
        t.pivot_changed,
        t.corrected_pivot,
        t.wanted_as,
        t.proposal_id,
        t.proposal_reason,
        t.errors,
        t.warnings,
    )


_KIND, _STATE, _ORIGIN = 6, 11, 12
_IN_ONE_STATEMENT: Final = 10_000


def held(
    tx: Transaction,
    article: int,
    *,
    targets: Sequence[str] | None = None,
    only: Sequence[int] | None = None,
    paragraph: int | None = None,
    without_drawer: bool = True,
) -> list[Held]:
    """Reads the translations of an article in source order, the targets of a sentence in their usual order.

    `targets`, `only` (sentences) and `paragraph` (its place) narrow it down; None: all. Sentences in the drawer are left out
    `without_drawer`.
    """
    query = (
        select(*_columns())
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.article_id == article)
    )
    if without_drawer:
        query = query.where(paragraphs.c.position >= 0)
    if targets is not None:
        query = query.where(translations.c.target.in_(targets))
    if paragraph is not None:
        query = query.where(paragraphs.c.position == paragraph)
    found = [_held(row) for part in _parts(query, only) for row in tx.connection.execute(part)]
    order = {target: n for n, target in enumerate(TARGETS)}
    return sorted(found, key=lambda h: (h.paragraph, h.index, h.sentence, order[h.target]))


def _parts(query: Select[Any], only: Sequence[int] | None) -> Iterable[Select[Any]]:
    """Cuts a long list of sentences to what a statement may carry."""
    if only is None:
        yield query
        return
    for start in range(0, len(only), _IN_ONE_STATEMENT):
        yield query.where(translations.c.sentence_id.in_(only[start : start + _IN_ONE_STATEMENT]))


def _held(row: AnyRow) -> Held:
    values = list(row)
    values[_KIND] = ParagraphKind(values[_KIND])
    values[_STATE] = State(values[_STATE])
    values[_ORIGIN] = None if values[_ORIGIN] is None else Origin(values[_ORIGIN])
    return Held(*values)


# --- checking whole versions ----------------------------------------------------------------------------------------


def unchecked_versions(tx: Transaction, limit: int) -> list[tuple[int, str]]:
    """Lists versions whose texts changed since they were checked as a whole, of articles that are not being drafted."""
    query = (
        select(versions.c.article_id, versions.c.target)
        .join_from(versions, jobs_table, jobs_table.c.article_id == versions.c.article_id)
        .where(versions.c.unchecked, jobs_table.c.status.not_in(jobs.OPEN))
        .order_by(versions.c.article_id, versions.c.target)
        .limit(limit)
    )
    return [(row.article_id, row.target) for row in tx.connection.execute(query)]


def lock_key(tx: Transaction, article: int) -> bool:
    """Locks an article by its row number; returns whether it is still there."""
    return tx.connection.scalar(select(articles.c.id).where(articles.c.id == article).with_for_update()) is not None


def set_checked(tx: Transaction, article: int, target: str) -> None:
    """Notes that a version was checked as a whole."""
    here = and_(versions.c.article_id == article, versions.c.target == target)
    tx.connection.execute(update(versions).where(here).values(unchecked=False))

"""Translations under the lock of their article: read as they are, changed as a whole, counted in the same transaction.

Whoever writes translations locks the article's row first (SQLite: the only write lock), so that what was read stays true
until the transaction ends, and the revisions of an article become visible in order.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, insert, select, update

from webapp.domain import Origin, ParagraphKind, State, Translation
from webapp.errors import ArticleNotFound
from webapp.languages import TARGETS
from webapp.reviewing import Place
from webapp.storage import jobs
from webapp.storage.models import articles, history, paragraphs, sentences, sentences_in, translations, versions, words_in
from webapp.storage.models import jobs as jobs_table
from webapp.storage.review_models import steps
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


Change = tuple[Held, Held]
"""A translation before and after."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: the words of the history. `undoes` is the step that is undone by it."""

    action: str
    who: str
    via: str
    undoes: int | None = None


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


# --- writing ------------------------------------------------------------------------------------------------------------


def write(tx: Transaction, act: Act, changes: Sequence[Change], *, size: int | None = None) -> int:
    """Writes changes of one article as one step, each with its line of history; returns the step.

    Every translation's revision grows by one, whatever `after.revision` says. The article must be locked, and `before` be
    what is stored. At least one change. `size` is the number people are told, by default that of the changes.
    """
    now = tx.moment()
    step = _add_step(tx, act, changes, now, len(changes) if size is None else size)
    _store(tx, changes, 1)
    tx.connection.execute(insert(history), [_history_row(act, step, before, after, now) for before, after in changes])
    rewritten = sorted({after.target for before, after in changes if before.text != after.text})
    if rewritten:
        here = and_(versions.c.article_id == changes[0][0].article, versions.c.target.in_(rewritten))
        tx.connection.execute(update(versions).where(here).values(unchecked=True))
    return step


def mark(tx: Transaction, changes: Sequence[Change]) -> None:
    """Writes what is no change of a text or a state (flags, proposals, counts of findings): no history, no new revision."""
    if changes:
        _store(tx, changes, 0)


_STORED: Final = (
    update(translations)
    .where(
        translations.c.sentence_id == bindparam("_sentence"),
        translations.c.target == bindparam("_target"),
        translations.c.revision == bindparam("_revision"),
    )
    .values(revision=translations.c.revision + bindparam("_more"))
)


def _store(tx: Transaction, changes: Sequence[Change], more: int) -> None:
    rows = [_row(before, after, more) for before, after in changes]
    written = tx.connection.execute(_STORED, rows).rowcount
    if written != len(changes):
        raise AssertionError(f"{len(changes)} translations were locked, {written} could be written")
    bump(tx, changes[0][0].article, {before.paragraph_id for before, _ in changes})
    _move_states(tx, changes)
    _tell_job(tx, changes)


def _row(before: Held, after: Held, more: int) -> dict[str, Any]:
    return {
        "_sentence": before.sentence,
        "_target": before.target,
        "_revision": before.revision,
        "_more": more,
        "text": after.text,
        "state": after.state.value,
        "origin": after.origin,
        "pivot": after.pivot,
        "confidence": after.confidence,
        "pending": after.pending,
        "route_id": after.route,
        "stale": after.stale,
        "pivot_changed": after.pivot_changed,
        "corrected_pivot": after.corrected_pivot,
        "wanted_as": after.wanted_as,
        "proposal_id": after.proposal,
        "proposal_reason": after.proposal_reason,
        "errors": after.errors,
        "warnings": after.warnings,
    }


ASIDE: Final = ("pivot", "confidence", "route", "stale", "pivot_changed", "proposal", "proposal_reason")
"""What undoing brings back besides text, state and origin. A corrected pivot is noted before and after."""


def _history_row(act: Act, step: int, before: Held, after: Held, now: datetime) -> dict[str, Any]:
    aside = {name: getattr(before, name) for name in ASIDE if getattr(before, name) != getattr(after, name)}
    if before.corrected_pivot != after.corrected_pivot:
        aside["corrected_pivot"] = (before.corrected_pivot, after.corrected_pivot)
    return {
        "sentence_id": before.sentence,
        "target": before.target,
        "revision": before.revision + 1,
        "at": now,
        "who": act.who,
        "action": act.action,
        "via": act.via,
        "text_before": before.text,
        "text_after": after.text,
        "state_before": before.state.value,
        "state_after": after.state.value,
        "origin_before": before.origin,
        "origin_after": after.origin,
        "step_id": step,
        "aside_before": json.dumps(aside, ensure_ascii=False) if aside else None,
    }


def _add_step(tx: Transaction, act: Act, changes: Sequence[Change], now: datetime, size: int) -> int:
    targets = {before.target for before, _ in changes}
    row = {
        "article_id": changes[0][0].article,
        "who": act.who,
        "at": now,
        "action": act.action,
        "target": targets.pop() if len(targets) == 1 else None,
        "size": size,
        "undoes": act.undoes,
    }
    step: int = tx.connection.execute(insert(steps).returning(steps.c.id), row).scalar_one()
    if act.undoes is not None:
        tx.connection.execute(update(steps).where(steps.c.id == act.undoes).values(undone_by=step))
    return step


def bump(tx: Transaction, article: int, changed_paragraphs: Iterable[int]) -> int:
    """Counts a change of the article, and marks the paragraphs (row numbers) it happened in; returns the new revision."""
    grown = update(articles).where(articles.c.id == article).values(revision=articles.c.revision + 1)
    revision: int = tx.connection.execute(grown.returning(articles.c.revision)).scalar_one()
    here = paragraphs.c.id.in_(sorted(changed_paragraphs))
    tx.connection.execute(update(paragraphs).where(here).values(revision=revision))
    return revision


def _move_states(tx: Transaction, changes: Sequence[Change]) -> None:
    moves: dict[tuple[int, str], Counter[str]] = {}
    for before, after in changes:
        if before.state != after.state:
            by = moves.setdefault((before.article, before.target), Counter())
            by.update({sentences_in(after.state): 1, words_in(after.state): before.words})
            by.subtract({sentences_in(before.state): 1, words_in(before.state): before.words})
    for (article, target), by in sorted(moves.items()):
        here = and_(versions.c.article_id == article, versions.c.target == target)
        tx.connection.execute(update(versions).where(here).values({name: versions.c[name] + n for name, n in by.items() if n}))


def _tell_job(tx: Transaction, changes: Sequence[Change]) -> None:
    """Tells the article's job what it need not draft any more, and what it is asked for anew."""
    article = changes[0][0].article
    settled = [before.words for before, after in changes if before.pending and not after.pending]
    asked = [before.words for before, after in changes if after.pending and not before.pending]
    if settled:
        jobs.progressed(tx, article, pairs=len(settled), words=sum(settled))
    if asked:
        jobs.ask_more(tx, article, pairs=len(asked), words=sum(asked))


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

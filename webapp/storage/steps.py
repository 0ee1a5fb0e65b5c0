"""What was done: the history of a translation, and the steps that can be undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select

from webapp.domain import Origin, State
from webapp.errors import HistoryNotFound
from webapp.reviewing import StepView
from webapp.storage import snapshots
from webapp.storage.models import history, sentences
from webapp.storage.review_models import steps
from webapp.storage.snapshot_models import source_snapshots
from webapp.storage.store import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; `aside_before` holds what else the change replaced, by the names of `Held`.

    `pivot_before` and `pivot_after` differ where the change corrected the pivot of this translation alone.
    """

    id: int
    sentence: int
    target: str
    revision: int
    at: datetime
    who: str
    action: str
    via: str
    text_before: str
    text_after: str
    state_before: State
    state_after: State
    origin_before: Origin | None
    origin_after: Origin | None
    step: int | None
    undone: bool
    aside_before: Mapping[str, Any]
    pivot_before: str | None = None
    pivot_after: str | None = None

    @property
    def corrects_pivot(self) -> bool:
        """Whether the change was of the pivot, not of the text."""
        return self.pivot_before != self.pivot_after


def _lines() -> Select[Any]:
    return select(history, steps.c.undone_by).join_from(history, steps, steps.c.id == history.c.step_id, isouter=True)


def _line(row: AnyRow) -> Line:
    aside = json.loads(row.aside_before) if row.aside_before else {}
    pivot_before, pivot_after = aside.pop("corrected_pivot", (None, None))
    return Line(
        id=row.id,
        sentence=row.sentence_id,
        target=row.target,
        revision=row.revision,
        at=row.at,
        who=row.who,
        action=row.action,
        via=row.via,
        text_before=row.text_before,
        text_after=row.text_after,
        state_before=State(row.state_before),
        state_after=State(row.state_after),
        origin_before=None if row.origin_before is None else Origin(row.origin_before),
        origin_after=None if row.origin_after is None else Origin(row.origin_after),
        step=row.step_id,
        undone=row.undone_by is not None,
        aside_before=aside,
        pivot_before=pivot_before,
        pivot_after=pivot_after,
    )


def of_translation(tx: Transaction, sentence: int, target: str) -> tuple[Line, ...]:
    """Reads the history of one translation, the newest change first."""
    here = and_(history.c.sentence_id == sentence, history.c.target == target)
    return tuple(_line(row) for row in tx.connection.execute(_lines().where(here).order_by(history.c.id.desc())))


def of_sentence(tx: Transaction, sentence: int) -> Mapping[str, tuple[Line, ...]]:
    """Reads the history of a sentence in every target, the newest change first."""
    found: dict[str, list[Line]] = {}
    for row in tx.connection.execute(_lines().where(history.c.sentence_id == sentence).order_by(history.c.id.desc())):
        found.setdefault(row.target, []).append(_line(row))
    return {target: tuple(lines) for target, lines in found.items()}


def line(tx: Transaction, article: int, history_id: int) -> Line:
    """Reads one line of an article's history. Raises HistoryNotFound."""
    mine = history.c.sentence_id.in_(select(sentences.c.id).where(sentences.c.article_id == article))
    row = tx.connection.execute(_lines().where(history.c.id == history_id, mine)).one_or_none()
    if row is None:
        raise HistoryNotFound(history_id=history_id)
    return _line(row)


def last_change(tx: Transaction, sentence: int, target: str) -> tuple[str, datetime] | None:
    """Tells who changed a translation last, and when."""
    here = and_(history.c.sentence_id == sentence, history.c.target == target)
    query = select(history.c.who, history.c.at).where(here).order_by(history.c.id.desc()).limit(1)
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else (row.who, row.at)


_LOOKED_AT: Final = 50  # updates of the source that something came after; so many in a row, and undoing has nothing to offer


def undoable(tx: Transaction, article: int, who: str, step: int | None = None) -> StepView | None:
    """Finds what a person would undo: the step named, or the last one that neither was undone nor undid another.

    A step that changed the article's source can be undone as long as the source is as the step left it.
    """
    after = source_snapshots.c.after
    kept = or_(steps.c.action != "source", after.is_not(None))
    query = (
        select(steps, after)
        .join_from(steps, source_snapshots, source_snapshots.c.step_id == steps.c.id, isouter=True)
        .where(steps.c.article_id == article, steps.c.undone_by.is_(None), kept)
        .order_by(steps.c.id.desc())
    )
    if step is None:
        query = query.where(steps.c.who == who, steps.c.undoes.is_(None)).limit(_LOOKED_AT)
    else:
        query = query.where(steps.c.id == step)
    rows = tx.connection.execute(query).all()
    now = snapshots.digest(tx, article) if rows and rows[0].after is not None else None
    row = next((row for row in rows if row.after is None or row.after == now), None)
    return None if row is None else StepView(row.id, row.action, row.who, row.at, row.size, row.target)


def lines_of(tx: Transaction, step: int) -> list[Line]:
    """Reads what a step changed."""
    return [_line(row) for row in tx.connection.execute(_lines().where(history.c.step_id == step).order_by(history.c.id))]


def changed_by(tx: Transaction, article: int, who: str, targets: Sequence[str] | None) -> set[tuple[int, str]]:
    """Lists the translations whose text or state a person changed."""
    real = or_(history.c.text_before != history.c.text_after, history.c.state_before != history.c.state_after)
    query = (
        select(history.c.sentence_id, history.c.target)
        .join_from(steps, history, history.c.step_id == steps.c.id)
        .where(steps.c.article_id == article, steps.c.who == who, real)
        .distinct()
    )
    if targets is not None:
        query = query.where(history.c.target.in_(targets))
    return {(row.sentence_id, row.target) for row in tx.connection.execute(query)}


def count(tx: Transaction, article: int) -> int:
    """Counts the steps people took in an article."""
    return int(tx.connection.scalar(select(func.count()).select_from(steps).where(steps.c.article_id == article)) or 0)

"""Changes of translations: written with their history as one step, and counted wherever something counts them."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, insert, update

from webapp.storage import jobs, outbox
from webapp.storage.held import Held
from webapp.storage.models import articles, history, paragraphs, sentences_in, translations, versions, words_in
from webapp.storage.review_models import steps
from webapp.storage.store import Transaction

Change = tuple[Held, Held]
"""A translation before and after."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: the words of the history. `undoes` is the step that is undone by it."""

    action: str
    who: str
    via: str
    undoes: int | None = None


def write(tx: Transaction, act: Act, changes: Sequence[Change], *, size: int | None = None, step: int | None = None) -> int:
    """Writes changes of one article as one step, each with its line of history; returns the step.

    Every translation's revision grows by one, whatever `after.revision` says. The article must be locked, and `before` be
    what is stored. At least one change. `size` is the number people are told, by default that of the changes. `step` is the
    one they belong to, where there is one already.
    """
    now = tx.moment()
    if step is None:
        step = _add_step(tx, act, changes, now, len(changes) if size is None else size)
    _store(tx, changes, 1)
    tx.connection.execute(insert(history), [_history_row(act, step, before, after, now) for before, after in changes])
    rewritten = sorted({after.target for before, after in changes if before.text != after.text})
    if rewritten:
        here = and_(versions.c.article_id == changes[0][0].article, versions.c.target.in_(rewritten))
        tx.connection.execute(update(versions).where(here).values(unchecked=True))
    outbox.approved(tx, changes, act.who)
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

"""What the checks found, kept beside the translations: told apart by key, so that a dismissal holds as long as its finding."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, select, update

from webapp.errors import FindingNotFound
from webapp.reviewing import FindingView, Place, Span
from webapp.storage.models import paragraphs, sentences
from webapp.storage.review_models import findings
from webapp.storage.store import AnyRow, Transaction

Spot = tuple[int, str]
"""A sentence and a target."""


class Scope(StrEnum):
    """What has to be checked again before a finding may go: its sentence, or the whole version."""

    SENTENCE = "sentence"
    VERSION = "version"
    BROUGHT = "brought"
    """What a version that people brought leaves out or adds: it stands until the text is changed."""


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What a check reports, in the words of `checks.base.Finding`; `key` tells the same finding from another one."""

    key: str
    check: str
    severity: str
    message: str
    data: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    source_spans: tuple[Span, ...] = ()
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many findings of a translation are not dismissed, by severity."""

    errors: int = 0
    warnings: int = 0


Found = Mapping[Spot, Sequence[NewFinding]]


def replace(tx: Transaction, found: Found, scope: Scope) -> dict[Spot, OpenCount]:
    """Makes `found` the findings of these translations; one that still stands keeps its number and its dismissal.

    Returns the counts of what is open after that, of both scopes.
    """
    before = {spot: {row.key: row for row in rows} for spot, rows in _rows_at(tx, list(found), scope).items()}
    gone, new = [], []
    for spot, wanted in found.items():
        known = before.get(spot, {})
        keys = {finding.key for finding in wanted}
        gone += [row.id for key, row in known.items() if key not in keys]
        for finding in wanted:
            values = _values(spot, finding, scope)
            row = known.get(finding.key)
            if row is None:
                new.append(values)
            elif any(getattr(row, name) != values[name] for name in _MOVING):
                tx.connection.execute(update(findings).where(findings.c.id == row.id).values(values))
    for start in range(0, len(gone), _MANY):
        tx.connection.execute(delete(findings).where(findings.c.id.in_(gone[start : start + _MANY])))
    add(tx, new)
    return count_open(tx, list(found))


_MANY: Final = 10_000
_MOVING: Final = ("severity", "spans", "source_spans", "fix")


def first(found: Found, scope: Scope = Scope.SENTENCE) -> tuple[list[dict[str, Any]], dict[Spot, OpenCount]]:
    """Prepares findings of translations that have none yet: the rows for `add`, and the counts."""
    rows = [_values(spot, finding, scope) for spot, wanted in found.items() for finding in wanted]
    counts = {
        spot: OpenCount(sum(f.severity == "E" for f in wanted), sum(f.severity != "E" for f in wanted))
        for spot, wanted in found.items()
    }
    return rows, counts


def add(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores rows that `first` prepared."""
    if rows:
        tx.connection.execute(insert(findings), rows)


def _values(spot: Spot, finding: NewFinding, scope: Scope) -> dict[str, Any]:
    return {
        "sentence_id": spot[0],
        "target": spot[1],
        "scope": scope.value,
        "key": finding.key,
        "slug": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "data": json.dumps(dict(finding.data), ensure_ascii=False),
        "spans": json.dumps(finding.spans),
        "source_spans": json.dumps(finding.source_spans),
        "fix": finding.fix,
    }


def _at(spots: Sequence[Spot]) -> Iterable[ColumnElement[bool]]:
    """Conditions that together hit exactly these translations."""
    sentences_of = {sentence for sentence, _ in spots}
    if len(sentences_of) == 1:  # an open sentence: one statement for all its targets
        yield and_(findings.c.sentence_id == sentences_of.pop(), findings.c.target.in_([target for _, target in spots]))
        return
    by_target: dict[str, list[int]] = {}
    for sentence, target in spots:
        by_target.setdefault(target, []).append(sentence)
    for target, numbers in by_target.items():
        for start in range(0, len(numbers), _MANY):
            yield and_(findings.c.target == target, findings.c.sentence_id.in_(numbers[start : start + _MANY]))


def _rows_at(tx: Transaction, spots: Sequence[Spot], scope: Scope | None = None) -> dict[Spot, list[AnyRow]]:
    by_spot: dict[Spot, list[AnyRow]] = {}
    for here in _at(spots):
        query = select(findings).where(here)
        if scope is not None:
            query = query.where(findings.c.scope == scope.value)
        for row in tx.connection.execute(query.order_by(findings.c.id)):
            by_spot.setdefault((row.sentence_id, row.target), []).append(row)
    return by_spot


def count_open(tx: Transaction, spots: Sequence[Spot]) -> dict[Spot, OpenCount]:
    """Counts the findings of translations that are not dismissed."""
    counts = dict.fromkeys(spots, OpenCount())
    for here in _at(spots):
        query = (
            select(
                findings.c.sentence_id,
                findings.c.target,
                func.sum(_one_if(findings.c.severity == "E")),
                func.sum(_one_if(findings.c.severity != "E")),
            )
            .where(here, findings.c.dismissed_by.is_(None))
            .group_by(findings.c.sentence_id, findings.c.target)
        )
        for sentence, target, errors, warnings in tx.connection.execute(query):
            counts[sentence, target] = OpenCount(int(errors), int(warnings))
    return counts


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def of(tx: Transaction, spots: Sequence[Spot]) -> dict[Spot, tuple[FindingView, ...]]:
    """Reads the findings of translations, dismissed ones too: open errors first, then as the checks gave them."""
    found = _rows_at(tx, spots)
    return {spot: tuple(sorted((view(row) for row in rows), key=_weight)) for spot, rows in found.items()}


def _weight(finding: FindingView) -> tuple[bool, bool]:
    return (finding.dismissed, finding.severity != "E")


def of_article(tx: Transaction, article: int, target: str | None, *, dismissed: bool) -> tuple[FindingView, ...]:
    """Lists the findings of an article in source order, with their places; the dismissed ones too if asked for."""
    query = (
        select(findings, paragraphs.c.position.label("paragraph"), sentences.c.position.label("place"))
        .join_from(findings, sentences, sentences.c.id == findings.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.article_id == article, paragraphs.c.position >= 0)
        .order_by(paragraphs.c.position, sentences.c.position, findings.c.target, findings.c.severity, findings.c.id)
    )
    if target is not None:
        query = query.where(findings.c.target == target)
    if not dismissed:
        query = query.where(findings.c.dismissed_by.is_(None))
    rows = tx.connection.execute(query)
    return tuple(view(row, Place(row.sentence_id, row.target, row.paragraph, row.place)) for row in rows)


def view(row: AnyRow, place: Place | None = None) -> FindingView:
    """Makes what people see of a row."""
    return FindingView(
        id=row.id,
        check=row.slug,
        severity=row.severity,
        message=row.message,
        data=json.loads(row.data),
        spans=tuple((start, end) for start, end in json.loads(row.spans)),
        source_spans=tuple((start, end) for start, end in json.loads(row.source_spans)),
        fix=row.fix,
        dismissed_by=row.dismissed_by,
        dismissed_at=row.dismissed_at,
        reason=row.reason,
        place=place,
    )


def spot_of(tx: Transaction, article: int, finding_id: int) -> tuple[Spot, FindingView]:
    """Finds one finding of an article. Raises FindingNotFound."""
    query = (
        select(findings)
        .join_from(findings, sentences, sentences.c.id == findings.c.sentence_id)
        .where(findings.c.id == finding_id, sentences.c.article_id == article)
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        raise FindingNotFound(finding_id=finding_id)
    return (row.sentence_id, row.target), view(row)


def set_dismissed(tx: Transaction, finding_id: int, *, who: str | None, reason: str | None) -> None:
    """Dismisses a finding for a reason, or (None) takes that back."""
    values = {"dismissed_by": who, "dismissed_at": None if who is None else tx.moment(), "reason": reason}
    tx.connection.execute(update(findings).where(findings.c.id == finding_id).values(values))


def forget_version(tx: Transaction, article: int, target: str, kept: Iterable[int]) -> list[Spot]:
    """Removes what the checks of the whole version found in sentences other than `kept`; returns where."""
    mine = select(sentences.c.id).where(sentences.c.article_id == article)
    here = and_(findings.c.target == target, findings.c.scope == Scope.VERSION.value, findings.c.sentence_id.in_(mine))
    known = {row.sentence_id for row in tx.connection.execute(select(findings.c.sentence_id).where(here).distinct())}
    gone = sorted(known - set(kept))
    for start in range(0, len(gone), _MANY):
        part = gone[start : start + _MANY]
        tx.connection.execute(delete(findings).where(here, findings.c.sentence_id.in_(part)))
    return [(sentence, target) for sentence in gone]

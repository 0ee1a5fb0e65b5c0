"""The glossary: terms of the whole installation and of single articles, with what they are to be in each target."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, update

from webapp.storage.folding import fold
from webapp.storage.memory_models import glossary_state, glossary_targets, glossary_terms, term_rounds
from webapp.storage.store import AnyRow, Transaction
from webapp.storage.upsert import upsert

_MANY: Final = 5_000
_ONLY_ROW: Final = 1


@dataclass(frozen=True, slots=True)
class Forms:
    """What a term is in one target: the form to use, and others that will do."""

    text: str
    variants: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The form to use first."""
        return (self.text, *self.variants)


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term as it is to be stored. `policy` is a `checks.base.TermPolicy`; `article` a row number, None: everywhere."""

    source: str
    policy: str
    targets: Mapping[str, Forms] = field(default_factory=dict)
    note: str = ""
    match_case: bool = False
    article: int | None = None


@dataclass(frozen=True, slots=True)
class StoredTerm(NewTerm):
    """A term as it is stored."""

    id: int = 0
    who: str = ""
    at: datetime | None = None


# --- writing ----------------------------------------------------------------------------------------------------------


def add(tx: Transaction, terms: Sequence[NewTerm], *, who: str) -> list[int]:
    """Stores new terms; returns their numbers in the same order."""
    if not terms:
        return []
    now = tx.moment()
    asked = insert(glossary_terms).returning(glossary_terms.c.id, sort_by_parameter_order=True)
    ids = list(tx.connection.scalars(asked, [_row(term, who, now) for term in terms]))
    _add_targets(tx, zip(ids, terms, strict=True))
    _touch(tx, terms)
    return ids


def change(tx: Transaction, number: int, term: NewTerm, *, who: str) -> bool:
    """Replaces what a term says (not whose it is); returns whether it was there."""
    before = get(tx, number)
    if before is None:
        return False
    row = _row(term, who, tx.moment())
    del row["article_id"]
    tx.connection.execute(update(glossary_terms).where(glossary_terms.c.id == number).values(row))
    tx.connection.execute(delete(glossary_targets).where(glossary_targets.c.term_id == number))
    _add_targets(tx, [(number, term)])
    _touch(tx, [before, StoredTerm(term.source, term.policy, match_case=term.match_case, article=before.article)])
    return True


def remove(tx: Transaction, number: int) -> bool:
    """Deletes a term; returns whether it was there."""
    before = get(tx, number)
    if before is None:
        return False
    tx.connection.execute(delete(glossary_terms).where(glossary_terms.c.id == number))
    _touch(tx, [before])
    return True


def _row(term: NewTerm, who: str, now: datetime) -> dict[str, Any]:
    return {
        "article_id": term.article,
        "source": term.source,
        "folded": fold(term.source),
        "policy": term.policy,
        "match_case": term.match_case,
        "note": term.note,
        "who": who[:64],
        "at": now,
    }


def _add_targets(tx: Transaction, terms: Iterable[tuple[int, NewTerm]]) -> None:
    rows = [
        {"term_id": number, "target": target, "text": forms.text, "variants": json.dumps(forms.variants, ensure_ascii=False)}
        for number, term in terms
        for target, forms in term.targets.items()
    ]
    if rows:
        tx.connection.execute(insert(glossary_targets), rows)


def _touch(tx: Transaction, terms: Sequence[NewTerm]) -> None:
    """Notes that these terms changed: processes read the glossary anew, and what holds them is checked again."""
    # Not counted: two installations that one process opens must not have the same.
    upsert(tx, glossary_state, {"id": _ONLY_ROW, "revision": secrets.randbits(62)})
    by_article: dict[int | None, set[tuple[str, bool]]] = {}
    for term in terms:
        by_article.setdefault(term.article, set()).add((term.source, term.match_case))
    rows = [{"article_id": a, "terms": json.dumps(sorted(those), ensure_ascii=False)} for a, those in by_article.items()]
    tx.connection.execute(insert(term_rounds), rows)


# --- reading ----------------------------------------------------------------------------------------------------------


def revision(tx: Transaction) -> int:
    """Reads a number that differs after every change of the glossary; 0 while there never was a term."""
    return tx.connection.scalar(select(glossary_state.c.revision)) or 0


def get(tx: Transaction, number: int) -> StoredTerm | None:
    """Reads one term; None when there is no such."""
    found = _read(tx, [glossary_terms.c.id == number])
    return found[0] if found else None


def of_installation(tx: Transaction) -> list[StoredTerm]:
    """Reads every term that holds everywhere, in the order in which they came."""
    return _read(tx, [glossary_terms.c.article_id.is_(None)])


def of_article(tx: Transaction, article: int) -> list[StoredTerm]:
    """Reads the terms of one article alone."""
    return _read(tx, [glossary_terms.c.article_id == article])


def same(tx: Transaction, term: NewTerm) -> StoredTerm | None:
    """Finds the term that says the same already: same letters, rule and owner."""
    owner = glossary_terms.c.article_id
    mine = owner.is_(None) if term.article is None else owner == term.article
    where = [mine, glossary_terms.c.folded == fold(term.source), glossary_terms.c.policy == term.policy]
    return next((found for found in _read(tx, where) if key_of(found) == key_of(term)), None)


def key_of(term: NewTerm) -> tuple[str, bool]:
    """What makes it the same term as another one: its letters, in one case unless case tells it apart."""
    return (term.source if term.match_case else term.source.casefold(), term.match_case)


@dataclass(frozen=True, slots=True)
class TermPage:
    """A page of a list; `total` counts all that match."""

    items: tuple[StoredTerm, ...]
    total: int


def page(tx: Transaction, query: str, article: int | None, *, limit: int, offset: int) -> TermPage:
    """Lists the terms of an article or (None) of the installation that hold `query` in French or a target, by letter."""
    owner = glossary_terms.c.article_id
    where: list[ColumnElement[bool]] = [owner.is_(None) if article is None else owner == article]
    position = func.strpos if tx.is_postgres else func.instr
    if folded := fold(query):
        mine = glossary_targets.c.term_id == glossary_terms.c.id
        columns = (glossary_targets.c.text, glossary_targets.c.variants)
        inside = or_(*(position(column, query.strip()) > 0 for column in columns))
        where.append(or_(position(glossary_terms.c.folded, folded) > 0, exists().where(mine, inside)))
    total = int(tx.connection.scalar(select(func.count()).select_from(glossary_terms).where(*where)) or 0)
    return TermPage(tuple(_read(tx, where, by_letter=True, limit=limit, offset=offset)), total)


def _read(
    tx: Transaction,
    where: Sequence[ColumnElement[bool]],
    *,
    by_letter: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[StoredTerm]:
    order = (glossary_terms.c.folded, glossary_terms.c.id) if by_letter else (glossary_terms.c.id,)
    query = select(glossary_terms).where(*where).order_by(*order).limit(limit).offset(offset)
    rows = tx.connection.execute(query).all()
    forms = _forms(tx, [row.id for row in rows])
    return [_term(row, forms.get(row.id, {})) for row in rows]


def _forms(tx: Transaction, numbers: Sequence[int]) -> dict[int, dict[str, Forms]]:
    found: dict[int, dict[str, Forms]] = {}
    for start in range(0, len(numbers), _MANY):
        here = glossary_targets.c.term_id.in_(numbers[start : start + _MANY])
        for row in tx.connection.execute(select(glossary_targets).where(here)):
            found.setdefault(row.term_id, {})[row.target] = Forms(row.text, tuple(json.loads(row.variants)))
    return found


def _term(row: AnyRow, targets: Mapping[str, Forms]) -> StoredTerm:
    return StoredTerm(row.source, row.policy, targets, row.note, row.match_case, row.article_id, row.id, row.who, row.at)


# --- terms whose sentences are to be checked again --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermRound:
    """Terms that changed, and the last sentence that was checked again because of it."""

    id: int
    article: int | None
    terms: tuple[tuple[str, bool], ...]
    after: int


def next_round(tx: Transaction) -> TermRound | None:
    """Takes the oldest of them, unless another worker has it; None when there is nothing to do."""
    query = select(term_rounds).order_by(term_rounds.c.id).limit(1).with_for_update(skip_locked=True)
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        return None
    terms = tuple((source, match_case) for source, match_case in json.loads(row.terms))
    return TermRound(row.id, row.article_id, terms, row.after_sentence)


def any_round(tx: Transaction) -> bool:
    """Tells whether there are any."""
    return bool(tx.connection.scalar(select(exists(select(term_rounds.c.id)))))


def set_reached(tx: Transaction, number: int, sentence: int | None) -> None:
    """Notes how far the sentences were checked again; None: to the end, the terms are done with."""
    here = term_rounds.c.id == number
    if sentence is None:
        tx.connection.execute(delete(term_rounds).where(here))
    else:
        tx.connection.execute(update(term_rounds).where(here).values(after_sentence=sentence))

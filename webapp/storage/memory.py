"""The translation memory: written when translations are approved and files are brought, read by the text of a sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.storage.memory_models import memory_entries, memory_marks, memory_sources
from webapp.storage.store import AnyRow, Transaction
from webapp.text.resemblance import key_of, marks_of, plain_form

_MANY: Final = 5_000


class Provenance(StrEnum):
    """Where an entry comes from."""

    ARTICLE = "article"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A pair to remember. `previous` and `following` are the French around it, "" at the ends, None where it is not known.

    `name` is the title of the article or the name of the file. `approved`: somebody stood up for it. `at` None: now.
    """

    source: str
    target: str
    text: str
    origin: Provenance
    name: str
    who: str
    previous: str | None = None
    following: str | None = None
    article_id: str | None = None
    sentence: int | None = None
    approved: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair as it is remembered; see `NewEntry`. `source_id` numbers its French, which other entries may share."""

    id: int
    source_id: int
    source: str
    target: str
    text: str
    previous: str | None
    following: str | None
    origin: Provenance
    name: str
    article_id: str | None
    sentence: int | None
    approved: bool
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Added:
    """What became of new pairs: `known` were there already, with the same two texts."""

    added: int = 0
    known: int = 0


# --- writing ----------------------------------------------------------------------------------------------------------


def add(tx: Transaction, entries: Sequence[NewEntry]) -> Added:
    """Remembers pairs; one that a file brings is left out where the same two texts are remembered already."""
    sources = source_ids(tx, [entry.source for entry in entries])
    known = _known_pairs(tx, {sources[plain_form(entry.source)] for entry in entries})
    rows, now = [], tx.moment()
    for entry in entries:
        number = sources[plain_form(entry.source)]
        pair = (number, entry.target, entry.text)
        if entry.origin is Provenance.FILE and pair in known:
            continue
        known.add(pair)
        rows.append(_row(entry, number, now))
    if rows:
        tx.connection.execute(insert(memory_entries), rows)
    return Added(len(rows), len(entries) - len(rows))


def _row(entry: NewEntry, source: int, now: datetime) -> dict[str, Any]:
    return {
        "source_id": source,
        "target": entry.target,
        "text": entry.text,
        "previous": entry.previous,
        "following": entry.following,
        "origin": entry.origin.value,
        "name": entry.name,
        "article_id": entry.article_id,
        "sentence_id": entry.sentence,
        "approved": entry.approved,
        "who": entry.who[:64],
        "at": entry.at or now,
    }


def _known_pairs(tx: Transaction, sources: set[int]) -> set[tuple[int, str, str]]:
    found: set[tuple[int, str, str]] = set()
    columns = (memory_entries.c.source_id, memory_entries.c.target, memory_entries.c.text)
    for part in _parts(sorted(sources)):
        rows = tx.connection.execute(select(*columns).where(memory_entries.c.source_id.in_(part)))
        found.update((number, target, text) for number, target, text in rows)
    return found


def source_ids(tx: Transaction, texts: Iterable[str]) -> dict[str, int]:
    """Finds the numbers of French sentences by their plain forms, and makes those that are new with their marks."""
    by_key = {key_of(form): (form, text) for text in texts for form in [plain_form(text)]}
    found = _ids_of(tx, list(by_key))
    while missing := sorted(key for key in by_key if key not in found):  # everybody in the same order
        # Another transaction may remember the same sentence at the same time, or have just forgotten it again.
        rows = [{"key": key, "text": by_key[key][1], "form": by_key[key][0]} for key in missing]
        dialect: Any = postgresql if tx.is_postgres else sqlite
        tx.connection.execute(dialect.insert(memory_sources).on_conflict_do_nothing(index_elements=["key"]), rows)
        new = _ids_of(tx, missing)
        _add_marks(tx, {number: by_key[key][0] for key, number in new.items()})
        found |= new
    return {form: found[key] for key, (form, _) in by_key.items()}


def _ids_of(tx: Transaction, keys: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in _parts(keys):
        query = select(memory_sources.c.key, memory_sources.c.id).where(memory_sources.c.key.in_(part))
        # So that nobody removes as unused what is about to be used.
        query = query.order_by(memory_sources.c.id).with_for_update(read=True, key_share=True)
        found.update((row.key, row.id) for row in tx.connection.execute(query))
    return found


def _add_marks(tx: Transaction, forms: Mapping[int, str]) -> None:
    rows = [(mark, len(form), number) for number, form in forms.items() for mark in marks_of(form)]
    # In the order of the index, which makes a large import several times as quick.
    columns = ("mark", "length", "source_id")
    ordered = [dict(zip(columns, row, strict=True)) for row in sorted(rows)]
    dialect: Any = postgresql if tx.is_postgres else sqlite
    for start in range(0, len(ordered), _MANY):
        tx.connection.execute(dialect.insert(memory_marks).on_conflict_do_nothing(), ordered[start : start + _MANY])


def remember(tx: Transaction, entries: Sequence[NewEntry]) -> None:
    """Remembers approved translations, each in the place of what was remembered of its sentence before."""
    forget_sentences(tx, [(entry.sentence, entry.target) for entry in entries if entry.sentence is not None])
    add(tx, entries)


def forget_sentences(tx: Transaction, spots: Sequence[tuple[int, str]]) -> None:
    """Forgets what translations of sentences left in the memory."""
    by_target: dict[str, list[int]] = {}
    for sentence, target in spots:
        by_target.setdefault(target, []).append(sentence)
    gone: set[int] = set()
    for target, sentences in by_target.items():
        for part in _parts(sentences):
            here = and_(memory_entries.c.target == target, memory_entries.c.sentence_id.in_(part))
            gone.update(tx.connection.scalars(delete(memory_entries).where(here).returning(memory_entries.c.source_id)))
    _drop_orphans(tx, sorted(gone))


def forget_entry(tx: Transaction, number: int) -> bool:
    """Forgets one entry; returns whether it was there."""
    asked = delete(memory_entries).where(memory_entries.c.id == number).returning(memory_entries.c.source_id)
    gone = list(tx.connection.scalars(asked))
    _drop_orphans(tx, gone)
    return bool(gone)


def _drop_orphans(tx: Transaction, sources: Sequence[int]) -> None:
    """Removes sentences of which no translation is remembered any more, with their marks."""
    for part in _parts(sources):
        # Whoever is about to use one of them holds it until then; the next statement sees that.
        locked = select(memory_sources.c.id).where(memory_sources.c.id.in_(part)).order_by(memory_sources.c.id)
        tx.connection.execute(locked.with_for_update()).all()
        used = exists().where(memory_entries.c.source_id == memory_sources.c.id)
        orphans = delete(memory_sources).where(memory_sources.c.id.in_(part), ~used)
        for number, form in tx.connection.execute(orphans.returning(memory_sources.c.id, memory_sources.c.form)).all():
            marks = and_(memory_marks.c.mark.in_(sorted(marks_of(form))), memory_marks.c.length == len(form))
            tx.connection.execute(delete(memory_marks).where(marks, memory_marks.c.source_id == number))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cuts a long list to what a statement may carry."""
    for start in range(0, len(numbers), _MANY):
        yield numbers[start : start + _MANY]


# --- reading ----------------------------------------------------------------------------------------------------------


def _entry(row: AnyRow) -> Entry:
    return Entry(
        row.id,
        row.source_id,
        row.source,
        row.target,
        row.text,
        row.previous,
        row.following,
        Provenance(row.origin),
        row.name,
        row.article_id,
        row.sentence_id,
        row.approved,
        row.who,
        row.at,
    )


def _entries() -> Any:
    joined = memory_sources.c.id == memory_entries.c.source_id
    return select(memory_entries, memory_sources.c.text.label("source")).join_from(memory_entries, memory_sources, joined)


def entries_of(tx: Transaction, sources: Sequence[int], target: str) -> list[Entry]:
    """Reads what is remembered of French sentences in one target, the newest first."""
    here = and_(memory_entries.c.source_id.in_(sources), memory_entries.c.target == target)
    query = _entries().where(here).order_by(memory_entries.c.at.desc(), memory_entries.c.id.desc())
    return [_entry(row) for row in tx.connection.execute(query)]


def exact(tx: Transaction, forms: Iterable[str], targets: Sequence[str]) -> dict[tuple[str, str], list[Entry]]:
    """Reads the entries of sentences by their plain forms: by (form, target), the newest first."""
    by_key = {key_of(form): form for form in forms}
    found: dict[tuple[str, str], list[Entry]] = {}
    for part in _parts(list(by_key)):
        here = and_(memory_sources.c.key.in_(part), memory_entries.c.target.in_(targets))
        query = _entries().add_columns(memory_sources.c.key, memory_sources.c.form).where(here)
        for row in tx.connection.execute(query.order_by(memory_entries.c.at.desc(), memory_entries.c.id.desc())):
            form = by_key[row.key]
            if row.form == form:  # not a sentence that happens to have the same key
                found.setdefault((form, row.target), []).append(_entry(row))
    return found


def entry(tx: Transaction, number: int) -> Entry | None:
    """Reads one entry; None when there is no such."""
    row = tx.connection.execute(_entries().where(memory_entries.c.id == number)).one_or_none()
    return None if row is None else _entry(row)


def all_entries(tx: Transaction, targets: Sequence[str], *, after: int = 0, limit: int = 1000) -> list[Entry]:
    """Reads entries in the order in which they came, those after the one numbered `after`."""
    here = and_(memory_entries.c.id > after, memory_entries.c.target.in_(targets))
    return [_entry(row) for row in tx.connection.execute(_entries().where(here).order_by(memory_entries.c.id).limit(limit))]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is remembered: French sentences, and pairs by target and by where they come from."""

    sources: int
    by_target: Mapping[str, int]
    by_origin: Mapping[Provenance, int]

    @property
    def entries(self) -> int:
        """All pairs."""
        return sum(self.by_target.values())


def counts(tx: Transaction) -> Counts:
    """Counts what is remembered."""
    query = select(memory_entries.c.target, memory_entries.c.origin, func.count()).group_by(
        memory_entries.c.target, memory_entries.c.origin
    )
    by_target: dict[str, int] = {}
    by_origin: dict[Provenance, int] = {}
    for target, origin, number in tx.connection.execute(query):
        by_target[target] = by_target.get(target, 0) + number
        by_origin[Provenance(origin)] = by_origin.get(Provenance(origin), 0) + number
    return Counts(int(tx.connection.scalar(select(func.count()).select_from(memory_sources)) or 0), by_target, by_origin)


def containing(tx: Transaction, words: Sequence[str], target: str | None, *, limit: int, offset: int) -> tuple[list[Entry], bool]:
    """Lists entries that hold every word as it is written, in either language, the newest first; and whether there are more."""
    query = _entries().order_by(memory_entries.c.id.desc()).limit(limit + 1).offset(offset)
    position = func.strpos if tx.is_postgres else func.instr
    for word in words:
        query = query.where(or_(position(memory_sources.c.text, word) > 0, position(memory_entries.c.text, word) > 0))
    if target is not None:
        query = query.where(memory_entries.c.target == target)
    found = [_entry(row) for row in tx.connection.execute(query)]
    return found[:limit], len(found) > limit

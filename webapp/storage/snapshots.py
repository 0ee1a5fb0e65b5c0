"""Snapshots: an article's source as it was before a step changed it, with the translations and the file that went with it.

Sentences are never deleted, only put into the drawer, so their numbers are enough to lay them out again.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import delete, insert, select

from webapp.domain import Origin, ParagraphKind, State
from webapp.storage import files, held
from webapp.storage.files_models import file_paragraphs, sentence_marks, source_files
from webapp.storage.models import articles, paragraphs, sentences
from webapp.storage.revisions import Layout, NewParagraph, NewSentence, StoredSource, stored_source
from webapp.storage.snapshot_models import source_snapshots
from webapp.storage.store import Transaction

Spot = tuple[int, str]
"""A sentence and a target."""

KEPT: Final = (
    "text",
    "state",
    "origin",
    "pivot",
    "confidence",
    "route",
    "stale",
    "pivot_changed",
    "corrected_pivot",
    "pending",
    "wanted_as",
    "proposal",
    "proposal_reason",
)
"""What is kept of a translation, by the names of `Held`."""

_HEAD: Final = ("encoding", "detected_language", "detected_probability")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was there before a step. `translations` are those of sentences that the step touched, by the names in `KEPT`.

    `blocks` are those of the file, by paragraph. `replaces_file`: the step put another file in the place of `file` (its row
    without the data; None: there was none) and of the `marks` (rows).
    """

    after: str
    layout: Layout
    blocks: tuple[int | None, ...]
    translations: Mapping[Spot, Mapping[str, Any]]
    replaces_file: bool = False
    file: Mapping[str, Any] | None = None
    data: bytes | None = None
    marks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot before it is kept."""

    before: bytes
    data: bytes | None


def take(tx: Transaction, article: int, old: StoredSource, layout: Layout, *, replaces_file: bool) -> Taken:
    """Reads what is there before `old`, the stored source, becomes `layout`."""
    blocks = files.blocks_of(tx, article)
    row = None
    if replaces_file:
        row = tx.connection.execute(select(source_files).where(source_files.c.article_id == article)).mappings().one_or_none()
    before = {
        **_source(tx, article, old),
        "blocks": [blocks.get(paragraph.position) for paragraph in old.paragraphs],
        "translations": [
            [h.sentence, h.target, {name: getattr(h, name) for name in KEPT}]
            for h in held.held(tx, article, only=_touched(old, layout), without_drawer=False)
        ],
        "replaces_file": replaces_file,
        "file": None if row is None else {name: value for name, value in row.items() if name != "data"},
        "marks": _marks(tx, article) if replaces_file else [],
    }
    packed = zlib.compress(json.dumps(before, ensure_ascii=False, separators=(",", ":")).encode())
    return Taken(packed, None if row is None else row["data"])


def _touched(old: StoredSource, layout: Layout) -> list[int]:
    """The sentences that change, go or come back."""
    inside = {s.id: s.text for s in old.sentences}
    after = {s.id: s.text for p in layout.paragraphs for s in p.sentences if s.id is not None}
    return sorted(i for i in inside.keys() | after.keys() if inside.get(i) != after.get(i))


def _source(tx: Transaction, article: int, old: StoredSource) -> dict[str, Any]:
    inside: dict[int, list[Any]] = {}
    for s in old.sentences:
        inside.setdefault(s.paragraph_id, []).append([s.text, s.separator, s.id, s.previous_text])
    head = tx.connection.execute(select(*(articles.c[name] for name in _HEAD)).where(articles.c.id == article)).one()
    return {
        "title": old.title,
        "leading": old.leading,
        "head": dict(zip(_HEAD, head, strict=True)),
        "paragraphs": [[p.kind.value, p.separator, p.language, inside.get(p.id, []), p.id] for p in old.paragraphs],
    }


def _marks(tx: Transaction, article: int) -> list[dict[str, Any]]:
    query = select(sentence_marks).join_from(sentence_marks, sentences, sentences.c.id == sentence_marks.c.sentence_id)
    return [dict(row) for row in tx.connection.execute(query.where(sentences.c.article_id == article)).mappings()]


def keep(tx: Transaction, article: int, step: int, taken: Taken) -> None:
    """Keeps a snapshot beside the step that has just been done."""
    row = {"step_id": step, "after": digest(tx, article), "before": taken.before, "file": taken.data}
    tx.connection.execute(insert(source_snapshots), row)


def digest(tx: Transaction, article: int) -> str:
    """Tells the source of an article, and the file behind it, from any other."""
    stored = stored_source(tx, article)
    places = {p.id: n for n, p in enumerate(stored.paragraphs)}
    facts = files.facts(tx, article)
    told = [
        stored.leading,
        [[p.kind.value, p.separator, p.language] for p in stored.paragraphs],
        [[places[s.paragraph_id], s.id, s.text, s.separator] for s in stored.sentences],
        None if facts is None else [facts.name, facts.size, facts.blocks],
    ]
    return sha256(json.dumps(told).encode()).hexdigest()


def read(tx: Transaction, step: int) -> Snapshot | None:
    """Reads the snapshot of a step; None when it has none, as it did not change the source."""
    row = tx.connection.execute(select(source_snapshots).where(source_snapshots.c.step_id == step)).one_or_none()
    if row is None:
        return None
    before = json.loads(zlib.decompress(row.before))
    return Snapshot(
        after=row.after,
        layout=Layout(before["title"], before["leading"], tuple(_paragraph(*p) for p in before["paragraphs"]), before["head"]),
        blocks=tuple(before["blocks"]),
        translations={(sentence, target): _values(values) for sentence, target, values in before["translations"]},
        replaces_file=before["replaces_file"],
        file=before["file"],
        data=row.file,
        marks=tuple(before["marks"]),
    )


def _paragraph(kind: str, separator: str, language: str | None, inside: list[Any], number: int) -> NewParagraph:
    return NewParagraph(ParagraphKind(kind), separator, language, tuple(NewSentence(*s) for s in inside), number)


def _values(values: Mapping[str, Any]) -> Mapping[str, Any]:
    origin = None if values["origin"] is None else Origin(values["origin"])
    return {**values, "state": State(values["state"]), "origin": origin}


def put_file_back(tx: Transaction, article: int, snapshot: Snapshot) -> None:
    """Puts the file and its marks back where the step replaced them, and paragraphs to the blocks they came from.

    The source must have been laid out as it was.
    """
    if snapshot.replaces_file:
        tx.connection.execute(delete(source_files).where(source_files.c.article_id == article))
        inside = select(sentences.c.id).where(sentences.c.article_id == article)
        tx.connection.execute(delete(sentence_marks).where(sentence_marks.c.sentence_id.in_(inside)))
        if snapshot.file is not None:
            tx.connection.execute(insert(source_files), {**snapshot.file, "data": snapshot.data})
        if snapshot.marks:
            tx.connection.execute(insert(sentence_marks), list(snapshot.marks))
    p = paragraphs.c
    here = select(p.id).where(p.article_id == article)
    tx.connection.execute(delete(file_paragraphs).where(file_paragraphs.c.paragraph_id.in_(here)))
    ids = tx.connection.scalars(here.where(p.position >= 0).order_by(p.position)).all()
    rows = [{"paragraph_id": i, "block": block} for i, block in zip(ids, snapshot.blocks, strict=True) if block is not None]
    if rows:
        tx.connection.execute(insert(file_paragraphs), rows)

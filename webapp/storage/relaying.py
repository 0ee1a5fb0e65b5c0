"""Lays an article’s source out anew: only the rows that differ are touched, what is gone goes to the drawer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, exists, func, insert, literal, select, true, update

from webapp.domain import ParagraphKind, State, count_words
from webapp.storage import jobs
from webapp.storage.folding import fold
from webapp.storage.models import (
    articles,
    history,
    paragraphs,
    search_texts,
    sentences,
    sentences_in,
    translations,
    versions,
    words_in,
)
from webapp.storage.review_models import DRAWER, removals, steps
from webapp.storage.revisions import Layout, OldSentence, StoredSource
from webapp.storage.store import Transaction


def write(tx: Transaction, article: int, old: StoredSource, layout: Layout, *, who: str) -> list[list[int]]:
    """Makes the stored source what `layout` says, touching only the rows that differ; `old` is what is stored.

    Returns the numbers of the sentences, paragraph by paragraph. Counters, the search and the job follow. Translations of
    sentences whose text changes are left to the caller; new sentences get untranslated, pending ones. The article must be
    locked.
    """
    kept = {s.id for p in layout.paragraphs for s in p.sentences if s.id is not None}
    _put_aside(tx, article, old, [s for s in old.sentences if s.id not in kept], who)
    numbers = _write_paragraphs(tx, article, old, layout)
    ids, touched = _write_sentences(tx, article, old, layout, numbers)
    _take_out(tx, [s.id for s in old.drawer if s.id in kept])
    _drop_paragraphs(tx, old, numbers)
    _write_head(tx, article, layout, touched | _differing(old, layout, numbers))
    recount(tx, article)
    return ids


_TEMPORARY: Final = -10  # positions from here downwards are taken only inside `write`, while rows change places


def _put_aside(tx: Transaction, article: int, old: StoredSource, gone: Sequence[OldSentence], who: str) -> None:
    """Moves sentences to the drawer and remembers where they stood; the machine is no longer asked for them."""
    if not gone:
        return
    now = tx.moment()
    drawer = _drawer(tx, article)
    by_id = {p.id: p for p in old.paragraphs}
    before: dict[int, int | None] = {}
    last: int | None = None
    for sentence in old.sentences:
        before[sentence.id], last = last, sentence.id
    place = int(
        tx.connection.scalar(select(func.coalesce(func.max(sentences.c.position), -1)).where(sentences.c.paragraph_id == drawer))
        or 0
    )
    rows, moves = [], []
    for n, sentence in enumerate(gone):
        paragraph = by_id[sentence.paragraph_id]
        rows.append(
            {
                "sentence_id": sentence.id,
                "at": now,
                "who": who,
                "after_sentence_id": before[sentence.id],
                "paragraph_id": paragraph.id,
                "paragraph_position": paragraph.position,
                "paragraph_separator": paragraph.separator,
                "kind": paragraph.kind.value,
                "language": paragraph.language,
            }
        )
        moves.append({"_id": sentence.id, "paragraph_id": drawer, "position": place + 1 + n})
    tx.connection.execute(insert(removals), rows)
    tx.connection.execute(update(sentences).where(sentences.c.id == bindparam("_id")), moves)
    _forget_pending(tx, article, [s.id for s in gone])


def _forget_pending(tx: Transaction, article: int, gone: Sequence[int]) -> None:
    here = and_(translations.c.sentence_id.in_(gone), translations.c.pending)
    words = tx.connection.scalars(
        select(sentences.c.words).join_from(translations, sentences, sentences.c.id == translations.c.sentence_id).where(here)
    ).all()
    if words:
        tx.connection.execute(update(translations).where(here).values(pending=False, wanted_as=None))
        jobs.progressed(tx, article, pairs=len(words), words=sum(words))


def _drawer(tx: Transaction, article: int) -> int:
    query = select(paragraphs.c.id).where(paragraphs.c.article_id == article, paragraphs.c.position == DRAWER)
    number: int | None = tx.connection.scalar(query)
    if number is not None:
        return number
    row = {"article_id": article, "position": DRAWER, "kind": ParagraphKind.BODY.value, "separator": "", "revision": 0}
    made: int = tx.connection.execute(insert(paragraphs).returning(paragraphs.c.id), row).scalar_one()
    return made


def _write_paragraphs(tx: Transaction, article: int, old: StoredSource, layout: Layout) -> list[int]:
    """Brings the rows of the paragraphs in line, those that go still there at temporary places; returns their numbers."""
    by_id = {p.id: p for p in old.paragraphs}
    wanted = {p.id: n for n, p in enumerate(layout.paragraphs) if p.id is not None}
    moving = [p.id for p in old.paragraphs if wanted.get(p.id) != p.position]
    _many(tx, paragraphs, [{"_id": i, "position": _TEMPORARY - n} for n, i in enumerate(moving)])
    numbers: list[int] = []
    changes = []
    for n, paragraph in enumerate(layout.paragraphs):
        values = {
            "position": n,
            "kind": paragraph.kind.value,
            "separator": paragraph.separator,
            "language": paragraph.language,
        }
        if paragraph.id is None:
            row = values | {"article_id": article, "revision": 0}
            numbers.append(tx.connection.execute(insert(paragraphs).returning(paragraphs.c.id), row).scalar_one())
            continue
        numbers.append(paragraph.id)
        before = by_id[paragraph.id]
        if (before.position, before.kind, before.separator, before.language) != (
            n,
            paragraph.kind,
            paragraph.separator,
            paragraph.language,
        ):
            changes.append(values | {"_id": paragraph.id})
    _many(tx, paragraphs, changes)
    return numbers


def _many(tx: Transaction, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.connection.execute(update(table).where(table.c.id == bindparam("_id")), rows)


def _write_sentences(
    tx: Transaction, article: int, old: StoredSource, layout: Layout, numbers: Sequence[int]
) -> tuple[list[list[int]], set[int]]:
    """Brings the rows of the sentences in line; returns their numbers, and the paragraphs in which any row changed."""
    known = {s.id: s for s in (*old.sentences, *old.drawer)}
    changes, new, touched, longer = [], [], set(), dict[int, int]()
    ids: list[list[int]] = [[] for _ in numbers]
    for paragraph, number, mine in zip(layout.paragraphs, numbers, ids, strict=True):
        for n, sentence in enumerate(paragraph.sentences):
            values = {
                "paragraph_id": number,
                "position": n,
                "text": sentence.text,
                "separator": sentence.separator,
                "previous_text": sentence.previous_text,
            }
            mine.append(sentence.id or 0)
            before = None if sentence.id is None else known[sentence.id]
            if before is None:
                new.append((mine, n, values | {"article_id": article, "words": count_words(sentence.text)}))
            elif _row_of(before) != tuple(values.values()):
                words = count_words(sentence.text)
                changes.append(values | {"_id": before.id, "words": words})
                longer[before.id] = words - count_words(before.text)
            else:
                continue
            touched |= {number} | ({before.paragraph_id} if before else set())
    _many(tx, sentences, [{"_id": row["_id"], "position": _TEMPORARY - n} for n, row in enumerate(changes)])
    _many(tx, sentences, changes)
    _tell_job(tx, article, longer)
    for mine, n, row in new:
        mine[n] = tx.connection.execute(insert(sentences).returning(sentences.c.id), row).scalar_one()
    _add_translations(tx, article, [mine[n] for mine, n, _ in new])
    return ids, touched


def _tell_job(tx: Transaction, article: int, grown: Mapping[int, int]) -> None:
    """Corrects what the job still has before it where sentences that wait for a draft have more or fewer words now."""
    longer = {sentence: words for sentence, words in grown.items() if words}
    here = and_(translations.c.sentence_id.in_(longer), translations.c.pending)
    waiting = tx.connection.scalars(select(translations.c.sentence_id).where(here)).all() if longer else ()
    if waiting:
        jobs.progressed(tx, article, pairs=0, words=-sum(longer[sentence] for sentence in waiting))


def _row_of(sentence: OldSentence) -> tuple[Any, ...]:
    return (sentence.paragraph_id, sentence.index, sentence.text, sentence.separator, sentence.previous_text)


def _add_translations(tx: Transaction, article: int, new: Sequence[int]) -> None:
    if not new:
        return
    empty = {"text": literal(""), "state": literal(State.UNTRANSLATED.value), "revision": literal(0), "pending": true()}
    every = (
        select(sentences.c.id, versions.c.target, sentences.c.article_id, *empty.values())
        .join_from(sentences, versions, versions.c.article_id == sentences.c.article_id)
        .where(sentences.c.id.in_(new))
    )
    tx.connection.execute(insert(translations).from_select(["sentence_id", "target", "article_id", *empty], every))
    pairs, words = tx.connection.execute(
        select(func.count(), func.sum(sentences.c.words))
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .where(sentences.c.id.in_(new))
    ).one()
    jobs.ask_more(tx, article, pairs=pairs, words=int(words or 0))


def _take_out(tx: Transaction, restored: Sequence[int]) -> None:
    if restored:
        tx.connection.execute(delete(removals).where(removals.c.sentence_id.in_(restored)))


def _drop_paragraphs(tx: Transaction, old: StoredSource, numbers: Sequence[int]) -> None:
    """Deletes the rows of paragraphs that are no more; never one in which a sentence stands."""
    gone = [p.id for p in old.paragraphs if p.id not in set(numbers)]
    empty = ~exists().where(sentences.c.paragraph_id == paragraphs.c.id)
    if gone:
        tx.connection.execute(delete(paragraphs).where(paragraphs.c.id.in_(gone), empty))


def _differing(old: StoredSource, layout: Layout, numbers: Sequence[int]) -> set[int]:
    before = {p.id: (p.position, p.kind, p.separator, p.language) for p in old.paragraphs}
    after = {i: (n, p.kind, p.separator, p.language) for n, (i, p) in enumerate(zip(numbers, layout.paragraphs, strict=True))}
    shorter = {s.paragraph_id for s in old.sentences} & set(after)
    counts = _sizes(old)
    sizes = {i: len(p.sentences) for i, p in zip(numbers, layout.paragraphs, strict=True)}
    return {i for i, values in after.items() if before.get(i) != values} | {i for i in shorter if counts[i] != sizes[i]}


def _sizes(old: StoredSource) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for sentence in old.sentences:
        sizes[sentence.paragraph_id] = sizes.get(sentence.paragraph_id, 0) + 1
    return sizes


def _write_head(tx: Transaction, article: int, layout: Layout, touched: set[int]) -> None:
    words = [count_words(s.text) for p in layout.paragraphs for s in p.sentences]
    values = {
        "title": layout.title,
        "leading": layout.leading,
        "paragraph_count": len(layout.paragraphs),
        "sentence_count": len(words),
        "word_count": sum(words),
        "revision": articles.c.revision + 1,
    }
    here = update(articles).where(articles.c.id == article).values(values | dict(layout.head)).returning(articles.c.revision)
    revision = tx.connection.execute(here).scalar_one()
    _many(tx, paragraphs, [{"_id": number, "revision": revision} for number in sorted(touched)])
    folded = fold(f"{layout.title}\n{layout.text}")
    tx.connection.execute(update(search_texts).where(search_texts.c.article_id == article).values(folded=folded))


def recount(tx: Transaction, article: int) -> None:
    """Counts sentences and words by state anew in every version, and marks the versions as not checked as a whole."""
    query = (
        select(translations.c.target, translations.c.state, func.count(), func.sum(sentences.c.words))
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .join(translations, translations.c.sentence_id == sentences.c.id)
        .where(sentences.c.article_id == article, paragraphs.c.position >= 0)
        .group_by(translations.c.target, translations.c.state)
    )
    nothing = {name(state): 0 for state in State for name in (sentences_in, words_in)}
    targets = tx.connection.scalars(select(versions.c.target).where(versions.c.article_id == article)).all()
    counts = {target: dict(nothing) for target in targets}
    for target, state, count, words in tx.connection.execute(query):
        counts[target] |= {sentences_in(state): count, words_in(state): int(words)}
    for target, values in counts.items():
        here = and_(versions.c.article_id == article, versions.c.target == target)
        tx.connection.execute(update(versions).where(here).values(values | {"unchecked": True}))


def add_step(tx: Transaction, article: int, *, who: str, size: int, undoes: int | None = None) -> int:
    """Notes that the source was updated, or that such a step is undone; returns the number of the new step.

    What was there before is kept by `snapshots`.
    """
    action = "source" if undoes is None else "undo"
    row = {"article_id": article, "who": who, "at": tx.moment(), "action": action, "size": size, "undoes": undoes}
    number: int = tx.connection.execute(insert(steps).returning(steps.c.id), row).scalar_one()
    if undoes is not None:
        tx.connection.execute(update(steps).where(steps.c.id == undoes).values(undone_by=number))
    return number


def note_changes(
    tx: Transaction, step: int, who: str, via: str, spots: Sequence[tuple[int, str]], *, action: str = "source"
) -> None:
    """Writes into the history of translations that their French changed; their texts did not."""
    rows = []
    now = tx.moment()
    by_sentence = {sentence for sentence, _ in spots}
    found = tx.connection.execute(select(translations).where(translations.c.sentence_id.in_(by_sentence)))
    for row in found:
        if (row.sentence_id, row.target) in set(spots):
            same = {"text": row.text, "state": row.state, "origin": row.origin}
            rows.append(
                {f"{name}_{when}": value for name, value in same.items() for when in ("before", "after")}
                | {"sentence_id": row.sentence_id, "target": row.target, "revision": row.revision, "at": now}
                | {"who": who, "via": via, "action": action, "step_id": step}
            )
    if rows:
        tx.connection.execute(insert(history), rows)

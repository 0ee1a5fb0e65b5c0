"""Drafts: what waits for the machine, and what it proposes, saved so that nothing is lost and nothing overwritten.

Every writer of translations takes the lock of the article's row first (SQLite: the only write lock), so that revisions of
an article become visible in order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, false, insert, null, or_, select, update

from webapp.domain import Origin, ParagraphKind, State
from webapp.engine.base import Draft, HopTrace
from webapp.languages import PIVOT
from webapp.storage import findings, jobs, traces
from webapp.storage.findings import NewFinding, OpenCount, Scope, Spot
from webapp.storage.models import articles, drafts, history, paragraphs, sentences, sentences_in, translations, versions, words_in
from webapp.storage.pivots import pivot_for
from webapp.storage.review_models import removals
from webapp.storage.routes import Route, route_ids
from webapp.storage.store import AnyRow, Transaction

WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sentence that waits for drafts: `revisions` holds the revision of each translation asked for, by target.

    `language` is its paragraph's, None when that is the article's own. `pivot` is the English that a person stands behind
    and these targets are to be drafted from, None where the machine makes its own; a sentence may come twice because of it.
    """

    article: int
    paragraph: int
    sentence: int
    text: str
    language: str | None
    words: int
    revisions: Mapping[str, int]
    kind: ParagraphKind = ParagraphKind.BODY
    pivot: str | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets asked for, in the usual order."""
        return tuple(self.revisions)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine proposes for one translation; `confidence` is None where the text is only kept as it is.

    `raw` is the engine's own text where its typography was repaired, else None. `findings` is what the checks say of it.
    """

    text: str
    confidence: float | None
    pivot: str | None = None
    fingerprints: Route = ()
    traces: tuple[HopTrace, ...] = field(default=(), repr=False)
    raw: str | None = None
    findings: tuple[NewFinding, ...] = ()


Proposals = Sequence[tuple[Pending, Mapping[str, Proposal]]]


def proposal_of(draft: Draft) -> Proposal:
    """Takes over a draft of the engine."""
    return Proposal(draft.text, draft.confidence, draft.pivot, draft.fingerprints, draft.traces)


def pending_of(tx: Transaction, article: int, order: Sequence[str], limit: int) -> list[Pending]:
    """Lists the sentences of an article that wait for drafts, at most `limit`.

    First those that were drafted before and are asked for again, for somebody is looking at them; both in source order.
    `order` is the order of the targets within each.
    """
    english = translations.alias("english")
    query = (
        select(
            sentences.c.paragraph_id,
            sentences.c.id,
            sentences.c.text,
            paragraphs.c.language,
            sentences.c.words,
            paragraphs.c.kind,
            translations.c.target,
            translations.c.revision,
            translations.c.corrected_pivot,
            english.c.text.label("english"),
            english.c.state,
            english.c.origin,
            english.c.stale,
        )
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .join(english, and_(english.c.sentence_id == sentences.c.id, english.c.target == PIVOT), isouter=True)
        .where(translations.c.article_id == article, translations.c.pending)
        .order_by(translations.c.text == "", paragraphs.c.position, sentences.c.position)
        .limit(limit * len(order))
    )
    found: dict[tuple[int, str | None], tuple[AnyRow, dict[str, int]]] = {}
    for row in tx.connection.execute(query):
        found.setdefault((row.id, _pivot_of(row)), (row, {}))[1][row.target] = row.revision
    return [
        Pending(
            article,
            row.paragraph_id,
            row.id,
            row.text,
            row.language,
            row.words,
            {target: revisions[target] for target in order if target in revisions},
            ParagraphKind(row.kind),
            pivot,
        )
        for (_, pivot), (row, revisions) in list(found.items())[:limit]
    ]


def _pivot_of(row: AnyRow) -> str | None:
    if row.target == PIVOT or row.language is not None:
        return None
    english = None if row.english is None else _English(row.english, row.state, row.origin, row.stale)
    return pivot_for(row, english)


@dataclass(frozen=True, slots=True)
class _English:
    text: str
    state: str
    origin: str | None
    stale: bool


def save(tx: Transaction, worker: str, proposals: Proposals) -> set[int]:
    """Saves drafts of articles whose leases the worker holds, as one change of each article.

    A translation that changed since it was listed, or that a person touched, keeps its text; where a draft was wanted
    beside that text, it becomes a proposal. What was made of a French or an English that does not stand any more is dropped,
    and asked for again. Returns the articles the worker no longer holds (cancelled, deleted, taken over): nothing of them was
    saved.
    """
    concerned = {pending.article for pending, _ in proposals}
    mine = jobs.held(tx, lock_articles(tx, concerned), worker)
    kept = [(pending, found) for pending, found in proposals if pending.article in mine]
    if kept:
        _save(tx, kept)
    return concerned - mine


def lock_articles(tx: Transaction, wanted: Iterable[int]) -> list[int]:
    """Locks articles for writing, always in the same order; returns those that are still there."""
    query = select(articles.c.id).where(articles.c.id.in_(sorted(wanted))).order_by(articles.c.id).with_for_update()
    return list(tx.connection.scalars(query))


def _save(tx: Transaction, proposals: Proposals) -> None:
    now = tx.moment()
    current = _current(tx, [pending.sentence for pending, _ in proposals])
    numbers = route_ids(tx, (p.fingerprints for _, found in proposals for p in found.values()))
    changes, touched, beside = [], [], []
    for pending, found in proposals:
        for target, proposal in found.items():
            row = current.get((pending.sentence, target))
            if row is None or not row.pending or _is_outdated(pending, row, current):
                continue
            change = _Change(pending, target, proposal, row, numbers[proposal.fingerprints])
            if not _is_the_machines(row):
                touched.append(pending)
                if row.wanted_as is None:
                    tx.connection.execute(_settle(pending.sentence, target))
                else:
                    beside.append(change)
            elif row.revision == pending.revisions[target]:
                changes.append(change)
    _write(tx, changes, now)
    _put_beside(tx, beside, now)
    _count(tx, changes, touched, beside)


def _is_outdated(pending: Pending, row: AnyRow, current: Mapping[tuple[int, str], AnyRow]) -> bool:
    """Whether the French or the English a draft was made of has changed since."""
    if row.source_text != pending.text:
        return True
    if row.target == PIVOT or pending.language is not None:
        return False
    return pivot_for(row, current.get((pending.sentence, PIVOT))) != pending.pivot


@dataclass(frozen=True, slots=True)
class _Change:
    pending: Pending
    target: str
    proposal: Proposal
    before: AnyRow
    route: int | None


def _current(tx: Transaction, wanted: Sequence[int]) -> dict[tuple[int, str], AnyRow]:
    query = (
        select(translations, sentences.c.text.label("source_text"))
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .where(translations.c.sentence_id.in_(wanted))
    )
    rows = tx.connection.execute(query)
    return {(row.sentence_id, row.target): row for row in rows}


def _is_the_machines(row: AnyRow) -> bool:
    return row.state in {State.UNTRANSLATED, State.DRAFT} and row.origin in {None, Origin.MT}


def _settle(sentence: int, target: str) -> Any:
    # A person was quicker: the machine is no longer asked.
    here = and_(translations.c.sentence_id == sentence, translations.c.target == target)
    return update(translations).where(here).values(pending=False)


_GUARDED_UPDATE = (
    update(translations)
    .where(
        translations.c.sentence_id == bindparam("_sentence"),
        translations.c.target == bindparam("_target"),
        translations.c.revision == bindparam("_revision"),
        translations.c.pending,
        or_(translations.c.state == State.UNTRANSLATED.value, translations.c.state == State.DRAFT.value),
        or_(translations.c.origin.is_(None), translations.c.origin == Origin.MT.value),
    )
    .values(
        state=State.DRAFT.value,
        origin=Origin.MT.value,
        pending=False,
        revision=translations.c.revision + 1,
        stale=false(),
        pivot_changed=false(),
        wanted_as=null(),
        proposal_id=null(),
        proposal_reason=null(),
    )
)


def _write(tx: Transaction, changes: Sequence[_Change], now: datetime) -> None:
    if not changes:
        return
    counts = _keep_findings(tx, changes)
    texts = [
        {
            "_sentence": c.pending.sentence,
            "_target": c.target,
            "_revision": c.before.revision,
            "text": c.proposal.text,
            "pivot": c.proposal.pivot,
            "confidence": c.proposal.confidence,
            "route_id": c.route,
            "errors": counts[c.pending.sentence, c.target].errors,
            "warnings": counts[c.pending.sentence, c.target].warnings,
        }
        for c in changes
    ]
    written = tx.connection.execute(_GUARDED_UPDATE, texts).rowcount
    if written != len(changes):
        raise AssertionError(f"{len(changes)} translations were locked, {written} could be written")
    tx.connection.execute(insert(drafts), [_draft_row(c, now) for c in changes])
    tx.connection.execute(insert(history), [_history_row(c, now) for c in changes])


def _draft_row(change: _Change, now: datetime) -> dict[str, Any]:
    return {
        "sentence_id": change.pending.sentence,
        "target": change.target,
        "created_at": now,
        "text": change.proposal.text,
        "pivot": change.proposal.pivot,
        "confidence": change.proposal.confidence,
        "route_id": change.route,
        "traces": traces.pack(change.proposal.traces),
        "raw": change.proposal.raw,
    }


def _keep_findings(tx: Transaction, changes: Sequence[_Change]) -> dict[Spot, OpenCount]:
    """Keeps what the checks found in new drafts; a first draft cannot have findings yet, which saves looking for them."""
    fresh = {(c.pending.sentence, c.target): c.proposal.findings for c in changes if not c.before.revision}
    rows, counts = findings.first(fresh)
    findings.add(tx, rows)
    again = {(c.pending.sentence, c.target): c.proposal.findings for c in changes if c.before.revision}
    return counts | (findings.replace(tx, again, Scope.SENTENCE) if again else {})


def _put_beside(tx: Transaction, changes: Sequence[_Change], now: datetime) -> None:
    """Keeps drafts beside what people wrote; one that says the same settles the doubt instead."""
    for change in changes:
        draft = tx.connection.execute(insert(drafts).returning(drafts.c.id), _draft_row(change, now)).scalar_one()
        here = and_(translations.c.sentence_id == change.pending.sentence, translations.c.target == change.target)
        values: dict[str, Any] = {"pending": False, "wanted_as": None}
        if change.proposal.text == change.before.text:
            values |= {"stale": False, "pivot_changed": False, "proposal_id": None, "proposal_reason": None}
        else:
            values |= {"proposal_id": draft, "proposal_reason": change.before.wanted_as}
        tx.connection.execute(update(translations).where(here).values(values))


def _history_row(change: _Change, now: datetime) -> dict[str, Any]:
    return {
        "sentence_id": change.pending.sentence,
        "target": change.target,
        "revision": change.before.revision + 1,
        "at": now,
        "who": WORKER,
        "action": "draft",
        "via": WORKER,
        "text_before": change.before.text,
        "text_after": change.proposal.text,
        "state_before": change.before.state,
        "state_after": State.DRAFT.value,
        "origin_before": change.before.origin,
        "origin_after": Origin.MT.value,
    }


def _count(tx: Transaction, changes: Sequence[_Change], touched: Sequence[Pending], beside: Sequence[_Change]) -> None:
    """Brings the counters of articles, paragraphs, versions and jobs in line with what was written."""
    by_article = Counter(c.pending.article for c in changes)
    visible = [*changes, *beside]
    for article in sorted({c.pending.article for c in visible}):
        bumped = update(articles).where(articles.c.id == article).values(revision=articles.c.revision + 1)
        revision = tx.connection.scalar(bumped.returning(articles.c.revision))
        changed = {c.pending.paragraph for c in visible if c.pending.article == article}
        tx.connection.execute(update(paragraphs).where(paragraphs.c.id.in_(changed)).values(revision=revision))
    _move_states(tx, changes)
    for article in sorted(by_article):
        rewritten = sorted({c.target for c in changes if c.pending.article == article})
        here = and_(versions.c.article_id == article, versions.c.target.in_(rewritten), versions.c.unchecked.is_(False))
        tx.connection.execute(update(versions).where(here).values(unchecked=True))
    settled = Counter(pending.article for pending in touched)
    words = Counter[int]()
    for pending in [c.pending for c in changes] + list(touched):
        words[pending.article] += pending.words
    for article in sorted(by_article | settled):
        jobs.progressed(tx, article, pairs=by_article[article] + settled[article], words=words[article])


def _move_states(tx: Transaction, changes: Sequence[_Change]) -> None:
    moved_sentences, moved_words = Counter[tuple[int, str, str]](), Counter[tuple[int, str, str]]()
    for c in changes:
        if c.before.state != State.DRAFT:
            moved_sentences[c.pending.article, c.target, c.before.state] += 1
            moved_words[c.pending.article, c.target, c.before.state] += c.pending.words
    for (article, target, state), count in sorted(moved_sentences.items()):
        words = moved_words[article, target, state]
        moves = {
            sentences_in(state): -count,
            words_in(state): -words,
            sentences_in(State.DRAFT): count,
            words_in(State.DRAFT): words,
        }
        here = and_(versions.c.article_id == article, versions.c.target == target)
        tx.connection.execute(update(versions).where(here).values({name: versions.c[name] + by for name, by in moves.items()}))


def ask_again(tx: Transaction, article: int | None, routes: Sequence[int]) -> dict[int, int]:
    """Asks for new drafts where the text is an untouched draft that went through one of `routes`.

    Returns how many translations were put back to the machine, by article.
    """
    where = [
        translations.c.route_id.in_(routes),
        translations.c.state == State.DRAFT.value,
        translations.c.origin == Origin.MT.value,
        translations.c.pending.is_(False),
    ]
    if article is not None:
        where.append(translations.c.sentence_id.in_(select(sentences.c.id).where(sentences.c.article_id == article)))
    where.append(translations.c.sentence_id.not_in(select(removals.c.sentence_id)))
    asked = update(translations).where(*where).values(pending=True).returning(translations.c.article_id)
    return dict(Counter(tx.connection.scalars(asked)))


def latest_draft(tx: Transaction, sentence: int, target: str) -> Proposal | None:
    """Reads what the machine last proposed for a translation, without the packages; None when it never did."""
    query = (
        select(drafts).where(drafts.c.sentence_id == sentence, drafts.c.target == target).order_by(drafts.c.id.desc()).limit(1)
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        return None
    return Proposal(row.text, row.confidence, row.pivot, (), traces.unpack(row.traces))

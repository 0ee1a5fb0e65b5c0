"""Word links of stored articles: made by the worker when it has nothing better to do, derived at once for who looks earlier.

What a draft says is linked by the attention that was kept with it. What a person wrote, be it the English between, is read by
the models once more. Until that has happened, links are derived from the old draft: a word that is new has one only where lexicon
or spelling give it.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from webapp.align.words import word_links
from webapp.domain import Document, DocumentParagraph, DocumentSentence, JobStatus, WordLink
from webapp.engine.base import Engine, HopTrace, Passage
from webapp.errors import NoRoute, SentenceNotFound
from webapp.languages import PIVOT, SOURCE
from webapp.storage import articles, links
from webapp.storage.drafts import Proposal
from webapp.storage.links import Spot, Subject, Told
from webapp.storage.store import Store, Transaction

_log = logging.getLogger(__name__)

ROUND: Final = 200
"""Translations linked in one round of the worker: about half a second, after which it looks for something more urgent."""

READ_AGAIN: Final = 40
"""Of these, how many the models read at most: they need some hundredths of a second for each."""

DERIVED_AT_ONCE: Final = 600
"""Translations whose links are made for one answer, which takes about two seconds; more than these wait for the worker."""

Traces = tuple[HopTrace, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The links of one translation; `exact`: made for just these texts, not derived from what an earlier text was."""

    subject: Subject
    links: tuple[WordLink, ...]
    exact: bool


def paragraph_links(tx: Transaction, article_id: str, paragraph: int) -> tuple[Linked, ...]:
    """Gives the links of every translation of a paragraph, in source order. Raises ArticleNotFound."""
    return _completed(tx, links.of_paragraph(tx, articles.key_of(tx, article_id), paragraph))


def sentence_links(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Linked:
    """Gives the links of one translation. Raises ArticleNotFound, or SentenceNotFound where it has no text."""
    found = links.of_sentence(tx, articles.key_of(tx, article_id), sentence_id, target)
    if found is None:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    return _completed(tx, [found])[0]


@dataclass(frozen=True, slots=True)
class Chain:
    """A sentence on its way through the languages: `texts` with their codes, and the links between each text and the next.

    `links` are those from the first text to the last. `exact` is as in `Linked`.
    """

    texts: tuple[tuple[str, str], ...]
    hops: tuple[tuple[WordLink, ...], ...]
    links: tuple[WordLink, ...]
    exact: bool = True


def sentence_chain(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Chain:
    """Gives the links of one translation with the English between, where there is one. Raises as `sentence_links`."""
    linked = sentence_links(tx, article_id, sentence_id, target)
    subject, told = linked.subject, links.evidence(tx, [linked.subject])
    pivot = _pivot(subject, told)
    ends = (subject.language or SOURCE, subject.source), (target, subject.text)
    if not pivot:
        return Chain(ends, (linked.links,), linked.links, linked.exact)
    hops = links.hops_of(tx, subject) or _hops(subject, pivot, _traces(subject, pivot, told))
    return Chain((ends[0], (PIVOT, pivot), ends[1]), hops, linked.links, linked.exact)


def _hops(subject: Subject, pivot: str, traces: Sequence[HopTrace]) -> tuple[tuple[WordLink, ...], tuple[WordLink, ...]]:
    """Links a sentence with the English between, and that with the translation; one trace for each."""
    first = replace(subject, target=PIVOT, text=pivot)
    second = replace(subject, source=pivot, language=PIVOT)
    return _linked(first, traces[:1], None), _linked(second, traces[1:], None)


def _completed(tx: Transaction, found: Sequence[tuple[Subject, tuple[WordLink, ...] | None]]) -> tuple[Linked, ...]:
    missing = [subject for subject, known in found if known is None]
    told = links.evidence(tx, missing) if missing else _NOTHING
    return tuple(
        Linked(subject, _derived(subject, told), _speaks_for(told, subject))
        if known is None
        else Linked(subject, known, exact=True)
        for subject, known in found
    )


def with_links(tx: Transaction, document: Document, start: int = 0, stop: int | None = None) -> Document:
    """Adds the links to a document that holds the paragraphs from `start` up to, not including, `stop`.

    Those that the worker has not come to yet are made here, from what the drafts left, unless they are very many or drafting
    still goes on: then they stay None. Raises ArticleNotFound.
    """
    known = links.of_article(tx, articles.key_of(tx, document.id), start, stop)
    missing = [s for p in document.paragraphs for s in _missing(p, known)]
    asked = () if document.job.status in _OPEN else missing[:DERIVED_AT_ONCE]
    told = links.evidence(tx, asked) if asked else _NOTHING
    found: dict[Spot, tuple[WordLink, ...] | None] = {spot: links.unpack(packed) for spot, (_, packed) in known.items()}
    found |= {subject.spot: None for subject in missing} | {subject.spot: _derived(subject, told) for subject in asked}
    paragraphs = tuple(_replaced(paragraph, found) for paragraph in document.paragraphs)
    return replace(document, paragraphs=paragraphs)


_OPEN: Final = (JobStatus.WAITING, JobStatus.RUNNING)
_NOTHING: Final = links.Told({}, {})


def _missing(paragraph: DocumentParagraph, known: Mapping[Spot, tuple[str, bytes]]) -> list[Subject]:
    found = []
    for sentence in paragraph.sentences:
        for target, translation in sentence.translations.items():
            pivot, text = translation.pivot, translation.text
            subject = Subject(sentence.id, target, sentence.text, paragraph.language, text, pivot, sentence.index)
            if text and known.get(subject.spot, ("", b""))[0] != subject.digest:
                found.append(subject)
    return found


_Found = Mapping[Spot, tuple[WordLink, ...] | None]


def _replaced(paragraph: DocumentParagraph, found: _Found) -> DocumentParagraph:
    return replace(paragraph, sentences=tuple(_replaced_in(sentence, found) for sentence in paragraph.sentences))


def _replaced_in(sentence: DocumentSentence, found: _Found) -> DocumentSentence:
    translations = {
        target: replace(translation, links=found[sentence.id, target]) if translation.text else translation
        for target, translation in sentence.translations.items()
    }
    return replace(sentence, translations=translations)


def proposal_links(source: str, proposal: Proposal, target: str, language: str | None = None) -> tuple[WordLink, ...]:
    """Links a draft that is not stored, as the machine made it."""
    return _linked(Subject(0, target, source, language, proposal.text, proposal.pivot), proposal.traces, proposal.pivot)


# --- what links are made from ---------------------------------------------------------------------------------------


def _derived(subject: Subject, told: Told) -> tuple[WordLink, ...]:
    """Links a translation from the draft that speaks for it, as far as that goes."""
    draft = told.drafts.get(subject.spot)
    pivot = subject.pivot if draft is None or draft.pivot is None else draft.pivot
    if pivot is None:
        return _linked(subject, () if draft is None else draft.traces, None)
    return _linked(subject, _traces(subject, pivot, told), pivot)


def _traces(subject: Subject, pivot: str, told: Told) -> Traces:
    """The traces of both hops, as far as drafts left any: an empty one in the place of each that is missing."""
    draft = told.drafts.get(subject.spot)
    traces = () if draft is None else draft.traces
    if len(traces) > 1:
        return traces
    # drafted from an English that stood there
    english = told.english.get((subject.sentence, pivot)) or told.drafts.get((subject.sentence, PIVOT))
    first = english.traces[:1] if english is not None and english.traces else (_NO_TRACE,)
    return (*first, *(traces or (_NO_TRACE,)))


_NO_TRACE: Final = HopTrace((), ())


def _linked(subject: Subject, traces: Sequence[HopTrace], pivot: str | None) -> tuple[WordLink, ...]:
    languages = (subject.language or SOURCE, subject.target)
    found = word_links(subject.source, subject.text, traces, pivot=pivot, languages=languages)
    return tuple((n.source_start, n.source_end, n.target_start, n.target_end, n.probability) for n in found)


def _speaks_for(told: Told, subject: Subject) -> bool:
    """Whether there is a draft of just this text, and, where it was made from an English that stood there, one of that too."""
    draft = told.drafts.get(subject.spot)
    if draft is None or draft.text != subject.text:
        return False
    if subject.pivot is None:
        return True
    if draft.pivot is not None and draft.pivot != subject.pivot:
        return False
    english = told.english.get((subject.sentence, subject.pivot))
    return len(draft.traces) > 1 or (english is not None and bool(english.traces) == bool(draft.traces))


# --- the worker -----------------------------------------------------------------------------------------------------


def something_unlinked(tx: Transaction) -> bool:
    """Tells whether a version changed since it was linked, of an article that is not being drafted."""
    return links.unlinked_version(tx) is not None


def link_round(store: Store, engine: Engine, *, limit: int = ROUND) -> bool:
    """Links some translations that changed, the newest article first; returns whether there may be more.

    An article that is being drafted waits until it is done. What the models cannot read is linked without them.
    """
    with store.read() as tx:
        version = links.unlinked_version(tx)
        if version is None:
            return False
        subjects = links.unlinked(tx, version, limit)
        told = links.evidence(tx, subjects) if subjects else _NOTHING
    is_last = len(subjects) < limit
    read_again = [s for s in subjects if not _speaks_for(told, s)]
    if len(read_again) > READ_AGAIN:
        subjects, is_last = subjects[: subjects.index(read_again[READ_AGAIN])], False
    traced = _traced(engine, read_again[:READ_AGAIN], version.source, version.target, told)
    found, hops = {}, {}
    for subject in subjects:
        traces, pivot = traced.get(subject.spot, ((), None))
        made = _linked(subject, traces, pivot) if subject.spot in traced else _derived(subject, told)
        found[subject.spot] = subject.digest, made
        if pivot is not None:
            hops[subject.spot] = _hops(subject, pivot, traces)
    with store.begin() as tx:
        links.save(tx, found, hops)
        if is_last:
            links.set_linked(tx, version)
    return True


def _traced(
    engine: Engine, subjects: Sequence[Subject], source: str, target: str, told: Told
) -> dict[Spot, tuple[Traces, str | None]]:
    """Lets the models read what people wrote, by the language of the sentences; nothing where that is not possible."""
    found: dict[Spot, tuple[Traces, str | None]] = {}
    for language in dict.fromkeys(subject.language for subject in subjects):
        group = [subject for subject in subjects if subject.language == language and (language or source) != target]
        pivots = [_pivot(subject, told) for subject in group]
        passages = [Passage(s.source, s.text, pivot) for s, pivot in zip(group, pivots, strict=True)]
        try:
            traces = engine.trace(passages, source=language or source, target=target) if passages else []
        except NoRoute:
            continue
        except Exception:  # noqa: BLE001 — links are a help; a sentence the engine breaks on must not stop the worker
            _log.exception("%d sentences in %s were linked without the models", len(passages), target)
            continue
        for subject, pivot, one in zip(group, pivots, traces, strict=True):
            found[subject.spot] = one, pivot if len(one) > 1 else None
    return found


def _pivot(subject: Subject, told: Told) -> str | None:
    """The English between: what the translation was drafted from, else what the machine made of the sentence."""
    if subject.target == PIVOT:
        return None
    english = told.drafts.get((subject.sentence, PIVOT))
    return subject.pivot or (english.text if english is not None else None)

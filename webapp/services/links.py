"""Word links of stored articles: made by the worker when it has nothing better to do, derived at once for who looks earlier.

What a draft says is linked by the attention that was kept with it. What a person wrote is read by the models once more. Until
that has happened, links are derived from the old draft: a word that is new has one only where lexicon or spelling give it.
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
from webapp.storage.links import Evidence, Spot, Subject
from webapp.storage.store import Store, Transaction

_log = logging.getLogger(__name__)

ROUND: Final = 200
"""Translations linked in one round of the worker: about half a second, after which it looks for something more urgent."""

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

    `links` are those from the first text to the last.
    """

    texts: tuple[tuple[str, str], ...]
    hops: tuple[tuple[WordLink, ...], ...]
    links: tuple[WordLink, ...]


def sentence_chain(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Chain:
    """Gives the links of one translation with the English between, where there is one. Raises as `sentence_links`."""
    linked = sentence_links(tx, article_id, sentence_id, target)
    subject, evidence = linked.subject, links.evidence(tx, [linked.subject])
    pivot = _pivot(subject, evidence)
    ends = (subject.language or SOURCE, subject.source), (target, subject.text)
    if not pivot:
        return Chain(ends, (linked.links,), linked.links)
    first = replace(subject, target=PIVOT, text=pivot)
    second = replace(subject, source=pivot, language=PIVOT)
    traces = evidence[subject.spot].traces[-1:] if subject.spot in evidence else ()
    hops = _derived(replace(first, pivot=None), evidence), _linked(second, traces, None)
    return Chain((ends[0], (PIVOT, pivot), ends[1]), hops, linked.links)


def _completed(tx: Transaction, found: Sequence[tuple[Subject, tuple[WordLink, ...] | None]]) -> tuple[Linked, ...]:
    missing = [subject for subject, known in found if known is None]
    evidence = links.evidence(tx, missing) if missing else {}
    return tuple(
        Linked(subject, _derived(subject, evidence), _speaks_for(evidence.get(subject.spot), subject))
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
    evidence = links.evidence(tx, asked) if asked else {}
    found: dict[Spot, tuple[WordLink, ...] | None] = {spot: links.unpack(packed) for spot, (_, packed) in known.items()}
    found |= {subject.spot: None for subject in missing} | {subject.spot: _derived(subject, evidence) for subject in asked}
    paragraphs = tuple(_replaced(paragraph, found) for paragraph in document.paragraphs)
    return replace(document, paragraphs=paragraphs)


_OPEN: Final = (JobStatus.WAITING, JobStatus.RUNNING)


def _missing(paragraph: DocumentParagraph, known: Mapping[Spot, tuple[str, bytes]]) -> list[Subject]:
    found = []
    for sentence in paragraph.sentences:
        for target, translation in sentence.translations.items():
            digest = known.get((sentence.id, target), ("", b""))[0]
            if translation.text and digest != links.digest_of(sentence.text, translation.text):
                pivot, text = translation.pivot, translation.text
                found.append(Subject(sentence.id, target, sentence.text, paragraph.language, text, pivot, sentence.index))
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


def _derived(subject: Subject, evidence: Mapping[Spot, Evidence]) -> tuple[WordLink, ...]:
    """Links a translation from the draft that speaks for it, as far as that goes."""
    draft = evidence.get(subject.spot)
    traces = () if draft is None else draft.traces
    pivot = subject.pivot if draft is None or draft.pivot is None else draft.pivot
    if pivot is not None and len(traces) < 2:  # drafted from an English that stood there
        english = evidence.get((subject.sentence, PIVOT))
        first = english.traces[:1] if english is not None and english.traces else (HopTrace((), ()),)
        traces = (*first, *(traces or (HopTrace((), ()),)))
    return _linked(subject, traces, pivot)


def _linked(subject: Subject, traces: Sequence[HopTrace], pivot: str | None) -> tuple[WordLink, ...]:
    languages = (subject.language or SOURCE, subject.target)
    found = word_links(subject.source, subject.text, traces, pivot=pivot, languages=languages)
    return tuple((n.source_start, n.source_end, n.target_start, n.target_end, n.probability) for n in found)


def _speaks_for(draft: Evidence | None, subject: Subject) -> bool:
    """Whether a draft is of just this text."""
    return draft is not None and draft.text == subject.text


# --- the worker -----------------------------------------------------------------------------------------------------


def link_round(store: Store, engine: Engine, *, limit: int = ROUND) -> bool:
    """Links some translations that changed, the newest article first; returns whether there may be more.

    An article that is being drafted waits until it is done. What the models cannot read is linked without them.
    """
    with store.read() as tx:
        version = links.unlinked_version(tx)
        if version is None:
            return False
        subjects = links.unlinked(tx, version, limit)
        evidence = links.evidence(tx, subjects) if subjects else {}
    read_again = [s for s in subjects if not _speaks_for(evidence.get(s.spot), s)]
    traced = _traced(engine, read_again, version.source, version.target, evidence)
    found = {}
    for subject in subjects:
        made = _linked(subject, *traced[subject.spot]) if subject.spot in traced else _derived(subject, evidence)
        found[subject.spot] = links.digest_of(subject.source, subject.text), made
    with store.begin() as tx:
        links.save(tx, found)
        if len(subjects) < limit:
            links.set_linked(tx, version)
    return True


def _traced(
    engine: Engine, subjects: Sequence[Subject], source: str, target: str, evidence: Mapping[Spot, Evidence]
) -> dict[Spot, tuple[Traces, str | None]]:
    """Lets the models read what people wrote, by the language of the sentences; nothing where that is not possible."""
    found: dict[Spot, tuple[Traces, str | None]] = {}
    for language in dict.fromkeys(subject.language for subject in subjects):
        group = [subject for subject in subjects if subject.language == language and (language or source) != target]
        pivots = [_pivot(subject, evidence) for subject in group]
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


def _pivot(subject: Subject, evidence: Mapping[Spot, Evidence]) -> str | None:
    """The English between: what the translation was drafted from, else what the machine made of the sentence."""
    if subject.target == PIVOT:
        return None
    english = evidence.get((subject.sentence, PIVOT))
    return subject.pivot or (english.text if english is not None else None)

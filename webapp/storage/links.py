"""Word links: which translations still lack them, what they are made from, and where they are kept.

A row says of which texts its links are, by a digest; links of other texts are never given out. Links are packed into ten bytes
each: four offsets and the probability in thousandths, big-endian. Those of two hops stand behind each other, the number of the
first before them, in four bytes.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from webapp.domain import WordLink
from webapp.engine.base import HopTrace
from webapp.languages import PIVOT
from webapp.storage import jobs, traces
from webapp.storage.links_models import linked_versions, word_links
from webapp.storage.models import articles, drafts, paragraphs, sentences, translations, versions
from webapp.storage.models import jobs as jobs_table
from webapp.storage.store import Transaction
from webapp.storage.upsert import upsert

Spot = tuple[int, str]
"""A sentence and a target."""

_LINK: Final = struct.Struct(">5H")
_COUNT: Final = struct.Struct(">I")
_LONGEST: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class UnlinkedVersion:
    """A version in which something changed since the article's revision `since`; the article is at `revision` now."""

    article: int
    target: str
    source: str
    since: int
    revision: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A sentence with one translation: what is to be linked. `language` is its paragraph's, None for the article's own."""

    sentence: int
    target: str
    source: str
    language: str | None
    text: str
    pivot: str | None
    index: int = 0

    @property
    def spot(self) -> Spot:
        return self.sentence, self.target

    @property
    def digest(self) -> str:
        """Names its texts together."""
        return digest_of(self.source, self.text, self.pivot)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The draft that speaks for a translation: the one it still is, else the newest."""

    text: str
    pivot: str | None
    traces: tuple[HopTrace, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What drafts tell: `drafts`, the one that speaks for each translation; `english`, those in English by sentence and text."""

    drafts: Mapping[Spot, Evidence]
    english: Mapping[tuple[int, str], Evidence]


def digest_of(source: str, text: str, pivot: str | None = None) -> str:
    """Names the texts together."""
    texts = (source, text) if pivot is None else (source, text, pivot)
    return blake2b("\0".join(texts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


Links = tuple[WordLink, ...]


def pack_hops(first: Iterable[WordLink], second: Iterable[WordLink]) -> bytes:
    """Packs the links of two hops, as `pack` does."""
    packed = pack(first)
    return _COUNT.pack(len(packed) // _LINK.size) + packed + pack(second)


def unpack_hops(packed: bytes) -> tuple[Links, Links]:
    """Gives back what `pack_hops` was given."""
    (count,) = _COUNT.unpack_from(packed)
    end = _COUNT.size + count * _LINK.size
    return unpack(packed[_COUNT.size : end]), unpack(packed[end:])


def pack(links: Iterable[WordLink]) -> bytes:
    """Packs links; those that reach beyond 65,535 code points are left out."""
    return b"".join(_LINK.pack(*places, round(probability * 1000)) for *places, probability in links if max(places) <= _LONGEST)


def unpack(packed: bytes) -> tuple[WordLink, ...]:
    """Gives back what `pack` was given, probabilities to three digits."""
    return tuple((a, b, c, d, probability / 1000) for a, b, c, d, probability in _LINK.iter_unpack(packed))


def unlinked_version(tx: Transaction) -> UnlinkedVersion | None:
    """Finds a version that changed since it was linked, of the newest article that is not being drafted, if any."""
    here = and_(linked_versions.c.article_id == versions.c.article_id, linked_versions.c.target == versions.c.target)
    query = (
        select(
            articles.c.id,
            versions.c.target,
            articles.c.source,
            func.coalesce(linked_versions.c.revision, -1),
            articles.c.revision,
        )
        .join_from(versions, articles, articles.c.id == versions.c.article_id)
        .join(jobs_table, jobs_table.c.article_id == articles.c.id)
        .join(linked_versions, here, isouter=True)
        .where(jobs_table.c.status.not_in(jobs.OPEN))
        .where(or_(linked_versions.c.revision.is_(None), linked_versions.c.revision < articles.c.revision))
        .order_by(articles.c.id.desc(), versions.c.target)
        .limit(1)
    )
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else UnlinkedVersion(*row)


def unlinked(tx: Transaction, version: UnlinkedVersion, limit: int) -> list[Subject]:
    """Lists what in the changed paragraphs of a version has no links that fit, in source order, at most `limit`."""
    found: list[Subject] = []
    here = (paragraphs.c.article_id == version.article, paragraphs.c.position >= 0, paragraphs.c.revision > version.since)
    for subject, digest, _ in _subjects(tx, (*here, translations.c.target == version.target)):
        if digest != subject.digest:
            found.append(subject)
            if len(found) == limit:
                break
    return found


def of_paragraph(tx: Transaction, article: int, paragraph: int) -> list[tuple[Subject, tuple[WordLink, ...] | None]]:
    """Reads the translations of a paragraph with their links, None where there are none that fit; in source order."""
    here = (paragraphs.c.article_id == article, paragraphs.c.position == paragraph)
    return [(s, unpack(packed) if digest == s.digest else None) for s, digest, packed in _subjects(tx, here)]


def of_sentence(tx: Transaction, article: int, sentence: int, target: str) -> tuple[Subject, tuple[WordLink, ...] | None] | None:
    """Reads one translation with its links, as `of_paragraph`; None where there is no such translation yet."""
    here = (paragraphs.c.article_id == article, sentences.c.id == sentence, translations.c.target == target)
    for s, digest, packed in _subjects(tx, here):
        return s, unpack(packed) if digest == s.digest else None
    return None


def hops_of(tx: Transaction, subject: Subject) -> tuple[Links, Links] | None:
    """Reads the links to and from the English between, where the models read just these texts once more."""
    here = (word_links.c.sentence_id == subject.sentence, word_links.c.target == subject.target)
    packed = tx.connection.scalar(select(word_links.c.hops).where(*here, word_links.c.digest == subject.digest))
    return None if packed is None else unpack_hops(packed)


def of_article(tx: Transaction, article: int, start: int, stop: int | None) -> Mapping[Spot, tuple[str, bytes]]:
    """Reads digest and packed links of every translation of the paragraphs from `start` up to, not including, `stop`."""
    query = (
        select(word_links.c.sentence_id, word_links.c.target, word_links.c.digest, word_links.c.links)
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .join(word_links, word_links.c.sentence_id == sentences.c.id)
        .where(paragraphs.c.article_id == article, paragraphs.c.position >= start)
    )
    if stop is not None:
        query = query.where(paragraphs.c.position < stop)
    return {(sentence, target): (digest, packed) for sentence, target, digest, packed in tx.connection.execute(query)}


def _subjects(tx: Transaction, where: Sequence[ColumnElement[bool]]) -> Iterable[tuple[Subject, str | None, bytes]]:
    kept = and_(word_links.c.sentence_id == translations.c.sentence_id, word_links.c.target == translations.c.target)
    query = (
        select(
            sentences.c.id,
            translations.c.target,
            sentences.c.text,
            paragraphs.c.language,
            translations.c.text,
            translations.c.pivot,
            sentences.c.position,
            word_links.c.digest,
            word_links.c.links,
        )
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .join(translations, translations.c.sentence_id == sentences.c.id)
        .join(word_links, kept, isouter=True)
        .where(*where, translations.c.text != "")
        .order_by(paragraphs.c.position, sentences.c.position, translations.c.target)
    )
    for *subject, digest, packed in tx.connection.execute(query).all():
        yield Subject(*subject), digest, packed or b""


def evidence(tx: Transaction, subjects: Sequence[Subject]) -> Told:
    """Reads the draft that speaks for each translation, and the English drafts of the same sentences."""
    wanted = {s.sentence for s in subjects}
    targets = {s.target for s in subjects} | {PIVOT}
    query = (
        select(drafts.c.sentence_id, drafts.c.target, drafts.c.text, drafts.c.pivot, drafts.c.traces)
        .where(drafts.c.sentence_id.in_(wanted), drafts.c.target.in_(targets))
        .order_by(drafts.c.id.desc())
    )
    texts = {s.spot: s.text for s in subjects}
    pivots = {(s.sentence, s.pivot) for s in subjects}
    chosen: dict[Spot, Evidence] = {}
    english: dict[tuple[int, str], Evidence] = {}
    for sentence, target, text, pivot, packed in tx.connection.execute(query):
        here = chosen.get((sentence, target))
        wanted_text = texts.get((sentence, target))
        if here is None or (here.text != wanted_text and text == wanted_text):
            chosen[sentence, target] = Evidence(text, pivot, traces.unpack(packed))
        if target == PIVOT and (sentence, text) in pivots and (sentence, text) not in english:
            english[sentence, text] = Evidence(text, pivot, traces.unpack(packed))
    return Told(chosen, english)


Hops = Mapping[Spot, tuple[Iterable[WordLink], Iterable[WordLink]]]
_NO_HOPS: Final[Hops] = MappingProxyType({})


def save(tx: Transaction, found: Mapping[Spot, tuple[str, Iterable[WordLink]]], hops: Hops = _NO_HOPS) -> None:
    """Keeps links with the digest of their texts; those of sentences that are gone meanwhile are dropped."""
    there = set(tx.connection.scalars(select(sentences.c.id).where(sentences.c.id.in_({s for s, _ in found}))))
    for (sentence, target), (digest, links) in found.items():
        if sentence in there:
            both = hops.get((sentence, target))
            row = {"digest": digest, "links": pack(links), "hops": None if both is None else pack_hops(*both)}
            upsert(tx, word_links, {"sentence_id": sentence, "target": target, **row})


def set_linked(tx: Transaction, version: UnlinkedVersion) -> None:
    """Notes that a version is linked up to the revision at which it was read; nothing when the article is gone."""
    if tx.connection.scalar(select(articles.c.id).where(articles.c.id == version.article)) is None:
        return
    upsert(tx, linked_versions, {"article_id": version.article, "target": version.target, "revision": version.revision})

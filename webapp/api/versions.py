"""Versions: how far each is, its sentences, filtered, and approving many at once."""

from typing import Final

from flask import Response, url_for

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api, context
from webapp.api.operations import ARTICLE, change, operation, page_links, read, reply
from webapp.api.review_schemas import (
    ApproveIn,
    BulkModel,
    CountsModel,
    SentenceLineModel,
    SentenceModel,
    SentencesModel,
    SentencesQuery,
    VersionModel,
    VersionsModel,
)
from webapp.api.translations import tag_of
from webapp.domain import Document, DocumentParagraph, DocumentSentence, VersionProgress
from webapp.errors import TargetUnknown
from webapp.services.articles import get_document
from webapp.services.filters import Filter, count_sentences, find_sentences
from webapp.services.review import approve_paragraph, approve_version
from webapp.services.sentences import get_sentence

TAG: Final = "Versions"


@api.get("/articles/<string:article_id>/versions")
@api.output(VersionsModel, description="The versions, in the usual order of the languages.", example=examples.VERSIONS)
@operation("List the versions of an article", id="listVersions", tag=TAG, errors=ARTICLE)
def list_versions(article_id: str) -> Response:
    document = read(lambda tx: get_document(tx, article_id, start=0, stop=0))
    return reply(VersionsModel(versions=[_version(document.id, one) for one in document.progress.values()]))


def _version(article_id: str, progress: VersionProgress) -> VersionModel:
    return VersionModel(
        target=progress.target,
        sentences=progress.sentences,
        words=progress.words,
        by_state=dict(progress.sentences_by_state),
        words_by_state=dict(progress.words_by_state),
        url=url_for("api.list_version", article_id=article_id, target=progress.target),
    )


@api.get("/articles/<string:article_id>/versions/<string:target>")
@api.input(SentencesQuery, location="query", arg_name="query")
@api.output(SentencesModel, description="A part of the version; `Link` leads to the others.", example=examples.SENTENCES)
@operation(
    "List the sentences of a version",
    id="listSentences",
    tag=TAG,
    errors=(*ARTICLE, "target-unknown", "request-invalid"),
    description="In source order, all or those that a filter keeps. Each has the address where it is edited, and the `etag` to "
    "send as `If-Match`.",
)
def list_version(article_id: str, target: str, query: SentencesQuery) -> Response:
    document = read(lambda tx: get_document(tx, article_id))
    _check_target(document, target)
    lines = [_line(document, p, s, target) for p in document.paragraphs for s in p.sentences]
    if query.filter is not Filter.ALL:
        places = read(lambda tx: find_sentences(tx, article_id, query.filter, target=target, who=who()))
        wanted = {place.sentence_id for place in places}
        lines = [line for line in lines if line.id in wanted]
    part = lines[query.offset : query.offset + query.limit]
    body = SentencesModel(sentences=part, total=len(lines), limit=query.limit, offset=query.offset)
    kept = {"article_id": article_id, "target": target, "filter": query.filter.value}
    links = page_links("api.list_version", total=len(lines), limit=query.limit, offset=query.offset, **kept)
    return reply(body, headers={"Link": links})


def _check_target(document: Document, target: str) -> None:
    if target not in document.targets:
        raise TargetUnknown(target=target, known=", ".join(document.targets))


def _line(document: Document, paragraph: DocumentParagraph, sentence: DocumentSentence, target: str) -> SentenceLineModel:
    translation = sentence.translations[target]
    return SentenceLineModel(
        id=sentence.id,
        paragraph=paragraph.index,
        index=sentence.index,
        kind=paragraph.kind,
        source=sentence.text,
        translation=translation,
        etag=f'"{tag_of(translation)}"',
        url=url_for("api.get_translation", article_id=document.id, sentence_id=sentence.id, target=target),
    )


@api.get("/articles/<string:article_id>/counts")
@api.output(CountsModel, description="By filter.", example=examples.COUNTS)
@operation("Count the sentences that each filter keeps", id="countSentences", tag=TAG, errors=ARTICLE)
def count(article_id: str) -> Response:
    return reply(CountsModel(counts=dict(read(lambda tx: count_sentences(tx, article_id, who=who())))))


@api.get("/articles/<string:article_id>/sentences/<int:sentence_id>")
@api.output(SentenceModel, description="Everything about the sentence, in all versions.", example=examples.SENTENCE)
@operation(
    "Get a sentence with everything that is known of it",
    id="getSentence",
    tag=TAG,
    errors=(*ARTICLE, "sentence-not-found"),
    description="Its translations with drafts, proposals, findings, history, alternatives and pivots, and its comments.",
)
def get_one_sentence(article_id: str, sentence_id: int) -> Response:
    return reply(SentenceModel(read(lambda tx: get_sentence(tx, article_id, sentence_id, who=who()))))


@api.post("/articles/<string:article_id>/versions/<string:target>/approve")
@api.input(ApproveIn, location="json", arg_name="body", example=examples.APPROVE_IN)
@api.output(BulkModel, description="What was approved, what was left out and why.", example=examples.BULK)
@operation(
    "Approve a version",
    id="approveVersion",
    tag=TAG,
    errors=(*ARTICLE, "target-unknown", "request-invalid"),
    description="Sentences with open errors, rejected, stale or untranslated ones are left out. Unless `confirmed`, nothing is "
    "done while there are findings: `done` is false then, and they are in the answer.",
)
def approve_whole_version(article_id: str, target: str, body: ApproveIn) -> Response:
    _check_targets(article_id, target)
    done = change(lambda tx: approve_version(tx, article_id, target, confirmed=body.confirmed, who=who(), via="api"))
    return reply(BulkModel(done))


@api.post("/articles/<string:article_id>/versions/<string:target>/paragraphs/<int:paragraph>/approve")
@api.output(BulkModel, description="What was approved, what was left out and why.", example=examples.BULK)
@operation(
    "Approve a paragraph",
    id="approveParagraph",
    tag=TAG,
    errors=(*ARTICLE, "target-unknown"),
    description="The paragraph is counted from 0. Sentences with open errors are left out.",
)
def approve_one_paragraph(article_id: str, target: str, paragraph: int) -> Response:
    _check_targets(article_id, target)
    return reply(BulkModel(change(lambda tx: approve_paragraph(tx, article_id, paragraph, target, who=who(), via="api"))))


def _check_targets(article_id: str, target: str) -> None:
    with context().store.read() as tx:
        _check_target(get_document(tx, article_id, start=0, stop=0), target)

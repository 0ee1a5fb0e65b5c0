"""The source: updated when the newsroom corrects its article, and what updates removed, brought back."""

from typing import Final

from apiflask.fields import UploadFile
from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api, context
from webapp.api.examples import TEXT
from webapp.api.guard import takes
from webapp.api.operations import ARTICLE, change, operation, read, reply
from webapp.api.receiving import name_of
from webapp.api.review_schemas import PlaceModel, RemovedModel, RevisionReportModel, SourceIn, SourceQuery
from webapp.domain import SourceText
from webapp.services.removed import list_removed, restore_removed
from webapp.services.revising import compare_source, update_source
from webapp.text.read import read_article

TAG: Final = "Source"


class SourceFileIn(BaseModel):
    """A new version of an article's file."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile = Field(description="A .txt, .md, .html, .docx, .odt, .epub, .srt or .vtt file.")
    any_language: bool = False


@api.put("/articles/<string:article_id>/source")
@api.input(SourceQuery, location="query", arg_name="query")
@api.input(SourceIn, location="json", arg_name="body", example=examples.SOURCE_IN)
@api.output(RevisionReportModel, description="What changed, or with `dry_run` would change.", example=examples.REPORT)
@operation(
    "Update the source of an article",
    id="updateSource",
    tag=TAG,
    errors=(*ARTICLE, "article-empty", "article-too-large", "language-unclear", "request-invalid"),
    description="What did not change keeps its translations and their history. Changed sentences are drafted anew: instead of an "
    "untouched draft, beside a person's text. What is gone can be brought back.",
)
def put_source(article_id: str, body: SourceIn, query: SourceQuery) -> Response:
    limit = context().settings.max_article_bytes
    source = read_article(body.text, title=body.title, max_bytes=limit, accept_any_language=body.any_language)
    return _update(article_id, source, query)


@api.put("/articles/<string:article_id>/source/file")
@api.input(SourceQuery, location="query", arg_name="query")
@api.input(SourceFileIn, location="form_and_files", arg_name="body", example={"file": TEXT})
@api.output(RevisionReportModel, description="What changed, or with `dry_run` would change.", example=examples.REPORT)
@operation(
    "Update the source of an article from a file",
    id="updateSourceFile",
    tag=TAG,
    errors=(
        *ARTICLE,
        "article-empty",
        "article-too-large",
        "language-unclear",
        "encoding-unreadable",
        "file-type-unsupported",
        "request-invalid",
    ),
    description="As `multipart/form-data`. As with a text; from now on the article comes back in the form of this file.",
)
@takes("multipart/form-data")
def put_source_file(article_id: str, body: SourceFileIn, query: SourceQuery) -> Response:
    name = name_of(body.file)
    settings = context().settings
    source = read_article(
        body.file.read(),
        file_name=name,
        max_bytes=settings.max_article_bytes,
        max_file_bytes=settings.max_file_bytes,
        accept_any_language=body.any_language,
    )
    return _update(article_id, source, query)


def _update(article_id: str, source: SourceText, query: SourceQuery) -> Response:
    if query.dry_run:
        return reply(RevisionReportModel(read(lambda tx: compare_source(tx, article_id, source))))
    return reply(RevisionReportModel(change(lambda tx: update_source(tx, article_id, source, who=who(), via="api"))))


@api.get("/articles/<string:article_id>/removed")
@api.output(RemovedModel, description="The last removed first.", example=examples.REMOVED)
@operation("List the sentences that updates removed", id="listRemoved", tag=TAG, errors=ARTICLE)
def get_removed(article_id: str) -> Response:
    return reply(RemovedModel(removed=read(lambda tx: list_removed(tx, article_id))))


@api.post("/articles/<string:article_id>/removed/<int:sentence_id>/restore")
@api.output(PlaceModel, description="Where it stands again.", example=examples.PLACE)
@operation("Bring a removed sentence back", id="restoreRemoved", tag=TAG, errors=(*ARTICLE, "sentence-not-found"))
def bring_back(article_id: str, sentence_id: int) -> Response:
    return reply(PlaceModel(change(lambda tx: restore_removed(tx, article_id, sentence_id, who=who()))))

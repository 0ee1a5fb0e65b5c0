"""Articles from files: `POST /articles/file`, and plain text as the whole body of `POST /articles/text`."""

from typing import Any, Final

from apiflask.fields import UploadFile
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.guard import takes
from webapp.api.operations import described_by, needs, operation
from webapp.api.reading import IDEMPOTENCY_KEY, accepted, store_source
from webapp.api.receiving import name_of
from webapp.api.schemas import AcceptedModel, TextQuery
from webapp.errors import RequestInvalid
from webapp.services.keys import Scope
from webapp.text.read import read_article

TAG: Final = "Articles"
_ERRORS: Final = (
    "request-invalid",
    "article-empty",
    "target-unknown",
    "language-unclear",
    "article-too-large",
    "file-too-large",
    "encoding-unreadable",
    "file-type-unsupported",
    "idempotency-key-reused",
)
_TEXT_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "text/plain": {"schema": {"type": "string"}, "examples": {"text": {"summary": "The text", "value": examples.TEXT}}}
    },
}


class FileIn(BaseModel):
    """A file with an article in it."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile = Field(description="A .txt, .md, .html, .docx, .odt, .epub, .srt or .vtt file.")
    title: str | None = Field(default=None, max_length=500)
    targets: str | None = Field(default=None, max_length=200, description="Language codes, separated by commas.")
    any_language: bool = False
    whole: bool = Field(default=False, description="Keep what looks like the navigation of a saved web page.")


def _codes(listed: str | None) -> list[str] | None:
    return None if listed is None else [code.strip() for code in listed.split(",") if code.strip()]


@api.post("/articles/file")
@api.input(FileIn, location="form_and_files", arg_name="body", example={"file": examples.TEXT, "targets": "en,ko"})
@api.output(AcceptedModel, status_code=202, description="Stored; drafting begins at once.", example=examples.ACCEPTED)
@described_by(parameters=[IDEMPOTENCY_KEY])
@operation(
    "Store an article from a file and draft it",
    id="uploadArticle",
    tag=TAG,
    errors=_ERRORS,
    description="As `multipart/form-data`: `file`, and if you like `title`, `targets` (`en,ko`), `any_language`, `whole`.",
)
@needs(Scope.TRANSLATE)
@takes("multipart/form-data")
def upload_article(body: FileIn) -> Response:
    name = name_of(body.file)
    source = read_article(
        body.file.read(),
        title=_text(body.title),
        max_bytes=context().settings.max_article_bytes,
        max_file_bytes=context().settings.max_file_bytes,
        file_name=name,
        accept_any_language=body.any_language,
        whole=body.whole,
    )
    return accepted(store_source(source, _codes(body.targets)))


def _text(value: str | None) -> str | None:
    if value is not None and "\0" in value:
        raise RequestInvalid(detail="title: holds a character that is not text (NUL).")
    return value


@api.post("/articles/text")
@api.input(TextQuery, location="query", arg_name="query")
@api.output(AcceptedModel, status_code=202, description="Stored; drafting begins at once.", example=examples.ACCEPTED)
@described_by(parameters=[IDEMPOTENCY_KEY], requestBody=_TEXT_BODY)
@operation(
    "Store an article sent as plain text and draft it",
    id="createArticleFromText",
    tag=TAG,
    errors=_ERRORS,
    description="The body is the text, in UTF-8 or any encoding that can be recognised; everything else is in the query.",
)
@needs(Scope.TRANSLATE)
@takes("text/plain")
def create_from_text(query: TextQuery) -> Response:
    source = read_article(
        request.get_data(),
        title=query.title,
        max_bytes=context().settings.max_article_bytes,
        accept_any_language=query.any_language,
    )
    return accepted(store_source(source, _codes(query.targets)))

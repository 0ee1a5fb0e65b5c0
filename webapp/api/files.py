"""The file an article was read from: given back in another language, and what was left out of it brought back."""

from typing import Any, Final
from urllib.parse import quote

from flask import Response
from pydantic import Field
from werkzeug.http import dump_options_header

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.articles import known_form
from webapp.api.blueprint import api, context
from webapp.api.operations import ARTICLE, change, operation, read, reply
from webapp.api.problems import problems
from webapp.api.review_schemas import RevisionReportModel
from webapp.api.schemas import Model
from webapp.exports.registry import Include
from webapp.services.files import TranslatedFile, read_whole, translated_file
from webapp.services.revising import update_source
from webapp.text.readers.formats import FORMATS


class FileQuery(Model):
    """Which version the file is wanted in."""

    target: str = Field(max_length=20, description="The target language.", examples=["ru"])
    include: Include = Field(
        default=Include.ALL, description="`approved`: sentences that nobody approved stay in French; `all`: none does."
    )


def _content(media_type: str) -> dict[str, Any]:
    if not media_type.startswith("text/"):
        return {"schema": {"type": "string", "format": "binary"}}
    return {"schema": {"type": "string"}, "examples": {"file": {"summary": "The same file, translated", "value": "# Музей\n"}}}


_FILE: Final = {
    "description": "The file, as an attachment: structure, styles and pictures are those of the one that was sent.",
    "content": {one.media_type: _content(one.media_type) for one in FORMATS.values()},
}


@api.get("/articles/<string:article_id>/file")
@api.input(FileQuery, location="query", arg_name="query")
@api.doc(
    summary="Get the file an article was read from, in a target language",
    description="For articles from files. For others there are the formats of `export`.",
    tags=["Articles"],
    operation_id="getTranslatedFile",
    responses={**problems("request-invalid", *ARTICLE, "target-unknown", "original-file-missing"), 200: _FILE},
)
def get_translated_file(article_id: str, query: FileQuery) -> Response:
    with context().store.read() as tx:
        return _response(translated_file(tx, known_form(article_id), query.target, include=query.include))


def _response(file: TranslatedFile) -> Response:
    response = Response(file.data, mimetype=file.media_type)
    plain = file.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    options = (
        {"filename": plain} if plain == file.name else {"filename": plain, "filename*": f"UTF-8''{quote(file.name, safe='')}"}
    )
    response.headers["Content-Disposition"] = dump_options_header("attachment", options)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@api.post("/articles/<string:article_id>/source/whole")
@api.output(RevisionReportModel, description="What was brought back.", example=examples.REPORT)
@operation(
    "Bring back what was left out of a web page",
    id="bringBackNavigation",
    tag="Source",
    errors=(*ARTICLE, "original-file-missing", "article-too-large"),
    description="What had been taken for navigation and the like becomes part of the article; what is in it keeps all it has.",
)
def bring_back_navigation(article_id: str) -> Response:
    settings = context().settings
    limits = {"max_bytes": settings.max_article_bytes, "max_file_bytes": settings.max_file_bytes}
    source = read(lambda tx: read_whole(tx, article_id, **limits))
    return reply(RevisionReportModel(change(lambda tx: update_source(tx, article_id, source, who=who(), via="api"))))

"""Files: `GET /articles/ID/export/FORMAT`."""

from typing import Any, Final

from flask import Response
from pydantic import Field

from webapp.api.articles import known_form
from webapp.api.blueprint import api, context
from webapp.api.problems import problems
from webapp.api.schemas import Model
from webapp.domain import Document
from webapp.errors import RequestInvalid
from webapp.exports.paper import Layout
from webapp.exports.registry import Format, Include, formats, targets_of
from webapp.services.articles import get_document
from webapp.services.links import with_links


class ExportQuery(Model):
    """Which versions the file holds."""

    target: str = Field(
        default="",
        max_length=100,
        description="Target languages, separated by commas; all without it. TMX and XLIFF hold one: name it if there are "
        "several. Naming several makes a multilingual TMX.",
        examples=["ru"],
    )
    include: Include = Field(
        default=Include.APPROVED,
        description="TMX and XLIFF: `approved` texts only, or `all`, the unreviewed ones marked as such.",
    )
    layout: Layout | None = Field(
        default=None,
        description="DOCX, ODT, PDF, HTML and Markdown: a row a paragraph (`paragraphs`) or a sentence (`sentences`), French "
        "beside its versions, or one `version` alone. Without it, the format’s own.",
    )


_BEGINNINGS: Final = {
    "csv": "id,kind,fr,ru,ru_state\r\n",
    "html": '<!doctype html>\n<html lang="fr">',
    "json": '{\n  "id": "01jd8k3v5m9x2w7q4t6z",',
    "markdown": "# Réouverture\n\n| Français | Русский |",
    "text": "Музей снова открывает двери.\n",
}
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _content(one: Format) -> dict[str, Any]:
    if one.is_binary:
        return {"schema": {"type": "string", "format": "binary"}}
    example = {"summary": f"How a file of the format {one.name} begins", "value": _BEGINNINGS.get(one.name, _XML)}
    return {"schema": {"type": "string"}, "examples": {one.name: example}}


_FILE: Final = {
    "description": "The file, as an attachment.",
    "content": {one.media_type: _content(one) for one in formats().values()},
}


@api.get("/articles/<string:article_id>/export/<string:format_name>")
@api.input(ExportQuery, location="query", arg_name="query")
@api.doc(
    summary="Get an article as a file",
    description="Formats: csv, docx, html, json, markdown, odt, omegat, pdf, text, tmx, xliff (1.2), xliff2 (2.1), xlsx.",
    tags=["Articles"],
    operation_id="exportArticle",
    responses={
        **problems("request-invalid", "target-unknown", "article-not-found", "pdf-unavailable", "pdf-too-long"),
        200: _FILE,
    },
)
def export_article(article_id: str, format_name: str, query: ExportQuery) -> Response:
    known = formats()
    if format_name not in known:
        raise RequestInvalid(detail=f"The format has to be one of {', '.join(known)}.")
    with context().store.read() as tx:
        document = get_document(tx, known_form(article_id))
        if known[format_name].linked:
            document = with_links(tx, document)
    return _file(document, known[format_name], query)


def _file(document: Document, chosen: Format, query: ExportQuery) -> Response:
    named = [code.strip() for code in query.target.split(",") if code.strip()]
    targets = targets_of(document, named)
    chosen.check_targets(targets, named=bool(named), layout=query.layout)
    content = chosen.write(document, targets, query.include, query.layout)
    response = Response(content, mimetype=chosen.media_type)
    name = chosen.file_name(document, targets, query.include)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response

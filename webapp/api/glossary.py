"""The glossary: terms listed, added, changed, deleted; CSV and TBX files taken, CSV given."""

from typing import Any, Final

from flask import Response

from webapp.api import term_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api, context
from webapp.api.guard import takes
from webapp.api.operations import change, needs, operation, read, reply
from webapp.api.receiving import file_of, up_to
from webapp.api.term_schemas import (
    FileIn,
    GlossaryImportQuery,
    OwnerQuery,
    ReportModel,
    TermIn,
    TermModel,
    TermsModel,
    TermsQuery,
)
from webapp.services.glossary import add_term, change_term, delete_term, get_term, list_terms
from webapp.services.glossary_files import export_glossary, import_glossary
from webapp.services.keys import Scope

TAG: Final = "Glossary"
ONE: Final = "/glossary/<int:term_id>"
_WRONG: Final = ("request-invalid", "term-invalid", "target-unknown", "term-known")
_FILE: Final[dict[str, Any]] = {
    "description": "The table, as an attachment.",
    "content": {"text/csv": {"schema": {"type": "string"}, "example": examples.CSV}},
}


@api.get("/glossary")
@api.input(TermsQuery, location="query", arg_name="query")
@api.output(TermsModel, description="A page of terms, by letter.", example=examples.TERMS)
@operation("List terms", id="listTerms", tag=TAG, errors=("request-invalid", "article-not-found"))
def list_glossary(query: TermsQuery) -> Response:
    owner = query.article or None
    page = read(lambda tx: list_terms(tx, query=query.q, article_id=owner, limit=query.limit, offset=query.offset))
    return reply(TermsModel.of(page, query.limit, query.offset))


@api.post("/glossary")
@api.input(OwnerQuery, location="query", arg_name="query")
@api.input(TermIn, location="json", arg_name="body", example=examples.TERM_IN)
@api.output(TermModel, status_code=201, description="Added; the sentences that hold it are checked again.", example=examples.TERM)
@operation("Add a term", id="addTerm", tag=TAG, errors=(*_WRONG, "article-not-found"))
def post_term(query: OwnerQuery, body: TermIn) -> Response:
    owner = query.article or None
    return reply(TermModel.of(change(lambda tx: add_term(tx, body.given, article_id=owner, who=who()))), 201)


@api.get(ONE)
@api.output(TermModel, description="The term.", example=examples.TERM)
@operation("Get a term", id="getTerm", tag=TAG, errors=("term-not-found",))
def get_one_term(term_id: int) -> Response:
    return reply(TermModel.of(read(lambda tx: get_term(tx, term_id))))


@api.put(ONE)
@api.input(TermIn, location="json", arg_name="body", example=examples.TERM_IN)
@api.output(TermModel, description="Changed; the sentences that hold it are checked again.", example=examples.TERM)
@operation("Change a term", id="changeTerm", tag=TAG, errors=(*_WRONG, "term-not-found"))
def put_term(term_id: int, body: TermIn) -> Response:
    return reply(TermModel.of(change(lambda tx: change_term(tx, term_id, body.given, who=who()))))


@api.delete(ONE)
@api.output({}, status_code=204, description="Deleted.")
@operation("Delete a term", id="deleteTerm", tag=TAG, errors=("term-not-found",))
def remove_term(term_id: int) -> Response:
    change(lambda tx: delete_term(tx, term_id))
    return Response(status=204)


@api.post("/glossary/import")
@api.input(GlossaryImportQuery, location="query", arg_name="query")
@api.input(FileIn, location="form_and_files", arg_name="body", example={"file": examples.CSV})
@api.output(ReportModel, description="What was taken, and what was left and why.", example=examples.GLOSSARY_REPORT)
@operation(
    "Fill the glossary from a CSV or TBX file",
    id="importGlossary",
    tag=TAG,
    errors=(
        "request-invalid",
        "import-unreadable",
        "import-too-large",
        "article-not-found",
        "encoding-unreadable",
        "file-type-unsupported",
    ),
    description="As `multipart/form-data`. The first line of a table names its columns: `fr,policy,case,note,en,ru,ko`, of which "
    "`fr` is needed; several forms in a cell are apart by `|`.",
)
@needs(Scope.REVIEW)
@takes("multipart/form-data")
@up_to("max_import_bytes")
def import_glossary_file(query: GlossaryImportQuery, body: FileIn) -> Response:
    with file_of(body) as (stream, name):
        report = change(
            lambda tx: import_glossary(tx, stream, name, article_id=query.article or None, replace_known=query.replace, who=who())
        )
    return reply(ReportModel.of(report))


@api.get("/glossary/export")
@api.input(OwnerQuery, location="query", arg_name="query")
@operation(
    "Get the terms as CSV", id="exportGlossary", tag=TAG, errors=("request-invalid", "article-not-found"), more={200: _FILE}
)
def export_glossary_file(query: OwnerQuery) -> Response:
    with context().store.read() as tx:
        table = export_glossary(tx, article_id=query.article or None)
    response = Response(table, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return response

"""The translation memory: looked up, listed, filled from TMX files, taken away, entries deleted."""

from typing import Any, Final

from flask import Response

from webapp.api import term_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api, context
from webapp.api.guard import takes
from webapp.api.operations import change, needs, operation, read, reply
from webapp.api.receiving import file_of, up_to
from webapp.api.term_schemas import EntryQuery, FileIn, MatchesModel, MatchQuery, MemoryExportQuery, MemoryModel, ReportModel
from webapp.languages import TARGETS
from webapp.services.keys import Scope
from webapp.services.memory import Asked, count_entries, delete_entry, find_matches, known_target, list_entries
from webapp.services.memory_files import export_memory, import_memory

TAG: Final = "Memory"
_FILE: Final[dict[str, Any]] = {
    "description": "The file, as an attachment.",
    "content": {"application/x-tmx": {"schema": {"type": "string"}, "example": examples.TMX}},
}


@api.get("/memory/matches")
@api.input(MatchQuery, location="query", arg_name="query")
@api.output(MatchesModel, description="The best first; none where nothing is 70 % alike.", example=examples.MATCHES)
@operation(
    "Look a French sentence up in the memory",
    id="findMatches",
    tag=TAG,
    errors=("request-invalid", "target-unknown"),
    description="With `previous` and `following`, a match between the same neighbours is told by 101 %.",
)
def find_in_memory(query: MatchQuery) -> Response:
    asked = Asked(query.text, query.previous, query.following)
    return reply(MatchesModel.of(read(lambda tx: find_matches(tx, asked, query.target, limit=query.limit))))


@api.get("/memory")
@api.input(EntryQuery, location="query", arg_name="query")
@api.output(MemoryModel, description="How much there is, and a page of it.", example=examples.MEMORY)
@operation("List what the memory holds", id="listMemory", tag=TAG, errors=("request-invalid", "target-unknown"))
def list_memory(query: EntryQuery) -> Response:
    target = known_target(query.target) if query.target else None
    with context().store.read() as tx:
        page = list_entries(tx, query=query.q, target=target, limit=query.limit, offset=query.offset)
        return reply(MemoryModel.of(count_entries(tx), page))


@api.delete("/memory/<int:entry_id>")
@api.output({}, status_code=204, description="Forgotten; the article it came from stays as it is.")
@operation("Delete an entry of the memory", id="deleteMemoryEntry", tag=TAG, errors=("entry-not-found",))
def delete_memory_entry(entry_id: int) -> Response:
    change(lambda tx: delete_entry(tx, entry_id))
    return Response(status=204)


@api.post("/memory/import")
@api.input(FileIn, location="form_and_files", arg_name="body", example={"file": examples.TMX})
@api.output(ReportModel, description="What was taken, and what was left and why.", example=examples.MEMORY_REPORT)
@operation(
    "Fill the memory from a TMX file",
    id="importMemory",
    tag=TAG,
    errors=("request-invalid", "import-unreadable", "import-too-large", "encoding-unreadable", "file-type-unsupported"),
    description="As `multipart/form-data`. What the memory holds already is not doubled; a broken file leaves nothing behind.",
)
@needs(Scope.REVIEW)
@takes("multipart/form-data")
@up_to("max_import_bytes")
def import_memory_file(body: FileIn) -> Response:
    with file_of(body) as (stream, name):
        return reply(ReportModel.of(import_memory(context().store, stream, name, who=who())))


@api.get("/memory/export")
@api.input(MemoryExportQuery, location="query", arg_name="query")
@operation("Get the memory as TMX", id="exportMemory", tag=TAG, errors=("request-invalid", "target-unknown"), more={200: _FILE})
def export_memory_file(query: MemoryExportQuery) -> Response:
    targets = (known_target(query.target),) if query.target else TARGETS
    response = Response(export_memory(context().store, targets), mimetype="application/x-tmx")
    response.headers["Content-Disposition"] = f'attachment; filename="quatrain-{"-".join(targets)}.tmx"'
    return response

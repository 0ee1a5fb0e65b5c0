"""Memory: what is remembered, searched, deleted; TMX files brought and taken away."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.errors import ImportUnreadable, RequestInvalid
from webapp.languages import LANGUAGES, TARGETS
from webapp.services.importing import Report
from webapp.services.memory import EntryPage, count_entries, delete_entry, list_entries
from webapp.services.memory_files import export_memory, import_memory
from webapp.storage.memory import Counts
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO
from webapp.web.fragments import context
from webapp.web.received import brought

pages: Final = Blueprint("memory", __name__, url_prefix="/memory")

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class MemoryView:
    """The page: how much there is, the entries asked for, what became of a file."""

    counts: Counts
    found: EntryPage
    query: str
    target: str
    offset: int
    report: Report | None = None
    problem: Problem | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """The languages one may choose among."""
        return TARGETS

    def address(self, offset: int) -> str:
        """Another page of the same list."""
        return url_for("memory.show", q=self.query or None, target=self.target or None, offset=offset or None)

    @property
    def before(self) -> str:
        """The page before this one, "" on the first."""
        return self.address(max(0, self.offset - PAGE)) if self.offset else ""

    @property
    def after(self) -> str:
        """The page after this one, "" on the last."""
        return self.address(self.offset + PAGE) if self.found.more else ""


@pages.get("")
def show() -> str:
    """The memory, the newest entries first."""
    return _page()


def _page(report: Report | None = None, problem: Problem | None = None) -> str:
    query, target = request.args.get("q", "")[:200], request.args.get("target", "")
    target = target if target in TARGETS else ""
    offset = max(0, min(request.args.get("offset", 0, type=int), 1 << 31))
    with context().store.read() as tx:
        found = list_entries(tx, query=query, target=target or None, limit=PAGE, offset=offset)
        view = MemoryView(count_entries(tx), found, query, target, offset, report, problem)
    return render_template("memory.html", view=view, languages=LANGUAGES)


@pages.post("/import")
def bring() -> BaseResponse | str | tuple[str, int]:
    """Takes a TMX file and says what became of it."""
    try:
        with brought() as (stream, name):
            report = import_memory(context().store, stream, name, who=WHO)
    except (ImportUnreadable, RequestInvalid) as error:
        return _page(problem=problem_of(error)), error.status
    return _page(report=report)


@pages.post("/<int:entry>/delete")
def delete(entry: int) -> BaseResponse:
    """Forgets one entry."""
    with context().store.begin() as tx:
        delete_entry(tx, entry)
    flash(gettext("The entry was deleted from the memory; its article stays as it is."))
    return redirect(url_for(".show", q=request.form.get("q") or None, target=request.form.get("target") or None), 303)


@pages.get("/quatrain.<any(tmx):kind>")
def take(kind: str) -> Response:
    """The memory as a file, in one target or (without `target`) in all."""
    target = request.args.get("target", "")
    targets = [target] if target in TARGETS else TARGETS
    name = f"quatrain-{'-'.join(targets)}.{kind}"
    response = Response(export_memory(context().store, targets), mimetype="application/x-tmx")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

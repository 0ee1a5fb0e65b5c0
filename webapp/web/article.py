"""The article page: the sheet, what changed since, and what one can do about its drafting."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document, DocumentParagraph, PackageKind
from webapp.errors import RequestInvalid
from webapp.languages import SOURCE
from webapp.services.articles import changed_paragraphs, get_document
from webapp.services.drafting import cancel_drafting, redraft_starter_drafts, retry_drafting, workers_alive
from webapp.services.files import get_file
from webapp.services.filters import Filter
from webapp.services.marking import Marks, marks_of
from webapp.services.terms import glossary_for
from webapp.storage.store import Transaction
from webapp.web.editor import Editor, read_editor
from webapp.web.errors import Problem, problem_of_job
from webapp.web.filtering import Sieve, read_sieve, sieve_asked_for
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.progress import Progress, is_open, progress_of
from webapp.web.sheet import RowView, row_of, target_cell

pages: Final = Blueprint("article", __name__, url_prefix="/articles/<article_id>")

WINDOW: Final = 60
"""Paragraphs in one piece of a long article: about ten screens."""

POLL_RUNNING_MS: Final = 800
POLL_WAITING_MS: Final = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window of an article as the page shows it; `alive` counts the workers that may draft it."""

    document: Document
    rows: tuple[RowView, ...]
    start: int
    stop: int
    alive: int
    sieve: Sieve
    editor: Editor | None = None

    @property
    def more(self) -> bool:
        """Whether there are further rows to come."""
        return self.stop < self.document.paragraph_count

    @property
    def progress(self) -> tuple[Progress, ...]:
        return progress_of_document(self.document)

    @property
    def problem(self) -> Problem | None:
        return problem_of_document(self.document)

    @property
    def is_open(self) -> bool:
        return is_open(self.document.job)

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.stop >= self.document.paragraph_count


def read_sheet(article_id: str, start: int, stop: int | None, *, editor: Editor | None = None) -> Sheet:
    """Reads the paragraphs from `start` up to, not including, `stop` (None: to the end).

    Where the request names a filter, only paragraphs that hold something it lets through, as many of them from `start` on.
    """
    wanted, target = sieve_asked_for()
    with context().store.read() as tx:
        sieve = read_sieve(tx, article_id, wanted, target)
        if sieve.wanted is not Filter.ALL:
            stop = sieve.stop_after(start, None if stop is None else stop - start)
        document, alive = get_document(tx, article_id, start=start, stop=stop), workers_alive(tx)
        terms = glossary_for(tx, article_id).places
        shown = [p for p in document.paragraphs if sieve.shows(p.index)]
        marks = marks_of(tx, document, shown)
    rows = tuple(row_of(p, document.targets, sieve.hits, terms, marks=marks) for p in shown)
    reached = document.paragraph_count if stop is None else min(stop, document.paragraph_count)
    return Sheet(document, rows, start, reached, alive, sieve, editor)


def progress_of_document(document: Document) -> tuple[Progress, ...]:
    """The progress of every version, with the packages that wrote it."""
    return tuple(
        progress_of(document.progress[target], document.packages_by_target.get(target, ()))
        for target in document.targets
        if target in document.progress
    )


def problem_of_document(document: Document) -> Problem | None:
    """What drafting ended with, if it failed."""
    return problem_of_job(document.job)


def starter_advice(document: Document) -> str:
    """What to say about starter packages: "" nothing, "install" official ones, or "redraft" with those there are now.

    Before the first draft is there, what is installed tells who will write it: the notice must not push the text down later.
    """
    installed = {package.pair: package.kind for package in context().packages.installed()}
    written = {package.pair for package in document.packages if package.kind is PackageKind.STARTER}
    if not document.packages and is_open(document.job):
        return "install" if PackageKind.STARTER in installed.values() else ""
    better = {pair for pair, kind in installed.items() if kind is not PackageKind.STARTER}
    return "" if not written else "redraft" if written <= better else "install"


@pages.get("")
def show(article_id: str) -> str:
    """The page with its first window, the one that `start` names, or everything (`all`, for print); `open` names a sentence."""
    return page(article_id, _sentence_to_open(article_id))


def page(article_id: str, editor: Editor | None) -> str:
    """The article page, with one sentence open where there is an `editor`."""
    whole = "all" in request.args
    start = 0 if whole else max(0, request.args.get("start", editor.paragraph // WINDOW * WINDOW if editor else 0, type=int))
    sheet = read_sheet(article_id, start, None if whole else start + WINDOW, editor=editor)
    shown = editor.target if editor else request.args.get("show")
    with context().store.read() as tx:
        file = get_file(tx, article_id)
    return render_template(
        "article.html",
        sheet=sheet,
        file=file,
        advice=starter_advice(sheet.document),
        shown=shown if shown in sheet.document.targets else sheet.document.targets[0],
        window=WINDOW,
    )


def _sentence_to_open(article_id: str) -> Editor | None:
    asked = request.args.get("open")
    if not asked:
        return None
    number, _, target = asked.partition("-")
    if not number.isdecimal():
        raise RequestInvalid(detail=f"open={asked}")
    with context().store.read() as tx:
        return read_editor(tx, article_id, int(number), target, drawer=request.args.get("drawer", ""))


@pages.get("/rows")
def rows(article_id: str) -> BaseResponse | str:
    """The next window for htmx, with the way to the one after it."""
    start = max(0, request.args.get("start", 0, type=int))
    wanted, target = sieve_asked_for()
    if not wants_fragment():
        return redirect(url_for(".show", article_id=article_id, start=start, **Sieve(wanted, target).address), 303)
    sheet = read_sheet(article_id, start, start + WINDOW)
    parts = [fragment("_row.html", row=row, article_id=article_id, editor=None, sieve=sheet.sieve) for row in sheet.rows]
    if sheet.more:
        parts.append(_more(sheet))
    parts.append(fragment("_reach.html", stop=sheet.stop, oob=True))
    return Markup("\n").join(parts)


@pages.get("/updates")
def updates(article_id: str) -> str:
    """What changed since a revision, cell by cell, and the fragment that asks again while drafting goes on."""
    since = max(0, request.args.get("since", 0, type=int))
    with context().store.read() as tx:
        changes = read_changes(tx, article_id, since)
    return Markup("\n").join([changes.poller, *changes.fragments])


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in an article: fragments, each to be put in its own place, and the one that asks for more."""

    document: Document
    fragments: tuple[Markup, ...]

    @property
    def poller(self) -> Markup:
        return _poller(self.document)

    @property
    def poller_aside(self) -> Markup:
        """The same in an answer to something else."""
        return _poller(self.document, oob=True)


def read_changes(tx: Transaction, article_id: str, since: int) -> Changes:
    """Reads what changed after the article's revision `since`: the cells that the asking page shows, and what is around them."""
    document = get_document(tx, article_id, start=0, stop=0)
    changed = changed_paragraphs(tx, article_id, since=since) if document.revision > since else ()
    seen = rows_on_page()
    shown = [paragraph for paragraph in changed if paragraph.index in seen]
    parts = _changed_cells(document, shown, marks_of(tx, document, shown))
    return Changes(document, (*parts, *_state_of_things(document, workers_alive(tx))))


def rows_on_page() -> Container[int]:
    """The paragraphs that the asking page shows: those it names (`rows`), or from `start` up to, not including, `stop`."""
    named = request.values.get("rows")
    if named is not None:
        return {int(number) for number in named.split(",") if number.isdecimal()}
    return range(request.values.get("from", 0, type=int), request.values.get("stop", WINDOW, type=int))


@pages.post("/cancel")
def cancel(article_id: str) -> BaseResponse | str:
    """Stops drafting; what is drafted stays."""
    with context().store.begin() as tx:
        cancel_drafting(tx, article_id)
    return _after_change(article_id)


@pages.post("/retry")
def retry(article_id: str) -> BaseResponse | str:
    """Takes drafting up again where it stopped."""
    with context().store.begin() as tx:
        retry_drafting(tx, article_id)
    context().wake()
    return _after_change(article_id)


@pages.post("/redraft")
def redraft(article_id: str) -> BaseResponse:
    """Gives the machine back what starter packages drafted and nobody touched."""
    with context().store.begin() as tx:
        count = redraft_starter_drafts(tx, article_id)
    context().wake()
    if count:
        flash(ngettext("%(num)s draft is being made again.", "%(num)s drafts are being made again.", count))
    else:
        flash(gettext("Nothing to draft again: people have been over every sentence since."))
    return redirect(url_for(".show", article_id=article_id), 303)


@pages.get("/foot.css")
def foot(article_id: str) -> Response:
    """Title and date in the foot of every printed page: a style sheet, because only those reach the page's margins."""
    with context().store.read() as tx:
        document = get_document(tx, article_id, start=0, stop=0)
    response = make_response(render_template("foot.css", document=document))
    response.mimetype = "text/css"
    return response


def _after_change(article_id: str) -> BaseResponse | str:
    if not wants_fragment():
        return redirect(url_for(".show", article_id=article_id), 303)
    with context().store.read() as tx:
        document, alive = get_document(tx, article_id, start=0, stop=0), workers_alive(tx)
    return Markup("\n").join([*_state_of_things(document, alive), _poller(document, oob=True)])


def _state_of_things(document: Document, alive: int) -> list[Markup]:
    """The fragments around the sheet that change while drafting goes on, each to be put in its own place."""
    job = fragment("_job.html", document=document, problem=problem_of_document(document), alive=alive, oob=True)
    progress = [
        fragment("_progress.html", progress=progress, source=SOURCE, oob=True) for progress in progress_of_document(document)
    ]
    notice = fragment("_starter.html", article_id=document.id, advice=starter_advice(document), oob=True)
    return [job, *progress, notice]


def _changed_cells(document: Document, changed: list[DocumentParagraph], marks: Marks) -> list[Markup]:
    """Cells of the targets only: the French stays, with whatever the reader selected in it."""
    return [
        fragment("_cell.html", cell=target_cell(paragraph, target, marks=marks), article_id=document.id, oob=True)
        for paragraph in changed
        for target in document.targets
    ]


def _poller(document: Document, *, oob: bool = False) -> Markup:
    return fragment("_updates.html", document=document, open=is_open(document.job), interval_ms=_interval(document), oob=oob)


def _interval(document: Document) -> int:
    return POLL_WAITING_MS if document.job.position else POLL_RUNNING_MS


def _more(sheet: Sheet) -> Markup:
    return fragment(
        "_more.html",
        article_id=sheet.document.id,
        start=sheet.stop,
        stop=min(sheet.stop + WINDOW, sheet.document.paragraph_count),
        address=sheet.sieve.address,
    )

"""The reading view: an article for people who only read it, in one language or several side by side; and the same as one file."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document, ParagraphKind
from webapp.exports.registry import formats
from webapp.services.articles import get_document
from webapp.services.links import with_links
from webapp.web.article import WINDOW
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.sheet import RowView, row_of

pages: Final = Blueprint("reading", __name__, url_prefix="/articles/<article_id>")


@dataclass(frozen=True, slots=True)
class Reading:
    """A window of an article in the columns somebody reads, the source among them or not."""

    document: Document
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    stop: int

    @property
    def more(self) -> bool:
        """Whether there are further rows to come."""
        return self.stop < self.document.paragraph_count

    @property
    def begins_with_title(self) -> bool:
        """Whether the first row says the title, which then is not to be read twice."""
        first = self.document.paragraphs[0] if self.document.paragraphs else None
        if first is None or first.index or first.kind is not ParagraphKind.HEADING:
            return False
        return first.text.strip() == self.document.title


def _read(article_id: str, start: int) -> Reading:
    with context().store.read() as tx:
        document = get_document(tx, article_id, start=start, stop=start + WINDOW)
    rows = tuple(row_of(paragraph, document.targets) for paragraph in document.paragraphs)
    return Reading(document, _columns(document), rows, min(start + WINDOW, document.paragraph_count))


def _columns(document: Document) -> tuple[str, ...]:
    """The columns asked for, in the usual order; the source and the first target where nobody asked."""
    known = (document.source, *document.targets)
    asked = [code for value in request.args.getlist("columns") for code in value.split(",")]
    chosen = tuple(code for code in known if code in asked)
    return chosen or known[:2]


@pages.get("/read")
def show(article_id: str) -> str:
    """The page, from the paragraph that `start` names; more comes while one reads."""
    reading = _read(article_id, _start())
    return render_template("reading.html", reading=reading, start=_start(), window=WINDOW)


@pages.get("/read/rows")
def rows(article_id: str) -> BaseResponse | str:
    """The next window for htmx, with the way to the one after it."""
    start = _start()
    if not wants_fragment():
        return redirect(url_for(".show", article_id=article_id, start=start, columns=request.args.getlist("columns")), 303)
    reading = _read(article_id, start)
    parts = [fragment("_reading_row.html", row=row, columns=reading.columns) for row in reading.rows]
    if reading.more:
        parts.append(more(reading))
    return Markup("\n").join(parts)


def more(reading: Reading) -> Markup:
    """The way to the next window."""
    stop = min(reading.stop + WINDOW, reading.document.paragraph_count)
    columns = ",".join(reading.columns)
    return fragment("_reading_more.html", article_id=reading.document.id, start=reading.stop, stop=stop, columns=columns)


@pages.get("/read.html")
def file(article_id: str) -> Response:
    """The whole article in one file that needs nothing else, in the columns asked for; its words light up as here."""
    with context().store.read() as tx:
        document = with_links(tx, get_document(tx, article_id))
    targets = [column for column in _columns(document) if column != document.source] or [*document.targets]
    answer = make_response(formats()["html"].write(document, targets))
    answer.mimetype = "text/html"
    answer.headers["Content-Disposition"] = f'attachment; filename="{"-".join([document.id, *targets])}.html"'
    return answer


def _start() -> int:
    return max(0, request.args.get("start", 0, type=int))

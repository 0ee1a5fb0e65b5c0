"""The source changes: the French pasted anew or in a new file, what that will do, and the drawer of sentences removed."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document, SourceText
from webapp.errors import InputError
from webapp.reviewing import RemovedSentence, RevisionReport
from webapp.services.articles import get_document
from webapp.services.removed import list_removed, restore_removed
from webapp.services.revising import compare_source, update_source
from webapp.storage.store import Transaction
from webapp.text.read import read_article
from webapp.text.readers.formats import EXTENSIONS
from webapp.web.article import WINDOW
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO
from webapp.web.fragments import context
from webapp.web.sheet import sentence_dom_id

pages: Final = Blueprint("source", __name__, url_prefix="/articles/<article_id>/source")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent with the form: the French as text, or (`data`) as a file, which is taken instead."""

    text: str = ""
    data: bytes | None = None
    file_name: str = ""

    @property
    def kept(self) -> str:
        """The file for a hidden field, so that what was previewed is what is taken; "" where it is too large for one."""
        coded = b64encode(self.data or b"").decode()
        return coded if len(coded) <= 4 * context().settings.max_article_bytes else ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """The page: the French in the field or the name of its file, what it would change, the drawer."""

    document: Document
    text: str
    removed: tuple[RemovedSentence, ...]
    report: RevisionReport | None = None
    problem: Problem | None = None
    file_name: str = ""
    kept: str = ""
    file_limit_bytes: int = 0
    endings: str = ",".join(EXTENSIONS)


@pages.get("")
def show(article_id: str) -> str:
    """The French as it is, to be corrected."""
    with context().store.read() as tx:
        return _page(_view(tx, article_id))


@pages.post("")
def update(article_id: str) -> BaseResponse | str:
    """Shows what the new French would change, or, told to `apply` it, puts it in place of the old one.

    A form sent by key names no button: it is shown what would change, and nothing is done.
    """
    sent = _sent()
    try:
        source = _read(sent)
    except InputError as error:
        with context().store.read() as tx:
            view = _view(tx, article_id, sent, problem=problem_of(error))
        return make_response(_page(view), error.status)
    if "apply" not in request.form:
        with context().store.read() as tx:
            return _page(_view(tx, article_id, sent, report=compare_source(tx, article_id, source)))
    with context().store.begin() as tx:
        report = update_source(tx, article_id, source, who=WHO)
    context().wake()
    flash(_said(report))
    return redirect(url_for("article.show", article_id=article_id), 303)


@pages.post("/removed/<int:sentence_id>")
def put_back(article_id: str, sentence_id: int) -> BaseResponse:
    """Takes a sentence out of the drawer, back to where it stood."""
    with context().store.begin() as tx:
        place = restore_removed(tx, article_id, sentence_id, who=WHO)
    context().wake()
    flash(gettext("The sentence is back in the article."))
    anchor = sentence_dom_id(place.paragraph, place.index, "fr")
    start = place.paragraph // WINDOW * WINDOW
    return redirect(url_for("article.show", article_id=article_id, start=start, _anchor=anchor), 303)


def _sent() -> Sent:
    text = request.form.get("text", "").replace("\r\n", "\n")
    file = request.files.get("file")
    if file is not None and file.filename:
        return Sent(text, file.read(), file.filename)
    name, kept = request.form.get("file_name", ""), request.form.get("kept", "")
    try:
        return Sent(text, b64decode(kept, validate=True), name) if name and kept else Sent(text)
    except ValueError:
        return Sent(text, b"", name)  # an empty file, which is refused as one


def _read(sent: Sent) -> SourceText:
    # The article is French by decision already taken: a correction is not asked again what language it is in.
    settings = context().settings
    return read_article(
        sent.text if sent.data is None else sent.data,
        file_name=sent.file_name or None,
        max_bytes=settings.max_article_bytes,
        max_file_bytes=settings.max_file_bytes,
        accept_any_language=True,
    )


def _view(
    tx: Transaction,
    article_id: str,
    sent: Sent | None = None,
    *,
    report: RevisionReport | None = None,
    problem: Problem | None = None,
) -> SourceView:
    document = get_document(tx, article_id)
    present = "".join(paragraph.text + paragraph.separator for paragraph in document.paragraphs)
    by_file = sent is not None and sent.data is not None
    return SourceView(
        document,
        present if sent is None or by_file else sent.text,
        list_removed(tx, article_id),
        report,
        problem,
        file_name=sent.file_name if sent is not None and report is not None else "",
        kept=sent.kept if sent is not None and report is not None else "",
        file_limit_bytes=context().settings.max_file_bytes,
    )


def _page(view: SourceView) -> str:
    return render_template("source.html", view=view)


def _said(report: RevisionReport) -> str:
    if not report.changes:
        return str(gettext("The French is as it was; nothing changed."))
    return " ".join(
        words
        for count, words in (
            (report.changed, ngettext("%(num)s sentence changed.", "%(num)s sentences changed.", report.changed)),
            (report.added, ngettext("%(num)s new.", "%(num)s new.", report.added)),
            (report.removed, ngettext("%(num)s removed.", "%(num)s removed.", report.removed)),
            (report.moved, ngettext("%(num)s moved.", "%(num)s moved.", report.moved)),
            (report.restored, ngettext("%(num)s brought back.", "%(num)s brought back.", report.restored)),
        )
        if count
    )

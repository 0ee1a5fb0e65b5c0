"""The source changes: the French pasted anew, what that will do, and the drawer of sentences that were removed."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document, SourceText
from webapp.errors import InputError
from webapp.reviewing import RemovedSentence, RevisionReport
from webapp.services.articles import get_document
from webapp.services.revising import compare_source, list_removed, restore_removed, update_source
from webapp.storage.store import Transaction
from webapp.text.read import read_article
from webapp.web.article import WINDOW
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO
from webapp.web.fragments import context
from webapp.web.sheet import sentence_dom_id

pages: Final = Blueprint("source", __name__, url_prefix="/articles/<article_id>/source")


@dataclass(frozen=True, slots=True)
class SourceView:
    """The page: the French in the field, what it would change, the drawer."""

    document: Document
    text: str
    removed: tuple[RemovedSentence, ...]
    report: RevisionReport | None = None
    problem: Problem | None = None


@pages.get("")
def show(article_id: str) -> str:
    """The French as it is, to be corrected."""
    with context().store.read() as tx:
        return _page(_view(tx, article_id))


@pages.post("")
def update(article_id: str) -> BaseResponse | str:
    """Shows what the new French would change (`preview`), or puts it in place of the old one."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        source = _read(text)
    except InputError as error:
        with context().store.read() as tx:
            view = _view(tx, article_id, text, problem=problem_of(error))
        return make_response(_page(view), error.status)
    if "preview" in request.form:
        with context().store.read() as tx:
            return _page(_view(tx, article_id, text, report=compare_source(tx, article_id, source)))
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


def _read(text: str) -> SourceText:
    # The article is French by decision already taken: a correction is not asked again what language it is in.
    return read_article(text, max_bytes=context().settings.max_article_bytes, accept_any_language=True)


def _view(
    tx: Transaction,
    article_id: str,
    text: str | None = None,
    *,
    report: RevisionReport | None = None,
    problem: Problem | None = None,
) -> SourceView:
    document = get_document(tx, article_id)
    present = "".join(paragraph.text + paragraph.separator for paragraph in document.paragraphs)
    return SourceView(document, present if text is None else text, list_removed(tx, article_id), report, problem)


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

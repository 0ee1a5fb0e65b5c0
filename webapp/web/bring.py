"""A version that people bring: pasted or uploaded, aligned by a worker, repaired row by row, taken into the article."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.align.repairs import Repair
from webapp.domain import Document, JobStatus, JobView
from webapp.errors import N_, ArticleTooLarge, BroughtChanged, InputError, LanguageMismatch, QuatrainError, RepairImpossible
from webapp.services.articles import get_document
from webapp.services.bringing import (
    BroughtView,
    Taken,
    bring_version,
    brought_versions,
    drop_brought,
    get_brought,
    read_brought,
    repair_row,
    take_version,
    undo_repair,
)
from webapp.storage.store import Transaction
from webapp.web.errors import Problem, problem_of, problem_of_job
from webapp.web.filtering import WHO
from webapp.web.fragments import context, fragment, wants_fragment

pages: Final = Blueprint("bring", __name__, url_prefix="/articles/<article_id>/bring")


@dataclass(frozen=True, slots=True)
class FormView:
    """The form: what was written is always there again. `standing` are the targets with a version not taken yet."""

    document: Document
    target: str
    standing: dict[str, str]
    text: str = ""
    problem: Problem | None = None
    question: bool = False


@pages.get("")
def show(article_id: str) -> str:
    """The form, for the language asked for or the first."""
    return _form(article_id, request.args.get("target", ""))


@pages.post("")
def bring(article_id: str) -> BaseResponse:
    """Takes a text to be aligned and goes to where it will be; otherwise the form again, with what is wrong."""
    target = request.form.get("target", "")
    file = request.files.get("file")
    named = file is not None and bool(file.filename)
    data = file.read() if file is not None and named else request.form.get("text", "").replace("\r\n", "\n")
    name = (file.filename or "") if file is not None and named else ""
    settings = context().settings
    try:
        segments = read_brought(
            data,
            target,
            max_bytes=settings.max_article_bytes,
            max_file_bytes=settings.max_file_bytes,
            file_name=name or None,
            any_language="any_language" in request.form,
        )
        with context().store.begin() as tx:
            bring_version(tx, article_id, target, segments, who=WHO, name=name)
    except InputError as error:
        text = data if isinstance(data, str) and not isinstance(error, ArticleTooLarge) else ""
        return make_response(_form(article_id, target, text, error), error.status)
    context().wake()
    return redirect(url_for("bring.review", article_id=article_id, target=target), 303)


@pages.get("/<target>")
def review(article_id: str, target: str) -> str:
    """The rows as they stand; while a worker is at it, that."""
    with context().store.read() as tx:
        document, view = _document(tx, article_id), get_brought(tx, article_id, target)
    if wants_fragment():
        return _rows(document, view)
    return _review(document, view, request.args.get("row", -1, type=int), _problem(view))


@pages.post("/<target>")
def repair(article_id: str, target: str) -> BaseResponse | str:
    """Repairs the row chosen, or undoes the last repair."""
    how, number = request.form.get("do", ""), request.form.get("row", -1, type=int)
    revision = request.form.get("revision", -1, type=int)
    problem, place, said = None, max(number, 0), ""
    try:
        with context().store.begin() as tx:
            if how == "undo":
                undone = undo_repair(tx, article_id, target, revision=revision)
                said = gettext("Undone.") if undone else gettext("Nothing to undo.")
            elif how in set(Repair) and number >= 0:
                place = repair_row(tx, article_id, target, number, Repair(how), revision=revision)
                said = gettext(_SAID[Repair(how)])
            else:
                said = gettext("Choose a row first.")
    except RepairImpossible as error:
        problem = Problem(error.slug, error.status, gettext(error.title), gettext(str(error)))
    except BroughtChanged as error:
        problem = problem_of(error)
    return _repaired(article_id, target, place, said, problem)


_SAID: Final = {
    Repair.CONFIRM: N_("Confirmed."),
    Repair.MERGE: N_("Merged with the row below."),
    Repair.SPLIT: N_("Split."),
    Repair.UP: N_("The first sentence went to the row above."),
    Repair.DOWN: N_("The last sentence went to the row below."),
    Repair.MISSING: N_("Marked as left out."),
    Repair.ADDED: N_("Marked as added."),
}


def _repaired(article_id: str, target: str, place: int, said: str, problem: Problem | None) -> BaseResponse | str:
    if not wants_fragment() and problem is None:
        flash(said)
        return redirect(url_for("bring.review", article_id=article_id, target=target, row=place, _anchor=f"r{place}"), 303)
    with context().store.read() as tx:
        document, view = _document(tx, article_id), get_brought(tx, article_id, target)
    if wants_fragment():
        return _rows(document, view, place, said, problem)
    return make_response(_review(document, view, place, problem), problem.status if problem else 200)


def _review(document: Document, view: BroughtView, place: int, problem: Problem | None) -> str:
    return render_template("bring_review.html", document=document, view=view, place=place, problem=problem)


@pages.post("/<target>/take")
def take(article_id: str, target: str) -> BaseResponse:
    """Makes the version the article's; rows that would replace a person's text only where they are ticked."""
    replacing = {int(number) for number in request.form.getlist("replace") if number.isdecimal()}
    with context().store.begin() as tx:
        taken = take_version(
            tx, article_id, target, revision=request.form.get("revision", -1, type=int), replacing=replacing, who=WHO
        )
    context().wake()
    flash(_said(taken))
    return redirect(url_for("article.show", article_id=article_id, show=target), 303)


@pages.post("/<target>/drop")
def drop(article_id: str, target: str) -> BaseResponse:
    """Forgets the version; the article stays as it is."""
    with context().store.begin() as tx:
        drop_brought(tx, article_id, target)
    flash(gettext("The version was dropped. The article is as it was."))
    return redirect(url_for("article.show", article_id=article_id, show=target), 303)


def _said(taken: Taken) -> str:
    parts = [ngettext("%(num)s translation imported.", "%(num)s translations imported.", taken.written)]
    if taken.missing:
        parts.append(ngettext("%(num)s sentence is left out.", "%(num)s sentences are left out.", taken.missing))
    if taken.added:
        parts.append(ngettext("%(num)s addition is noted.", "%(num)s additions are noted.", taken.added))
    if taken.kept:
        parts.append(ngettext("%(num)s row kept what people wrote.", "%(num)s rows kept what people wrote.", taken.kept))
    return " ".join(parts)


def _form(article_id: str, target: str, text: str = "", error: QuatrainError | None = None) -> str:
    with context().store.read() as tx:
        document, standing = _document(tx, article_id), brought_versions(tx, article_id)
    chosen = target if target in document.targets else document.targets[0]
    problem = None if error is None else problem_of(error)
    view = FormView(document, chosen, standing, text, problem, isinstance(error, LanguageMismatch))
    return render_template("bring.html", view=view)


def _document(tx: Transaction, article_id: str) -> Document:
    return get_document(tx, article_id, start=0, stop=0)


def _rows(document: Document, view: BroughtView, place: int = -1, said: str = "", problem: Problem | None = None) -> str:
    arguments = {"document": document, "view": view, "place": place, "said": said, "problem": problem or _problem(view)}
    return str(fragment("_beads.html", **arguments))


def _problem(view: BroughtView) -> Problem | None:
    if view.failure is None:
        return None
    failure = view.failure
    return problem_of_job(JobView(JobStatus.FAILED, 0, 0, error=failure.slug, detail=failure.detail, error_data=failure.data))

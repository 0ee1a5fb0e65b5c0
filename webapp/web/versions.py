"""A whole version at once: approved after its findings were shown, searched and replaced, and any step undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document
from webapp.errors import NothingToUndo, SearchInvalid, TargetUnknown
from webapp.reviewing import BulkApproval, Replaced, ReplacePreview
from webapp.services.articles import get_document, get_revision
from webapp.services.filters import Filter, count_sentences
from webapp.services.findings import list_findings
from webapp.services.review import approve_version, undo
from webapp.services.search_replace import Search, apply_replace, preview_replace
from webapp.storage.store import Transaction
from webapp.web.article import WINDOW, read_changes
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO, Sieve, read_sieve, sieve_asked_for
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.turns import go_to, message
from webapp.web.wording import SKIP_WORDS

pages: Final = Blueprint("versions", __name__, url_prefix="/articles/<article_id>")


def _document(tx: Transaction, article_id: str, target: str) -> Document:
    document = get_document(tx, article_id, start=0, stop=0)
    if target not in document.targets:
        raise TargetUnknown(target=target, known=", ".join(document.targets))
    return document


# --- approving ----------------------------------------------------------------------------------------------------------


@pages.get("/versions/<target>/approve")
def ask(article_id: str, target: str) -> str:
    """Shows what speaks against approving the version, and asks."""
    with context().store.read() as tx:
        document = _document(tx, article_id, target)
        found = list_findings(tx, article_id, target=target)
        counts = count_sentences(tx, article_id, target=target, who=WHO)
    arguments = {"document": document, "target": target, "findings": found, "unfinished": counts[Filter.UNFINISHED]}
    if wants_fragment():
        return fragment("_approve.html", **arguments, level=2, window=WINDOW)
    return render_template("approve.html", **arguments, window=WINDOW)


@pages.post("/versions/<target>/approve")
def approve(article_id: str, target: str) -> BaseResponse:
    """Approves every sentence of the version that nothing speaks against."""
    with context().store.begin() as tx:
        _document(tx, article_id, target)
        outcome = approve_version(tx, article_id, target, confirmed=True, who=WHO)
    context().wake()
    flash(_said(outcome))
    return go_to(_back(article_id, target))


def _back(article_id: str, target: str) -> str:
    """The address of the article, the focus where it was: at the menu of that version."""
    return url_for("article.show", article_id=article_id, show=target, _anchor=f"whole-{target}")


def _said(outcome: BulkApproval) -> str:
    parts = [ngettext("%(num)s sentence approved.", "%(num)s sentences approved.", len(outcome.approved))]
    for skip, those in outcome.skipped.items():
        parts.append(gettext("%(number)s left: %(reason)s.", number=len(those), reason=gettext(SKIP_WORDS[skip])))
    return " ".join(parts)


# --- find and replace ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReplaceForm:
    """What was asked to be replaced."""

    text: str = ""
    replacement: str = ""
    match_case: bool = False
    whole_words: bool = False
    regex: bool = False

    @property
    def search(self) -> Search:
        return Search(self.text, self.match_case, self.whole_words, self.regex)


@dataclass(frozen=True, slots=True)
class ReplaceView:
    """The page: the form, what it would do, or why it cannot be done."""

    document: Document
    target: str
    form: ReplaceForm
    preview: ReplacePreview | None = None
    problem: Problem | None = None
    conflicts: int = field(default=0)


@pages.get("/versions/<target>/replace")
def search(article_id: str, target: str) -> BaseResponse:
    """The form, and with a text to search for what would come of it."""
    form = _form(request.args)
    with context().store.read() as tx:
        document = _document(tx, article_id, target)
        try:
            found = preview_replace(tx, article_id, target, form.search, form.replacement) if form.text else None
        except SearchInvalid as error:
            view = ReplaceView(document, target, form, problem=problem_of(error))
            return make_response(render_template("replace.html", view=view, window=WINDOW), error.status)
    return make_response(render_template("replace.html", view=ReplaceView(document, target, form, found), window=WINDOW))


@pages.post("/versions/<target>/replace")
def replace(article_id: str, target: str) -> BaseResponse:
    """Replaces where it was ticked, as one step."""
    form = _form(request.form)
    only = {}
    for ticked in request.form.getlist("only"):
        sentence, _, revision = ticked.partition(":")
        if sentence.isdecimal() and revision.isdecimal():
            only[int(sentence)] = int(revision)
    with context().store.begin() as tx:
        _document(tx, article_id, target)
        done = apply_replace(tx, article_id, target, form.search, form.replacement, only=only, who=WHO)
    if done.asked:
        context().wake()
    flash(_replaced(done))
    return redirect(_back(article_id, target), 303)


def _form(sent: Mapping[str, str]) -> ReplaceForm:
    return ReplaceForm(
        sent.get("find", ""), sent.get("replacement", ""), "match_case" in sent, "whole_words" in sent, "regex" in sent
    )


def _replaced(done: Replaced) -> str:
    said = ngettext("Replaced in %(num)s sentence.", "Replaced in %(num)s sentences.", len(done.changed))
    if done.conflicts:
        said += " " + ngettext(
            "%(num)s sentence changed meanwhile and was left as it is.",
            "%(num)s sentences changed meanwhile and were left as they are.",
            len(done.conflicts),
        )
    return str(said)


# --- undo, and the bar of filters ---------------------------------------------------------------------------------------


@pages.post("/undo")
def take_back(article_id: str) -> BaseResponse | str:
    """Undoes the last step, or the one named; undoing an undoing does it again."""
    step = request.form.get("step", type=int)
    redo = "redo" in request.form
    try:
        with context().store.begin() as tx:
            before = get_revision(tx, article_id)
            undone = undo(tx, article_id, who=WHO, step=step)
    except NothingToUndo as error:
        return _nothing(article_id, problem_of(error))
    if undone.asked:
        context().wake()
    words = gettext("Done again.") if redo else gettext("Undone.")
    if undone.skipped:
        words += " " + ngettext("%(num)s changed since and stays.", "%(num)s changed since and stay.", len(undone.skipped))
    if undone.source_changed:  # positions moved: the page is another
        flash(words)
        return go_to(url_for("article.show", article_id=article_id))
    place = undone.changed[0]
    if not wants_fragment():
        flash(words)
        start = place.paragraph // WINDOW * WINDOW
        address = url_for("article.show", article_id=article_id, start=start, _anchor=f"p{place.paragraph + 1}")
        return redirect(address, 303)
    with context().store.read() as tx:
        changes = read_changes(tx, article_id, before)
    said = message(article_id, words, step=undone.step, row=f"p{place.paragraph + 1}", redo=not redo)
    return Markup("\n").join([*changes.fragments, changes.poller_aside, said])


def _nothing(article_id: str, problem: Problem) -> BaseResponse | str:
    if wants_fragment():
        return message(article_id, problem.message, step=None)
    flash(problem.message)
    return redirect(url_for("article.show", article_id=article_id), 303)


@pages.get("/filters")
def filters(article_id: str) -> BaseResponse | str:
    """The bar of filters with the counts of now."""
    wanted, target = sieve_asked_for()
    if not wants_fragment():
        return redirect(url_for("article.show", article_id=article_id, **Sieve(wanted, target).address), 303)
    with context().store.read() as tx:
        document = get_document(tx, article_id, start=0, stop=0)
        return fragment("_filters.html", sieve=read_sieve(tx, article_id, wanted, target), document=document)

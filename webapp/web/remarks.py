"""What is said about the open sentence: findings dismissed with a reason or repaired, comments written and resolved."""

from collections.abc import Callable
from typing import Final

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.errors import N_, EditConflict, ReasonMissing, TextMissing
from webapp.services.articles import get_revision
from webapp.services.comments import add_comment, delete_comment, reopen_comment, resolve_comment
from webapp.services.findings import apply_fix, dismiss_finding, reopen_finding
from webapp.storage.store import Transaction
from webapp.web.filtering import WHO
from webapp.web.fragments import context
from webapp.web.review import SENTENCE
from webapp.web.turns import Spot, Turn, answer, refuse

pages: Final = Blueprint("remarks", __name__, url_prefix="/articles/<article_id>")


def _remark(here: Spot, act: Callable[[Transaction], str], *, drawer: str = "") -> BaseResponse | str:
    """Does something about the open sentence and says what was done."""
    try:
        with context().store.begin() as tx:
            before = get_revision(tx, here.article_id)
            done = act(tx)
    except (ReasonMissing, TextMissing) as error:
        return refuse(here, error, drawer=drawer)
    return answer(here, Turn(since=before, message=done), drawer=drawer)


# --- findings -----------------------------------------------------------------------------------------------------------


@pages.post(f"{SENTENCE}/findings/<int:finding>/dismiss")
def dismiss(article_id: str, sentence_id: int, target: str, finding: int) -> BaseResponse | str:
    """Lets a finding stand, for a reason."""

    def act(tx: Transaction) -> str:
        dismiss_finding(tx, article_id, finding, reason=request.form.get("reason", ""), who=WHO)
        return N_("Dismissed; the reason is kept.")

    return _remark(Spot(article_id, sentence_id, target), act)


@pages.post(f"{SENTENCE}/findings/<int:finding>/reopen")
def reopen(article_id: str, sentence_id: int, target: str, finding: int) -> BaseResponse | str:
    """Takes a dismissal back."""

    def act(tx: Transaction) -> str:
        reopen_finding(tx, article_id, finding, who=WHO)
        return N_("The finding is open again.")

    return _remark(Spot(article_id, sentence_id, target), act)


@pages.post(f"{SENTENCE}/findings/<int:finding>/fix")
def fix(article_id: str, sentence_id: int, target: str, finding: int) -> BaseResponse | str:
    """Lets the check correct what it found."""
    here = Spot(article_id, sentence_id, target)
    try:
        with context().store.begin() as tx:
            before = get_revision(tx, article_id)
            saved = apply_fix(tx, article_id, finding, revision=request.form.get("revision", type=int), who=WHO)
    except EditConflict as error:
        return refuse(here, error, conflict=error)
    if saved.asked:
        context().wake()
    return answer(here, Turn(since=before, step=saved.step, message=N_("Corrected.")))


# --- comments -----------------------------------------------------------------------------------------------------------


@pages.post(f"{SENTENCE}/comments")
def add(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Adds a comment, about this translation or (`everywhere`) about the sentence in general."""
    about = None if "everywhere" in request.form else target

    def act(tx: Transaction) -> str:
        add_comment(tx, article_id, sentence_id, request.form.get("comment", ""), target=about, who=WHO)
        return N_("Comment added.")

    return _remark(Spot(article_id, sentence_id, target), act, drawer="comments")


@pages.post(f"{SENTENCE}/comments/<int:comment>/<any(resolve, reopen, delete):verb>")
def change(article_id: str, sentence_id: int, target: str, comment: int, verb: str) -> BaseResponse | str:
    """Resolves, reopens or deletes a comment."""

    def act(tx: Transaction) -> str:
        if verb == "resolve":
            resolve_comment(tx, article_id, comment, who=WHO)
            return N_("Comment resolved.")
        if verb == "reopen":
            reopen_comment(tx, article_id, comment, who=WHO)
            return N_("The comment is open again.")
        delete_comment(tx, article_id, comment, who=WHO)
        return N_("Comment deleted.")

    return _remark(Spot(article_id, sentence_id, target), act, drawer="comments")

"""The open sentence: opened, edited, approved, left; its pivot, proposal, history, alternatives.

Every action answers htmx with the sentence that is open next and everything that changed on the page; without a script it
leads back to the page, with the same sentence open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import State
from webapp.errors import N_, EditConflict, FindingsOpen, TextMissing
from webapp.reviewing import Saved
from webapp.services.alternatives import get_alternatives, request_alternatives
from webapp.services.articles import get_revision
from webapp.services.autosave import discard_unsaved, save_unsaved
from webapp.services.filters import Filter, next_sentence
from webapp.services.memory import origin_of_match
from webapp.services.pivot import accept_proposal, ask_draft, reject_proposal, reset_pivot, set_pivot
from webapp.services.review import approve_paragraph, edit_translation, restore, set_state
from webapp.services.sentences import get_sentence
from webapp.storage.store import Transaction
from webapp.web.editor import DRAWERS, read_editor
from webapp.web.filtering import WHO, sieve_asked_for
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.turns import Spot, Turn, answer, refuse

pages: Final = Blueprint("review", __name__, url_prefix="/articles/<article_id>")
SENTENCE: Final = "/sentences/<int:sentence_id>/<target>"

SAVED: Final = N_("Saved.")
UNCHANGED: Final = N_("Nothing to save: the text is as it was.")
APPROVED: Final = N_("Approved.")
REJECTED: Final = N_("Rejected.")
BLOCKED: Final = N_("Saved, not approved: correct the errors, or dismiss each with a reason.")
ASKED: Final = N_("A new draft is being made.")
KEPT: Final = N_("Your text stays.")
TAKEN: Final = N_("The proposal was taken.")
RESTORED: Final = N_("The earlier text is back.")
NO_FURTHER: Final = N_("That was the last one.")


@pages.get(SENTENCE)
def open_sentence(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """The sentence, open in its row."""
    return answer(Spot(article_id, sentence_id, target), Turn(), drawer=request.args.get("drawer", ""))


@pages.post(SENTENCE)
def save(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Saves the text and does what was asked with it: `do` is an action and where to go then, as in `approve-next`.

    Actions: save, approve, reject, paragraph (approve it all). Then: stay, next, previous, unfinished, close. With `over`, the
    revision to be replaced on purpose, it is what was `asked` before.
    """
    asked = request.form.get("do") or (request.form.get("asked") if "over" in request.form else None) or "save-stay"
    action, _, then = asked.partition("-")
    here = Spot(article_id, sentence_id, target)
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        with context().store.begin() as tx:
            turn = _save(tx, here, action, text)
            turn = _go_on(tx, here, then, turn)
    except EditConflict as error:
        return refuse(here, error, conflict=error, asked=asked)
    except TextMissing as error:
        if then in {"next", "previous", "unfinished", "close"} and action == "save":
            return _leave_empty(here, then)
        return refuse(here, error, text=text)
    if turn.asked:
        context().wake()
    return answer(here, turn)


def _save(tx: Transaction, here: Spot, action: str, text: str) -> Turn:
    before = get_revision(tx, here.article_id)
    over = request.form.get("over", type=int)
    revision = request.form.get("revision", type=int) if over is None else over
    approve = action == "approve"
    if action == "save" and "untouched" in request.form:
        return Turn()
    origin = origin_of_match(tx, request.form.get("memory", type=int), here.target, text)
    saved = edit_translation(tx, *here, text, revision=revision, who=WHO, approve=approve, origin=origin)
    turn = Turn(since=before, step=saved.step, asked=bool(saved.asked), message=SAVED if saved.step else "")
    if action == "reject":
        rejected = set_state(tx, *here, State.REJECTED, who=WHO)
        return Turn(since=before, step=rejected.step, asked=turn.asked, message=REJECTED)
    if action == "paragraph":
        return _approve_the_paragraph(tx, here, turn)
    if saved.blocked:
        return Turn(since=before, step=saved.step, asked=turn.asked, message=BLOCKED, stays=True)
    if approve:
        return Turn(since=before, step=saved.step, asked=turn.asked, message=APPROVED)
    return turn


def _approve_the_paragraph(tx: Transaction, here: Spot, turn: Turn) -> Turn:
    paragraph = get_sentence(tx, here.article_id, here.sentence_id, who=WHO).paragraph
    outcome = approve_paragraph(tx, here.article_id, paragraph, here.target, who=WHO)
    left = sum(len(those) for those in outcome.skipped.values())
    step = outcome.step or turn.step
    return Turn(since=turn.since, step=step, asked=True, approved=len(outcome.approved), left=left, counted=True)


def _go_on(tx: Transaction, here: Spot, then: str, turn: Turn) -> Turn:
    """Finds the sentence to open next."""
    if turn.stays or then == "stay":
        return turn
    if then == "close":
        return turn.to(None)
    wanted, version = sieve_asked_for()
    beside = request.form.get("beside", type=int)  # the page knows its neighbours, where it shows them all
    if beside is not None and wanted is Filter.ALL and then in {"next", "previous"}:
        return turn.to(Spot(here.article_id, beside, here.target))
    if version not in (None, here.target):
        wanted = Filter.ALL
    looked_for = Filter.UNFINISHED if then == "unfinished" else wanted
    place = next_sentence(
        tx, here.article_id, here.sentence_id, target=here.target, wanted=looked_for, backwards=then == "previous", who=WHO
    )
    if place is None:
        return turn.to(None, message=turn.message or NO_FURTHER, last=True)
    return turn.to(Spot(here.article_id, place.sentence_id, place.target))


def _leave_empty(here: Spot, then: str) -> BaseResponse | str:
    """An emptied field is not a translation: leaving it leaves the text as it is."""
    with context().store.begin() as tx:
        discard_unsaved(tx, *here, who=WHO)
        turn = _go_on(tx, here, then, Turn(message=UNCHANGED))
    return answer(here, turn)


# --- what is being typed ------------------------------------------------------------------------------------------------


@pages.post(f"{SENTENCE}/unsaved")
def keep(article_id: str, sentence_id: int, target: str) -> BaseResponse | tuple[str, int]:
    """Keeps what is being typed; a text that is saved already needs no keeping."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    with context().store.begin() as tx:
        current = get_sentence(tx, article_id, sentence_id, who=WHO).translations.get(target)
        if current is not None and current.translation.text == text:
            discard_unsaved(tx, article_id, sentence_id, target, who=WHO)
        else:
            base = request.form.get("revision", 0, type=int)
            save_unsaved(tx, article_id, sentence_id, target, text, base_revision=base, who=WHO)
    return "", 204


@pages.post(f"{SENTENCE}/discard")
def discard(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Forgets what was typed: the field holds the stored text again."""
    here = Spot(article_id, sentence_id, target)
    with context().store.begin() as tx:
        discard_unsaved(tx, *here, who=WHO)
    return answer(here, Turn())


# --- pivot, proposal, history -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Done:
    message: str
    saved: Saved


def _change(here: Spot, act: Callable[[Transaction], _Done]) -> BaseResponse | str:
    """Does something to the open sentence, which stays open; what is refused is said in it."""
    try:
        with context().store.begin() as tx:
            before = get_revision(tx, here.article_id)
            done = act(tx)
    except EditConflict as error:
        return refuse(here, error, conflict=error)
    except (FindingsOpen, TextMissing) as error:
        return refuse(here, error)
    if done.saved.asked:
        context().wake()
    return answer(here, Turn(since=before, step=done.saved.step, message=done.message))


@pages.post(f"{SENTENCE}/pivot")
def pivot(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Corrects the English under this translation alone, or goes back to the English version (`reset`)."""
    here = Spot(article_id, sentence_id, target)
    text = request.form.get("pivot", "").replace("\r\n", "\n")
    if "reset" in request.form:
        return _change(here, lambda tx: _Done(ASKED, reset_pivot(tx, *here, who=WHO)))
    return _change(here, lambda tx: _Done(ASKED, set_pivot(tx, *here, text, who=WHO)))


@pages.post(f"{SENTENCE}/proposal")
def proposal(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Takes the machine's proposal in the place of the text, or keeps the text (`keep`)."""
    here = Spot(article_id, sentence_id, target)
    if "keep" in request.form:
        return _change(here, lambda tx: _Done(KEPT, reject_proposal(tx, *here, who=WHO)))
    revision = request.form.get("revision", type=int)
    return _change(here, lambda tx: _Done(TAKEN, accept_proposal(tx, *here, revision=revision, who=WHO)))


@pages.post(f"{SENTENCE}/draft")
def draft(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Asks the machine for a new draft."""
    here = Spot(article_id, sentence_id, target)
    return _change(here, lambda tx: _Done(ASKED, ask_draft(tx, *here, who=WHO)))


@pages.post(f"{SENTENCE}/restore")
def bring_back(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Brings an earlier text back."""
    here = Spot(article_id, sentence_id, target)
    entry, revision = request.form.get("entry", 0, type=int), request.form.get("revision", type=int)
    return _change(here, lambda tx: _Done(RESTORED, restore(tx, article_id, entry, revision=revision, who=WHO)))


# --- drawers ------------------------------------------------------------------------------------------------------------


@pages.get(f"{SENTENCE}/<any({', '.join(DRAWERS)}):drawer>")
def drawer(article_id: str, sentence_id: int, target: str, drawer: str) -> BaseResponse | str:
    """One drawer of the open sentence; opening the alternatives asks the machine for them."""
    if drawer == "alternatives":
        with context().store.begin() as tx:
            found = request_alternatives(tx, article_id, sentence_id, target)
        if found.status == "waiting":
            context().wake()
    here = Spot(article_id, sentence_id, target)
    if not wants_fragment():
        return answer(here, Turn(), drawer=drawer)
    with context().store.read() as tx:
        return fragment(f"_{drawer}.html", editor=read_editor(tx, *here))


@pages.get(f"{SENTENCE}/alternatives/wait")
def wait(article_id: str, sentence_id: int, target: str) -> str:
    """The alternatives as they stand, for the page that waits for them."""
    with context().store.read() as tx:
        get_alternatives(tx, article_id, sentence_id, target)
        return fragment("_alternatives.html", editor=read_editor(tx, article_id, sentence_id, target))

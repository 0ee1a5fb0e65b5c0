"""What an action of the review answers: the sentence open next, everything that changed on the page, and what to say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext, ngettext
from htmx_flask import make_response as make_htmx_response
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.errors import EditConflict, QuatrainError
from webapp.reviewing import Place
from webapp.services.sentences import place_of
from webapp.storage.store import Transaction
from webapp.web.article import WINDOW, page, read_changes
from webapp.web.editor import Editor, read_editor
from webapp.web.errors import problem_of
from webapp.web.filtering import Sieve, sieve_asked_for
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.sheet import row_dom_id, sentence_dom_id


class Spot(NamedTuple):
    """One translation, by the names every service takes it by."""

    article_id: str
    sentence_id: int
    target: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What an action did. `since`: the article's revision before it (None: nothing changed); `step`: what undo would undo.

    `goes`: whether another sentence, `next` (None: no one), is open afterwards. `approved` of a paragraph, `left` others.
    """

    since: int | None = None
    step: int | None = None
    asked: bool = False
    message: str = ""
    stays: bool = False
    goes: bool = False
    next: Spot | None = None
    last: bool = False
    counted: bool = False
    approved: int = 0
    left: int = 0

    def to(self, spot: Spot | None, **more: Any) -> "Turn":
        """The same, leading to another sentence, or closing this one."""
        return replace(self, goes=True, next=spot, **more)

    @property
    def words(self) -> str:
        """The message in the reader's language."""
        if not self.counted:
            return gettext(self.message) if self.message else ""
        done = ngettext("%(num)s sentence approved.", "%(num)s sentences approved.", self.approved)
        if not self.left:
            return str(done)
        return f"{done} {ngettext('%(num)s needs a look first.', '%(num)s need a look first.', self.left)}"


def answer(here: Spot, turn: Turn, *, drawer: str = "") -> BaseResponse | str:
    """Answers with what `turn` did at `here`."""
    wanted = turn.next if turn.goes else here
    if not wants_fragment():
        return _page_after(here, wanted, turn, drawer)
    with context().store.read() as tx:
        editor = read_editor(tx, *wanted, drawer=drawer if wanted == here else "") if wanted else None
        # No more is asked about a sentence that is left: nobody looks at it any longer.
        at = editor.place if editor and wanted == here else place_of(tx, *here)
        parts = [_open(editor, at), *_changed(tx, here.article_id, turn)]
    if turn.words:
        parts.append(message(here.article_id, turn.words, step=turn.step, row=row_dom_id(at.paragraph)))
    return Markup("\n").join(parts)


def refuse(
    here: Spot,
    error: QuatrainError,
    *,
    conflict: EditConflict | None = None,
    text: str | None = None,
    drawer: str = "",
    asked: str = "",
) -> BaseResponse:
    """Says in the open sentence why something was not done; nothing that was typed is lost, nor what was `asked` with it."""
    with context().store.read() as tx:
        editor = read_editor(tx, *here, conflict=conflict, problem=problem_of(error), text=text, drawer=drawer, asked=asked)
    body = fragment("_editor.html", editor=editor, sieve=_sieve()) if wants_fragment() else page(here.article_id, editor)
    return make_response(body, 200 if wants_fragment() else error.status)


def message(article_id: str, words: str, *, step: int | None, row: str = "", redo: bool = False) -> Markup:
    """What happened, with the way to undo it, to be shown near where it happened."""
    return fragment("_message.html", article_id=article_id, words=words, step=step, row=row, redo=redo, oob=True)


def _sieve() -> Sieve:
    return Sieve(*sieve_asked_for())


def _open(editor: Editor | None, at: Place) -> Markup:
    if editor is None:
        return fragment("_closed.html", focus=sentence_dom_id(at.paragraph, at.index, at.target))
    return fragment("_editor.html", editor=editor, sieve=_sieve())


def _changed(tx: Transaction, article_id: str, turn: Turn) -> Iterator[Markup]:
    if turn.since is None:
        return
    changes = read_changes(tx, article_id, turn.since)
    yield from changes.fragments
    yield changes.poller_aside


def _page_after(here: Spot, wanted: Spot | None, turn: Turn, drawer: str) -> BaseResponse:
    if turn.words:
        flash(turn.words)
    with context().store.read() as tx:
        at = read_editor(tx, *(wanted or here))
    return redirect(page_address(at, opened=wanted is not None, drawer=drawer), 303)


def page_address(at: Editor, *, opened: bool = True, drawer: str = "") -> str:
    """The page of a sentence, with it open or not."""
    address: dict[str, Any] = dict(_sieve().address)
    if not address:
        address["start"] = at.paragraph // WINDOW * WINDOW
    if opened:
        address |= {"open": f"{at.sentence_id}-{at.target}"}
    if drawer:
        address["drawer"] = drawer
    return url_for("article.show", article_id=at.article_id, _anchor="open" if opened else at.dom_id, **address)


def go_to(address: str) -> BaseResponse:
    """Leads a browser elsewhere, whether htmx asked or a form was sent."""
    if wants_fragment():
        answered: BaseResponse = make_htmx_response("", 204, redirect=address)
        return answered
    return redirect(address, 303)

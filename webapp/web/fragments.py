"""Fragments: templates named `_x.html` with one root element, included by their page and returned alone to htmx."""

from collections.abc import Iterable

from flask import Flask, current_app
from flask_babel import gettext
from htmx_flask import request
from markupsafe import Markup

from webapp.domain import State
from webapp.reviewing import FindingView, SourceChangeKind
from webapp.services.context import Context
from webapp.services.importing import Reason
from webapp.services.terms import Standing
from webapp.web.progress import approved_percent, progress_of
from webapp.web.sheet import STATE_WORDS
from webapp.web.term_words import REASON_WORDS, STANDING_WORDS
from webapp.web.wording import ACTION_WORDS, CHANGE_WORDS, FILTER_WORDS


def fragment(name: str, **arguments: object) -> Markup:
    """Renders a fragment with its own arguments only; one that is missing raises instead of printing nothing."""
    return Markup(current_app.jinja_env.get_template(name).render(arguments))  # noqa: S704  (the template escapes)


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page: a restored or boosted page is a whole one."""
    return bool(request.htmx) and not request.htmx.history_restore_request and not request.htmx.boosted


def context() -> Context:
    """The open parts of the installation that serves this request."""
    found: Context = current_app.extensions["quatrain"]
    return found


def state_word(state: State) -> str:
    """What a state is called in the language of the interface."""
    word: str = gettext(STATE_WORDS[state])
    return word


def words(keys: Iterable[str]) -> str:
    """Several message keys as one line in the language of the interface."""
    return ", ".join(gettext(key) for key in keys)


def action_word(action: str) -> str:
    """What an action of the history is called in the language of the interface."""
    return str(gettext(ACTION_WORDS.get(action, action)))


def change_word(kind: SourceChangeKind) -> str:
    """What became of a sentence of the source, in the language of the interface."""
    return str(gettext(CHANGE_WORDS[kind]))


def finding_words(finding: FindingView) -> str:
    """What a check found, in the language of the interface."""
    return str(gettext(finding.message) % finding.data)


def standing_word(standing: Standing) -> str:
    """How a translation stands to a term, in the language of the interface."""
    return str(gettext(STANDING_WORDS[standing]))


def reason_word(reason: Reason) -> str:
    """Why something of a file was left, in the language of the interface."""
    return str(gettext(REASON_WORDS[reason]))


def init_app(app: Flask) -> None:
    """Offers the templates `fragment`, and the words they need from our values."""
    app.jinja_env.globals.update(
        fragment=fragment,
        progress_of=progress_of,
        approved_percent=approved_percent,
        state_word=state_word,
        words=words,
        action_word=action_word,
        change_word=change_word,
        finding_words=finding_words,
        standing_word=standing_word,
        reason_word=reason_word,
        filter_words=FILTER_WORDS,
    )

"""Login: the access token, until accounts exist."""

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.services.access import session_mark, token_is_valid
from webapp.web.fragments import context
from webapp.web.guard import SESSION_MARK

pages: Final = Blueprint("login", __name__)


def local_path(target: str | None) -> str:
    """Where to go next: a path of this server, or home for anything that leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return url_for("home.show")
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc and target.isprintable() else url_for("home.show")


@pages.get("/login")
def show() -> BaseResponse:
    """Asks for the token; where none is set there is nothing to ask for."""
    if context().settings.access_token is None:
        return redirect(url_for("home.show"), 303)
    return _form(request.args.get("next"))


@pages.post("/login")
def enter() -> BaseResponse:
    """Opens the session if the token is right."""
    expected = context().settings.access_token
    target = local_path(request.form.get("next"))
    if expected is None:
        return redirect(target, 303)
    if not token_is_valid(request.form.get("token", "").strip(), expected):
        return _form(
            target, gettext("This is not the access token of this server. Check for missing characters, then try again."), 401
        )
    session.permanent = True
    session[SESSION_MARK] = session_mark(expected)
    return redirect(target, 303)


@pages.post("/logout")
def leave() -> BaseResponse:
    """Ends the session here; the choices of the menu stay."""
    session.pop(SESSION_MARK, None)
    return redirect(url_for("login.show"), 303)


def _form(target: str | None, complaint: str = "", status: int = 200) -> Response:
    return make_response(render_template("login.html", target=local_path(target), complaint=complaint), status)

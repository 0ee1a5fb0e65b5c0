"""The menu: the language of the interface and its appearance, kept in the session."""

from typing import Final

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from webapp.web.i18n import remember
from webapp.web.login import local_path

pages: Final = Blueprint("preferences", __name__)


@pages.post("/preferences")
def choose() -> Response:
    """Keeps what was chosen and goes back to the page it was chosen on."""
    remember(language=request.form.get("language"), theme=request.form.get("theme"))
    return redirect(local_path(request.form.get("next")), 303)

"""The sheet of keys as a page, for readers who come without JavaScript."""

from typing import Final

from flask import Blueprint, render_template

pages: Final = Blueprint("keyboard", __name__)


@pages.get("/keyboard")
def show() -> str:
    """Lists every key."""
    return render_template("keyboard.html")

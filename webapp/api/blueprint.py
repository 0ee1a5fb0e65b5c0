"""The one blueprint of the API; the files beside this one add their routes to it."""

from typing import Final

from apiflask import APIBlueprint
from flask import current_app

from webapp.services.context import Context

PREFIX: Final = "/api/v1"

api = APIBlueprint("api", __name__, url_prefix=PREFIX)


def context() -> Context:
    """The open parts of the installation that serves this request."""
    found: Context = current_app.extensions["quatrain"]
    return found

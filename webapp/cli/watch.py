"""`quatrain watch`: follows the drafting of an article on a server."""

import json
import time
from typing import Any, Final

import click

from webapp.cli.group import FAILED, NO_ROUTE
from webapp.cli.progress import ProgressLine
from webapp.cli.remote import Server, Told, open_server

_FINAL: Final = frozenset({"done", "failed", "cancelled"})
_PAUSE_SECONDS: Final = 1.0


@click.command()
@click.argument("article_id")
def watch(article_id: str) -> None:
    """Wait until an article is drafted on a Quatrain server (QUATRAIN_URL, QUATRAIN_API_KEY).

    Exit codes: 0 drafted, 3 a translation model is missing, 2 no such article, 1 it failed or was cancelled.
    """
    follow(open_server(), article_id)


def follow(server: Server, article_id: str) -> None:
    """Shows the progress until drafting has ended. Raises Told unless it ended well."""
    with ProgressLine("translations") as line:
        while (job := _look(server, article_id, line))["status"] not in _FINAL:
            time.sleep(_PAUSE_SECONDS)
    if job["status"] == "done":
        return
    error = job["error"] or {"type": "cancelled", "detail": "Drafting was cancelled."}
    raise Told(str(error["detail"]), NO_ROUTE if error["type"] == "no-route" else FAILED)


def _look(server: Server, article_id: str, line: ProgressLine) -> dict[str, Any]:
    """Follows the events while the server has a place for that; then, or without one, asks for the job."""
    try:
        for _, data in server.events(f"/articles/{article_id}/events"):
            _show(json.loads(data), line)
    except Told as error:
        if error.exit_code != FAILED:
            raise
    job: dict[str, Any] = server.request("GET", f"/articles/{article_id}/job").json()
    _show(job, line)
    return job


def _show(job: dict[str, Any], line: ProgressLine) -> None:
    line.update("Drafting", job["progress"]["done"], job["progress"]["total"])

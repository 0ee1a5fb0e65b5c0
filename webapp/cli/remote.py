"""Speaking to a Quatrain server from the command line: QUATRAIN_URL and QUATRAIN_API_KEY."""

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import click
import requests

from webapp.cli.group import BAD_INPUT, FAILED, NO_ROUTE, set_up_log

DEFAULT_URL: Final = "http://127.0.0.1:8044"
_CONNECT_SECONDS, _READ_SECONDS = 10, 120


class Told(click.ClickException):
    """What the server said went wrong, in its words."""

    def __init__(self, words: str, exit_code: int) -> None:
        super().__init__(words)
        self.exit_code = exit_code  # type: ignore[misc]  # click says so itself: a subclass or an instance may have its own


class Server:
    """The API of one server; every error is one line and the exit code that `quatrain translate` would end with."""

    def __init__(self, url: str, key: str | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise Told(f"QUATRAIN_URL={url!r} is not an address; it begins with http:// or https://", BAD_INPUT)
        self._root = url.rstrip("/")
        self._session = requests.Session()
        if key:
            self._session.headers["Authorization"] = f"Bearer {key}"

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        """Sends one request below /api/v1, or to an address the server gave. Raises Told."""
        url = self._root + (path if path.startswith("/api/") else f"/api/v1{path}")
        try:
            answer = self._session.request(method, url, timeout=(_CONNECT_SECONDS, _READ_SECONDS), allow_redirects=False, **more)
        except requests.RequestException as error:
            raise Told(
                f"{self._root} does not answer ({_reason(error)}). Is the server running, is QUATRAIN_URL right?", FAILED
            ) from error
        if answer.status_code >= 400 or 300 <= answer.status_code < 400:
            raise _told(answer)
        return answer

    def events(self, path: str) -> Iterator[tuple[str, str]]:
        """Follows a stream of server-sent events: (name, data). Raises Told."""
        answer = self.request("GET", path, stream=True, headers={"Accept": "text/event-stream"})
        name, data = "message", list[str]()
        try:
            for line in answer.iter_lines(decode_unicode=True):
                field, _, value = line.partition(":")
                if not line and data:
                    yield name, "\n".join(data)
                    name, data = "message", []
                elif field == "event":
                    name = value.strip()
                elif field == "data":
                    data.append(value.removeprefix(" "))
        except requests.RequestException:
            return  # the stream broke; whoever follows looks again
        finally:
            answer.close()


def open_server() -> Server:
    """Opens the server that the environment names. Raises Told."""
    set_up_log(os.environ.get("QUATRAIN_LOG_LEVEL") or "info")
    return Server(os.environ.get("QUATRAIN_URL") or DEFAULT_URL, os.environ.get("QUATRAIN_API_KEY"))


def _told(answer: requests.Response) -> Told:
    problem = _problem(answer)
    words = str(problem.get("detail") or f"The server answered {answer.status_code}.")
    if problem.get("type") == "no-route":
        return Told(words, NO_ROUTE)
    return Told(words, BAD_INPUT if 400 <= answer.status_code < 500 and answer.status_code != 429 else FAILED)


def _problem(answer: requests.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _reason(error: requests.RequestException) -> str:
    return type(error).__name__.removesuffix("Error").lower() or "no connection"

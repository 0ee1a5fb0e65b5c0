"""Bodies that come in pieces, whose length nobody says beforehand, are taken like others; too long ones are no broken ones."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.conftest import Api
from webapp.api import bodies
from webapp.api.guard import BODY_FACTOR, BODY_MARGIN_BYTES

JSON = "application/json"
FORM = "multipart/form-data; boundary=xx"


class Pieces(io.RawIOBase):
    """A body as a server that takes bodies in pieces hands it on: it ends, and nobody knows when."""

    def __init__(self, data: bytes) -> None:
        self.left = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self.left.readinto(buffer)


def send(api: Api, path: str, body: bytes, kind: str) -> tuple[TestResponse, Pieces]:
    """Sends a body in pieces; gives the answer, and what was left of the body."""
    pieces = Pieces(body)
    environ = {"wsgi.input": pieces, "wsgi.input_terminated": True, "CONTENT_TYPE": kind}
    headers = {"Transfer-Encoding": "chunked"}
    answer = api.client.post(path, headers=headers, environ_overrides=environ)
    return answer, pieces


def form(name: str, data: bytes) -> bytes:
    head = f'--xx\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
    return head.encode() + data + b"\r\n--xx--\r\n"


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/api/v1/articles", json.dumps({"text": "Le chat dort.", "any_language": True}).encode(), JSON),
        ("/api/v1/articles/text?any_language=true", b"Le chat dort.", "text/plain"),
        ("/api/v1/articles/file", form("a.txt", b"Le chat dort sur le lit de la chambre."), FORM),
    ],
)
def test_a_body_in_pieces_is_taken(served: Api, path: str, body: bytes, kind: str) -> None:
    answer, _ = send(served, path, body, kind)
    assert answer.status_code == 202, answer.text


def test_json_in_pieces_that_is_too_long_is_not_taken_for_broken_json(served: Api) -> None:
    limit = served.context.settings.max_article_bytes * BODY_FACTOR + BODY_MARGIN_BYTES
    answer, pieces = send(served, "/api/v1/articles", json.dumps({"text": "a" * 2 * limit}).encode(), JSON)
    assert (answer.status_code, answer.json["type"]) == (413, "article-too-large")  # type: ignore[index]  # it is JSON
    assert pieces.left.read() == b""  # whoever sends it hears why


# Werkzeug leaves the temporary file that it writes to, when it gives up in the middle, to be closed by the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("path", "slug"),
    [("/api/v1/articles/file", "file-too-large"), ("/api/v1/memory/import", "import-too-large")],
)
def test_a_file_that_is_too_large_is_told_by_what_it_was_sent_for(served: Api, path: str, slug: str) -> None:
    small = replace(served.context.settings, max_article_bytes=1000, max_file_bytes=1000, max_import_bytes=1000)
    object.__setattr__(served.context, "settings", small)
    answer, pieces = send(served, path, form("a.tmx", b"x" * 500_000), FORM)
    assert (answer.status_code, answer.json["type"]) == (413, slug)  # type: ignore[index]  # it is JSON
    assert pieces.left.read() == b""


def test_no_more_than_so_much_is_read_of_what_is_refused(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_MOST_BYTES", 100_000)
    _, pieces = send(served, "/api/v1/articles", b'"' + b"a" * 20_000_000, JSON)
    assert pieces.left.read(1) == b"a"


def test_a_client_of_libretranslate_hears_that_its_json_was_too_long(served: Api) -> None:
    served.app.config["MAX_CONTENT_LENGTH"] = 1000
    answer, _ = send(served, "/translate", json.dumps({"q": "a" * 2000, "source": "fr", "target": "en"}).encode(), JSON)
    assert (answer.status_code, answer.json) == (413, {"error": "Invalid request: the request is too large"})

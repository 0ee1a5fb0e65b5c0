"""Webhooks: signed, delivered, tried again, written down, and never led into the network of the server."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pytest_socket import enable_socket
from sqlalchemy import update

from tests.factories import make_source, store_article
from tests.unit.services.reviewing import source_of, write
from webapp.errors import WebhookAddressRefused, WebhookNotFound
from webapp.services import calling
from webapp.services.webhooks import (
    EVENTS,
    PAUSES_SECONDS,
    add_webhook,
    deliver_round,
    list_deliveries,
    ping_webhook,
    remove_webhook,
    sign,
)
from webapp.storage.api_models import deliveries
from webapp.storage.store import Store

URL = "https://cms.example/hooks/quatrain?x=1"


class Receiver:
    """Takes what is posted, and answers what it is told to."""

    def __init__(self, *answers: int | Exception) -> None:
        self.got: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self._answers = list(answers)

    def __call__(self, url: str, body: bytes, headers: dict[str, str], *, allow_private: bool) -> int:
        del allow_private
        self.got.append((url, json.loads(body), headers))
        answer = self._answers.pop(0) if self._answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer


def _register(store: Store, *events: str) -> tuple[int, str]:
    with store.begin() as tx:
        made, secret = add_webhook(tx, URL, events or EVENTS, allow_private=False)
    return made.id, secret


def _log(store: Store, number: int) -> list[Any]:
    with store.read() as tx:
        return list(list_deliveries(tx, number, limit=100, offset=0)[0])


def test_what_happens_to_an_article_is_told_once_each(store: Store) -> None:
    number, _ = _register(store)
    source = source_of(["Le port rouvre lundi.", "La mairie est ravie."])
    article = store_article(store, source, ("en",), drafted=None)
    receiver = Receiver()
    assert deliver_round(store, allow_private=False, post=receiver)
    assert not deliver_round(store, allow_private=False, post=receiver)
    ((_, body, _),) = receiver.got
    assert body["event"] == "article.drafted"
    assert body["article"]["id"] == article
    write(store, article, 0, "en", "The port reopens on Monday.", who="Vera", approve=True)
    write(store, article, 1, "en", "The town hall is delighted.", who="Vera", approve=True)
    deliver_round(store, allow_private=False, post=receiver)
    told = [body["event"] for _, body, _ in receiver.got[1:]]
    assert sorted(told) == ["translation.approved", "translation.approved", "version.approved"]
    whole = next(body for _, body, _ in receiver.got if body["event"] == "version.approved")
    assert (whole["who"], whole["target"]) == ("Vera", "en")
    assert [line.status for line in _log(store, number)] == ["delivered"] * 4


def test_only_the_events_that_were_asked_for_are_sent(store: Store) -> None:
    _register(store, "version.approved")
    store_article(store, make_source(), drafted=None)
    assert not deliver_round(store, allow_private=False, post=Receiver())


def test_a_failed_article_is_told_with_its_reason(store: Store) -> None:
    from tests.fakes import FakeEngine

    _register(store, "article.failed")
    store_article(store, make_source(paragraphs=1, sentences=1), drafted=None, engine=FakeEngine(poison="."))
    receiver = Receiver()
    deliver_round(store, allow_private=False, post=receiver)
    assert receiver.got[0][1]["error"]["type"] == "engine-failed"


def test_what_is_sent_is_signed_over_its_time_and_its_body(store: Store) -> None:
    number, secret = _register(store)
    with store.begin() as tx:
        ping_webhook(tx, number)
    receiver = Receiver()
    deliver_round(store, allow_private=False, post=receiver)
    url, body, headers = receiver.got[0]
    assert (url, body["event"], headers["Quatrain-Event"]) == (URL, "ping", "ping")
    time, mac = (part.partition("=")[2] for part in headers["Quatrain-Signature"].split(","))
    sent = json.dumps(body, ensure_ascii=False).encode()
    assert mac == hmac.new(secret.encode(), f"{time}.".encode() + sent, hashlib.sha256).hexdigest()
    assert sign(secret, int(time), sent) == headers["Quatrain-Signature"]
    assert sign(secret, int(time) + 1, sent) != headers["Quatrain-Signature"]


def test_what_does_not_arrive_is_tried_again_with_longer_pauses_and_given_up_in_the_end(store: Store) -> None:
    number, _ = _register(store)
    with store.begin() as tx:
        ping_webhook(tx, number)
    receiver = Receiver(500, OSError("no route to host"), *[302] * 20)
    pauses = []
    for _ in range(len(PAUSES_SECONDS) + 1):
        assert deliver_round(store, allow_private=False, post=receiver)
        assert not deliver_round(store, allow_private=False, post=receiver), "it has to wait first"
        (line,) = _log(store, number)
        if line.next_at is not None:
            with store.begin() as tx:
                pauses.append(line.next_at.timestamp() - tx.clock())
                tx.connection.execute(update(deliveries).values(due_at=0.0))
    assert [round(pause / wanted) for pause, wanted in zip(pauses, PAUSES_SECONDS, strict=True)] == [1] * len(PAUSES_SECONDS)
    assert (line.status, line.attempts, line.last_status) == ("failed", len(PAUSES_SECONDS) + 1, 302)
    assert line.last_error == "the receiver answered 302"
    assert not deliver_round(store, allow_private=False, post=receiver)


def test_a_removed_webhook_gets_nothing_more(store: Store) -> None:
    number, _ = _register(store)
    with store.begin() as tx:
        ping_webhook(tx, number)
        remove_webhook(tx, number)
    assert not deliver_round(store, allow_private=False, post=Receiver())
    with store.begin() as tx, pytest.raises(WebhookNotFound):
        ping_webhook(tx, number)


# --- where it may lead ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "ftp://cms.example/",
        "file:///etc/passwd",
        "//cms.example/",
        "https://",
        "https://user:secret@cms.example/",
        "https://cms.example:99999/",
        "https://[::1/",
        "https://cms.example/a b",
        "https://cms.example/\r\nX-Injected: 1",
        "http://127.0.0.1/",
        "http://[::1]:8044/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/",
        "http://printer.localhost/",
        "http://0.0.0.0/",
    ],
)
def test_addresses_that_cannot_be_right_are_refused_when_they_are_registered(url: str, store: Store) -> None:
    with store.begin() as tx, pytest.raises(WebhookAddressRefused):
        add_webhook(tx, url, EVENTS, allow_private=False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  (refused, not bound)
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_may_be_called(address: str, public: bool) -> None:
    assert calling.is_public(address) is public


@pytest.mark.parametrize("found", [["10.0.0.5"], ["93.184.215.14", "127.0.0.1"]])
def test_a_name_that_leads_inside_is_not_called_whatever_it_led_to_before(found: list[str]) -> None:
    with pytest.raises(WebhookAddressRefused):
        calling.post(URL, b"{}", {}, look_up=lambda host, port: found)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """A server on this machine that redirects whoever comes to another address of its own."""
    enable_socket()
    seen: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append((self.path, self.headers["Host"]))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302)
            self.send_header("Location", "/secret")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port, seen
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_address_that_was_checked_is_called_under_its_name_and_redirects_are_not_followed(
    listener: tuple[int, list[tuple[str, str]]],
) -> None:
    port, seen = listener
    url = f"http://cms.example:{port}/hook?x=1"
    assert calling.post(url, b"{}", {}, allow_private=True, look_up=lambda host, port: ["127.0.0.1"]) == 302
    assert seen == [("/hook?x=1", f"cms.example:{port}")]
    with pytest.raises(WebhookAddressRefused):
        calling.post(url, b"{}", {}, look_up=lambda host, port: ["127.0.0.1"])
    assert len(seen) == 1


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def connect(address: object, timeout: float) -> socket.socket:
        asked.append(address)
        raise OSError("stop here")

    monkeypatch.setattr(socket, "create_connection", connect)
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    with pytest.raises(OSError, match="stop here"):
        calling.post(URL, b"{}", {}, look_up=lambda host, port: next(answers))
    assert asked == [("93.184.215.14", 443)]

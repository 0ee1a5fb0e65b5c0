"""Whether a server can be reached is known within the seconds that are given, whatever the network does."""

import errno
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests

from tests.package_server import package_server, redirect_to
from webapp.engine import reach
from webapp.engine.fetch import FetchFailed, open_address, public_address
from webapp.engine.reach import Unreachable, require_reachable


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that neither accepts nor refuses: its queue of waiting connections is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = []
        for _ in range(3):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
            waiting.append(client)
        time.sleep(0.05)
        try:
            yield int(listener.getsockname()[1])
        finally:
            for client in waiting:
                client.close()


def test_a_server_that_answers_is_reachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        require_reachable("127.0.0.1", server.getsockname()[1], seconds=2)
        require_reachable("localhost", server.getsockname()[1], seconds=2)  # even if ::1 refuses


def test_a_port_nobody_listens_on_is_said_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable, match="connection refused"):
        require_reachable("127.0.0.1", 9, seconds=5)
    assert time.monotonic() - started < 2


def test_a_network_that_swallows_everything_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with black_hole() as port:
        addresses = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))] * 8
        monkeypatch.setattr(reach.socket, "getaddrinfo", lambda *args, **kwargs: addresses)
        started = time.monotonic()
        with pytest.raises(Unreachable, match="no connection in time"):
            require_reachable("example.test", port, seconds=0.3)
        assert 0.25 < time.monotonic() - started < 2  # all eight addresses together


def test_a_name_server_that_does_not_answer_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach.socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(3))
    started = time.monotonic()
    with pytest.raises(Unreachable, match="name server"):
        require_reachable("example.test", 443, seconds=0.3)
    assert time.monotonic() - started < 2


def test_a_name_that_is_not_known_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(reach.socket, "getaddrinfo", fail)
    with pytest.raises(Unreachable, match="the name is not known"):
        require_reachable("example.test", 443, seconds=1)


def test_a_machine_without_network_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach.socket.socket, "connect_ex", lambda *args: errno.ENETUNREACH)
    with pytest.raises(Unreachable, match="network unreachable"):
        require_reachable("127.0.0.1", 443, seconds=1)


@pytest.mark.parametrize("location", ["http://[::1", "http://127.0.0.1:99999/", "http://..../", "//127.0.0.1:x/"])
def test_a_redirect_to_nonsense_is_said(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with package_server() as server, requests.Session() as session:
        server.behaviours["/x"] = [redirect_to(location)]
        with pytest.raises(FetchFailed):
            open_address(session, server.url + "/x", schemes=frozenset({"http"}), timeout=(1, 1))


def test_what_comes_from_https_leads_to_nothing_less() -> None:
    with requests.Session() as session, pytest.raises(FetchFailed, match="begins with http:"):
        open_address(session, "http://127.0.0.1:9/", schemes=frozenset({"https"}))


def test_no_message_holds_the_password_of_an_address() -> None:
    assert public_address("https://user:secret@host:8443/a/?b") == "https://host:8443/a/?b"
    assert public_address("https://host/a") == "https://host/a"

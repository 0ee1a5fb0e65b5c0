"""The official packages are fetched whole, over HTTP as it is: cut, slow, moved, changed half-way."""

import dataclasses
import gzip
import hashlib
import json
import random
from pathlib import Path

import pytest

from tests.package_server import Handler, PackageServer, announce, cut_at, package_server, redirect_to, silence, status, trickle
from tests.packages import STARTERS, package_bytes
from webapp import errors
from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine import index, probe
from webapp.engine.download import Patience
from webapp.engine.packages import PackageStore

PATIENCE = Patience(
    rounds=2, pause_seconds=0.01, connect_seconds=1.0, read_seconds=0.5, slow_bytes=1000, slow_seconds=0.4, worth_bytes=1000
)
STARTER = (STARTERS / "translate-en_ko-starter.argosmodel").read_bytes()
PACKAGE = package_bytes({"model/noise": random.Random(1).randbytes(1_500_000)}, pair="en-ko")  # one that is quick to serve
PATH = "/en-ko.argosmodel"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def loaded() -> None:
    """Asks for packages to be loaded as they are in earnest."""


@pytest.fixture(autouse=True)
def _untried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "loaded" not in request.fixturenames:
        monkeypatch.setattr(probe, "translate_one", lambda *args: ("", ""))


@pytest.fixture
def server():  # type: ignore[no-untyped-def] # the context manager says it
    with package_server() as served:
        served.offer("en-ko", PACKAGE)
        yield served


@pytest.fixture
def settings(settings: Settings, server: PackageServer) -> Settings:
    return dataclasses.replace(settings, package_index=server.url + "/")


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> PackageStore:
    """A store for which the shipped package is just a package: the official one of these tests."""
    (tmp_path / "no starters").mkdir()
    (tmp_path / "no starters" / "SHA256SUMS").write_text("")
    return PackageStore(settings, patience=PATIENCE, starter_dir=tmp_path / "no starters", lock_seconds=1.0)


def assert_installed(store: PackageStore, settings: Settings, data: bytes = PACKAGE) -> None:
    (package,) = store.installed()
    assert (package.sha256, package.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (package.kind, package.version) == (PackageKind.OFFICIAL, "1.9")
    assert (package.folder / "model" / "model.bin").stat().st_size
    assert list((settings.packages_dir / "downloads").glob("en-*")) == []


@pytest.mark.usefixtures("loaded")
def test_a_package_is_fetched_with_progress_and_works(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.files[PATH] = STARTER
    seen: list[tuple[str, int, int]] = []
    store.install(["en-ko"], progress=lambda *step: seen.append(step))
    assert_installed(store, settings, STARTER)
    assert seen[-1] == ("en-ko", len(STARTER), len(STARTER))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    (verification,) = store.verify()
    assert verification.ok and any("가" <= c <= "힣" for c in verification.translation)
    assert store.install(["en-ko"]) == store.installed()
    assert server.ranges(PATH) == [None]


def test_the_index_may_be_named_by_its_file_too(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    named = PackageStore(dataclasses.replace(settings, package_index=server.url + "/index.json"))
    assert named.available() == store.available()
    assert [(entry.pair, entry.links) for entry in named.available()] == [("en-ko", (server.url + PATH,))]


@pytest.mark.parametrize("seed", range(5))
def test_a_connection_cut_anywhere_is_gone_on_with_from_there(
    seed: int, store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    server.files[PATH] = STARTER
    cuts = sorted(random.Random(seed).sample(range(20_000, len(STARTER)), 3))
    server.behaviours[PATH] = [cut_at(cut) for cut in cuts]
    store.install(["en-ko"])
    assert_installed(store, settings, STARTER)
    assert server.ranges(PATH) == [None, *(f"bytes={cut}-" for cut in cuts)]


def test_what_arrived_is_gone_on_with_by_the_next_command(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.behaviours[PATH] = [cut_at(700_000), *[status(503)] * 9]
    with pytest.raises(errors.PackageDownloadFailed, match="goes on from there"):
        store.install(["en-ko"])
    server.behaviours[PATH].clear()
    store.install(["en-ko"])
    assert_installed(store, settings)
    assert server.ranges(PATH)[-1] == "bytes=700000-"


def test_a_server_without_ranges_is_asked_for_the_whole_again(
    store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    server.with_ranges = False
    server.behaviours[PATH] = [cut_at(600_000)]
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_a_server_without_a_validator_is_never_gone_on_with(
    store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    server.behaviours[PATH] = [lambda handler, data: handler.answer(200, data, cut=600_000)]
    store.install(["en-ko"])
    assert_installed(store, settings)
    assert server.ranges(PATH) == [None, None]


def test_a_file_that_changes_half_way_is_fetched_anew_never_mixed(
    store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    def change(handler: Handler, data: bytes) -> None:
        handler.serve(bytes(len(data)), cut=600_000)
        server.etags[PATH] = '"another"'

    server.behaviours[PATH] = [change]
    store.install(["en-ko"])
    assert_installed(store, settings)
    assert server.ranges(PATH) == [None, "bytes=600000-"]


def test_a_server_that_ignores_if_range_is_found_out(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    def wrong(handler: Handler, data: bytes) -> None:
        rest = data[600_000:]
        headers = {"ETag": '"another"', "Content-Range": f"bytes 600000-{len(data) - 1}/{len(data)}"}
        handler.answer(206, rest, headers)

    server.behaviours[PATH] = [cut_at(600_000), wrong]
    store.install(["en-ko"])
    assert_installed(store, settings)
    assert server.ranges(PATH) == [None, "bytes=600000-", None]


@pytest.mark.parametrize("content_range", ["bytes 0-9/10", "bytes 599999-600001/600002", "nonsense", ""])
def test_a_range_that_was_not_asked_for_is_not_taken(
    content_range: str, store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    server.behaviours[PATH] = [
        cut_at(600_000),
        lambda handler, data: handler.answer(206, b"x" * 10, {"Content-Range": content_range}),
    ]
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_a_range_beyond_the_end_starts_anew(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.behaviours[PATH] = [cut_at(600_000), status(416)]
    store.install(["en-ko"])
    assert_installed(store, settings)


@pytest.mark.parametrize("code", [500, 502, 503, 429, 408])
def test_a_busy_server_is_asked_again(code: int, store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.behaviours[PATH] = [status(code, {"Retry-After": "0"})]
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_a_missing_file_is_asked_for_once(store: PackageStore, server: PackageServer) -> None:
    del server.files[PATH]
    with pytest.raises(errors.PackageDownloadFailed, match="HTTP status 404"):
        store.install(["en-ko"])
    assert len(server.ranges(PATH)) == 1


def test_when_the_first_link_is_dead_the_second_serves(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    del server.files["/index.json"]
    dead = ["http://127.0.0.1:9/en-ko.argosmodel", server.url + "/gone.argosmodel"]
    server.offer("en-ko", PACKAGE, links=[*dead, server.url + PATH])
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_all_links_are_named_when_none_serves(store: PackageStore, server: PackageServer) -> None:
    del server.files["/index.json"]
    server.offer("en-ko", PACKAGE, links=["http://127.0.0.1:9/x", server.url + "/gone"])
    with pytest.raises(errors.PackageDownloadFailed) as caught:
        store.install(["en-ko"])
    assert "127.0.0.1:9/x: connection refused" in str(caught.value)
    assert "/gone: HTTP status 404" in str(caught.value)


def test_fewer_bytes_than_announced_are_not_taken_for_the_file(store: PackageStore, server: PackageServer) -> None:
    server.behaviours[PATH] = [announce(lambda length: length + 1)] * 9
    with pytest.raises(errors.PackageDownloadFailed, match=r"the connection broke|broke off"):
        store.install(["en-ko"])
    assert store.installed() == ()


def test_more_bytes_than_announced_are_not_taken_for_the_file(store: PackageStore, server: PackageServer) -> None:
    server.behaviours[PATH] = [announce(lambda length: length - 5000)] * 9
    with pytest.raises(errors.PackageNotAZip):
        store.install(["en-ko"])
    assert store.installed() == ()


@pytest.mark.parametrize("behaviour", [trickle, silence])
def test_a_server_that_sends_next_to_nothing_is_given_up(behaviour, store, settings, server) -> None:  # type: ignore[no-untyped-def]
    server.behaviours[PATH] = [behaviour]
    store.install(["en-ko"])
    assert_installed(store, settings)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "data:,x"])
def test_no_redirect_leads_to_another_scheme(target: str, store: PackageStore, server: PackageServer) -> None:
    server.behaviours[PATH] = [redirect_to(target)]
    with pytest.raises(errors.PackageDownloadFailed, match="leads to an address that begins with"):
        store.install(["en-ko"])


def test_a_redirect_is_followed_and_a_circle_is_left(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.files["/moved"] = PACKAGE
    server.behaviours[PATH] = [redirect_to("/moved")]
    store.install(["en-ko"])
    assert_installed(store, settings)
    store.remove("en-ko")
    server.behaviours[PATH] = [redirect_to(PATH)] * 50
    with pytest.raises(errors.PackageDownloadFailed, match="too many redirects"):
        store.install(["en-ko"])


def test_a_file_larger_than_allowed_is_not_fetched(settings: Settings, server: PackageServer) -> None:
    store = PackageStore(dataclasses.replace(settings, max_package_bytes=500_000), patience=PATIENCE)
    with pytest.raises(errors.PackageTooLarge):
        store.install(["en-ko"])
    server.behaviours[PATH] = [chunked]
    with pytest.raises(errors.PackageTooLarge):
        store.install(["en-ko"])
    parts = (settings.packages_dir / "downloads").glob("*.part")
    assert sum(part.stat().st_size for part in parts) <= 800_000


def chunked(handler: Handler, data: bytes, end: bytes = b"0\r\n\r\n") -> None:
    """Sends without telling a length."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"%x\r\n%s\r\n%s" % (len(data), data, end))
    handler.close_connection = True


def test_a_body_in_chunks_is_taken_whole_or_not_at_all(store: PackageStore, settings: Settings, server: PackageServer) -> None:
    server.behaviours[PATH] = [lambda handler, data: chunked(handler, data[:500_000], b""), chunked]
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_a_server_that_sends_it_packed_again_is_refused(store: PackageStore, server: PackageServer) -> None:
    server.behaviours[PATH] = [status(200, {"Content-Encoding": "gzip"})]
    with pytest.raises(errors.PackageDownloadFailed, match="re-encoded"):
        store.install(["en-ko"])


def test_a_login_page_in_the_place_of_the_file_is_refused_and_thrown_away(
    store: PackageStore, settings: Settings, server: PackageServer
) -> None:
    server.behaviours[PATH] = [lambda handler, data: handler.answer(200, b"<html>Please log in</html>")]
    with pytest.raises(errors.PackageNotAZip):
        store.install(["en-ko"])
    store.install(["en-ko"])
    assert_installed(store, settings)


def test_a_file_of_another_pair_is_refused(store: PackageStore, server: PackageServer) -> None:
    server.files[PATH] = package_bytes(pair="en-ru")
    with pytest.raises(errors.PackagePairWrong):
        store.install(["en-ko"])
    assert store.installed() == ()


def test_a_newer_version_replaces_the_older_and_other_bytes_under_the_same_version_do_not(
    store: PackageStore, server: PackageServer
) -> None:
    store.install(["en-ko"])
    server.offer("en-ko", package_bytes(pair="en-ko"), version="1.10")
    (newer,) = store.install(["en-ko"])
    assert newer.version == "1.10"
    newer.folder.rename(newer.folder.with_name(".lost"))
    server.files[PATH] = package_bytes(pair="en-ko", seed=1)
    with pytest.raises(errors.PackageChecksumMismatch):
        store.install(["en-ko"])
    server.files[PATH] = package_bytes(pair="en-ko")
    assert store.install(["en-ko"])[0].sha256 == newer.sha256


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (status(500), errors.PackageIndexUnreachable),
        (status(404), errors.PackageIndexUnreachable),
        (redirect_to("file:///etc/passwd"), errors.PackageIndexUnreachable),
        (announce(lambda length: length + 9), errors.PackageIndexUnreachable),
        (lambda handler, data: handler.answer(200, b"<html>"), errors.PackageIndexInvalid),
        (lambda handler, data: handler.answer(200, b"[" + b" " * (17 << 20) + b"]"), errors.PackageIndexInvalid),
    ],
)
def test_an_index_that_fails_is_said(behaviour, error, store, server) -> None:  # type: ignore[no-untyped-def]
    server.behaviours["/index.json"] = [behaviour]
    with pytest.raises(error) as caught:
        store.available()
    assert server.url in str(caught.value)


def test_an_index_that_is_sent_packed_is_read(store: PackageStore, server: PackageServer) -> None:
    server.behaviours["/index.json"] = [
        lambda handler, data: handler.answer(200, gzip.compress(data), {"Content-Encoding": "gzip"}),
    ]
    assert [entry.pair for entry in store.available()] == ["en-ko"]


def test_neither_messages_nor_logs_hold_the_password_of_the_index(
    settings: Settings, server: PackageServer, caplog: pytest.LogCaptureFixture
) -> None:
    address = server.url.replace("http://", "http://user:secret@")
    server.offer("en-ru", b"", links=[address + "/gone"])
    store = PackageStore(dataclasses.replace(settings, package_index=address + "/"), patience=PATIENCE)
    for pair in ("en-ru", "fr-en"):
        with pytest.raises(errors.PackageError) as caught:
            store.install([pair])
        assert "127.0.0.1" in str(caught.value) and "secret" not in str(caught.value) + caplog.text


def test_an_index_nobody_answers_for_is_said_at_once_and_the_starters_stand_in(settings: Settings) -> None:
    store = PackageStore(dataclasses.replace(settings, package_index="http://127.0.0.1:9/", targets=("ko",)))
    ensured = store.ensure()
    assert isinstance(ensured.fallback, errors.PackageIndexUnreachable)
    assert "connection refused" in str(ensured.fallback)
    assert {package.kind for package in store.installed()} == {PackageKind.STARTER}


def test_ensure_takes_what_the_index_has_and_starters_for_the_rest(settings: Settings, server: PackageServer) -> None:
    server.offer("en-ru", package_bytes(pair="en-ru"))
    server.offer("fr-en", b"broken")
    server.files["/en-ko.argosmodel"] = package_bytes(pair="en-ko")
    store = PackageStore(settings, patience=PATIENCE)
    ensured = store.ensure()
    assert isinstance(ensured.fallback, errors.PackageNotAZip)
    kinds = {package.pair: package.kind for package in ensured.packages}
    assert kinds == dict.fromkeys(("en-ko", "en-ru", "fr-en"), PackageKind.STARTER)
    server.files["/fr-en.argosmodel"] = package_bytes(pair="fr-en")
    store.install()
    assert {package.kind for package in store.installed()} == {PackageKind.OFFICIAL}


def test_ensure_installs_the_official_packages_when_the_index_answers(settings: Settings, server: PackageServer) -> None:
    for pair in ("fr-en", "en-ru"):
        server.offer(pair, package_bytes(pair=pair))
    server.files["/en-ko.argosmodel"] = package_bytes(pair="en-ko")
    ensured = PackageStore(settings, patience=PATIENCE).ensure()
    assert ensured.fallback is None
    assert {package.kind for package in ensured.added} == {PackageKind.OFFICIAL}


def test_the_index_answers_slowly_and_is_given_up(
    store: PackageStore, server: PackageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_MAX_SECONDS", 0.2)
    server.files["/index.json"] = json.dumps(list(range(1000))).encode()
    server.behaviours["/index.json"] = [trickle]
    with pytest.raises(errors.PackageIndexUnreachable, match="too slow"):
        store.available()

"""Downloading one package file: over every link, going on where it broke off, never trusting a half.

What has arrived of a link lies in `NAME.part`; `NAME.part.json` remembers the server's validator (ETag or Last-Modified,
RFC 9110 §13.1.5), without which going on could join the halves of two files.

Lives here: bytes from a server to a file. Never here: what is in the file.
"""

import hashlib
import logging
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ValidationError

from webapp.engine.disk import disk_errors, require_room, write_atomically
from webapp.engine.fetch import (
    CONNECT_SECONDS,
    READ_SECONDS,
    FetchFailed,
    allowed_schemes,
    describe,
    open_address,
    public_address,
)
from webapp.engine.index import IndexEntry
from webapp.errors import PackageDownloadFailed, PackageTooLarge

if TYPE_CHECKING:
    import requests

_CHUNK_BYTES: Final = 1 << 18
_PROGRESS_SECONDS: Final = 0.1
_MAX_WAIT_SECONDS: Final = 30.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to insist: `rounds` over all links, pauses doubling from `pause_seconds`, each up to half as long again.

    A server that sends fewer than `slow_bytes` in `slow_seconds` counts as broken; a link that brings `worth_bytes` more
    before it breaks again is gone on with, however often.
    """

    rounds: int = 4
    pause_seconds: float = 0.5
    connect_seconds: float = CONNECT_SECONDS
    read_seconds: float = READ_SECONDS
    slow_bytes: int = 32 << 10
    slow_seconds: float = 30.0
    worth_bytes: int = 256 << 10


PATIENT: Final = Patience()


class _Note(BaseModel):
    """What is known about a half-downloaded file; `validator` is "" when the server gave none: then it starts anew."""

    url: str
    validator: str = ""
    total: int | None = None


def download(
    entry: IndexEntry,
    folder: Path,
    *,
    max_bytes: int,
    progress: Callable[[int, int], None],
    patience: Patience = PATIENT,
) -> Path:
    """Fetches the file of an index entry into `folder` and gives its path, complete as far as the server told its length.

    `progress` is called with (bytes that are there, bytes expected or 0), at most ten times a second. Raises
    PackageDownloadFailed (what arrived is kept), PackageTooLarge, DiskFull, DataFolderUnwritable.
    """
    import requests  # noqa: PLC0415  (the web process seldom goes out)

    done = folder / f"{entry.pair}-{entry.package_version}.argosmodel"
    if done.exists():  # complete, but the process ended before it was installed
        return done
    links, details = list(entry.links), dict[str, str]()
    with requests.Session() as session:
        for attempt in range(patience.rounds):
            for link in tuple(links):
                part = _Part(link, folder, entry, max_bytes)
                try:
                    _insist(session, part, progress, patience)
                except FetchFailed as error:
                    shown = public_address(link)
                    details[shown] = str(error)
                    log.warning("%s from %s: %s", entry.pair, shown, error)
                    if not error.retry:
                        links.remove(link)
                    elif attempt + 1 < patience.rounds:
                        _pause(patience, attempt, error.wait_seconds)
                    continue
                with disk_errors(folder):
                    part.path.replace(done)
                return done
    raise PackageDownloadFailed(pair=entry.pair, detail="; ".join(f"{link}: {detail}" for link, detail in details.items()))


def discard_downloads(entry: IndexEntry, folder: Path) -> None:
    """Removes whatever has arrived of any version of this pair, from any link."""
    with disk_errors(folder):
        for path in folder.glob(f"{entry.pair}-*"):
            path.unlink(missing_ok=True)


def _pause(patience: Patience, attempt: int, wanted_seconds: float = 0.0) -> None:
    """Exponential back-off with jitter, so that many installations do not come back in step."""
    seconds = patience.pause_seconds * 2**attempt * random.uniform(1.0, 1.5)  # noqa: S311 # not a secret
    time.sleep(min(max(seconds, wanted_seconds), _MAX_WAIT_SECONDS))


def _insist(session: "requests.Session", part: "_Part", progress: Callable[[int, int], None], patience: Patience) -> None:
    """Goes on with one link for as long as every try brings it further."""
    furthest = part.size_bytes
    while True:
        try:
            return part.fetch(session, progress, patience)
        except FetchFailed as error:
            if not error.retry or part.size_bytes < furthest + patience.worth_bytes:
                raise
            log.info("%s: %s; going on from byte %d", part.path.name, error, part.size_bytes)
            furthest = part.size_bytes
            _pause(patience, 0)


class _Part:
    """What has arrived of one link."""

    def __init__(self, link: str, folder: Path, entry: IndexEntry, max_bytes: int) -> None:
        digest = hashlib.sha256(link.encode()).hexdigest()[:8]
        self.link, self.folder, self.max_bytes = link, folder, max_bytes
        self.name = f"{entry.pair}-{entry.package_version}.argosmodel"
        self.path = folder / f"{entry.pair}-{entry.package_version}-{digest}.part"
        self._note_path = self.path.with_name(self.path.name + ".json")

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def fetch(self, session: "requests.Session", progress: Callable[[int, int], None], patience: Patience) -> None:
        """Makes one request and takes what it brings. Raises FetchFailed when that is not the rest of the file."""
        note = self._read_note()
        have = self.size_bytes if note.validator else 0
        if have and have == note.total:
            return
        headers = {"Range": f"bytes={have}-", "If-Range": note.validator} if have else {}
        timeout = (patience.connect_seconds, patience.read_seconds)
        with open_address(session, self.link, schemes=allowed_schemes(self.link), headers=headers, timeout=timeout) as response:
            start, total = self._position(response, have, note)
            if not start:  # before the note: old bytes must never lie beside a new validator
                self._discard()
            self._require_size(total)
            self._write_note(
                _Note(url=self.link, validator=_validator(response) or (note.validator if start else ""), total=total)
            )
            self._take(response, start, total, progress, patience)

    def _position(self, response: "requests.Response", have: int, note: _Note) -> tuple[int, int | None]:
        """Tells where the body belongs in the file and how long the file is, None if the server does not say."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise FetchFailed("the server sends it re-encoded", retry=False)
        if response.status_code == HTTPStatus.OK:
            return 0, _number(response.headers.get("Content-Length"))
        if response.status_code == HTTPStatus.PARTIAL_CONTENT and have:
            found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", response.headers.get("Content-Range", ""))
            etag = response.headers.get("ETag")
            is_same = etag is None or not note.validator.startswith('"') or etag == note.validator
            if found and int(found[1]) == have and is_same:
                return have, _number(found[3]) or note.total
        if response.status_code in {HTTPStatus.PARTIAL_CONTENT, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}:
            self._discard()
            raise FetchFailed("the file on the server has changed")
        busy = response.status_code >= 500 or response.status_code in {408, 425, 429}
        wait_seconds = _number(response.headers.get("Retry-After")) or 0
        raise FetchFailed(f"HTTP status {response.status_code}", retry=busy, wait_seconds=wait_seconds)

    def _require_size(self, total: int | None) -> None:
        if (total or 0) > self.max_bytes:
            raise PackageTooLarge(name=self.name, limit_bytes=self.max_bytes)
        require_room(self.folder, (total or 0) - self.size_bytes)

    def _take(
        self,
        response: "requests.Response",
        start: int,
        total: int | None,
        progress: Callable[[int, int], None],
        patience: Patience,
    ) -> None:
        size, told = start, 0.0
        pace = _Pace(patience)
        with disk_errors(self.folder):
            file = self.path.open("r+b" if start else "wb")
            file.seek(start)
        try:
            while chunk := _read(response):
                size += len(chunk)
                if size > self.max_bytes:
                    raise PackageTooLarge(name=self.name, limit_bytes=self.max_bytes)
                with disk_errors(self.folder):
                    file.write(chunk)
                if time.monotonic() >= told + _PROGRESS_SECONDS:
                    told = time.monotonic()
                    progress(size, total or 0)
                pace.check(len(chunk))
        finally:
            with disk_errors(self.folder):
                file.close()
        if total is not None and size != total:
            raise FetchFailed(f"it broke off after {size} of {total} bytes")
        progress(size, total or size)

    def _read_note(self) -> _Note:
        try:
            note = _Note.model_validate_json(self._note_path.read_bytes())
        except (OSError, ValidationError):
            return _Note(url=self.link)
        return note if note.url == self.link else _Note(url=self.link)

    def _write_note(self, note: _Note) -> None:
        with disk_errors(self.folder):
            write_atomically(self._note_path, note.model_dump_json().encode())

    def _discard(self) -> None:
        with disk_errors(self.folder):
            self.path.unlink(missing_ok=True)
            self._note_path.unlink(missing_ok=True)


class _Pace:
    """Notices a server that keeps the connection alive and sends next to nothing."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._since, self._bytes = time.monotonic(), 0

    def check(self, arrived: int) -> None:
        self._bytes += arrived
        if time.monotonic() < self._since + self._patience.slow_seconds:
            return
        if self._bytes < self._patience.slow_bytes:
            raise FetchFailed("the server is too slow")
        self._since, self._bytes = time.monotonic(), 0


def _read(response: "requests.Response") -> bytes:
    """Takes what one read of the socket gives: a longer read would sit through a trickle without noticing it."""
    import urllib3  # noqa: PLC0415  (as `requests`)

    try:
        data: bytes = response.raw.read1(_CHUNK_BYTES, decode_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchFailed(describe(error)) from error
    return data


def _validator(response: "requests.Response") -> str:
    """A strong ETag, else the date: a weak ETag may stay while bytes change (RFC 9110 §8.8.1)."""
    etag = response.headers.get("ETag", "")
    return etag if etag.startswith('"') else response.headers.get("Last-Modified", "")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None

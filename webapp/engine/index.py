"""The package index: a JSON list of packages with the addresses of their files.

Lives here: fetching it, reading it strictly, choosing versions. Never here: fetching packages.
"""

import json
import logging
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from packaging.version import InvalidVersion
from packaging.version import Version as ComparableVersion
from pydantic import BaseModel, ConfigDict, ValidationError

from webapp.engine.fetch import FetchFailed, allowed_schemes, describe, open_address, public_address
from webapp.engine.records import Code, Version
from webapp.errors import PackageIndexInvalid, PackageIndexUnreachable

if TYPE_CHECKING:
    import requests

MAX_INDEX_BYTES: Final = 16 << 20
_MAX_SECONDS: Final = 60.0

log = logging.getLogger(__name__)


class IndexEntry(BaseModel):
    """One package of the index; `links` are the addresses of its file that may be used, https first."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    from_code: Code
    to_code: Code
    package_version: Version
    links: tuple[str, ...]
    type: Literal["translate"] = "translate"
    from_name: str = ""
    to_name: str = ""

    @property
    def pair(self) -> str:
        return f"{self.from_code}-{self.to_code}"


def index_address(url: str) -> str:
    """The address of the list itself; the setting may name the folder it lies in, as argostranslate's does."""
    return f"{url}index.json" if url.endswith("/") else url


def fetch_index(url: str) -> tuple[IndexEntry, ...]:
    """Fetches and reads the index: the entries that can be used, in its order.

    Entries of other types, without an address that may be used, or malformed are passed over: one of them must not hide
    the others. Raises PackageIndexUnreachable (5 s to connect), PackageIndexInvalid.
    """
    import requests  # noqa: PLC0415  (the web process seldom goes out)

    address, schemes = index_address(url), allowed_schemes(url)
    shown = public_address(address)
    try:
        with requests.Session() as session, open_address(session, address, schemes=schemes) as response:
            if response.status_code != HTTPStatus.OK:
                raise PackageIndexUnreachable(url=shown, detail=f"HTTP status {response.status_code}")
            data = _read(response, shown)
    except FetchFailed as error:
        raise PackageIndexUnreachable(url=shown, detail=str(error)) from error
    return parse_index(data, url=shown, schemes=schemes)


def _read(response: "requests.Response", url: str) -> bytes:
    import urllib3  # noqa: PLC0415  (as `requests`)

    data, until = bytearray(), time.monotonic() + _MAX_SECONDS
    try:
        while chunk := response.raw.read1(1 << 16, decode_content=True):
            data += chunk
            if len(data) > MAX_INDEX_BYTES:
                raise PackageIndexInvalid(url=url, detail=f"more than {MAX_INDEX_BYTES} bytes")
            if time.monotonic() > until:
                raise PackageIndexUnreachable(url=url, detail="it is too slow")
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise PackageIndexUnreachable(url=url, detail=describe(error)) from error
    return bytes(data)


def parse_index(data: bytes, *, url: str, schemes: frozenset[str]) -> tuple[IndexEntry, ...]:
    """Reads the JSON of an index. Raises PackageIndexInvalid if it is no list, or a list without one usable entry."""
    try:
        items = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PackageIndexInvalid(url=url, detail="it is not JSON") from error
    if not isinstance(items, list):
        raise PackageIndexInvalid(url=url, detail="it is not a list")
    entries = [entry for item in items if (entry := _entry(item, schemes)) is not None]
    if items and not entries:
        raise PackageIndexInvalid(url=url, detail="none of its entries is a package with an address")
    return tuple(entries)


def _entry(item: Any, schemes: frozenset[str]) -> IndexEntry | None:
    try:
        entry = IndexEntry.model_validate(item)
    except ValidationError:
        log.debug("entry of the index passed over: %.200r", item)
        return None
    links = sorted((link for link in entry.links if _is_usable(link, schemes)), key=lambda link: not link.startswith("https:"))
    return entry.model_copy(update={"links": tuple(dict.fromkeys(links))}) if links else None


def _is_usable(link: str, schemes: frozenset[str]) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname)


def version_key(version: str) -> tuple[bool, ComparableVersion]:
    """Orders versions as Python packages do; one that is no version comes before all others."""
    try:
        return True, ComparableVersion(version)
    except InvalidVersion:
        return False, ComparableVersion("0")


def newest(entries: Iterable[IndexEntry]) -> tuple[IndexEntry, ...]:
    """The newest version of every pair, sorted by pair."""
    best: dict[str, IndexEntry] = {}
    for entry in entries:
        known = best.get(entry.pair)
        if known is None or version_key(entry.package_version) > version_key(known.package_version):
            best[entry.pair] = entry
    return tuple(best[pair] for pair in sorted(best))

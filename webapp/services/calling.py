"""Calling addresses that somebody else chose: only public ones, the very address that was checked, no redirects, bounded in time.

Server-side request forgery: a webhook must not be a way into the network this server stands in
(https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html).
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from webapp.errors import WebhookAddressRefused

TIMEOUT_SECONDS: Final = 10.0
_LONGEST_SECONDS: Final = 20.0
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart."""

    url: str
    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as the receiver expects it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_secure else 80) else f"{name}:{self.port}"


def read_address(url: str) -> Place:
    """Takes an address apart. Raises WebhookAddressRefused for what is not a plain http or https address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise WebhookAddressRefused(url=url[:200], detail="it is not an address") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise WebhookAddressRefused(url=url[:200], detail="it does not begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise WebhookAddressRefused(url=url[:200], detail="it carries a name or a password")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise WebhookAddressRefused(url=url[:200], detail="it holds characters that have to be escaped")
    is_secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(url, is_secure, host, port if port is not None else 443 if is_secure else 80, path)


def check_name(place: Place) -> None:
    """Refuses at once what needs no look-up: addresses in figures that are not public, and this machine's own name."""
    with suppress(ValueError):
        check_addresses(place, [str(ipaddress.ip_address(place.host))])
    if place.host.rstrip(".").lower() == "localhost" or place.host.rstrip(".").lower().endswith(".localhost"):
        raise WebhookAddressRefused(url=place.url[:200], detail="it leads to this machine")


def check_addresses(place: Place, addresses: Sequence[str]) -> None:
    """Raises WebhookAddressRefused unless every one of the addresses is a public one."""
    for address in addresses:
        if not is_public(address):
            raise WebhookAddressRefused(url=place.url[:200], detail=f"it leads to {address}, which is not a public address")


def is_public(address: str) -> bool:
    """Whether an IP address may be called: not private, loopback, link-local, multicast or reserved, nor so in disguise."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def resolve(host: str, port: int) -> list[str]:
    """Looks up every address of a name. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def post(url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool = False, look_up: Resolve = resolve) -> int:
    """Posts a body and gives the HTTP status that came back; redirects are not followed, the answer's body is not read.

    Raises WebhookAddressRefused, and OSError or http.client.HTTPException when it could not be delivered.
    """
    place = read_address(url)
    addresses = list(look_up(place.host, place.port))
    if not allow_private:
        check_addresses(place, addresses)
    connection = _Connection(place, addresses)
    alarm = threading.Timer(_LONGEST_SECONDS, connection.abort)
    alarm.start()
    try:
        connection.request("POST", place.path, body, {**headers, "Host": place.host_header})
        return connection.getresponse().status
    finally:
        alarm.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to the addresses that were checked, whatever the name leads to by now."""

    def __init__(self, place: Place, addresses: Sequence[str]) -> None:
        super().__init__(place.host, place.port, timeout=TIMEOUT_SECONDS)
        self._place, self._addresses = place, addresses

    def connect(self) -> None:
        """Connects to the first address that answers; TLS is checked against the name."""
        error: OSError = OSError("the name has no address")
        for address in self._addresses:
            try:
                opened = socket.create_connection((address, self._place.port), TIMEOUT_SECONDS)
            except OSError as problem:
                error = problem
                continue
            if self._place.is_secure:
                opened = ssl.create_default_context().wrap_socket(opened, server_hostname=self._place.host)
            self.sock = opened
            return
        raise error

    def abort(self) -> None:
        """Ends a call that takes too long, from another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)

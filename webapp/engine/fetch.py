"""HTTP for the package index and the packages: requests, with redirects kept to the schemes that are allowed.

Lives here: opening an address. Never here: what is done with the answer.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from webapp.engine.reach import Unreachable, require_reachable

if TYPE_CHECKING:
    import requests

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 20.0
MAX_REDIRECTS: Final = 5


class FetchFailed(Exception):
    """An address did not give what was asked for; the message says why.

    `retry` is whether to ask again may help, `wait_seconds` how long the server wants to be left alone before.
    """

    def __init__(self, detail: str, *, retry: bool = True, wait_seconds: float = 0.0) -> None:
        self.retry, self.wait_seconds = retry, wait_seconds
        super().__init__(detail)


def allowed_schemes(index_url: str) -> frozenset[str]:
    """https; http as well when the index itself is a local mirror without it."""
    return frozenset({"https", "http"} if urlsplit(index_url).scheme == "http" else {"https"})


def open_address(
    session: "requests.Session",
    url: str,
    *,
    schemes: frozenset[str],
    headers: Mapping[str, str] | None = None,
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
) -> "requests.Response":
    """Asks for an address and gives the answer with its body unread, whatever its status; close it.

    Redirects are followed by hand, so that none leads to another scheme (a file, say, or from https to http).
    `timeout` is (to connect, between two bytes) in seconds. Raises FetchFailed.
    """
    import requests  # noqa: PLC0415  (the web process seldom goes out)
    import urllib3  # noqa: PLC0415  (as `requests`)

    sent = {"User-Agent": f"Quatrain/{version('quatrain')}", "Accept-Encoding": "identity", **(headers or {})}
    for _ in range(MAX_REDIRECTS + 1):
        try:
            schemes = _require_address(url, schemes, timeout[0])
            response = session.get(url, headers=sent, timeout=timeout, stream=True, allow_redirects=False)
            if not response.is_redirect:
                return response
            response.close()
            url = urljoin(url, response.headers["Location"])
        except requests.RequestException as error:  # some are ValueErrors too
            raise FetchFailed(describe(error)) from error
        except (ValueError, urllib3.exceptions.HTTPError) as error:
            raise FetchFailed("it leads to no address", retry=False) from error
    raise FetchFailed("too many redirects", retry=False)


def _require_address(url: str, schemes: frozenset[str], seconds: float) -> frozenset[str]:
    """Makes sure that an address may be asked and answers in time; gives the schemes that may follow it."""
    import requests  # noqa: PLC0415  (the web process seldom goes out)

    parts = urlsplit(url)
    if parts.scheme not in schemes:
        raise FetchFailed(f"it leads to an address that begins with {parts.scheme}:", retry=False)
    proxies = requests.utils.get_environ_proxies(url)
    if parts.hostname and requests.utils.select_proxy(url, proxies) is None:  # a proxy looks names up itself
        try:
            require_reachable(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80), seconds=seconds)
        except Unreachable as error:
            raise FetchFailed(str(error)) from error
    return frozenset({"https"}) if parts.scheme == "https" else schemes


def public_address(url: str) -> str:
    """The address without the name and password it may hold: fit for messages and logs."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def describe(error: Exception) -> str:
    """Says in a few words what went wrong on the way, without the nesting of the libraries."""
    import requests  # noqa: PLC0415  (the web process seldom goes out)
    import urllib3  # noqa: PLC0415  (as `requests`)

    text = str(error)
    known: tuple[tuple[type[Exception] | tuple[type[Exception], ...] | str, str], ...] = (
        (requests.exceptions.SSLError, "its certificate is not trusted"),
        (requests.exceptions.ProxyError, "the proxy does not let it through"),
        (requests.exceptions.ConnectTimeout, "no connection in time"),
        (requests.exceptions.ReadTimeout, "no answer in time"),
        ("NameResolutionError", "the name is not known"),
        ("Connection refused", "connection refused"),
        ("Connection reset", "the connection broke"),
        ("unreachable", "network unreachable"),
        ("timed out", "no answer in time"),
        ((requests.exceptions.ConnectionError, urllib3.exceptions.ProtocolError), "the connection broke"),
    )
    for sign, words in known:
        if sign in text if isinstance(sign, str) else isinstance(error, sign):
            return words
    return text[:200] or type(error).__name__

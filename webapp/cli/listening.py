"""The socket of the web server: opened before anything starts, so that a taken port is one clear line."""

import errno
import socket

from webapp.config import Settings
from webapp.errors import AddressUnusable, ListeningUnsafe, PortBusy


def check_safety(settings: Settings) -> None:
    """Refuses to open every text to the network. Raises ListeningUnsafe."""
    if not settings.is_local and settings.access_token is None:
        raise ListeningUnsafe(host=settings.host)


def listen(host: str, port: int) -> socket.socket:
    """Opens the listening socket. Raises PortBusy or AddressUnusable."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _explained(error, host, port) from error
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise _explained(error, host, port) from error
    return opened


def address(host: str, port: int) -> str:
    """The address as a person opens it in a browser on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _explained(error: OSError, host: str, port: int) -> PortBusy | AddressUnusable:
    if error.errno == errno.EADDRINUSE:
        return PortBusy(host=host, port=port)
    return AddressUnusable(host=host, port=port, detail=(error.strerror or str(error)).lower())

"""Finding out within a bounded time whether a server answers at all.

Neither the resolver nor requests keeps to a bound: a resolver without network takes as long as its settings say, and the
connect timeout counts for each address of a name anew (eight for the hosts of large sites).

Lives here: names and connections. Never here: HTTP.
"""

import errno
import queue
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import Any, Final

Address = tuple[int, int, int, str, Any]
"""family, type, protocol, canonical name, address: as socket.getaddrinfo gives them."""

_UNDER_WAY: Final = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY}


class Unreachable(Exception):
    """No address of the name took a connection in time; the message says why, in a few words."""


def require_reachable(host: str, port: int, *, seconds: float) -> None:
    """Connects to all addresses of a name at once and hangs up as soon as one answers. Raises Unreachable.

    `seconds` bounds the whole: looking the name up and connecting.
    """
    until = time.monotonic() + seconds
    addresses = _look_up(host, port, seconds)
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        reason = "no connection in time"
        for family, kind, protocol, _, address in addresses:
            try:
                connection = stack.enter_context(socket.socket(family, kind, protocol))
                connection.setblocking(False)
                status = connection.connect_ex(address)
            except OSError as error:
                status = error.errno or 0
            if status in _UNDER_WAY:
                selector.register(connection, selectors.EVENT_WRITE)
            else:
                reason = _words(status)
        while selector.get_map() and (left := until - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                ready = key.fileobj
                assert isinstance(ready, socket.socket)  # noqa: S101 # nothing else was registered
                status = ready.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if status == 0:
                    return
                reason = _words(status)
                selector.unregister(ready)
        raise Unreachable("no connection in time" if selector.get_map() else reason)


def _look_up(host: str, port: int, seconds: float) -> Sequence[Address]:
    """Asks the resolver from a thread that is left behind when it takes too long: it cannot be interrupted."""
    answers: queue.SimpleQueue[Sequence[Address] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    answer: Sequence[Address] | OSError | UnicodeError | None = None
    with suppress(queue.Empty):
        answer = answers.get(timeout=seconds)
    if answer is None:
        raise Unreachable("the name server does not answer")
    if isinstance(answer, (OSError, UnicodeError)):
        raise Unreachable("the name is not known") from answer
    return answer


def _words(status: int) -> str:
    known = {
        errno.ECONNREFUSED: "connection refused",
        errno.ENETUNREACH: "network unreachable",
        errno.EHOSTUNREACH: "network unreachable",
        errno.EADDRNOTAVAIL: "network unreachable",
        errno.ETIMEDOUT: "no connection in time",
    }
    return known.get(status, "no connection")

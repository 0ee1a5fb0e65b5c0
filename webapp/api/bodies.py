"""Bodies of requests that are too large: told, also where they come in pieces, and read to their end so that it is heard."""

from typing import Final

from flask import has_request_context, request
from werkzeug.exceptions import RequestEntityTooLarge

_MOST_BYTES: Final = 64 << 20
_PIECE: Final = 1 << 16


def whole_body() -> bytes:
    """The body. Raises RequestEntityTooLarge where it is too large.

    A body that is sent in pieces (`Transfer-Encoding: chunked`) does not say how long it is. Werkzeug reads it up to the limit
    and gives what it has read, as if that were all.
    """
    data = request.get_data()
    limit = request.max_content_length
    if request.content_length is None and limit is not None and len(data) >= limit:
        raise RequestEntityTooLarge
    return data


def drain() -> None:
    """Reads and forgets the rest of the body, up to a limit: whoever still sends sees a broken connection otherwise.

    A body that is sent in pieces ends where its server says so; without a server that does, none is read.
    """
    if not has_request_context():
        return
    ends = request.environ.get("wsgi.input_terminated", False)
    left = _MOST_BYTES if ends else min(request.content_length or 0, _MOST_BYTES)
    stream = request.environ["wsgi.input"]
    while left > 0 and (part := stream.read(min(left, _PIECE))):
        left -= len(part)

"""Who may come in until accounts exist: whoever knows the access token.

Lives here: comparing what was given with what is set, for pages and API alike. Never here: requests, cookies, sessions.
"""

import hashlib
import hmac
from typing import Final

_MARK_PURPOSE: Final = b"quatrain session mark"


def token_is_valid(given: str, expected: str) -> bool:
    """Compares an access token in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass"))


def session_mark(expected: str) -> str:
    """What a session keeps once the token was given: 64 hex digits that do not tell it and end with it.

    A session stores this mark, so changing QUATRAIN_ACCESS_TOKEN ends every session that the old one opened.
    """
    return hmac.new(expected.encode("utf-8", "surrogatepass"), _MARK_PURPOSE, hashlib.sha256).hexdigest()


def mark_is_valid(mark: str | None, expected: str) -> bool:
    """Says whether a session's mark was made from the token that is set now."""
    return mark is not None and hmac.compare_digest(mark.encode("utf-8", "surrogatepass"), session_mark(expected).encode("ascii"))

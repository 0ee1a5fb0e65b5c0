"""Rate limits, by key or address: requests a minute, and characters to translate a minute. Flask-Limiter counts.

The counts are kept in Redis where it is set, else in the memory of the web process.
"""

import time
from typing import Final

from apiflask import APIFlask
from flask import current_app, g, request
from flask_limiter import ApplicationLimit, Limiter
from werkzeug.exceptions import HTTPException

from webapp.api.access import caller
from webapp.api.blueprint import context
from webapp.errors import TooManyRequests

_UNLIMITED_PATHS: Final = frozenset({"/languages", "/health", "/spec", "/frontend/settings"})
_WORDS: Final = {"requests": "{} requests a minute", "characters": "{} characters a minute"}


def init_app(app: APIFlask) -> None:
    """Counts every request for the API, after it was found out who sends it."""
    settings = app.extensions["quatrain"].settings
    limiter = Limiter(
        lambda: caller().mark,
        application_limits=[
            _limit("requests", settings.rate_requests, lambda: 1),
            _limit("characters", settings.rate_characters, cost),
        ],
        storage_uri=settings.redis_url or "memory://",
        strategy="fixed-window",
    )
    limiter.init_app(app)
    app.extensions["quatrain.limiter"] = limiter


def _limit(name: str, amount: int, cost_of: object) -> ApplicationLimit:
    return ApplicationLimit(
        limit_provider=f"{amount or 1} per minute",
        scope=name,
        cost=cost_of,  # type: ignore[arg-type]  # a function without arguments
        exempt_when=lambda: amount == 0 or not _is_limited() or (name == "characters" and cost() == 0),
        error_message=_WORDS[name].format(amount),
    )


def _is_limited() -> bool:
    return request.path.startswith("/api/") or (
        request.blueprint == "libretranslate" and request.path not in _UNLIMITED_PATHS and request.method != "OPTIONS"
    )


def cost() -> int:
    """The characters of this request that a machine will have to translate, as far as can be told before it is read."""
    if "quatrain_cost" not in g:
        g.quatrain_cost = _count()
    counted: int = g.quatrain_cost
    return counted


def _count() -> int:
    if request.method not in {"POST", "PUT"} or request.path == "/detect":
        return 0
    values = request.get_json(silent=True) if request.mimetype == "application/json" else request.values
    if request.mimetype == "application/json" and not isinstance(values, dict):
        return 0
    texts = [values.get(name) for name in ("q", "text")] if values else []
    flat = [text for found in texts for text in (found if isinstance(found, list) else [found])]
    return sum(len(text) for text in flat if isinstance(text, str))


def too_many(error: HTTPException) -> TooManyRequests:
    """Our own error for a limit that was reached, with the seconds until there is room again."""
    limiter: Limiter = current_app.extensions["quatrain.limiter"]
    reached = limiter.current_limit
    left = max(1, round(reached.reset_at - time.time())) if reached is not None else 60
    return TooManyRequests(limit=error.description or "", retry_after=left)


def most_at_once() -> int:
    """The characters that one request may have at most because of the limit a minute; 0: as many as it likes."""
    return context().settings.rate_characters

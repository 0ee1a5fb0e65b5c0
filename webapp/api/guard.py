"""What holds for every request of a program before its view runs: who sends it, what they may, the kind and size of the body."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from webapp.api.access import Caller, identify, scope_of
from webapp.api.blueprint import context
from webapp.api.bodies import whole_body
from webapp.api.marks import View, mark
from webapp.api.problems import as_quatrain_error, problem_response, too_large
from webapp.errors import (
    ArticleNotFound,
    CrossSiteRefused,
    MediaTypeUnsupported,
    PageNotFound,
    QuatrainError,
)

OPEN_ENDPOINTS: Final = frozenset({"api.openapi", "api.documentation"})
"""What may be read without the token: it says nothing that is not in the source code."""

BODY_FACTOR: Final = 3
"""A two-byte letter becomes six bytes in the most careful JSON (`\\u00e9`), so a body may be that much longer."""

BODY_MARGIN_BYTES: Final = 64 * 1024
LARGEST_NUMBER: Final = 2**62
FORM: Final = "multipart/form-data"
JSON: Final = "application/json"


def takes(*media_types: str) -> Callable[[View], View]:
    """Marks a view that takes other bodies than JSON."""
    return mark("quatrain_bodies", media_types)


def check_request() -> Response | None:
    """Answers in place of the view when the request cannot be taken; leaves requests for pages alone."""
    if not request.path.startswith("/api/"):
        return None
    try:
        if request.endpoint not in OPEN_ENDPOINTS:
            _check_caller()
        if request.routing_exception is None:
            _check_address()
            _check_body()
    except (QuatrainError, RequestEntityTooLarge) as error:
        return problem_response(as_quatrain_error(error))
    return _misrouted(request.routing_exception)


def _misrouted(error: HTTPException | None) -> Response | None:
    """No address or no such method: the API answers itself, before the pages' handlers can; redirects pass."""
    if error is None or (error.code or 500) < 400:
        return None
    return problem_response(as_quatrain_error(error))


def _check_caller() -> None:
    given = request.authorization
    secret = given.token if given is not None and given.type == "bearer" else None
    found: Caller = identify(secret or None)
    g.quatrain_caller = found
    if request.endpoint is not None:
        found.check(scope_of(request.endpoint, request.method))


def _check_address() -> None:
    """What no database could hold leads to nothing, and never reaches one."""
    for name, value in (request.view_args or {}).items():
        if isinstance(value, int) and value > LARGEST_NUMBER:
            raise PageNotFound
        if name == "article_id" and not (value.isascii() and value.isalnum()):
            raise ArticleNotFound(article_id=value)
        if isinstance(value, str) and ("\0" in value or any("\ud800" <= character <= "\udfff" for character in value)):
            raise PageNotFound


def _check_body() -> None:
    """JSON alone is taken where nothing else is said: a form that another site posts on a reader's behalf never has this type."""
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    others: tuple[str, ...] = getattr(view, "quatrain_bodies", ())
    if request.mimetype in others:
        _check_origin()
    elif not request.mimetype and not request.content_length and "body" not in getattr(view, "_spec", {}):
        _check_origin()  # an operation that needs no body
    elif request.mimetype != JSON:
        raise MediaTypeUnsupported
    _check_size(getattr(view, "quatrain_largest", None))


def _check_size(setting: str | None) -> None:
    """`setting` is what `webapp.api.receiving.up_to` marked the view with; without it an article is sent."""
    settings = context().settings
    if setting is not None:
        largest: int = getattr(settings, setting)
    else:
        texts, files = settings.max_article_bytes * BODY_FACTOR, settings.max_file_bytes if request.mimetype == FORM else 0
        largest = max(texts, files) + BODY_MARGIN_BYTES
    request.max_content_length = largest
    if (request.content_length or 0) > largest:
        raise too_large()
    if request.content_length is None and request.mimetype != FORM:
        whole_body()


def _check_origin() -> None:
    """Refuses what a page of another site can send without asking; browsers name the page's origin with every such request."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        raise CrossSiteRefused

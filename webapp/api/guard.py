"""What holds for every request under /api before its view runs: the token, the address, the kind and size of the body."""

from typing import Final

from flask import Response, request
from werkzeug.exceptions import HTTPException

from webapp.api.blueprint import context
from webapp.api.problems import as_quatrain_error, problem_response
from webapp.errors import AccessDenied, ArticleTooLarge, MediaTypeUnsupported, QuatrainError
from webapp.services.access import token_is_valid

OPEN_ENDPOINTS: Final = frozenset({"api.openapi", "api.documentation"})
"""What may be read without the token: it says nothing that is not in the source code."""

BODY_FACTOR: Final = 3
"""A two-byte letter becomes six bytes in the most careful JSON (`\\u00e9`), so a body may be that much longer."""

BODY_MARGIN_BYTES: Final = 64 * 1024


def check_request() -> Response | None:
    """Answers in place of the view when the request cannot be taken; leaves requests for pages alone."""
    if not request.path.startswith("/api/"):
        return None
    try:
        _check_token()
        if request.routing_exception is None:
            _check_body()
    except QuatrainError as error:
        return problem_response(error)
    return _misrouted(request.routing_exception)


def _misrouted(error: HTTPException | None) -> Response | None:
    """No address or no such method: the API answers itself, before the pages' handlers can; redirects pass."""
    if error is None or (error.code or 500) < 400:
        return None
    return problem_response(as_quatrain_error(error))


def _check_token() -> None:
    expected = context().settings.access_token
    if expected is None or request.endpoint in OPEN_ENDPOINTS:
        return
    given = request.authorization
    if given is None or given.type != "bearer" or not token_is_valid(given.token or "", expected):
        raise AccessDenied


def _check_body() -> None:
    """JSON alone is taken: a form that another site posts on a reader's behalf never has this type."""
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    if request.mimetype != "application/json":
        raise MediaTypeUnsupported
    article_limit = context().settings.max_article_bytes
    request.max_content_length = article_limit * BODY_FACTOR + BODY_MARGIN_BYTES
    size = request.content_length or 0
    if size > request.max_content_length:
        raise ArticleTooLarge(size_bytes=size, limit_bytes=article_limit)

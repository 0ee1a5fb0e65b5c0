"""Errors as problem+json (RFC 9457), one shape everywhere.

`type` is the slug of the error, stable, for programs; `title`, `status` and `detail` are for people; the data of the
exception follows as further members.
"""

import logging
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, Final

from apiflask import HTTPError
from flask import Blueprint, Response, current_app, json, request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as WerkzeugMethodNotAllowed

from webapp import errors
from webapp.api.bodies import drain
from webapp.api.limits import too_many
from webapp.errors import QuatrainError, RequestInvalid, Unexpected

MEDIA_TYPE: Final = "application/problem+json"
_RESERVED: Final = frozenset({"type", "title", "status", "detail"})

EXAMPLE_DATA: Final[dict[str, dict[str, object]]] = {
    "request-invalid": {"detail": "text: Field required", "errors": {"json": {"text": ["Field required"]}}},
    "article-too-large": {"limit_bytes": 1048576},
    "file-too-large": {"limit_bytes": 16777216},
    "article-not-found": {"article_id": "none"},
    "language-unclear": {"language": "it", "probability": 0.99},
    "target-unknown": {"target": "xx", "known": "en, ru, ko"},
    "conflict": {"detail": "Drafting was cancelled.", "article": "/api/v1/articles/ID"},
    "no-route": {"source": "fr", "target": "ko", "command": "quatrain models install en-ko"},
    "entry-not-found": {"entry_id": 7},
    "term-not-found": {"term_id": 3},
    "term-known": {"term": "préfet", "term_id": 3},
    "term-invalid": {"detail": "“préfet” needs a form in at least one target."},
    "import-unreadable": {"name": "news.tmx", "detail": "line 3: mismatched tag"},
    "import-too-large": {"limit_bytes": 268435456},
    "unexpected": {"reference": "1f2e3d4c"},
    "host-refused": {"host": "example.org"},
    "database-unavailable": {"detail": "the file is locked"},
    "method-not-allowed": {"allowed": ["GET"]},
    "history-not-found": {"history_id": 42},
    "webhook-not-found": {"webhook_id": 1},
    "webhook-address-refused": {"url": "http://127.0.0.1/", "detail": "it leads to 127.0.0.1, which is not a public address"},
    "revision-changed": {
        "mine": "Музей открывается вновь.",
        "theirs": "Музей вновь открывает двери.",
        "who": "local",
        "at": "2026-11-24T08:30:00+00:00",
        "state": "translated",
        "revision": 3,
        "etag": '"3"',
    },
    "findings-open": {"count": 1, "findings": [{"id": 5, "check": "numbers", "text": "3,000 is missing."}]},
    "search-invalid": {"detail": "The expression has an open bracket."},
    "pivot-unavailable": {"target": "en"},
    "comment-of-another": {"who": "Vera"},
    "file-type-unsupported": {"name": "article.pdf"},
    "package-records-unreadable": {"path": "packages.lock.json", "detail": "it is not JSON"},
    "scope-missing": {"scope": "review"},
    "too-many-requests": {"limit": "60 requests a minute", "retry_after": 12},
    "no-answer": {"seconds": 300},
    "language-mismatch": {"language": "fr", "target": "ru"},
    "too-many-segments": {"count": 61_234, "limit": 50_000},
    "alignment-not-found": {"alignment_id": "3f9c21d07a54be18"},
    "brought-not-found": {"target": "ru"},
    "repair-impossible": {"detail": "There is no row below it."},
}
"""Data for the examples in the OpenAPI document, by slug."""

log = logging.getLogger(__name__)


def problem(error: QuatrainError) -> dict[str, Any]:
    """The members of the problem; data that would hide one of the four fixed ones is already in `detail`."""
    return members(type(error), str(error), error.data)


def members(kind: type[QuatrainError], detail: str, data: Mapping[str, object]) -> dict[str, Any]:
    """The same for an error that is known by its class and words only, as a job keeps them."""
    more = {name: _plain(value) for name, value in data.items() if name not in _RESERVED}
    return {"type": kind.slug, "title": kind.title, "status": kind.status, "detail": detail, **more}


def problem_response(error: QuatrainError) -> Response:
    """The answer to send; it is never cached."""
    return respond(problem(error))


def respond(body: Mapping[str, Any]) -> Response:
    """Sends the members of a problem."""
    headers = {"Cache-Control": "no-store"}
    if body["status"] == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Quatrain"'
    if body["status"] == 503:
        headers["Retry-After"] = "5"
    if body["status"] == 429:
        headers["Retry-After"] = str(body.get("retry_after", 60))
    if body["status"] == 405:
        headers["Allow"] = ", ".join(body.get("allowed", ()))
    if body["status"] == 413:
        drain()
    return Response(json.dumps(body) + "\n", body["status"], headers, mimetype=MEDIA_TYPE)


def as_quatrain_error(error: Exception) -> QuatrainError:
    """Finds our own class for whatever was raised; what nobody foresaw becomes Unexpected, and goes to the log."""
    if isinstance(error, QuatrainError):
        return error
    if isinstance(error, HTTPError) and isinstance(error.detail, Mapping) and error.detail:
        return RequestInvalid(detail=_first_complaint(error.detail), errors=error.detail)
    if isinstance(error, RecursionError):
        return RequestInvalid(detail="The JSON is nested too deeply.")
    if isinstance(error, HTTPException):
        return _from_werkzeug(error)
    return _unexpected(error)


def handle_errors(blueprint: Blueprint) -> None:
    """Makes every exception that a view of the blueprint raises leave as a problem."""

    def answer(error: Exception) -> Response:
        return problem_response(as_quatrain_error(error))

    for kind in (Exception, QuatrainError, HTTPError, HTTPException):
        blueprint.register_error_handler(kind, answer)


def error_classes() -> Iterator[type[QuatrainError]]:
    """Every class of the tree in `webapp.errors`, the root first."""
    open_classes = [QuatrainError]
    while open_classes:
        found = open_classes.pop(0)
        yield found
        open_classes += found.__subclasses__()


def error_class(slug: str) -> type[QuatrainError]:
    """The class with that slug, `EngineFailed` where there is none (an older or newer version wrote it)."""
    return next((found for found in error_classes() if found.slug == slug), errors.EngineFailed)


def problems(*slugs: str) -> dict[int | str, Any]:
    """The errors of an operation for its OpenAPI responses, by status, each with an example.

    What every operation may answer (a missing token, a wrong type of body) is added by `webapp.api.spec`.
    """
    found: dict[int | str, Any] = {}
    for slug in slugs:
        kind = error_class(slug)
        response = found.setdefault(kind.status, problem_description())
        response["content"][MEDIA_TYPE]["examples"][slug] = {"summary": kind.title, "value": _example(kind)}
    for response in found.values():
        response["description"] = " Or: ".join(e["summary"] for e in response["content"][MEDIA_TYPE]["examples"].values())
    return found


def problem_description() -> dict[str, Any]:
    """An OpenAPI response whose body is a problem, without examples yet."""
    return {"description": "", "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}}}


def _example(kind: type[QuatrainError]) -> dict[str, Any]:
    data = EXAMPLE_DATA.get(kind.slug, {})
    return members(kind, kind.message % _Places(data), data)


class _Places(dict[str, object]):
    """The data of an example; what it lacks is an ellipsis in the message."""

    def __missing__(self, name: str) -> str:
        return "…"


def _from_werkzeug(error: HTTPException) -> QuatrainError:
    if found := _of_status(error):
        return found
    if error.code is not None and error.code < 500:
        return RequestInvalid(detail=error.description or error.name)
    return _unexpected(error)


def _of_status(error: HTTPException) -> QuatrainError | None:
    match error.code:
        case 404:
            return errors.PageNotFound()
        case 405:
            allowed = error.valid_methods if isinstance(error, WerkzeugMethodNotAllowed) else None
            return errors.MethodNotAllowed(allowed=sorted(set(allowed or ()) - {"HEAD", "OPTIONS"}))
        case 413:
            return too_large()
        case 415:
            return errors.MediaTypeUnsupported()
        case 429:
            return too_many(error)
    return None


def too_large() -> QuatrainError:
    """What a body larger than its view takes is: a file of terms or translations, a document, or a text."""
    settings = current_app.extensions["quatrain"].settings
    view = current_app.view_functions.get(request.endpoint or "")
    if (setting := getattr(view, "quatrain_largest", None)) is not None:
        return errors.ImportTooLarge(limit_bytes=getattr(settings, setting))
    if request.mimetype == "multipart/form-data":
        return errors.FileTooLarge(limit_bytes=settings.max_file_bytes)
    return errors.ArticleTooLarge(limit_bytes=settings.max_article_bytes)


def _first_complaint(detail: Mapping[str, Any]) -> str:
    """`text: Field required`, from APIFlask's {location: {field: [messages]}}."""
    for fields in detail.values():
        for field, messages in fields.items():
            return str(messages[0]) if field == "_schema" else f"{field}: {messages[0]}"
    return "The request is not of the right form."


def _unexpected(error: Exception) -> QuatrainError:
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s", reference, exc_info=error)
    return Unexpected(reference=reference)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)

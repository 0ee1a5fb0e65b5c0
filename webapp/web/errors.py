"""Errors as readers see them: the words of the tree in their language, on a page or near where it happened."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from webapp import errors
from webapp.domain import InstallView, JobView
from webapp.errors import QuatrainError
from webapp.web.formats import language_name, number
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.guard import LARGE_UPLOADS, is_api

log = logging.getLogger(__name__)

_LANGUAGE_DATA: Final = frozenset({"language", "source", "target"})
_DRAIN_BYTES: Final = 64 << 20
_BY_STATUS: Final[dict[int, type[QuatrainError]]] = {404: errors.PageNotFound, 405: errors.MethodNotAllowed}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error in the reader's words; `slug` is for tests and style, never shown alone."""

    slug: str
    status: int
    title: str
    message: str


def problem_of(error: QuatrainError) -> Problem:
    """Puts an error's title and message into the language of the interface, its figures and language names too."""
    data = {name: _readable(name, value) for name, value in error.data.items()}
    return Problem(error.slug, error.status, gettext(error.title), gettext(error.message) % data)


def problem_of_job(view: JobView | InstallView) -> Problem | None:
    """What the worker's job ended with, None if it did not fail; one nobody knows any more keeps the words it was stored with."""
    if view.error is None:
        return None
    kind = next((found for found in _classes() if found.slug == view.error), None)
    try:
        return problem_of((kind or errors.EngineFailed)(**view.error_data))
    except (KeyError, TypeError, ValueError):
        return Problem(view.error, 500, gettext(errors.EngineFailed.title), view.detail or "")


def as_quatrain_error(error: Exception) -> QuatrainError:
    """Finds our own class for whatever was raised; what nobody foresaw is logged and becomes Unexpected."""
    if isinstance(error, QuatrainError):
        return error
    if isinstance(error, CSRFError):
        return errors.FormExpired()
    if isinstance(error, HTTPException) and error.code in _BY_STATUS:
        return _BY_STATUS[error.code]()
    if isinstance(error, RequestEntityTooLarge):
        return _too_large()
    if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        return errors.RequestInvalid(detail=error.description or error.name)
    reference = secrets.token_hex(4)
    log.error("unexpected error, reference %s", reference, exc_info=error)
    return errors.Unexpected(reference=reference)


def _too_large() -> QuatrainError:
    """What was too large, by where it was sent and how: a file of terms, a document, or a text."""
    settings, size = context().settings, request.content_length or 0
    if request.endpoint in LARGE_UPLOADS:
        return errors.ImportTooLarge(limit_bytes=settings.max_import_bytes)
    if request.mimetype == "multipart/form-data" and size > settings.max_file_bytes:
        return errors.FileTooLarge(size_bytes=size, limit_bytes=settings.max_file_bytes)
    return errors.ArticleTooLarge(size_bytes=size, limit_bytes=settings.max_article_bytes)


def answer(error: QuatrainError) -> Response:
    """The error as a page, or as the fragment that htmx puts near where it happened."""
    problem = problem_of(error)
    if wants_fragment():
        body: str = fragment("_problem.html", problem=problem)
    else:
        body = _page(problem)
    response = make_response(body, problem.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(problem: Problem) -> str:
    try:
        return render_template("error.html", problem=problem)
    except Exception:  # an error page that breaks must not hide the error
        log.exception("the error page could not be made")
        return f"<!doctype html><title>Quatrain</title><h1>{escape(problem.title)}</h1><p>{escape(problem.message)}</p>"


def init_app(app: Flask) -> None:
    """Makes every error leave as a page with the words of the tree; never a traceback."""

    def handle(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException) and error.code is not None and error.code < 400:
            return error  # a redirect of the router's
        found = as_quatrain_error(error)
        if found.status == 413 and not is_api():
            _drain()
        return answer(found)

    for kind in (Exception, QuatrainError, HTTPException, CSRFError):
        app.register_error_handler(kind, handle)


def _drain() -> None:
    """Reads on what is still being sent: browsers show a broken connection instead of our page if nobody does."""
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, _DRAIN_BYTES)
    while left > 0 and (part := stream.read(min(left, 1 << 16))):
        left -= len(part)


def _readable(name: str, value: object) -> object:
    if isinstance(value, str) and name in _LANGUAGE_DATA:
        return language_name(value)
    if isinstance(value, int) and name.endswith("_bytes"):
        return number(value)
    return value


def _classes() -> Iterator[type[QuatrainError]]:
    waiting = [QuatrainError]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += found.__subclasses__()

"""What all operations have in common: how they are described, how they answer, how a change is made."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from flask import Response, request, url_for
from pydantic import BaseModel

from webapp.api.access import needs
from webapp.api.blueprint import api, context
from webapp.api.marks import View, mark
from webapp.api.problems import problems
from webapp.errors import EditConflict, PreconditionRequired, RequestInvalid, RevisionChanged
from webapp.storage.store import Transaction

T = TypeVar("T")

ARTICLE: Final = ("article-not-found",)
SENTENCE: Final = ("article-not-found", "sentence-not-found", "target-unknown")
EDIT: Final = (*SENTENCE, "text-missing", "revision-changed", "precondition-required", "request-invalid")
IF_MATCH: Final[dict[str, Any]] = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the translation that was read; `*` replaces whatever stands there.",
    "schema": {"type": "string"},
    "example": '"3.8d1e"',
}


__all__ = [
    "ARTICLE",
    "EDIT",
    "IF_MATCH",
    "SENTENCE",
    "base_revision",
    "change",
    "described_by",
    "needs",
    "operation",
    "page_links",
    "precondition",
    "read",
    "reply",
]


def operation(
    summary: str,
    *,
    id: str,
    tag: str,
    errors: tuple[str, ...] = (),
    description: str = "",
    more: Mapping[int | str, Any] | None = None,
) -> Callable[[View], View]:
    """Describes an operation; `errors` are the slugs of what may go wrong, `more` are further answers."""
    responses: dict[int | str, Any] = problems(*errors)
    responses.update(more or {})
    described: Callable[[View], View] = api.doc(
        summary=summary, description=description or summary + ".", tags=[tag], operation_id=id, responses=responses
    )
    return described


def described_by(**parts: Any) -> Callable[[View], View]:
    """Adds to the description of an operation what APIFlask has no words for: `parameters` in headers, a `requestBody`."""
    return mark("quatrain_description", parts)


def reply(body: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answers with JSON."""
    return Response(body.model_dump_json(by_alias=True) + "\n", status, dict(headers or {}), mimetype="application/json")


def read(look: Callable[[Transaction], T]) -> T:
    """Looks at one state of the database."""
    with context().store.read() as tx:
        return look(tx)


def change(act: Callable[[Transaction], T]) -> T:
    """Changes something, and tells the workers that there may be something to do."""
    with context().store.begin() as tx:
        done = act(tx)
    context().wake()
    return done


def page_links(endpoint: str, *, total: int, limit: int, offset: int, **arguments: object) -> str:
    """The header `Link` (RFC 8288): first, prev, next and last, those that lead somewhere."""
    offsets: dict[str, int | None] = {
        "first": 0,
        "prev": max(offset - limit, 0) if offset else None,
        "next": offset + limit if offset + limit < total else None,
        "last": max(total - 1, 0) // limit * limit,
    }
    kept = {name: value for name, value in arguments.items() if value not in (None, "", False)}
    links = {
        relation: url_for(endpoint, limit=limit, offset=start, **kept)  # type: ignore[arg-type] # no argument is called as one of Flask's own
        for relation, start in offsets.items()
        if start is not None
    }
    return ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items())


def base_revision() -> int | None:
    """The revision that was edited, from `If-Match`; None for `*`. Raises PreconditionRequired or RequestInvalid."""
    if "If-Match" not in request.headers:
        raise PreconditionRequired
    if request.if_match.star_tag:
        return None
    tags = request.if_match.as_set(include_weak=True)
    number = (next(iter(tags)) or "").partition(".")[0] if len(tags) == 1 else ""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise RequestInvalid(detail="If-Match: not the ETag of a translation.")
    return int(number)


@contextmanager
def precondition() -> Iterator[None]:
    """Turns the conflict of an edit that was made of an earlier text into 412 with the text of now."""
    try:
        yield
    except EditConflict as error:
        data = {name: value for name, value in error.data.items() if name != "base"}
        raise RevisionChanged(**data, etag=f'"{error.data["revision"]}"') from error


@api.after_request
def tag(response: Response) -> Response:
    """Gives every answer to a GET an ETag, and sends 304 instead where the client has it already."""
    if request.method != "GET" or response.status_code != 200 or response.is_streamed or response.mimetype != "application/json":
        return response
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if "ETag" not in response.headers:
        response.add_etag(weak=True)
    response.make_conditional(request)
    return response

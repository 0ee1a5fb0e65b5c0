"""From the body of a request to a stored article."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from flask import Response, request, url_for

from webapp.api.access import caller, who
from webapp.api.blueprint import context
from webapp.api.schemas import AcceptedModel, ArticleIn
from webapp.domain import JobStatus, SourceText
from webapp.errors import RequestInvalid
from webapp.services.articles import create_article, known_targets
from webapp.services.idempotency import Once, create_once
from webapp.text.read import read_article

IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Any word of up to 255 characters, new for every new request. Sent again within a day with the same request, "
    "it gets the article of the first time instead of a second one.",
    "schema": {"type": "string"},
    "example": "2f0c8c1e-cms-4711",
}


def store_article(body: ArticleIn) -> str:
    """Reads and stores the article, wakes the worker, and returns the id.

    Raises TargetUnknown and whatever reading raises (EmptyArticle, ArticleTooLarge, LanguageUnclear).
    """
    here = context()
    source = read_article(
        body.text, title=body.title, max_bytes=here.settings.max_article_bytes, accept_any_language=body.any_language
    )
    return store_source(source, body.targets)


def store_source(source: SourceText, targets: Sequence[str] | None) -> str:
    """Stores what was read, once however often the request comes, and wakes the worker; returns the id. Raises TargetUnknown."""
    here = context()
    wanted = known_targets(here.settings.targets if targets is None else targets)
    article_id, is_new = create_once(here.store, _once(), lambda tx: create_article(tx, source, wanted, who=who()))
    if is_new:
        here.wake()
    return article_id


def _once() -> Once | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 0 < len(key) <= 255 or not key.isprintable():
        raise RequestInvalid(detail="Idempotency-Key: 1 to 255 printable characters are needed.")
    asked = hashlib.sha256(request.full_path.encode("utf-8", "surrogatepass"))
    if request.mimetype == "multipart/form-data":  # its boundary differs every time
        for name, value in sorted(request.form.items(multi=True)):
            asked.update(f"\0{name}\0{value}".encode("utf-8", "surrogatepass"))
        for name, file in sorted(request.files.items(multi=True)):
            asked.update(f"\0{name}\0{file.filename}\0".encode("utf-8", "surrogatepass") + file.read())
            file.seek(0)
    else:
        asked.update(request.get_data(cache=True))
    return Once(caller().mark, key, asked.hexdigest())


def accepted(article_id: str, status: JobStatus = JobStatus.WAITING) -> Response:
    """202 with the address of the document and how soon to look."""
    url = url_for("api.get_article", article_id=article_id)
    body = AcceptedModel(id=article_id, status=status, url=url).model_dump_json() + "\n"
    return Response(body, 202, {"Location": url, "Retry-After": "1"}, mimetype="application/json")

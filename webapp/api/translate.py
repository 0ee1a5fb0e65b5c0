"""`POST /translate`: an article in, the document out, in one request when it is quick enough."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from flask import Response, current_app, url_for

from webapp.api import examples
from webapp.api.articles import document_response
from webapp.api.blueprint import api, context
from webapp.api.operations import needs
from webapp.api.problems import error_class, members, problems, respond
from webapp.api.reading import accepted, store_article
from webapp.api.schemas import TranslateIn
from webapp.config import Settings
from webapp.domain import JobStatus, JobView
from webapp.errors import Conflict
from webapp.exports.document import DocumentModel
from webapp.services.articles import get_document, get_job
from webapp.services.keys import Scope
from webapp.services.links import with_links

OPEN: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})
FIRST_PAUSE_SECONDS: Final = 0.05
LONGEST_PAUSE_SECONDS: Final = 1.0


def waiting_places(settings: Settings) -> BoundedSemaphore:
    """How many requests may wait at the same time: half of the threads, so that pages always find one."""
    return BoundedSemaphore(max(1, settings.web_threads // 2))


@api.post("/translate")
@api.input(TranslateIn, location="json", arg_name="body", examples=examples.named(examples.TRANSLATE_IN))
@api.output(DocumentModel, description="Done: the document.", example=examples.DOCUMENT)
@api.doc(
    summary="Translate an article",
    description="Stores the article, waits up to `wait_seconds`, and answers the document. When it takes longer, or when many "
    "others are waiting, the answer is 202: ask for the address in `Location` later.",
    tags=["Translation"],
    operation_id="translate",
    responses={
        **examples.response(202, "Not done yet.", "AcceptedModel", examples.ACCEPTED_RUNNING),
        **problems(
            "request-invalid", "article-empty", "target-unknown", "language-unclear", "article-too-large", "conflict", "no-route"
        ),
    },
)
@needs(Scope.TRANSLATE)
def translate(body: TranslateIn) -> Response:
    article_id = store_article(body)
    with _place() as may_wait:
        job = wait_until_final(article_id, body.wait_seconds if may_wait else 0)
    if job.status in OPEN:
        return accepted(article_id, job.status)
    if job.status is JobStatus.DONE:
        with context().store.read() as tx:
            return document_response(with_links(tx, get_document(tx, article_id)))
    return _not_done(article_id, job)


def wait_until_final(article_id: str, seconds: float) -> JobView:
    """Looks at the job, in longer and longer pauses, until it is final or the time is over. Raises ArticleNotFound."""
    deadline = time.monotonic() + seconds
    pause = FIRST_PAUSE_SECONDS
    while True:
        with context().store.read() as tx:
            job = get_job(tx, article_id)
        left = deadline - time.monotonic()
        if job.status not in OPEN or left <= 0:
            return job
        time.sleep(min(pause, left))
        pause = min(pause * 1.3, LONGEST_PAUSE_SECONDS)


@contextmanager
def _place() -> Iterator[bool]:
    places: BoundedSemaphore = current_app.extensions["quatrain.waiting"]
    got = places.acquire(blocking=False)
    try:
        yield got
    finally:
        if got:
            places.release()


def _not_done(article_id: str, job: JobView) -> Response:
    """A failed or cancelled job as a problem; what was drafted stays at `article`."""
    address = {"article": url_for("api.get_article", article_id=article_id)}
    if job.status is JobStatus.CANCELLED:
        return respond(members(Conflict, "Drafting was cancelled.", address))
    return respond(members(error_class(job.error or ""), job.detail or "", address))

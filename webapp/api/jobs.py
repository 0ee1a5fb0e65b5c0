"""Drafting jobs: how far they are, cancelled, tried again, and followed as server-sent events."""

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any, Final

from flask import Response, current_app, url_for

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.operations import ARTICLE, change, needs, operation, read, reply
from webapp.api.schemas import JobModel
from webapp.domain import JobStatus, JobView
from webapp.errors import QuatrainError, ServerBusy
from webapp.exports.document import FailureModel, ProgressModel
from webapp.services.articles import get_job, get_revision
from webapp.services.drafting import cancel_drafting, redraft_starter_drafts, retry_drafting
from webapp.services.keys import Scope
from webapp.storage.store import Store

TAG: Final = "Jobs"
OPEN: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})
LOOK_SECONDS: Final = 0.5
HEARTBEAT_SECONDS: Final = 15.0
LONGEST_SECONDS: Final = 300.0
"""A stream ends after this; EventSource comes back by itself."""


def event_places(threads: int) -> BoundedSemaphore:
    """How many streams may be open at the same time: each keeps a thread, and pages need some."""
    return BoundedSemaphore(max(1, threads // 2))


@api.get("/articles/<string:article_id>/job")
@api.output(JobModel, description="Where the drafting stands.", example=examples.JOB)
@operation("Get the drafting job of an article", id="getJob", tag=TAG, errors=ARTICLE)
def get_article_job(article_id: str) -> Response:
    return _answer(article_id, 200)


@api.post("/articles/<string:article_id>/job/cancel")
@api.output(JobModel, description="It does not go on; what was drafted stays.", example=examples.JOB_CANCELLED)
@operation("Cancel drafting", id="cancelJob", tag=TAG, errors=ARTICLE, description="Does nothing to a job that has ended.")
@needs(Scope.TRANSLATE)
def cancel(article_id: str) -> Response:
    change(lambda tx: cancel_drafting(tx, article_id))
    return _answer(article_id, 200)


@api.post("/articles/<string:article_id>/job/retry")
@api.output(JobModel, status_code=202, description="It is queued again.", example=examples.JOB)
@operation(
    "Draft what an article still lacks", id="retryJob", tag=TAG, errors=ARTICLE, description="After a failure or a cancellation."
)
@needs(Scope.TRANSLATE)
def retry(article_id: str) -> Response:
    change(lambda tx: retry_drafting(tx, article_id))
    return _answer(article_id, 202)


@api.post("/articles/<string:article_id>/job/redraft")
@api.output(JobModel, status_code=202, description="It is queued, if there was anything.", example=examples.JOB)
@operation(
    "Draft again what the starter packages drafted",
    id="redraft",
    tag=TAG,
    errors=ARTICLE,
    description="With the packages of now; what a person has touched stays.",
)
@needs(Scope.TRANSLATE)
def redraft(article_id: str) -> Response:
    change(lambda tx: redraft_starter_drafts(tx, article_id))
    return _answer(article_id, 202)


def _answer(article_id: str, status: int) -> Response:
    job = read(lambda tx: get_job(tx, article_id))
    headers = {"Retry-After": "1", "Location": url_for("api.get_article_job", article_id=article_id)} if status == 202 else {}
    return reply(job_model(article_id, job), status, headers)


def job_model(article_id: str, job: JobView) -> JobModel:
    """Puts a job into its shape."""
    return JobModel(
        article_id=article_id,
        status=job.status,
        progress=ProgressModel(done=job.done, total=job.total, seconds_left=job.seconds_left),
        position=job.position,
        error=FailureModel(type=job.error, detail=job.detail or "") if job.error else None,
    )


# --- server-sent events ---------------------------------------------------------------------------------------------

_STREAM: Final[dict[int | str, Any]] = {
    200: {
        "description": "A stream of `progress` events, each a job as JSON; an `end` event is the last one.",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "description": "One event.",
                    "properties": {
                        "event": {"type": "string", "enum": ["progress", "end"]},
                        "data": {"type": "string", "description": "A job, as JSON."},
                    },
                },
                "examples": {
                    name: {"summary": f"{name}", "value": {"event": name, "data": json.dumps(job)}}
                    for name, job in (("progress", examples.JOB), ("end", examples.JOB_DONE))
                },
            }
        },
    }
}


@api.get("/articles/<string:article_id>/events")
@operation(
    "Follow the drafting of an article",
    id="followJob",
    tag=TAG,
    errors=(*ARTICLE, "server-busy"),
    description="Server-sent events: `progress` whenever something changed, `end` when drafting has ended. A comment comes every "
    "15 seconds as a sign of life. The stream ends after five minutes at the latest; EventSource connects again by itself. Each "
    "stream keeps a thread of the server, so there are few places: 503 when they are taken, then look at the job instead.",
    more=_STREAM,
)
def follow(article_id: str) -> Response:
    job = read(lambda tx: get_job(tx, article_id))
    places: BoundedSemaphore = current_app.extensions["quatrain.event_places"]
    if not places.acquire(blocking=False):
        raise ServerBusy
    stream = _Stream(context().store, article_id, job, places)
    response = Response(stream, mimetype="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    response.call_on_close(stream.close)
    return response


class _Stream:
    """The events of one article for one reader; gives its place back when it ends or the reader leaves."""

    def __init__(self, store: Store, article_id: str, job: JobView, places: BoundedSemaphore) -> None:
        self._store, self._article_id, self._job = store, article_id, job
        self._places, self._is_open = places, True
        self._events = self._run()

    def __iter__(self) -> Iterator[str]:
        return self._events

    def close(self) -> None:
        """Ends the stream."""
        if self._is_open:
            self._is_open = False
            self._places.release()

    def _run(self) -> Iterator[str]:
        yield "retry: 3000\n\n"
        begun = said_at = time.monotonic()
        revision: tuple[int, JobStatus] | None = None
        while self._is_open and time.monotonic() - begun < LONGEST_SECONDS:
            try:
                now = self._look()
            except QuatrainError:  # deleted meanwhile, or the database is away: the reader asks again and is told
                return
            if now[0] != revision:
                yield _event("progress", job_model(self._article_id, now[1]))
                revision, said_at = now[0], time.monotonic()
            if now[1].status not in OPEN:
                yield _event("end", job_model(self._article_id, now[1]))
                return
            if time.monotonic() - said_at > HEARTBEAT_SECONDS:
                yield ": alive\n\n"
                said_at = time.monotonic()
            time.sleep(LOOK_SECONDS)

    def _look(self) -> tuple[tuple[int, JobStatus], JobView]:
        with self._store.read() as tx:
            job = get_job(tx, self._article_id)
            return (get_revision(tx, self._article_id), job.status), job


def _event(name: str, job: JobModel) -> str:
    return f"event: {name}\ndata: {job.model_dump_json()}\n\n"

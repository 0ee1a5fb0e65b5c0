"""Errors as readers see them: the same words everywhere, never a traceback."""

import logging
import re
from typing import Any

import pytest

from tests.web.conftest import FRENCH, HTMX, Reader
from webapp import errors
from webapp.domain import JobStatus, JobView
from webapp.errors import NoRoute, QuatrainError
from webapp.web import home
from webapp.web.errors import _classes, problem_of, problem_of_job


def test_an_unknown_address_is_a_page_with_the_way_home(reader: Reader) -> None:
    answer = reader.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
    assert 'href="/"' in answer.text


def test_a_wrong_method_is_a_page_too(reader: Reader) -> None:
    answer = reader.get("/preferences")
    assert answer.status_code == 405
    assert "Not possible here" in answer.text


def test_what_nobody_foresaw_is_logged_under_the_reference_the_page_shows(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(home, "read_listing", broken)
    with caplog.at_level(logging.ERROR):
        answer = reader.get("/")
    assert answer.status_code == 500
    assert "Something unexpected happened" in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    reference = caplog.records[0].args[0]  # type: ignore[index]
    assert str(reference) in answer.text


def test_htmx_gets_the_error_as_a_fragment(reader: Reader) -> None:
    answer = reader.get("/articles/gone", headers=HTMX)
    assert answer.status_code == 404
    assert answer.text.lstrip().startswith('<div class="problem" id="problem" role="alert">')


def test_errors_are_said_in_the_readers_language_with_figures_and_names_as_it_writes_them(reader: Reader) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": "fr"}):
        large = problem_of(errors.ArticleTooLarge(size_bytes=2, limit_bytes=1048576))
        assert "1\u202f048\u202f576\u00a0octets" in large.message
        route = problem_of(NoRoute(source="fr", target="ko", command="quatrain models install en-ko"))
        assert "coréen" in route.message
        assert "quatrain models install en-ko" in route.message


@pytest.mark.parametrize("language", ["fr", "en", "ru", "ko"])
def test_every_error_can_be_said_in_every_language(reader: Reader, language: str) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": language}):
        for kind in _classes():
            error = kind.__new__(kind)
            error.data = dict.fromkeys(re.findall(r"%\((\w+)\)s", kind.message), "…")
            assert problem_of(error).title
            assert problem_of(error).message


def test_what_a_job_ended_with_is_said_in_the_readers_language(reader: Reader) -> None:
    with reader.app.test_request_context(headers={"Accept-Language": "ru"}):
        failed = JobView(JobStatus.FAILED, 1, 2, error="engine-failed", detail="…", error_data={"detail": "out of memory"})
        problem = problem_of_job(failed)
        assert problem is not None
        assert problem.message == "Движок остановился: out of memory. Уже переведённое сохранено. Попробуйте снова."
        assert problem_of_job(JobView(JobStatus.DONE, 2, 2)) is None


def test_an_error_of_another_version_keeps_the_words_it_was_stored_with(reader: Reader) -> None:
    with reader.app.test_request_context():
        problem = problem_of_job(JobView(JobStatus.FAILED, 1, 2, error="from-the-future", detail="The sun went out."))
        assert problem is not None
        assert "The sun went out." in problem.message
        odd = problem_of_job(JobView(JobStatus.FAILED, 1, 2, error="no-route", detail="No way.", error_data={}))
        assert odd is not None
        assert odd.message == "No way."


def test_the_tree_is_walked_whole() -> None:
    assert {QuatrainError, NoRoute, errors.PackageNotAZip} <= set(_classes())


def test_even_an_error_page_that_cannot_be_made_says_something(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.errors.render_template", lambda *_, **__: 1 / 0)
    answer = reader.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_the_database_going_away_is_said_in_words(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> None:
        raise errors.DatabaseUnavailable(detail="connection refused")

    monkeypatch.setattr(home, "read_listing", gone)
    answer = reader.get("/")
    assert answer.status_code == 503
    assert "connection refused" in answer.text
    assert reader.post("/articles", {"text": FRENCH}).status_code == 303

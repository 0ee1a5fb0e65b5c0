"""The API beside the pages: each answers in its own manner, and neither disturbs the other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import FRENCH, make_context
from webapp.app import create_app
from webapp.config import Settings


@pytest.fixture
def client(settings: Settings, empty_database: Path) -> Iterator[FlaskClient]:
    context = make_context(replace(settings, allowed_hosts=("localhost", "quatrain.example")), empty_database)
    yield create_app(context).test_client()
    context.store.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/v1/nothing", 404), ("GET", "/api/", 404), ("PUT", "/api/v1/articles", 405), ("POST", "/api/v1/articles", 415)],
)
def test_errors_under_api_are_problems_and_others_are_pages(method: str, path: str, status: int, client: FlaskClient) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    page = client.get("/nothing")
    assert (page.status_code, page.mimetype) == (404, "text/html")


@pytest.mark.parametrize("path", ["/api/v1/articles", "/api/v1/docs"])
def test_a_name_the_server_does_not_answer_to_is_a_problem(path: str, client: FlaskClient) -> None:
    answer = client.get(path, headers={"Host": "rebound.example"})
    assert (answer.status_code, answer.mimetype) == (421, "application/problem+json")
    assert client.get(path, headers={"Host": "quatrain.example"}).status_code == 200


def test_programs_need_no_form_token_and_other_sites_are_kept_out(client: FlaskClient) -> None:
    assert client.post("/api/v1/articles", json={"text": FRENCH}).status_code == 202
    forged = client.post("/api/v1/articles", json={"text": FRENCH}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (forged.status_code, forged.mimetype) == (403, "application/problem+json")


def test_answers_of_the_api_carry_the_security_headers(client: FlaskClient) -> None:
    headers = client.get("/api/v1/articles").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


def test_the_documentation_page_keeps_its_own_policy(client: FlaskClient) -> None:
    policy = client.get("/api/v1/docs").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self';" in policy


def test_whoever_watches_the_server_may_ask_by_any_name(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_the_pages_are_not_part_of_the_description(client: FlaskClient) -> None:
    spec = client.get("/api/v1/openapi.json").json
    assert spec is not None
    assert all(path.startswith("/api/v1/") or path in {"/healthz", "/readyz"} for path in spec["paths"])

"""What holds for every request and every answer: names, forged forms, headers."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import FRENCH, Reader
from webapp.web.guard import HEADERS, host_name

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "webapp" / "static"


@pytest.mark.parametrize(
    "path", ["/", "/articles/new", "/models", "/nowhere", "/static/quatrain.css", "/healthz", "/api/v1/languages"]
)
def test_every_answer_carries_the_security_headers(reader: Reader, path: str) -> None:
    answer = reader.get(path)
    for name in HEADERS:
        assert name in answer.headers, name
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_policy_of_pages_allows_nothing_inline_and_nothing_from_elsewhere(reader: Reader) -> None:
    policy = reader.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8044", "[::1]:8044", "LOCALHOST:1", "localhost."])
def test_the_names_of_this_machine_are_answered(reader: Reader, host: str) -> None:
    assert reader.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "[::1", "", "localhost evil"]
)
def test_other_names_are_refused_in_words(reader: Reader, host: str) -> None:
    answer = reader.client.get("/", environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 421
    assert "QUATRAIN_ALLOWED_HOSTS" in answer.text


def test_names_that_are_set_are_answered_whatever_the_port(make_reader: Any) -> None:
    reader = make_reader(allowed_hosts=("traduction.example",))
    assert reader.get("/", headers={"Host": "Traduction.example:8443"}).status_code == 200
    assert reader.get("/", headers={"Host": "localhost"}).status_code == 421


def test_host_names_are_read_without_port_brackets_and_final_dot() -> None:
    assert host_name("Example.ORG.:80") == "example.org"
    assert host_name("[::1]:80") == "::1"
    assert host_name("[::1") == ""


def test_no_form_without_its_token_changes_anything(reader: Reader) -> None:
    rules = [r for r in reader.app.url_map.iter_rules() if "POST" in (r.methods or ()) and not r.rule.startswith("/api/")]
    posts = [r for r in rules if not r.endpoint.startswith("libretranslate.")]  # for programs: they bring a key, never a cookie
    assert len(posts) > 20
    for rule in posts:
        path = re.sub(r"<int:\w+>", "1", rule.rule)
        answer = reader.client.post(re.sub(r"<\w+>", "x", path), data={"text": FRENCH})
        assert answer.status_code == 400, rule.rule
        assert "This page is too old" in answer.text


def test_a_token_of_another_session_is_refused(reader: Reader) -> None:
    token = reader.token()
    assert reader.app.test_client().post("/articles", data={"text": FRENCH, "csrf_token": token}).status_code == 400


def test_a_token_in_the_header_is_as_good_as_in_the_form(reader: Reader) -> None:
    answer = reader.client.post("/articles", data={"text": FRENCH}, headers={"X-CSRFToken": reader.token()})
    assert answer.status_code == 303


def test_what_another_site_sends_is_refused_even_with_a_token(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": FRENCH}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "another site" in answer.text


def test_the_api_is_refused_to_other_sites_too_and_answers_in_its_own_shape(reader: Reader) -> None:
    answer = reader.client.post("/api/v1/articles", json={"text": FRENCH}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert answer.mimetype == "application/problem+json"


def test_the_api_needs_no_form_token(reader: Reader) -> None:
    assert reader.client.post("/api/v1/articles", json={"text": FRENCH}).status_code == 202


def test_pages_are_private_and_asked_for_anew_and_static_files_kept(reader: Reader) -> None:
    page = reader.get("/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "HX-Request" in page.headers["Vary"]
    address = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    kept = reader.get(address)
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" not in reader.get("/static/quatrain.css").headers["Cache-Control"]
    assert "Set-Cookie" not in kept.headers

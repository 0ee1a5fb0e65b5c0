"""The access token: what it opens, and how little it tells."""

from typing import Any

import pytest

from tests.web.conftest import HTMX, Reader
from webapp.services.access import mark_is_valid, session_mark, token_is_valid
from webapp.web.login import local_path

TOKEN = "correct horse battery"


@pytest.fixture
def guarded(make_reader: Any) -> Reader:
    """A reader of an installation that asks for its token."""
    made: Reader = make_reader(access_token=TOKEN)
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made


def log_in(reader: Reader, token: str, target: str = "") -> Any:
    page = reader.get("/login").text
    form = page.split('name="csrf_token" value="')[1].split('"')[0]
    return reader.client.post("/login", data={"csrf_token": form, "token": token, "next": target})


@pytest.mark.parametrize("path", ["/", "/articles/new", "/articles/any", "/models", "/keyboard", "/nowhere"])
def test_without_the_token_every_page_leads_to_the_login(guarded: Reader, path: str) -> None:
    answer = guarded.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/login?next=")


def test_htmx_is_sent_to_the_login_as_a_whole(guarded: Reader) -> None:
    answer = guarded.get("/", headers=HTMX)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login"


def test_forms_are_refused_before_anything_else(guarded: Reader) -> None:
    assert guarded.client.post("/articles", data={"text": "Bonjour."}).status_code == 401


def test_the_token_opens_the_session_and_leads_where_one_wanted_to_go(guarded: Reader) -> None:
    answer = log_in(guarded, f" {TOKEN}\n", "/models")
    assert (answer.status_code, answer.location) == (303, "/models")
    assert guarded.get("/models").status_code == 200
    cookie = next(h for h in answer.headers.getlist("Set-Cookie") if "quatrain_session" in h)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert TOKEN not in cookie


def test_a_wrong_token_is_said_and_opens_nothing(guarded: Reader) -> None:
    answer = log_in(guarded, "wrong token entirely")
    assert answer.status_code == 401
    assert "not the access token" in answer.text
    assert guarded.get("/").status_code == 303


def test_a_bearer_token_opens_pages_too(guarded: Reader) -> None:
    assert guarded.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert guarded.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 303


def test_logging_out_closes_the_session(guarded: Reader) -> None:
    log_in(guarded, TOKEN)
    assert guarded.post("/logout").status_code == 303
    assert guarded.get("/").status_code == 303


def test_changing_the_token_ends_every_session() -> None:
    assert mark_is_valid(session_mark(TOKEN), TOKEN)
    assert not mark_is_valid(session_mark(TOKEN), TOKEN + "!")
    assert not mark_is_valid(None, TOKEN)
    assert not mark_is_valid("", TOKEN)


def test_tokens_are_compared_as_they_are() -> None:
    assert token_is_valid(TOKEN, TOKEN)
    assert not token_is_valid(TOKEN.upper(), TOKEN)
    assert not token_is_valid("", TOKEN)
    assert token_is_valid("clé-à-molette-é", "clé-à-molette-é")


def test_health_and_style_need_no_token(guarded: Reader) -> None:
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/static/quatrain.css").status_code == 200


def test_the_language_can_be_chosen_on_the_login_page(guarded: Reader) -> None:
    page = guarded.get("/login").text
    form = page.split('name="csrf_token" value="')[1].split('"')[0]
    guarded.client.post("/preferences", data={"csrf_token": form, "language": "ru", "next": "/login"})
    assert "Ключ доступа" in guarded.get("/login").text


def test_where_no_token_is_set_there_is_nothing_to_log_in_to(reader: Reader) -> None:
    assert reader.get("/login").location == "/"


@pytest.mark.parametrize(
    "target",
    ["//elsewhere.example", "https://elsewhere.example/", "\\\\elsewhere", "/\\elsewhere", "javascript:x", "", "/a\nb", None],
)
def test_a_login_leads_nowhere_else(reader: Reader, target: str | None) -> None:
    with reader.app.test_request_context():
        assert local_path(target) == "/"


def test_a_login_leads_back_to_the_page_with_its_question(reader: Reader) -> None:
    with reader.app.test_request_context():
        assert local_path("/?q=caf%C3%A9&page=2") == "/?q=caf%C3%A9&page=2"

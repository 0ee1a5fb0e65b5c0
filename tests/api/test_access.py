"""The access token, and what may be read without."""

import pytest

from tests.api.conftest import FRENCH, Api

TOKEN = {"Authorization": "Bearer a-very-long-token"}


@pytest.mark.parametrize("path", ["/articles", "/articles/x", "/languages", "/nothing"])
def test_without_the_token_nothing_is_told(path: str, guarded: Api) -> None:
    answer = guarded.get(path)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json is not None
    assert answer.json["type"] == "access-denied"


def test_without_the_token_nothing_is_stored(guarded: Api) -> None:
    assert guarded.post("/articles", {"text": FRENCH}).status_code == 401
    assert guarded.get("/articles", headers=TOKEN).json["total"] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    "header", ["Bearer wrong-token-of-16", "Bearer ", "Basic YTpi", "Bearer a-very-long-tokeñ", "a-very-long-token", "bearer"]
)
def test_a_wrong_token_is_refused(header: str, guarded: Api) -> None:
    assert guarded.get("/articles", headers={"Authorization": header}).status_code == 401


def test_with_the_token_everything_works(guarded: Api) -> None:
    stored = guarded.post("/articles", {"text": FRENCH}, headers=TOKEN)
    assert stored.status_code == 202
    assert guarded.client.get(stored.headers["Location"], headers=TOKEN).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/docs"])
def test_health_and_the_description_of_the_api_need_no_token(path: str, guarded: Api) -> None:
    assert guarded.client.get(path).status_code in {200, 503}

"""API keys: what opens the API, what each key may do, how long, and what is left of its secret."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.api.conftest import FRENCH, Api, make_api
from webapp.config import Settings
from webapp.errors import KeyNameTaken, KeyNotFound, RequestInvalid
from webapp.services.keys import create_key, list_keys, remove_key, revoke_key
from webapp.storage.api_models import api_keys


def _key(served: Api, *scopes: str, name: str = "cms", expires_at: datetime | None = None) -> str:
    with served.context.store.begin() as tx:
        return create_key(tx, name, scopes, expires_at=expires_at)


def _with(secret: str) -> dict[str, Any]:
    return {"headers": {"Authorization": f"Bearer {secret}"}}


def test_without_a_token_and_without_keys_the_api_is_open(served: Api) -> None:
    assert served.get("/articles").status_code == 200


def test_as_soon_as_there_is_a_key_the_api_asks_for_one(served: Api) -> None:
    secret = _key(served, "read")
    answer = served.get("/articles")
    assert (answer.status_code, answer.get_json()["type"]) == (401, "access-denied")
    assert served.get("/articles", **_with(secret)).status_code == 200
    wrong = served.get("/articles", **_with(secret[:-1] + "x"))
    assert (wrong.status_code, wrong.get_json()["type"]) == (401, "key-refused")


def test_the_token_may_still_do_everything(guarded: Api) -> None:
    _key(guarded, "read")
    assert guarded.post("/articles", {"text": FRENCH}, **_with("a-very-long-token")).status_code == 202


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("translate", {"create"}),
        ("read", {"list", "sentence"}),
        ("review", {"list", "sentence", "comment"}),
        ("admin", {"create", "list", "sentence", "comment", "webhooks", "install", "delete"}),
    ],
)
def test_a_key_may_do_what_its_scopes_say_and_nothing_else(scope: str, allowed: set[str], served: Api) -> None:
    article = served.store()
    served.work()
    sentence = served.get(f"/articles/{article}/versions/en").get_json()["sentences"][0]["id"]
    mine = _with(_key(served, scope))
    attempts = {
        "create": lambda: served.post("/articles", {"text": FRENCH}, **mine),
        "list": lambda: served.get("/articles", **mine),
        "sentence": lambda: served.get(f"/articles/{article}/sentences/{sentence}", **mine),
        "comment": lambda: served.post(f"/articles/{article}/sentences/{sentence}/comments", {"text": "Hm."}, **mine),
        "webhooks": lambda: served.get("/webhooks", **mine),
        "install": lambda: served.client.post("/api/v1/models/install", **mine),
        "delete": lambda: served.client.delete(f"/api/v1/articles/{article}", **mine),
    }
    answers = {name: attempt() for name, attempt in attempts.items()}
    assert {name for name, answer in answers.items() if answer.status_code < 300} == allowed
    for name in set(attempts) - allowed:
        assert (answers[name].status_code, answers[name].get_json()["type"]) == (403, "scope-missing")


def test_what_a_key_does_is_in_the_history_under_its_name(served: Api) -> None:
    article = served.store("Le port rouvre lundi.")
    served.work()
    mine = _with(_key(served, "review", name="Traductrice"))
    line = served.get(f"/articles/{article}/versions/en", **mine).get_json()["sentences"][0]
    path = f"/api/v1/articles/{article}/sentences/{line['id']}/translations/en"
    headers = {**mine["headers"], "If-Match": line["etag"]}
    assert served.client.put(path, json={"text": "The port reopens."}, headers=headers).status_code == 200
    history = served.client.get(f"{path}/history", **mine).get_json()["history"]
    assert (history[0]["who"], history[0]["via"], history[0]["action"]) == ("Traductrice", "api", "edit")


def test_an_expired_and_a_revoked_key_open_nothing(served: Api) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=30)
    expiring, revoked = _key(served, "read", name="a", expires_at=soon), _key(served, "read", name="b")
    assert served.get("/articles", **_with(expiring)).status_code == 200
    with served.context.store.begin() as tx:
        tx.connection.execute(api_keys.update().where(api_keys.c.name == "a").values(expires_at=datetime.now(UTC)))
        revoke_key(tx, "b")
    assert served.get("/articles", **_with(expiring)).status_code == 401
    assert served.get("/articles", **_with(revoked)).status_code == 401
    assert served.get("/articles").status_code == 401, "revoking the last key does not open the door"
    with served.context.store.begin() as tx:
        remove_key(tx, "a")
        remove_key(tx, "b")
    assert served.get("/articles").status_code == 200


def test_of_a_secret_only_its_digest_and_its_beginning_are_kept(served: Api) -> None:
    secret = _key(served, "read")
    with served.context.store.read() as tx:
        (row,) = tx.connection.execute(select(api_keys)).all()
    assert len(secret) > 40
    assert row.prefix == secret[:10]
    assert not any(secret in str(value) for value in row)


def test_the_last_use_is_noted_once_a_minute(served: Api) -> None:
    secret = _key(served, "read")
    used = []
    for _ in range(2):
        served.get("/articles", **_with(secret))
        with served.context.store.read() as tx:
            used.append(list_keys(tx)[0].last_used_at)
    assert used[0] is not None
    assert used[0] == used[1]


@pytest.mark.parametrize(
    ("name", "scopes"), [("", ["read"]), ("a\nb", ["read"]), ("x" * 65, ["read"]), ("a", []), ("a", ["write"])]
)
def test_keys_that_make_no_sense_are_not_made(name: str, scopes: list[str], served: Api) -> None:
    with served.context.store.begin() as tx, pytest.raises(RequestInvalid):
        create_key(tx, name, scopes)


def test_names_are_taken_once_and_unknown_ones_are_told(served: Api) -> None:
    _key(served, "read", name="cms")
    with served.context.store.begin() as tx:
        with pytest.raises(KeyNameTaken):
            create_key(tx, "cms", ["read"])
        with pytest.raises(KeyNotFound):
            revoke_key(tx, "other")


def test_over_the_limit_the_api_answers_429_and_says_when_there_is_room_again(settings: Settings, empty_database: Path) -> None:
    limited = make_api(replace(settings, rate_requests=2, rate_characters=100), empty_database)
    with limited.context.store.begin() as tx:
        mine, other = create_key(tx, "a", ["admin"]), create_key(tx, "b", ["admin"])
    assert [limited.get("/articles", **_with(mine)).status_code for _ in range(3)] == [200, 200, 429]
    told = limited.get("/languages", **_with(mine))
    assert (told.status_code, told.get_json()["type"]) == (429, "too-many-requests")
    assert 0 < int(told.headers["Retry-After"]) <= 61
    assert limited.get("/articles", **_with(other)).status_code == 200, "each key is counted for itself"
    assert limited.post("/articles", {"text": FRENCH}, **_with(other)).status_code == 429, "characters are counted too"
    limited.context.store.close()

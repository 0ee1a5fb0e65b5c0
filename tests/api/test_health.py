"""Languages, and whether work can be taken."""

from tests.api.conftest import Api, FakePackages
from webapp.errors import DatabaseUnavailable


def test_the_languages_are_listed_with_the_packages_that_lead_there(served: Api) -> None:
    body = served.get("/languages").json
    assert body is not None
    assert body["source"] == {"code": "fr", "name": "French", "endonym": "Français"}
    assert [target["code"] for target in body["targets"]] == ["en", "ru", "ko"]
    korean = body["targets"][2]
    assert (korean["name"], korean["endonym"], korean["available"], korean["default"]) == ("Korean", "한국어", True, True)
    assert [package["pair"] for package in korean["route"]] == ["fr-en", "en-ko"]


def test_a_language_without_packages_is_not_available(served: Api) -> None:
    packages: FakePackages = served.context.packages  # type: ignore[assignment]
    packages.pairs.remove("en-ko")
    available = {target["code"]: target["available"] for target in served.get("/languages").json["targets"]}  # type: ignore[index]
    assert available == {"en": True, "ru": True, "ko": False}


def test_a_direct_package_is_preferred(served: Api) -> None:
    packages: FakePackages = served.context.packages  # type: ignore[assignment]
    packages.pairs.append("fr-ko")
    korean = served.get("/languages").json["targets"][2]  # type: ignore[index]
    assert [package["pair"] for package in korean["route"]] == ["fr-ko"]


def test_the_process_is_alive_whatever_else_is_not(served: Api) -> None:
    served.context.store.close()
    answer = served.client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_without_a_worker_the_installation_is_not_ready(served: Api) -> None:
    answer = served.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["ready"] is False
    assert {name: check["ok"] for name, check in answer.json["checks"].items()} == {
        "database": True,
        "packages": True,
        "worker": False,
    }


def test_with_database_packages_and_worker_it_is_ready(served: Api) -> None:
    _let_a_worker_be_heard(served)
    answer = served.client.get("/readyz")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert answer.json["ready"] is True


def test_a_missing_package_is_named_with_the_command_that_mends_it(served: Api) -> None:
    _let_a_worker_be_heard(served)
    packages: FakePackages = served.context.packages  # type: ignore[assignment]
    packages.pairs.remove("en-ru")
    answer = served.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    check = answer.json["checks"]["packages"]
    assert check == {"ok": False, "detail": "en-ru missing: quatrain models install"}


def test_a_database_that_does_not_answer_is_reported_and_not_raised(served: Api, monkeypatch: object) -> None:
    def fail() -> None:
        raise DatabaseUnavailable(detail="it is locked")

    served.context.store.read = fail  # type: ignore[method-assign, assignment]
    answer = served.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert "it is locked" in answer.json["checks"]["database"]["detail"]


def _let_a_worker_be_heard(served: Api) -> None:
    from webapp.storage.workers import WorkerRow, heartbeat

    with served.context.store.begin() as tx:
        heartbeat(tx, WorkerRow("w1", "here", 1, ""))

"""Articles come in as JSON, as plain text, as files; the same request twice makes one article; lists are filtered."""

import io
import threading
from typing import Any

import pytest

from tests.api.conftest import FRENCH, Api


def _body(answer: Any, status: int = 202) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json


def _count(served: Api) -> int:
    return int(_body(served.get("/articles"), 200)["total"])


def test_a_text_is_the_whole_body(served: Api) -> None:
    answer = served.client.post(
        "/api/v1/articles/text?targets=ko,en&title=Le+port", data=FRENCH.encode("latin-1"), content_type="text/plain"
    )
    document = _body(served.client.get(answer.headers["Location"]), 200)
    assert (document["title"], document["targets"]) == ("Le port", ["en", "ko"])
    assert document["paragraphs"][0]["text"] == "Le musée rouvre ses portes"


@pytest.mark.parametrize(("name", "data"), [("a.txt", FRENCH.encode()), ("a.md", b"# Le port\n\nIl **rouvre** lundi.")])
def test_a_file_becomes_an_article(name: str, data: bytes, served: Api) -> None:
    sent = {"file": (io.BytesIO(data), name), "targets": "en", "any_language": "true"}
    answer = _body(served.client.post("/api/v1/articles/file", data=sent))
    assert _body(served.client.get(answer["url"]), 200)["targets"] == ["en"]
    assert served.wakes


@pytest.mark.parametrize(
    ("sent", "status", "slug"),
    [
        ({}, 422, "request-invalid"),
        ({"file": "a text"}, 422, "request-invalid"),
        ({"file": (io.BytesIO(b"%PDF-1.4 x"), "a.docx")}, 415, None),
        ({"file": (io.BytesIO(b"Bonjour"), "a.txt"), "other": "x"}, 422, "request-invalid"),
        ({"file": (io.BytesIO("Bonjour le monde, c'est la fête.".encode()), "a.txt"), "targets": "xx"}, 400, "target-unknown"),
    ],
)
def test_what_is_no_article_is_refused(sent: Any, status: int, slug: str | None, served: Api) -> None:
    answer = served.client.post("/api/v1/articles/file", data=sent, content_type="multipart/form-data")
    problem = _body(answer, answer.status_code)
    assert 400 <= answer.status_code < 500
    if slug is not None:
        assert (answer.status_code, problem["type"]) == (status, slug)
    assert _count(served) == 0


def test_a_form_of_another_site_makes_no_article(served: Api) -> None:
    sent = {"file": (io.BytesIO(FRENCH.encode()), "a.txt")}
    forged = served.client.post("/api/v1/articles/file", data=sent, headers={"Origin": "https://evil.example"})
    assert _body(forged, 403)["type"] == "cross-site-refused"
    assert _count(served) == 0


# --- Idempotency-Key -----------------------------------------------------------------------------------------------------


def test_the_same_request_sent_again_is_the_same_article(served: Api) -> None:
    headers = {"Idempotency-Key": "cms-4711"}
    first = _body(served.post("/articles", {"text": FRENCH}, headers=headers))
    again = _body(served.post("/articles", {"text": FRENCH}, headers=headers))
    assert first["id"] == again["id"]
    assert _count(served) == 1
    assert len(served.wakes) == 1
    other = served.post("/articles", {"text": "Un autre texte, tout court."}, headers=headers)
    assert _body(other, 422)["type"] == "idempotency-key-reused"
    assert _body(served.post("/articles", {"text": FRENCH}))["id"] != first["id"]


def test_a_file_sent_again_is_the_same_article_whatever_its_boundary(served: Api) -> None:
    def send() -> str:
        sent = {"file": (io.BytesIO(FRENCH.encode()), "a.txt")}
        return str(_body(served.client.post("/api/v1/articles/file", data=sent, headers={"Idempotency-Key": "f"}))["id"])

    assert send() == send()


def test_the_same_request_sent_twice_at_once_makes_one_article(served: Api) -> None:
    ids: list[str] = []

    def send() -> None:
        client = served.app.test_client()
        answer = client.post("/api/v1/articles", json={"text": FRENCH}, headers={"Idempotency-Key": "k"})
        ids.append(answer.get_json()["id"])

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == _count(served) == 1


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_told_so(key: str, served: Api) -> None:
    assert _body(served.post("/articles", {"text": FRENCH}, headers={"Idempotency-Key": key}), 422)["type"] == "request-invalid"


# --- lists ---------------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_state_and_version(served: Api) -> None:
    done = served.store("Le port rouvre lundi.", targets=["en"])
    served.work()
    waiting = served.store("Le marché ouvre samedi.", targets=["ru", "ko"])

    def ids(query: str) -> list[str]:
        return [article["id"] for article in _body(served.get(f"/articles?{query}"), 200)["articles"]]

    assert ids("status=done") == [done]
    assert ids("status=waiting") == [waiting]
    assert ids("target=ru") == [waiting]
    assert ids("target=ru&q=port") == []
    assert ids("q=marche&status=waiting") == [waiting]
    link = served.get("/articles?status=waiting&limit=1").headers["Link"]
    assert "status=waiting" in link


def test_models_are_listed_and_asked_for(served: Api) -> None:
    found = _body(served.get("/models"), 200)
    assert [one["pair"] for one in found["installed"]] == ["en-ko", "en-ru", "fr-en"]
    assert (found["missing"], found["install"]) == ([], None)
    asked = served.client.post("/api/v1/models/install")
    assert _body(asked)["install"]["status"] == "waiting"
    assert asked.headers["Retry-After"]


def test_webhooks_are_registered_with_a_secret_that_is_shown_once(served: Api) -> None:
    sent = {"url": "https://cms.example/hook", "events": ["article.drafted"]}
    made = _body(served.post("/webhooks", sent), 201)
    one = f"/webhooks/{made['id']}"
    assert len(made["secret"]) == 64
    assert "secret" not in _body(served.get(one), 200)
    assert _body(served.client.post(f"/api/v1{one}/ping"))["id"] == made["id"]
    log = _body(served.get(f"{one}/deliveries"), 200)
    assert [(line["event"], line["status"]) for line in log["deliveries"]] == [("ping", "waiting")]
    assert served.client.delete(f"/api/v1{one}").status_code == 204
    assert _body(served.get(one), 404)["type"] == "webhook-not-found"
    assert _body(served.post("/webhooks", {**sent, "url": "http://127.0.0.1/"}), 422)["type"] == "webhook-address-refused"
    assert _body(served.post("/webhooks", {**sent, "events": ["nothing"]}), 422)["type"] == "request-invalid"


def test_numbers_that_no_database_holds_lead_to_nothing(served: Api) -> None:
    article = served.store(FRENCH)
    for path in (f"/articles/{article}/sentences/{10**30}", f"/webhooks/{10**25}"):
        assert _body(served.get(path), 404)["type"] in {"page-not-found", "sentence-not-found", "webhook-not-found"}

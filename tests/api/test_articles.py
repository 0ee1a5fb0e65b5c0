"""Articles over JSON: stored, listed, followed, deleted."""

import json
import re

import pytest

from tests.api.conftest import FRENCH, Api
from webapp.exports.document import DocumentModel


def test_a_stored_article_gets_an_id_an_address_and_a_worker_at_once(served: Api) -> None:
    answer = served.post("/articles", {"text": FRENCH})
    assert answer.status_code == 202
    body = answer.json
    assert body is not None
    assert body["status"] == "waiting"
    assert answer.headers["Location"] == body["url"] == f"/api/v1/articles/{body['id']}"
    assert int(answer.headers["Retry-After"]) >= 1
    assert served.wakes == [1]


def test_an_article_can_be_read_before_it_is_drafted(served: Api) -> None:
    body = served.get(f"/articles/{served.store()}").json
    assert body is not None
    document = DocumentModel.model_validate_json(json.dumps(body))
    assert document.status == "waiting"
    assert (document.progress.done, document.progress.total) == (0, 9)
    assert {version.state for p in document.paragraphs for s in p.sentences for version in s.versions.values()} == {
        "untranslated"
    }


def test_a_drafted_article_has_every_sentence_in_every_language(served: Api) -> None:
    article_id = served.store()
    served.work()
    body = served.get(f"/articles/{article_id}").json
    assert body is not None
    assert (body["id"], body["status"], body["source"], body["targets"]) == (article_id, "done", "fr", ["en", "ru", "ko"])
    sentence = body["paragraphs"][1]["sentences"][0]
    first = sentence["text"].split()[0]
    assert sentence["versions"]["en"].pop("links")[0][:4] == [0, len(first), len("[en] "), len("[en] ") + len(first)]
    assert sentence["versions"]["en"] == {
        "text": f"[en] {sentence['text']}",
        "pivot": None,
        "confidence": 0.75,
        "state": "draft",
        "origin": "mt",
    }
    assert sentence["versions"]["ko"]["pivot"] == f"[en] {sentence['text']}"
    assert [package["pair"] for package in body["packages"]] == ["en-ko", "en-ru", "fr-en"]
    assert {package["kind"] for package in body["packages"]} == {"starter"}
    assert body["paragraphs"][0]["kind"] == "heading"


def test_targets_are_those_asked_for_in_the_usual_order(served: Api) -> None:
    body = served.get(f"/articles/{served.store(targets=['ko', 'en', 'ko'])}").json
    assert body is not None
    assert body["targets"] == ["en", "ko"]


def test_the_title_is_the_one_given_or_the_first_heading(served: Api) -> None:
    given, found = served.store(title="Un titre"), served.store()
    titles = [served.get(f"/articles/{article_id}").json["title"] for article_id in (given, found)]  # type: ignore[index]
    assert titles == ["Un titre", "Le musée rouvre ses portes"]


def test_text_that_is_not_french_is_a_question_that_can_be_answered(served: Api) -> None:
    english = (
        "The museum reopens on Monday after three years of work, and its director expects many visitors in the first week. " * 3
    )
    answer = served.post("/articles", {"text": english})
    assert answer.status_code == 409
    assert answer.json is not None
    assert (answer.json["type"], answer.json["language"]) == ("language-unclear", "en")
    assert served.post("/articles", {"text": english, "any_language": True}).status_code == 202


def test_an_unchanged_article_is_not_sent_again_and_a_changed_one_is(served: Api) -> None:
    article_id = served.store()
    first = served.get(f"/articles/{article_id}")
    tag = first.headers["ETag"]
    again = served.get(f"/articles/{article_id}", headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
    served.work()
    drafted = served.get(f"/articles/{article_id}", headers={"If-None-Match": tag})
    assert drafted.status_code == 200
    assert drafted.headers["ETag"] != tag


def test_a_deleted_article_is_gone_from_everywhere(served: Api) -> None:
    article_id = served.store()
    assert served.client.delete(f"/api/v1/articles/{article_id}").status_code == 204
    assert served.get(f"/articles/{article_id}").status_code == 404
    assert served.client.delete(f"/api/v1/articles/{article_id}").status_code == 404
    assert served.get("/articles").json["total"] == 0  # type: ignore[index]


def test_the_list_is_newest_first_and_says_how_far_each_is(served: Api) -> None:
    first, second = served.store(), served.store(targets=["en"], title="Deuxième")
    served.work()
    third = served.store(title="Troisième")
    body = served.get("/articles").json
    assert body is not None
    assert [line["id"] for line in body["articles"]] == [third, second, first]
    assert [line["status"] for line in body["articles"]] == ["waiting", "done", "done"]
    assert body["articles"][1]["versions"] == {"en": {"sentences": 3, "drafted": 3, "approved": 0}}
    assert (body["total"], body["limit"], body["offset"]) == (3, 50, 0)
    assert body["articles"][1]["url"] == f"/api/v1/articles/{second}"


def test_the_links_of_the_list_lead_through_all_of_it_and_back(served: Api) -> None:
    stored = {served.store(title=f"Article {number}") for number in range(5)}
    seen, path, pages = set(), "/api/v1/articles?limit=2", 0
    while path:
        answer = served.client.get(path)
        seen |= {line["id"] for line in answer.json["articles"]}  # type: ignore[index]
        links = {relation: url for url, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"])}
        path = links.get("next", "")
        pages += 1
    assert (seen, pages) == (stored, 3)
    assert list(links) == ["first", "prev", "last"]


def test_the_list_can_be_searched_and_its_links_keep_the_question(served: Api) -> None:
    served.store(title="Grève des trains")
    found = [served.store(title=f"Musée & œuvres {number}") for number in range(2)]
    answer = served.get("/articles?q=%C5%93uvres&limit=1")
    assert answer.json is not None
    assert answer.json["total"] == 2
    assert answer.json["articles"][0]["id"] == found[1]
    assert "q=%C5%93uvres" in answer.headers["Link"]


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "a\r\nSet-Cookie: x=y", '"quoted"', "\N{RIGHT-TO-LEFT OVERRIDE}x", "🦊"]
)
def test_a_hostile_title_comes_back_as_data_and_nothing_else(title: str, served: Api) -> None:
    answer = served.get(f"/articles/{served.store(title=title)}")
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers
    assert answer.json is not None
    assert " ".join(answer.json["title"].split()) == " ".join(title.split())


def test_members_come_in_the_order_of_the_manual(served: Api) -> None:
    text = served.get(f"/articles/{served.store()}").text
    assert list(json.loads(text))[:5] == ["id", "title", "source", "targets", "status"]
    assert "Après" in text, "letters stand as they are"

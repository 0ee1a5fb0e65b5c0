"""The memory and the glossary through the API."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Api, make_api
from webapp.api import term_examples as examples
from webapp.api import term_schemas as schemas
from webapp.config import Settings
from webapp.services.articles import get_document
from webapp.services.review import edit_translation

FRENCH = "Le préfet a parlé hier soir devant le conseil. La ville attend une réponse."
TMX = (
    '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>Le préfet a parlé hier soir devant le conseil.'
    '</seg></tuv><tuv xml:lang="en"><seg>The prefect spoke to the council last night.</seg></tuv></tu></body></tmx>'
)


def send(api: Api, path: str, data: bytes | str, name: str = "x.tmx") -> Any:
    raw = data if isinstance(data, bytes) else data.encode()
    return api.client.post(f"/api/v1{path}", data={"file": (BytesIO(raw), name)})


def approve(api: Api) -> str:
    article = api.store(FRENCH)
    api.work()
    with api.context.store.begin() as tx:
        sentence = get_document(tx, article).paragraphs[0].sentences[1].id
        edit_translation(
            tx, article, sentence, "en", "The town is waiting for an answer.", revision=None, who="anne", approve=True
        )
    return article


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (schemas.MatchesModel, examples.MATCHES),
        (schemas.MemoryModel, examples.MEMORY),
        (schemas.ReportModel, examples.MEMORY_REPORT),
        (schemas.ReportModel, examples.GLOSSARY_REPORT),
        (schemas.TermIn, examples.TERM_IN),
        (schemas.TermModel, examples.TERM),
        (schemas.TermsModel, examples.TERMS),
    ],
)
def test_the_examples_are_of_the_shapes_they_illustrate(model: Any, example: dict[str, Any]) -> None:
    assert model.model_validate(example).model_dump(mode="json") == example


def test_the_operations_are_described_with_their_scopes(served: Api) -> None:
    paths = served.get("/openapi.json").get_json()["paths"]
    there = {(method, path.removeprefix("/api/v1")) for path, item in paths.items() for method in item}
    assert {
        ("get", "/memory"),
        ("get", "/memory/matches"),
        ("delete", "/memory/{entry_id}"),
        ("post", "/memory/import"),
        ("get", "/memory/export"),
        ("get", "/glossary"),
        ("post", "/glossary"),
        ("get", "/glossary/{term_id}"),
        ("put", "/glossary/{term_id}"),
        ("delete", "/glossary/{term_id}"),
        ("post", "/glossary/import"),
        ("get", "/glossary/export"),
    } <= there
    assert "scope `review`" in paths["/api/v1/memory/import"]["post"]["description"]
    assert "scope `read`" in paths["/api/v1/glossary"]["get"]["description"]


def test_a_sentence_is_looked_up_with_its_neighbours(served: Api) -> None:
    article = approve(served)
    query = {"text": "La ville attend une réponse.", "target": "en"}
    (match,) = served.get("/memory/matches", query_string=query).get_json()["matches"]
    assert (match["percent"], match["entry"]["text"]) == (100, "The town is waiting for an answer.")
    assert (match["entry"]["who"], match["entry"]["article"], match["entry"]["origin"]) == ("anne", article, "article")
    around = {"previous": "Le préfet a parlé hier soir devant le conseil.", "following": ""}
    assert served.get("/memory/matches", query_string=query | around).get_json()["matches"][0]["percent"] == 101
    assert served.get("/memory/matches", query_string=query | {"target": "xx"}).get_json()["type"] == "target-unknown"
    assert served.get("/memory/matches", query_string={"target": "en"}).status_code == 422


def test_a_file_fills_the_memory_which_is_listed_given_and_forgotten(served: Api) -> None:
    answer = send(served, "/memory/import", TMX)
    assert answer.status_code == 200
    assert answer.json == {"name": "x.tmx", "read": 1, "added": 1, "changed": 0, "known": 0, "left": []}
    page = served.get("/memory?q=prefect&target=en").json
    assert page is not None and page["by_target"] == {"en": 1}
    file = served.get("/memory/export?target=en")
    assert file.mimetype == "application/x-tmx" and "last night" in file.text
    assert "last night" not in served.get("/memory/export?target=ko").text
    entry = page["entries"][0]["id"]
    assert served.client.delete(f"/api/v1/memory/{entry}").status_code == 204
    assert served.client.delete(f"/api/v1/memory/{entry}").get_json()["type"] == "entry-not-found"


@pytest.mark.parametrize(
    ("data", "slug"), [("bonjour", "import-unreadable"), ('<!DOCTYPE a [<!ENTITY b "c">]><tmx/>', "import-unreadable")]
)
def test_what_is_no_tmx_is_a_problem(served: Api, data: str, slug: str) -> None:
    answer = send(served, "/memory/import", data)
    assert (answer.status_code, answer.json["type"]) == (422, slug)


def test_a_file_of_terms_may_be_larger_than_any_article_up_to_a_limit_of_its_own(
    settings: Settings, empty_database: Path
) -> None:
    small = replace(settings, max_article_bytes=1000, max_file_bytes=1000, max_import_bytes=200_000)
    made = make_api(small, empty_database)
    taken = send(made, "/memory/import", TMX + " " * 150_000)
    assert (taken.status_code, taken.get_json()["added"]) == (200, 1)
    for path in ("/memory/import", "/glossary/import"):
        refused = send(made, path, TMX + " " * 250_000)
        assert (refused.status_code, refused.get_json()["type"]) == (413, "import-too-large")
        assert refused.get_json()["limit_bytes"] == 200_000
    made.context.store.close()


def test_a_file_without_a_name_or_none_at_all_is_a_problem(served: Api) -> None:
    for path in ("/memory/import", "/glossary/import"):
        answer = served.client.post(f"/api/v1{path}", data={}, content_type="multipart/form-data")
        assert (answer.status_code, answer.get_json()["type"]) == (422, "request-invalid")


def test_terms_are_added_changed_listed_and_deleted(served: Api) -> None:
    made = served.post("/glossary", examples.TERM_IN)
    assert made.status_code == 201, made.text
    assert made.json is not None and made.json["targets"]["ko"] == ["도지사", "지사"]
    number = made.json["id"]
    assert served.wakes
    assert served.post("/glossary", examples.TERM_IN).get_json()["type"] == "term-known"
    changed = served.client.put(f"/api/v1/glossary/{number}", json=examples.TERM_IN | {"policy": "never"})
    assert changed.json is not None and changed.json["policy"] == "never"
    assert served.get("/glossary?q=prefet").get_json()["total"] == 1
    assert served.get(f"/glossary/{number}").get_json()["policy"] == "never"
    assert served.client.delete(f"/api/v1/glossary/{number}").status_code == 204
    assert served.get(f"/glossary/{number}").get_json()["type"] == "term-not-found"


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"targets": {}}, "term-invalid"),
        ({"targets": {"de": ["x"]}}, "target-unknown"),
        ({"source": "…"}, "term-invalid"),
        ({"source": ""}, "request-invalid"),
        ({"policy": "maybe"}, "request-invalid"),
        ({"more": 1}, "request-invalid"),
    ],
)
def test_what_is_no_term_is_a_problem(served: Api, change: dict[str, Any], slug: str) -> None:
    answer = served.post("/glossary", examples.TERM_IN | change)
    assert answer.status_code in {400, 422}
    assert answer.json is not None and answer.json["type"] == slug


def test_terms_may_belong_to_one_article(served: Api) -> None:
    article = served.store(FRENCH)
    assert served.post(f"/glossary?article={article}", examples.TERM_IN).status_code == 201
    assert served.get("/glossary").get_json()["total"] == 0
    assert served.get(f"/glossary?article={article}").get_json()["total"] == 1
    assert served.get("/glossary?article=none").get_json()["type"] == "article-not-found"


def test_a_table_fills_the_glossary_and_comes_back(served: Api) -> None:
    answer = send(served, "/glossary/import", examples.CSV, "t.csv")
    assert answer.json["added"] == 1
    assert served.get("/glossary/export").get_data(as_text=True).removeprefix("\ufeff").replace("\r\n", "\n") == examples.CSV
    changed = examples.CSV.replace("prefect", "governor")
    assert send(served, "/glossary/import", changed, "t.csv").json["left"] == [{"reason": "differs", "count": 1, "first": [2]}]
    assert send(served, "/glossary/import?replace=true", changed, "t.csv").json["changed"] == 1

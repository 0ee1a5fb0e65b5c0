"""The OpenAPI document is true: every operation is there, with examples that fit their schemas."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest

from tests.api.conftest import Api
from webapp.api import examples, review_examples, review_schemas, schemas
from webapp.exports.document import DocumentModel

RAPIDOC_SHA256 = "affbd173a65e870e18f392cca963113bcdafb6e50e88cd2f6a834a65b22db94d"


@pytest.fixture
def spec(served: Api) -> dict[str, Any]:
    found = served.get("/openapi.json").json
    assert found is not None
    return found


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_it_describes_exactly_the_operations_there_are(spec: dict[str, Any], served: Api) -> None:
    assert spec["openapi"].startswith("3.1")
    hidden = {"/api/v1/openapi.json", "/api/v1/docs"}
    there = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in served.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if (rule.rule.startswith("/api/") and rule.rule not in hidden) or rule.rule in {"/healthz", "/readyz"}
    }
    assert {(method, path) for method, path, _ in _operations(spec)} == there
    assert len(there) > 55


def test_every_operation_says_which_scope_a_key_needs(spec: dict[str, Any]) -> None:
    for _, path, operation in _operations(spec):
        if path.startswith("/api/"):
            assert re.search(r"An API key needs the scope `(read|translate|review|admin)`\.$", operation["description"])


def test_every_operation_has_a_summary_a_name_a_tag_and_an_example_of_its_answer(spec: dict[str, Any]) -> None:
    names = []
    for _, _, operation in _operations(spec):
        names.append(operation["operationId"])
        assert operation["summary"]
        assert operation["tags"][0] in {tag["name"] for tag in spec["tags"]}
        for status, response in operation["responses"].items():
            assert response["description"]
            for content in response.get("content", {}).values():
                assert content["examples"], (operation["operationId"], status)
    assert len(names) == len(set(names))


def test_every_body_has_an_example(spec: dict[str, Any]) -> None:
    bodies = [operation["requestBody"] for _, _, operation in _operations(spec) if "requestBody" in operation]
    assert len(bodies) > 15
    assert all(body["required"] for body in bodies)
    assert all(content["examples"] for body in bodies for content in body["content"].values())


def test_every_reference_leads_somewhere(spec: dict[str, Any]) -> None:
    for reference in _references(spec):
        place: Any = spec
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_every_error_of_the_api_is_described_as_a_problem(spec: dict[str, Any]) -> None:
    for _, path, operation in _operations(spec):
        for status, response in operation["responses"].items():
            if path.startswith("/api/") and int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
                for slug, reference in response["content"]["application/problem+json"]["examples"].items():
                    example = spec["components"]["examples"][reference["$ref"].rpartition("/")[2]]
                    assert example["value"]["type"] == slug
                    assert example["value"]["status"] == int(status)


def test_the_examples_are_of_the_shapes_they_illustrate() -> None:
    for model, example in (
        (schemas.ArticleIn, examples.ARTICLE_IN),
        (schemas.TranslateIn, examples.TRANSLATE_IN),
        (schemas.AcceptedModel, examples.ACCEPTED),
        (schemas.AcceptedModel, examples.ACCEPTED_RUNNING),
        (schemas.ArticleListModel, examples.ARTICLE_LIST),
        (schemas.LanguagesModel, examples.LANGUAGES),
        (schemas.ReadyModel, examples.READY),
        (schemas.ReadyModel, examples.NOT_READY),
        (schemas.JobModel, examples.JOB),
        (schemas.JobModel, examples.JOB_DONE),
        (schemas.ModelsModel, examples.MODELS),
        (schemas.WebhookIn, examples.WEBHOOK_IN),
        (schemas.NewWebhookModel, examples.NEW_WEBHOOK),
        (schemas.DeliveriesModel, examples.DELIVERIES),
        (review_schemas.EditIn, review_examples.EDIT_IN),
        (review_schemas.StateIn, review_examples.STATE_IN),
        (review_schemas.CommentIn, review_examples.COMMENT_IN),
        (review_schemas.ReplaceIn, review_examples.REPLACE_IN),
        (review_schemas.SourceIn, review_examples.SOURCE_IN),
        (DocumentModel, examples.DOCUMENT),
    ):
        assert model.model_validate(example).model_dump(mode="json", exclude_defaults=False).items() >= example.items()


def test_the_examples_of_the_review_are_just_what_its_models_answer() -> None:
    for model, example in (
        (review_schemas.VersionsModel, review_examples.VERSIONS),
        (review_schemas.SentencesModel, review_examples.SENTENCES),
        (review_schemas.SentenceModel, review_examples.SENTENCE),
        (review_schemas.TranslationModel, review_examples.TRANSLATION),
        (review_schemas.SavedModel, review_examples.SAVED),
        (review_schemas.BulkModel, review_examples.BULK),
        (review_schemas.HistoryModel, review_examples.HISTORY),
        (review_schemas.UndoneModel, review_examples.UNDONE),
        (review_schemas.LastStepModel, review_examples.LAST_STEP),
        (review_schemas.CountsModel, review_examples.COUNTS),
        (review_schemas.CommentsModel, review_examples.COMMENTS),
        (review_schemas.FindingsModel, review_examples.FINDINGS),
        (review_schemas.PreviewModel, review_examples.PREVIEW),
        (review_schemas.ReplacedModel, review_examples.REPLACED),
        (review_schemas.RevisionReportModel, review_examples.REPORT),
        (review_schemas.RemovedModel, review_examples.REMOVED),
        (review_schemas.PlaceModel, review_examples.PLACE),
        (review_schemas.AlternativesModel, review_examples.ALTERNATIVES),
    ):
        assert model.model_validate_json(json.dumps(example)).model_dump(mode="json") == example


def test_the_example_of_the_manual_is_what_the_api_makes_of_it(served: Api) -> None:
    answer = served.post("/articles", examples.ARTICLE_IN)
    assert answer.status_code == 202
    body = served.client.get(answer.headers["Location"]).json
    assert body is not None
    assert [s["text"] for s in body["paragraphs"][0]["sentences"]] == [
        s["text"] for s in examples.DOCUMENT["paragraphs"][0]["sentences"]
    ]


def test_members_that_are_always_there_are_required(spec: dict[str, Any]) -> None:
    document = spec["components"]["schemas"]["DocumentModel"]
    assert set(document["required"]) == set(document["properties"])


def test_the_description_is_not_sent_again_while_it_is_the_same(served: Api) -> None:
    first = served.get("/openapi.json")
    again = served.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_documentation_page_loads_nothing_from_elsewhere(served: Api) -> None:
    answer = served.get("/docs")
    assert answer.status_code == 200
    assert "http" not in answer.text.replace("http-equiv", "")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    with served.client.get("/static/vendor/rapidoc/rapidoc-min.js") as script:
        assert script.status_code == 200
        assert sha256(script.get_data()).hexdigest() == RAPIDOC_SHA256


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)

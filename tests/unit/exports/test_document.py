"""The document shape: stable, complete, and the same whatever asks for it."""

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from tests.unit.exports.samples import ARTICLE, FAILED, sample
from webapp.exports import json as json_format
from webapp.exports.document import DocumentModel, document_model


def test_the_shape_of_the_document_is_pinned() -> None:
    assert json.loads(json_format.render(sample())) == ARTICLE


def test_members_are_written_in_the_order_in_which_the_manual_explains_them() -> None:
    members = list(json.loads(json_format.render(sample())))
    assert members[:5] == ["id", "title", "source", "targets", "status"]
    assert members[-2:] == ["packages", "paragraphs"]


def test_the_pivot_is_null_on_a_direct_route_and_english_on_a_route_through_english() -> None:
    versions = document_model(sample()).paragraphs[0].sentences[0].versions
    assert versions["en"].pivot is None
    assert versions["ko"].pivot == "The museum reopens."


def test_an_article_that_is_not_stored_has_no_id_and_no_date() -> None:
    model = document_model(replace(sample(), id="", created_at=None))
    assert (model.id, model.created_at) == (None, None)


def test_a_sentence_not_yet_drafted_is_there_with_an_empty_text() -> None:
    version = document_model(sample()).paragraphs[1].sentences[0].versions["ko"]
    assert (version.text, version.state, version.origin, version.confidence) == ("", "untranslated", None, None)


def test_a_failed_article_says_why_for_programs_and_for_people() -> None:
    error = document_model(replace(sample(), job=FAILED)).error
    assert error is not None
    assert (error.type, error.detail) == ("no-route", "No package leads to Korean.")


def test_what_is_written_can_be_read_back_unchanged() -> None:
    model = document_model(sample())
    assert DocumentModel.model_validate_json(model.model_dump_json()) == model


def test_a_confidence_outside_zero_to_one_never_leaves_the_house() -> None:
    document = sample()
    sentence = document.paragraphs[0].sentences[0]
    wrong = replace(sentence, translations={"en": replace(sentence.translations["en"], confidence=1.5)})
    broken = replace(document, paragraphs=(replace(document.paragraphs[0], sentences=(wrong,)),))
    with pytest.raises(ValidationError):
        document_model(broken)


def test_choosing_targets_leaves_the_others_out_of_every_part() -> None:
    body = json.loads(json_format.render(sample(), ["ko"]))
    assert body["targets"] == ["ko"]
    assert {key for paragraph in body["paragraphs"] for key in paragraph["versions"]} == {"ko"}
    assert {key for p in body["paragraphs"] for s in p["sentences"] for key in s["versions"]} == {"ko"}


def test_word_links_are_rows_of_places_and_a_probability() -> None:
    document = sample()
    sentence = document.paragraphs[0].sentences[0]
    linked = replace(sentence, translations={"en": replace(sentence.translations["en"], links=((3, 8, 4, 10, 0.91),))})
    body = json.loads(
        json_format.render(replace(document, paragraphs=(replace(document.paragraphs[0], sentences=(linked,)),)), ["en"])
    )
    assert body["paragraphs"][0]["sentences"][0]["versions"]["en"]["links"] == [[3, 8, 4, 10, 0.91]]

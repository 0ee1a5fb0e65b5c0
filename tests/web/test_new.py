"""New: pasted text and files, what is refused and how, the language question."""

from io import BytesIO
from typing import Any

import pytest

from tests.web.conftest import FRENCH, HTMX, Reader
from webapp.services.articles import get_document, list_articles
from webapp.web.new import sample_text

ENGLISH = (
    "The city museum opens again on Monday after three years of work. Its director expects many visitors in the first week. "
    "She says that the old walls were kept, and that the public will judge what was made of them. The mayor is expected at noon."
)
TARGETS = ["en", "ru", "ko"]


def stored(reader: Reader) -> int:
    with reader.context.store.read() as tx:
        return list_articles(tx).total


def test_the_form_ticks_every_language_and_says_what_will_happen(reader: Reader) -> None:
    page = reader.text("/articles/new")
    assert page.count('name="targets"') == 3
    assert page.count(" checked") >= 3
    assert "What will happen" in page
    assert "Starter models will draft it" in page


def test_pasting_stores_the_article_wakes_the_worker_and_goes_to_its_page(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": FRENCH, "targets": TARGETS})
    assert answer.status_code == 303
    assert reader.wakes == [1]
    assert "Le musée rouvre ses portes" in reader.text(answer.location)


def test_the_title_is_the_first_heading_unless_one_is_given(reader: Reader) -> None:
    first = reader.text(reader.post("/articles", {"text": FRENCH, "targets": TARGETS}).location)
    assert "<title>Le musée rouvre ses portes · Quatrain</title>" in first
    second = reader.text(reader.post("/articles", {"text": FRENCH, "title": "Un autre", "targets": TARGETS}).location)
    assert "<title>Un autre · Quatrain</title>" in second


def test_only_the_languages_that_are_ticked_are_made(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": FRENCH, "targets": ["ko"]})
    with reader.context.store.read() as tx:
        assert get_document(tx, answer.location.rsplit("/", 1)[1]).targets == ("ko",)


def test_none_ticked_means_all(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": FRENCH})
    with reader.context.store.read() as tx:
        assert get_document(tx, answer.location.rsplit("/", 1)[1]).targets == ("en", "ru", "ko")


def test_with_htmx_the_browser_is_sent_to_the_article(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": FRENCH}, headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/articles/")


def test_a_file_is_taken_and_its_encoding_said_when_it_is_not_utf_8(reader: Reader) -> None:
    file = (BytesIO((FRENCH * 3).encode("cp1252")), "musée.txt")
    answer = reader.post("/articles", {"file": file, "targets": TARGETS}, content_type="multipart/form-data")
    page = reader.text(answer.location)
    assert "Après trois ans de travaux" in page
    assert "read as" in page


def test_a_file_that_is_not_text_is_refused_with_its_name(reader: Reader) -> None:
    file = (BytesIO(b"%PDF-1.7\x00\x00"), "une.pdf")
    answer = reader.post("/articles", {"file": file, "title": "Gardé"}, content_type="multipart/form-data")
    assert answer.status_code == 415
    assert "une.pdf" in answer.text
    assert 'value="Gardé"' in answer.text
    assert stored(reader) == 0


def test_nothing_pasted_is_said_kindly_and_nothing_is_stored(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": "  \r\n ", "title": "Gardé", "targets": ["ru"]})
    assert answer.status_code == 400
    assert "There is no text" in answer.text
    assert 'value="Gardé"' in answer.text
    assert stored(reader) == 0


def test_a_text_that_is_not_french_raises_a_question_and_keeps_the_text(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": ENGLISH, "title": "Gardé", "targets": ["ru"]})
    assert answer.status_code == 409
    assert "Is this French?" in answer.text
    assert "detected: English" in answer.text
    assert ENGLISH in answer.text
    assert 'value="ru" checked' in answer.text
    assert 'value="en" checked' not in answer.text
    assert 'name="any_language" value="1"' in answer.text
    assert stored(reader) == 0


def test_translate_anyway_takes_it_as_it_is(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": ENGLISH, "targets": ["ru"], "any_language": "1"})
    assert answer.status_code == 303
    assert stored(reader) == 1


def test_the_question_keeps_the_text_of_a_file_too(reader: Reader) -> None:
    answer = reader.post("/articles", {"file": (BytesIO(ENGLISH.encode()), "a.txt")}, content_type="multipart/form-data")
    assert answer.status_code == 409
    assert ENGLISH in answer.text


def test_with_htmx_the_question_comes_alone_because_the_form_is_still_there(reader: Reader) -> None:
    answer = reader.post("/articles", {"text": ENGLISH}, headers=HTMX)
    assert answer.status_code == 409
    assert answer.text.lstrip().startswith('<div class="problem question" id="refusal"')
    assert "<textarea" not in answer.text


def test_too_large_an_article_is_refused_with_413_and_the_text_given_back(make_reader: Any) -> None:
    reader = make_reader(max_article_bytes=1000)
    text = FRENCH * 8
    answer = reader.post("/articles", {"text": text, "title": "Gardé"})
    assert answer.status_code == 413
    assert text in answer.get_data(as_text=True).replace("&#39;", "'")
    assert "1,000" in answer.text
    assert stored(reader) == 0


def test_a_body_beyond_anything_is_refused_with_a_page_too(make_reader: Any) -> None:
    reader = make_reader(max_article_bytes=1000)
    answer = reader.post("/articles", {"text": "é" * 3_000_000})
    assert answer.status_code == 413
    assert "The article is too large" in answer.text
    assert "<html" in answer.text


def test_the_forecast_counts_words_and_languages(reader: Reader) -> None:
    part = reader.fragment("/articles/new/forecast?words=1412&targets=en&targets=ru").text
    assert "1,412 words · 2 languages" in part
    assert "about" not in part  # nothing was measured here yet


def test_the_forecast_says_how_long_once_it_was_measured(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.web.new.estimate_seconds", lambda _tx, words, targets: words * targets / 100)
    assert "about 8\u00a0s" in reader.fragment("/articles/new/forecast?words=400&targets=en&targets=ko").text


@pytest.mark.parametrize("words", ["-5", "abc", "", "9" * 40])
def test_the_forecast_takes_any_number_of_words(reader: Reader, words: str) -> None:
    assert reader.fragment(f"/articles/new/forecast?words={words}&targets=en&targets=xx").status_code == 200


def test_the_sample_is_news_of_the_promised_kind() -> None:
    text = sample_text()
    assert 350 <= len(text.split()) <= 450
    assert text.count("«") >= 4
    assert "%" in text
    assert "\n- " in text
    assert text.rstrip().endswith("Maëlle Ferrand, à Kerlann")


def test_without_any_model_the_form_says_that_the_text_would_wait(reader: Reader) -> None:
    reader.packages.pairs = ()
    assert "No translation model is installed yet" in reader.text("/articles/new")

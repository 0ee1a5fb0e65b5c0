"""The interface in French, English, Russian and Korean: complete, consistent, and typeset as each language has it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.web.conftest import Reader
from webapp.web.i18n import INTERFACE

ROOT = Path(__file__).parents[2]
PLACES = re.compile(r"%\((\w+)\)[sd]")


@cache
def extracted() -> dict[tuple[str | None, str], object]:
    """Every message in the sources, by context and singular."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS, directory_filter=lambda path: "/." not in str(path))
    return {
        (context, message if isinstance(message, str) else message[0]): message for _, _, message, _, context in found if message
    }


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("language", INTERFACE)
def test_nothing_is_missing_and_nothing_fuzzy(language: str) -> None:
    known = {(m.context, m.id if isinstance(m.id, str) else m.id[0]): m for m in messages(language)}
    missing = [key for key in extracted() if key not in known or not all(strings(known[key]))]
    assert not missing, f"translate these in translations/{language}: {missing}"
    assert not [m.id for m in messages(language) if m.fuzzy]


@pytest.mark.parametrize("language", INTERFACE)
def test_nothing_is_left_over_from_sentences_nobody_says_any_more(language: str) -> None:
    stale = [m.id for m in messages(language) if (m.context, m.id if isinstance(m.id, str) else m.id[0]) not in extracted()]
    assert not stale


@pytest.mark.parametrize("language", INTERFACE)
def test_every_translation_has_the_places_of_its_message(language: str) -> None:
    for message in messages(language):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        wanted = set(PLACES.findall(ids[-1]))
        for string in strings(message):
            assert set(PLACES.findall(string)) == wanted, message.id
            assert string.replace("%%", "").count("%") == len(PLACES.findall(string)), message.id


@pytest.mark.parametrize("language", INTERFACE)
def test_plurals_have_every_form_of_the_language(language: str) -> None:
    forms = {"fr": 2, "en": 2, "ru": 3, "ko": 1}
    for message in messages(language):
        if not isinstance(message.id, str):
            assert len(strings(message)) == forms[language], message.id


def test_french_puts_a_narrow_no_break_space_where_french_does() -> None:
    for message in messages("fr"):
        for string in strings(message):
            assert not re.search(r" [;:!?»]|« ", string), string
            assert '"' not in string
            assert "'" not in string


def test_russian_and_korean_quote_in_their_own_way() -> None:
    assert not [m.id for m in messages("ru") for s in strings(m) if "“" in s or '"' in s or " — " in s]
    assert not [m.id for m in messages("ko") for s in strings(m) if "«" in s or '"' in s]


def test_english_is_the_message_itself() -> None:
    for message in messages("en"):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        assert tuple(s.replace("\u00a0", " ") for s in strings(message)) == ids


@pytest.mark.parametrize(
    ("count", "form"), [(1, "1 статья"), (3, "3 статьи"), (5, "5 статей"), (21, "21 статья"), (12, "12 статей")]
)
def test_russian_counts(reader: Reader, count: int, form: str) -> None:
    from flask_babel import ngettext

    with reader.app.test_request_context(headers={"Accept-Language": "ru"}):
        assert ngettext("%(count)s article", "%(count)s articles", count, count=count) == form


@pytest.mark.parametrize(
    ("asked", "spoken"), [("ko-KR,ko;q=0.9", "ko"), ("fr-CA", "fr"), ("ru", "ru"), ("de,it", "en"), ("", "en")]
)
def test_the_browser_chooses_the_language(reader: Reader, asked: str, spoken: str) -> None:
    assert f'<html lang="{spoken}">' in reader.get("/", headers={"Accept-Language": asked}).text


def test_the_menu_chooses_for_good(reader: Reader) -> None:
    answer = reader.post("/preferences", {"language": "ko", "next": "/models"})
    assert (answer.status_code, answer.location) == (303, "/models")
    page = reader.get("/models", headers={"Accept-Language": "fr"}).text
    assert '<html lang="ko">' in page
    assert re.search(r'value="ko" lang="ko" aria-current="true"', page)


def test_the_menu_chooses_the_appearance(reader: Reader) -> None:
    assert "data-theme" not in reader.get("/").text
    reader.post("/preferences", {"theme": "dark"})
    assert 'data-theme="dark"' in reader.get("/").text
    reader.post("/preferences", {"theme": "auto"})
    assert "data-theme" not in reader.get("/").text


def test_unknown_choices_change_nothing(reader: Reader) -> None:
    reader.post("/preferences", {"language": "tlh", "theme": "<neon>"})
    assert '<html lang="en">' in reader.get("/").text


def test_pages_speak_one_language_throughout(reader: Reader) -> None:
    reader.submit()
    for language, word in (("fr", "Modèles"), ("ru", "Модели"), ("ko", "모델")):
        page = reader.get("/", headers={"Accept-Language": language}).text
        assert word in page
        assert "Delete" not in page

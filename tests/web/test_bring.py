"""Bringing a translation, as a reader does it: pasted, paired by the worker, repaired, taken, undone."""

import io
import re

import pytest

from tests.web.conftest import HTMX, Reader
from webapp.domain import Document, Origin, State
from webapp.services.align_requests import align_round
from webapp.services.articles import get_document
from webapp.services.bringing import get_brought
from webapp.services.findings import list_findings
from webapp.services.review import edit_translation, undo

RUSSIAN = (
    "Музей вновь открывает двери\n\nПосле трёх лет ремонта городской музей открывается в понедельник.\n\n"
    "«Мы сохранили старые стены», — говорит она. Решать будет публика. "
    "Мэр на церемонию не придёт, потому что он в отпуске."
)
"""Leaves out the sentence on the visitors, adds one on the mayor."""


def _bring(reader: Reader, text: str = RUSSIAN, **more: str) -> str:
    article = reader.submit()
    reader.draft()
    answer = reader.post(f"/articles/{article}/bring", {"target": "ru", "text": text, **more})
    assert answer.status_code == 303, answer.text
    return article


def _align(reader: Reader) -> None:
    while align_round(reader.context.store):
        pass


def _document(reader: Reader, article: str) -> Document:
    with reader.context.store.read() as tx:
        return get_document(tx, article)


def _russian(reader: Reader, article: str) -> list[tuple[str, State, Origin | None]]:
    sentences = [s for p in _document(reader, article).paragraphs for s in p.sentences]
    return [(s.translations["ru"].text, s.translations["ru"].state, s.translations["ru"].origin) for s in sentences]


def _repair(reader: Reader, article: str, how: str, row: int, **more: object) -> str:
    with reader.context.store.read() as tx:
        revision = get_brought(tx, article, "ru").revision
    answer = reader.post(f"/articles/{article}/bring/ru", {"do": how, "row": row, "revision": revision, **more}, headers=HTMX)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture
def paired(reader: Reader) -> tuple[Reader, str]:
    article = _bring(reader)
    _align(reader)
    return reader, article


def test_the_article_leads_to_the_form_which_names_the_language(reader: Reader) -> None:
    article = reader.submit()
    assert f"/articles/{article}/bring?target=ko" in reader.text(f"/articles/{article}")
    page = reader.text(f"/articles/{article}/bring?target=ko")
    assert re.search(r'value="ko" checked', page)


def test_while_the_worker_is_at_it_the_page_says_so_and_looks_again_by_itself(reader: Reader) -> None:
    article = _bring(reader)
    assert reader.wakes[0] > 0
    page = reader.text(f"/articles/{article}/bring/ru")
    assert "Being paired with the French" in page
    assert 'hx-trigger="every 700ms"' in page
    assert '<meta http-equiv="refresh"' in page
    _align(reader)
    assert "every 700ms" not in reader.fragment(f"/articles/{article}/bring/ru").text


def test_the_rows_show_what_is_left_out_and_added_in_words(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    with reader.context.store.read() as tx:
        view = get_brought(tx, article, "ru")
    assert [(len(row.source), len(row.target)) for row in view.rows] == [(1, 1), (1, 1), (1, 0), (1, 1), (1, 1), (0, 1)]
    page = reader.text(f"/articles/{article}/bring/ru")
    assert "left out" in page
    assert "added" in page
    assert page.count('<input type="radio" name="row"') == 6


def test_taking_it_makes_the_texts_imported_and_notes_what_the_languages_do_not_share(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    answer = reader.post(f"/articles/{article}/bring/ru/take", {"revision": 1})
    assert answer.status_code == 303
    russian = _russian(reader, article)
    assert russian[0] == ("Музей вновь открывает двери", State.TRANSLATED, Origin.IMPORTED)
    assert russian[2] == ("", State.UNTRANSLATED, Origin.IMPORTED)
    with reader.context.store.read() as tx:
        found = [f.text for f in list_findings(tx, article, target="ru") if f.check == "brought"]
    assert found[0] == "The version that was brought leaves out this sentence."
    assert found[1] == "The version that was brought adds after this: “Мэр на церемонию не придёт, потому что он в отпуске.”"
    assert "4 translations imported. 1 sentence is left out. 1 addition is noted." in reader.text(f"/articles/{article}?show=ru")
    assert reader.get(f"/articles/{article}/bring/ru").status_code == 404


def test_taking_is_one_step_that_undo_takes_back_with_its_findings(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    before = _russian(reader, article)
    reader.post(f"/articles/{article}/bring/ru/take", {"revision": 1})
    with reader.context.store.begin() as tx:
        undone = undo(tx, article)
    assert undone.undid.action == "import"
    assert _russian(reader, article) == before
    with reader.context.store.read() as tx:
        assert not [f for f in list_findings(tx, article, target="ru") if f.check == "brought"]


def test_what_a_person_wrote_is_replaced_only_where_that_was_ticked(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    sentences = [s for p in _document(reader, article).paragraphs for s in p.sentences]
    with reader.context.store.begin() as tx:
        for n in (0, 1):
            edit_translation(tx, article, sentences[n].id, "ru", f"Написано человеком {n}.", revision=None)
    page = reader.text(f"/articles/{article}/bring/ru")
    assert page.count('name="replace"') == 2
    assert "Написано человеком 1." in page
    reader.post(f"/articles/{article}/bring/ru/take", {"revision": 1, "replace": "1"})
    texts = [text for text, _, _ in _russian(reader, article)]
    assert texts[0] == "Написано человеком 0."
    assert texts[1].startswith("После трёх лет ремонта")


def test_every_repair_answers_with_the_rows_and_says_what_happened(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    page = _repair(reader, article, "merge", 2)
    assert 'data-said="Merged with the row below."' in page
    assert 'data-place="2"' in page
    assert page.count('name="row"') == 5
    assert 'data-said="Undone."' in _repair(reader, article, "undo", 0)
    assert reader.text(f"/articles/{article}/bring/ru").count('name="row"') == 6


def test_a_repair_that_cannot_be_is_explained_and_changes_nothing(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    assert "There is no row above." in _repair(reader, article, "up", 0)
    assert reader.text(f"/articles/{article}/bring/ru").count('name="row"') == 6


def test_without_javascript_a_repair_comes_back_to_its_row(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    answer = reader.post(f"/articles/{article}/bring/ru", {"do": "confirm", "row": 1, "revision": 1})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/articles/{article}/bring/ru?row=1#r1")
    assert "by you" in reader.text(f"/articles/{article}/bring/ru?row=1")


def test_a_page_that_is_out_of_date_changes_nothing(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    _repair(reader, article, "confirm", 0)
    answer = reader.post(f"/articles/{article}/bring/ru", {"do": "merge", "row": 0, "revision": 1})
    assert answer.status_code == 409
    assert "The page is out of date" in answer.text
    assert reader.post(f"/articles/{article}/bring/ru/take", {"revision": 1}).status_code == 409


def test_a_text_in_another_language_is_a_question_and_stays_in_the_field(reader: Reader) -> None:
    article = reader.submit()
    french = (
        "Le conseil municipal a voté hier soir le budget de la ville, et les habitants attendent maintenant les travaux. " * 3
    )
    answer = reader.post(f"/articles/{article}/bring", {"target": "ru", "text": french})
    assert answer.status_code == 409
    assert "Is this the right text?" in answer.text
    assert "Le conseil municipal a voté" in answer.text
    again = reader.post(f"/articles/{article}/bring", {"target": "ru", "text": french, "any_language": "1"})
    assert again.status_code == 303


def test_nothing_and_an_unknown_language_are_refused_with_the_form(reader: Reader) -> None:
    article = reader.submit(targets=("en",))
    assert reader.post(f"/articles/{article}/bring", {"target": "en", "text": "  "}).status_code == 400
    assert reader.post(f"/articles/{article}/bring", {"target": "ru", "text": RUSSIAN}).status_code == 400


def test_a_file_is_taken_instead_of_pasted_text(reader: Reader) -> None:
    article = reader.submit()
    data = {"target": "ru", "text": "", "file": (io.BytesIO(RUSSIAN.encode("cp1251")), "museum.txt")}
    assert reader.post(f"/articles/{article}/bring", data, content_type="multipart/form-data").status_code == 303
    _align(reader)
    page = reader.text(f"/articles/{article}/bring/ru")
    assert "museum.txt" in page
    assert "Решать будет публика." in page


def test_a_version_can_be_dropped_and_the_article_is_as_it_was(paired: tuple[Reader, str]) -> None:
    reader, article = paired
    before = _russian(reader, article)
    assert reader.post(f"/articles/{article}/bring/ru/drop").status_code == 303
    assert _russian(reader, article) == before
    assert reader.get(f"/articles/{article}/bring/ru").status_code == 404


def test_markup_in_a_brought_text_is_text(reader: Reader) -> None:
    article = _bring(reader, RUSSIAN + "\n\n<script>alert(1)</script>")
    _align(reader)
    assert "<script>alert(1)" not in reader.get(f"/articles/{article}/bring/ru").text

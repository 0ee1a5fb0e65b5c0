"""The review without a script: every action is a form, an answer leads back to the sentence, and htmx gets its parts."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import FRENCH, HTMX, Reader
from webapp.domain import State, Translation
from webapp.services.articles import get_document
from webapp.services.autosave import get_unsaved
from webapp.services.review import edit_translation


@pytest.fixture
def article(reader: Reader) -> str:
    """Five sentences in three paragraphs, drafted."""
    made = reader.submit()
    reader.draft()
    return made


def translation(reader: Reader, article: str, target: str, sentence: int) -> Translation:
    with reader.context.store.read() as tx:
        sentences = [s for p in get_document(tx, article).paragraphs for s in p.sentences]
    return next(s.translations[target] for s in sentences if s.id == sentence)


def at(article: str, sentence: int, target: str = "en") -> str:
    return f"/articles/{article}/sentences/{sentence}/{target}"


def save(
    reader: Reader, article: str, sentence: int, text: str, do: str = "save-stay", *, revision: object = 1, **more: Any
) -> TestResponse:
    """Sends the form of the open sentence."""
    headers = more.pop("headers", None)
    return reader.post(at(article, sentence), {"text": text, "do": do, "revision": revision, **more}, headers=headers)


def test_a_sentence_opens_in_its_row_by_its_address(reader: Reader, article: str) -> None:
    answer = reader.get(at(article, 3, "ru"))
    assert answer.status_code == 303
    assert answer.location.endswith(f"/articles/{article}?start=0&open=3-ru#open")
    page = reader.text(f"/articles/{article}?open=3-ru")
    row = re.search(r'id="p2" role="row".*?id="p3" role="row"', page, re.DOTALL)
    assert row is not None
    assert 'id="open" role="cell" data-row="p2" data-sentence="s2-2-ru"' in row[0]
    assert re.search(r'<textarea class="field" id="field" name="text" lang="ru"', row[0])
    assert "[en] Sa directrice" in row[0]


def test_htmx_gets_the_open_sentence_alone(reader: Reader, article: str) -> None:
    part = reader.fragment(at(article, 3)).text
    assert part.lstrip().startswith('<div class="open" id="open"')
    assert "<html" not in part


def test_saving_leads_back_to_the_sentence_and_approving_to_the_next(reader: Reader, article: str) -> None:
    answer = save(reader, article, 2, "After three years the museum reopens on Monday.")
    assert answer.location.endswith("open=2-en#open")
    saved = translation(reader, article, "en", 2)
    assert (saved.text, saved.state) == ("After three years the museum reopens on Monday.", State.TRANSLATED)
    answer = save(reader, article, 2, saved.text, "approve-next", revision=saved.revision)
    assert answer.location.endswith("open=3-en#open")
    assert "Approved." in reader.text(answer.location)
    assert translation(reader, article, "en", 2).state is State.APPROVED


def test_an_action_sends_htmx_the_next_sentence_the_changed_cells_the_heads_and_a_message(reader: Reader, article: str) -> None:
    part = save(reader, article, 2, "After three years the museum reopens on Monday.", "approve-next", headers=HTMX).text
    assert part.lstrip().startswith('<div class="open" id="open"')
    assert 'data-sentence="s2-2-en"' in part
    assert 'id="p2-en" role="cell"' in part
    assert 'id="p1-en"' not in part
    assert re.search(r"1 of 5 approved · \d+ of \d+ words", part)
    assert re.search(r'id="message" hx-swap-oob="true" data-row="p2"', part)
    assert "Approved." in part


def test_what_somebody_else_saved_is_never_overwritten(reader: Reader, article: str) -> None:
    with reader.context.store.begin() as tx:
        edit_translation(tx, article, 2, "en", "Anna’s text about the museum.", revision=None, who="anna")
    answer = save(reader, article, 2, "My text about the museum.")
    assert answer.status_code == 409
    assert "Anna’s text about the museum." in answer.text
    assert "My text about the museum." in answer.text
    assert translation(reader, article, "en", 2).text == "Anna’s text about the museum."
    over = re.search(r'name="over" value="(\d+)"', answer.text)
    assert over is not None
    save(reader, article, 2, "My text about the museum.", over=over[1])
    assert translation(reader, article, "en", 2).text == "My text about the museum."


def test_typing_is_kept_apart_and_comes_back_with_a_word(reader: Reader, article: str) -> None:
    answer = reader.post(f"{at(article, 2)}/unsaved", {"text": "Half a sent", "revision": 1})
    assert answer.status_code == 204
    assert translation(reader, article, "en", 2).state is State.DRAFT
    page = reader.text(f"/articles/{article}?open=2-en")
    assert ">\nHalf a sent</textarea>" in page
    assert "This is what you were typing; it is not saved yet." in page
    reader.post(f"{at(article, 2)}/discard")
    with reader.context.store.read() as tx:
        assert get_unsaved(tx, article, 2, "en") is None


def test_typing_back_to_the_saved_text_keeps_nothing(reader: Reader, article: str) -> None:
    stored = translation(reader, article, "en", 2).text
    reader.post(f"{at(article, 2)}/unsaved", {"text": "x", "revision": 1})
    reader.post(f"{at(article, 2)}/unsaved", {"text": stored, "revision": 1})
    with reader.context.store.read() as tx:
        assert get_unsaved(tx, article, 2, "en") is None


def test_an_empty_text_is_refused_and_leaving_an_emptied_field_keeps_the_text(reader: Reader, article: str) -> None:
    before = translation(reader, article, "en", 2).text
    assert save(reader, article, 2, "  ", "approve-next").status_code == 422
    assert save(reader, article, 2, "  ", "save-next").location.endswith("open=3-en#open")
    assert translation(reader, article, "en", 2).text == before


def test_a_whole_version_shows_its_findings_before_it_is_approved(reader: Reader, article: str) -> None:
    save(reader, article, 3, "Its director expects 4,000 visitors in the first week.")
    page = reader.text(f"/articles/{article}/versions/en/approve")
    assert "5 sentences are not approved yet." in page
    assert "open=3-en" in page
    reader.post(f"/articles/{article}/versions/en/approve")
    assert translation(reader, article, "en", 3).state is not State.APPROVED


def test_replacing_is_looked_at_first_and_one_undo_takes_it_back(reader: Reader, article: str) -> None:
    page = reader.text(f"/articles/{article}/versions/en/replace?find=[en]&replacement=*")
    ticked = re.findall(r'name="only" value="(\d+:\d+)"', page)
    assert len(ticked) == 5
    address = f"/articles/{article}/versions/en/replace"
    answer = reader.post(address, {"find": "[en] ", "replacement": "", "only": ticked[:2]}, follow_redirects=True)
    assert "Replaced in 2 sentences." in answer.text
    assert not translation(reader, article, "en", 1).text.startswith("[en]")
    assert "Undone." in reader.post(f"/articles/{article}/undo", follow_redirects=True).text
    assert translation(reader, article, "en", 1).text.startswith("[en]")


def test_an_expression_that_cannot_be_read_is_said_where_it_was_written(reader: Reader, article: str) -> None:
    answer = reader.get(f"/articles/{article}/versions/en/replace?find=(&regex=1")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_nothing_to_undo_is_said_kindly(reader: Reader, article: str) -> None:
    assert "no change of yours" in reader.post(f"/articles/{article}/undo", follow_redirects=True).text
    assert "no change of yours" in reader.post(f"/articles/{article}/undo", headers=HTMX).text


def test_the_source_is_previewed_then_updated_and_removed_sentences_come_back(reader: Reader, article: str) -> None:
    address = f"/articles/{article}/source"
    assert FRENCH.split("\n\n")[1] in reader.text(address)
    shorter = FRENCH.replace(" Le public jugera.", "").replace("3 000", "4 000")
    preview = reader.post(address, {"text": shorter, "preview": "1"}).text
    assert "3 sentences stay" in preview
    assert "1 changed" in preview
    assert "1 removed" in preview
    assert "<ins>4" in preview
    assert "Le public jugera." in reader.text(f"/articles/{article}"), "a preview changes nothing"
    assert reader.post(address, {"text": shorter, "apply": "1"}).status_code == 303
    assert "Le public jugera." not in reader.text(f"/articles/{article}")
    put_back = re.search(r'action="(/articles/\w+/source/removed/\d+)"', reader.text(address))
    assert put_back is not None
    assert "The sentence is back" in reader.post(put_back[1], follow_redirects=True).text
    assert "Le public jugera." in reader.text(f"/articles/{article}")


def test_an_empty_source_is_refused_with_the_text_still_there(reader: Reader, article: str) -> None:
    answer = reader.post(f"/articles/{article}/source", {"text": "  \n ", "preview": "1"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_filters_show_their_rows_alone_and_keep_to_them(reader: Reader, article: str) -> None:
    save(reader, article, 2, "After three years the museum reopens on Monday.")
    page = reader.text(f"/articles/{article}?filter=mine&version=en")
    assert page.count('class="row ') == 1
    assert 'class="s hit"' in page
    assert "filter=mine&version=en" in page
    assert "No sentence is left in this filter." in reader.text(f"/articles/{article}?filter=commented")
    assert reader.text(f"/articles/{article}?filter=nonsense").count('class="row ') == 3


def test_comments_belong_to_a_sentence_and_are_counted_in_the_margin(reader: Reader, article: str) -> None:
    reader.post(f"{at(article, 2)}/comments", {"comment": "Quel musée ?"})
    page = reader.text(f"/articles/{article}?open=2-en&drawer=comments")
    assert "Quel musée ?" in page
    assert 'aria-label="1 open comment"' in page
    comment = re.search(r"/comments/(\d+)/resolve", page)
    assert comment is not None
    reader.post(f"{at(article, 2)}/comments/{comment[1]}/resolve")
    assert 'aria-label="1 open comment"' not in reader.text(f"/articles/{article}")


def test_a_finding_is_dismissed_only_with_a_reason(reader: Reader, article: str) -> None:
    save(reader, article, 3, "Its director expects 4,000 visitors in the first week.")
    page = reader.text(f"/articles/{article}?open=3-en")
    finding = re.search(r"/findings/(\d+)/dismiss", page)
    assert finding is not None
    address = f"{at(article, 3)}/findings/{finding[1]}"
    assert reader.post(f"{address}/dismiss", {"reason": " "}).status_code == 422
    reader.post(f"{address}/dismiss", {"reason": "Le musée a corrigé."})
    assert "Dismissed by local: Le musée a corrigé." in reader.text(f"/articles/{article}?open=3-en")
    reader.post(f"{address}/reopen")
    assert "Dismissed by" not in reader.text(f"/articles/{article}?open=3-en")


def test_hostile_text_stays_text_everywhere_in_the_review(reader: Reader, article: str) -> None:
    evil = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(2)>'
    save(reader, article, 2, evil)
    save(reader, article, 2, evil + " again", revision=2)
    reader.post(f"{at(article, 2)}/comments", {"comment": evil})
    for path in (
        "?open=2-en&drawer=history",
        "?open=2-en&drawer=comments",
        f"/versions/en/replace?find=script&replacement={evil}",
    ):
        page = reader.get(f"/articles/{article}{path}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_forms_without_their_token_change_nothing(reader: Reader, article: str) -> None:
    for path in (at(article, 2), f"{at(article, 2)}/unsaved", f"/articles/{article}/undo", f"/articles/{article}/source"):
        assert reader.client.post(path, data={"text": "x", "do": "save-stay"}).status_code == 400
    assert translation(reader, article, "en", 2).state is State.DRAFT


@pytest.mark.parametrize("path", ["/sentences/999/en", "/sentences/2/xx", "?open=999-en", "?open=2-xx", "?open=nonsense"])
def test_a_place_that_does_not_exist_is_said_in_words(reader: Reader, article: str, path: str) -> None:
    answer = reader.get(f"/articles/{article}{path}", headers=HTMX if path.startswith("/") else {})
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


def test_after_a_whole_version_was_approved_or_searched_the_page_comes_back_to_its_menu(reader: Reader, article: str) -> None:
    approved = reader.post(f"/articles/{article}/versions/ru/approve")
    replaced = reader.post(f"/articles/{article}/versions/ru/replace", {"find": "x", "replacement": "y"})
    for answer in (approved, replaced):
        assert answer.location.endswith(f"/articles/{article}?show=ru#whole-ru")
    assert '<summary id="whole-ru"' in reader.text(f"/articles/{article}?show=ru")


def test_the_history_tells_from_where_a_change_came(reader: Reader, article: str) -> None:
    save(reader, article, 2, "After three years the museum reopens.")
    assert "through the API" not in reader.text(f"/articles/{article}?open=2-en&drawer=history")
    with reader.context.store.begin() as tx:
        edit_translation(tx, article, 2, "en", "The museum reopens at last.", revision=None, via="api")
    assert "through the API" in reader.text(f"/articles/{article}?open=2-en&drawer=history")

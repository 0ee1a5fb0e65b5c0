"""The source updated from a new version of the article's file, without a script."""

import re
from io import BytesIO
from typing import Any

from tests.files import MARKDOWN, make_docx
from tests.web.conftest import HTMX, Reader
from tests.web.test_files import submit
from webapp.services.articles import get_document
from webapp.services.files import get_file
from webapp.services.review import edit_translation

MULTIPART = {"content_type": "multipart/form-data"}
CORRECTED = MARKDOWN.replace("trois mois", "quatre mois")


def _article(reader: Reader) -> str:
    article = submit(reader, MARKDOWN.encode(), "a.md")
    reader.draft()
    return article


def _file(text: str = CORRECTED, name: str = "b.md", **more: Any) -> dict[str, Any]:
    return {"file": (BytesIO(text.encode()), name), **more}


def _name_of_file(reader: Reader, article: str) -> str:
    with reader.context.store.read() as tx:
        facts = get_file(tx, article)
    assert facts is not None
    return facts.name


def test_the_form_offers_a_file_beside_the_text(reader: Reader) -> None:
    page = reader.text(f"/articles/{_article(reader)}/source")
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input type="file" id="file" name="file" accept="[^"]*\.docx', page)


def test_a_new_version_of_the_file_is_previewed_and_then_taken_as_it_was_previewed(reader: Reader) -> None:
    article = _article(reader)
    address = f"/articles/{article}/source"
    page = reader.post(address, _file(preview="1"), **MULTIPART).text
    assert "The new French is in the file b.md." in page
    assert "1 changed" in page
    assert "<textarea" not in page, "nothing is typed in vain beside a file"
    assert "quatre mois" not in reader.text(f"/articles/{article}")
    kept = dict(re.findall(r'name="(file_name|kept)" value="([^"]*)"', page))
    assert kept.keys() == {"file_name", "kept"}
    assert reader.post(address, {**kept, "apply": "1"}).status_code == 303
    assert "quatre mois" in reader.text(f"/articles/{article}")
    assert _name_of_file(reader, article) == "b.md"


def test_the_article_comes_back_in_the_form_of_the_new_file(reader: Reader) -> None:
    article = _article(reader)
    with reader.context.store.read() as tx:
        before = get_document(tx, article)
    assert reader.post(f"/articles/{article}/source", _file(apply="1"), **MULTIPART).status_code == 303
    reader.draft()
    file = reader.get(f"/articles/{article}/export/original-format?target=ru")
    assert "filename=b.ru.md" in file.headers["Content-Disposition"]
    assert "**quatre mois**" in file.text
    with reader.context.store.read() as tx:
        after = get_document(tx, article)
    assert after.paragraph_count == before.paragraph_count


def test_another_kind_of_file_is_taken_too(reader: Reader) -> None:
    article = _article(reader)
    sent = {"file": (BytesIO(make_docx()), "new.docx"), "apply": "1"}
    assert reader.post(f"/articles/{article}/source", sent, **MULTIPART).status_code == 303
    reader.draft()
    file = reader.get(f"/articles/{article}/export/original-format?target=ru")
    assert file.data.startswith(b"PK")


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_changes_nothing(reader: Reader) -> None:
    article = _article(reader)
    sent = {"file": (BytesIO(b"\x00\x01\x02"), "a.docx"), "apply": "1"}
    answer = reader.post(f"/articles/{article}/source", sent, **MULTIPART)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.text
    assert "<textarea" in answer.text
    assert _name_of_file(reader, article) == "a.md"


def test_a_form_that_is_sent_by_key_names_no_button_and_only_shows_what_would_change(reader: Reader) -> None:
    article = _article(reader)
    answer = reader.post(f"/articles/{article}/source", {"text": CORRECTED})
    assert answer.status_code == 200
    assert "What will change" in answer.text
    assert "quatre mois" not in reader.text(f"/articles/{article}")


def test_a_spoilt_hidden_field_is_an_empty_file(reader: Reader) -> None:
    article = _article(reader)
    answer = reader.post(f"/articles/{article}/source", {"file_name": "b.md", "kept": "§", "apply": "1"})
    assert 400 <= answer.status_code < 500
    assert "quatre mois" not in reader.text(f"/articles/{article}")


def test_a_file_too_large_for_the_page_is_to_be_chosen_once_more(make_reader: Any) -> None:
    reader = make_reader(max_article_bytes=3000)
    reader.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    article = _article(reader)
    page = reader.post(
        f"/articles/{article}/source", {"file": (BytesIO(make_docx()), "new.docx"), "preview": "1"}, **MULTIPART
    ).text
    assert "choose it once more" in page
    assert 'name="kept"' not in page


def test_undo_takes_an_update_of_the_source_back_whole(reader: Reader) -> None:
    article = _article(reader)
    before = reader.text(f"/articles/{article}")
    for more, status in (({}, 303), ({"headers": HTMX}, 204)):
        reader.post(f"/articles/{article}/source", _file(apply="1"), **MULTIPART)
        answer = reader.post(f"/articles/{article}/undo", **more)
        assert answer.status_code == status
        leads_to = answer.headers.get("HX-Redirect", answer.headers.get("Location", ""))
        assert leads_to.endswith(f"/articles/{article}"), "positions moved: the page is loaded anew"
        page = reader.text(f"/articles/{article}")
        assert "Undone." in page
        assert [word in page for word in ("trois mois", "quatre mois")] == [word in before for word in ("trois mois", "quatre")]
    assert _name_of_file(reader, article) == "a.md"


def test_what_somebody_wrote_since_is_said_to_stay(reader: Reader) -> None:
    article = _article(reader)
    reader.post(f"/articles/{article}/source", _file(apply="1"), **MULTIPART)
    reader.draft()
    with reader.context.store.begin() as tx:
        sentences = [s for p in get_document(tx, article).paragraphs for s in p.sentences if "quatre mois" in s.text]
        edit_translation(tx, article, sentences[0].id, "ru", "Четыре месяца.", revision=None, who="Ana")
    reader.post(f"/articles/{article}/undo")
    page = reader.text(f"/articles/{article}")
    assert "1 changed since and stays." in page
    assert "Четыре месяца." in page

"""Files on the pages: seen before they are stored, stored, given back, and what was left out brought back."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest

from tests.files import MARKDOWN, PAGE, make_docx, repacked
from tests.web.conftest import HTMX, Reader
from webapp.services.articles import create_article, get_document, list_articles
from webapp.text.read import read_article

MULTIPART = {"content_type": "multipart/form-data"}
CLIPBOARD = (
    "<html><body><!--StartFragment--><h2>Le bac revient</h2><p>Après <b>trois mois</b> de travaux, il reprend la mer.</p>"
    "<nav>Accueil du site</nav><!--EndFragment--></body></html>"
)


def preview(reader: Reader, **sent: Any) -> str:
    answer = reader.post("/articles/new/preview", sent, headers=HTMX, **MULTIPART)
    assert answer.status_code == 200
    return answer.text


def submit(reader: Reader, data: bytes, name: str, **more: Any) -> str:
    answer = reader.post("/articles", {"file": (BytesIO(data), name), **more}, **MULTIPART)
    assert answer.status_code == 303, answer.text
    return str(answer.location.rsplit("/", 1)[1])


def test_the_form_takes_every_kind_of_file_that_can_be_read(reader: Reader) -> None:
    page = reader.text("/articles/new")
    for ending in (".txt", ".md", ".html", ".docx", ".odt", ".epub", ".srt", ".vtt"):
        assert ending in page


def test_a_document_is_shown_before_it_is_stored(reader: Reader) -> None:
    shown = preview(reader, file=(BytesIO(make_docx()), "a.docx"))
    assert "12 paragraphs" in shown
    assert (
        '<li class="heading"><span class="kind">heading</span> <span class="words" lang="fr" dir="auto">Le bac revient' in shown
    )
    assert '<li class="item">' in shown
    assert 'data-words="' in shown
    with reader.context.store.read() as tx:
        assert list_articles(tx).total == 0


def test_the_preview_says_what_was_left_out_of_a_page_and_shows_all_of_it_on_request(reader: Reader) -> None:
    shown = preview(reader, file=(BytesIO(PAGE.encode()), "a.html"))
    assert "5 paragraphs of navigation left out" in shown
    assert "Mentions légales" not in shown
    whole = preview(reader, file=(BytesIO(PAGE.encode()), "a.html"), whole="1")
    assert "Mentions légales" in whole
    assert "everything is taken" in whole


def test_the_preview_of_a_file_that_cannot_be_read_says_why(reader: Reader) -> None:
    shown = preview(reader, file=(BytesIO(repacked(make_docx(), {"word/vbaProject.bin": b"x"})), "macros.docx"))
    assert 'role="alert"' in shown
    assert "macros.docx" in shown
    assert "There is no text" in preview(reader)


def test_what_a_page_put_on_the_clipboard_keeps_its_headings_and_marks(reader: Reader) -> None:
    assert "Accueil du site" in preview(reader, html=CLIPBOARD, text="autre chose")
    answer = reader.post("/articles", {"html": CLIPBOARD, "text": "autre chose"})
    with reader.context.store.read() as tx:
        document = get_document(tx, answer.location.rsplit("/", 1)[1])
    assert [p.kind.value for p in document.paragraphs[:2]] == ["heading", "body"]
    assert document.title == "Le bac revient"


def test_a_refused_file_without_javascript_gives_the_form_back_with_the_reason(reader: Reader) -> None:
    answer = reader.post("/articles", {"file": (BytesIO(PAGE.encode()), "page.docx"), "title": "Gardé"}, **MULTIPART)
    assert answer.status_code == 415
    assert "page.docx" in answer.text
    assert 'value="Gardé"' in answer.text


def test_too_large_a_file_is_refused(make_reader: Any) -> None:
    reader = make_reader(max_file_bytes=2000)
    answer = reader.post("/articles", {"file": (BytesIO(make_docx()), "a.docx")}, **MULTIPART)
    assert answer.status_code == 413
    assert "The file is too large" in answer.text


def test_far_too_large_a_file_is_refused_before_it_is_taken_in(make_reader: Any) -> None:
    reader = make_reader(max_file_bytes=2000, max_article_bytes=1000)
    said = {"CONTENT_LENGTH": "2000000"}
    answer = reader.post("/articles", {"file": (BytesIO(b"a"), "a.docx")}, environ_overrides=said, **MULTIPART)
    assert answer.status_code == 413
    assert "The file is too large" in answer.text


@pytest.mark.parametrize(("name", "media"), [("é a.docx", "officedocument"), ("a.md", "text/markdown")])
def test_the_file_comes_back_in_the_language_asked_for(reader: Reader, name: str, media: str) -> None:
    data = make_docx() if name.endswith("docx") else MARKDOWN.encode()
    article = submit(reader, data, name)
    reader.draft()
    answer = reader.get(f"/articles/{article}/export/original-format?target=ru")
    assert answer.status_code == 200
    assert media in answer.headers["Content-Type"]
    stem = name.rpartition(".")[0]
    assert f"{stem}.ru." in unquote(answer.headers["Content-Disposition"])
    assert answer.headers["Content-Disposition"].startswith("attachment")
    again = read_article(answer.data, file_name="a." + name.rpartition(".")[2], max_bytes=1 << 20, accept_any_language=True)
    assert "[ru]" in again.text


def test_a_name_that_tries_to_be_more_than_a_name_is_only_a_name(reader: Reader) -> None:
    source = read_article(MARKDOWN.encode(), file_name="../../a\r\nX-Evil: 1/b\u202e.md", max_bytes=1 << 20)
    assert source.file is not None
    assert source.file.name == "b.md"
    with reader.context.store.begin() as tx:
        article = create_article(tx, source, ("en",))
    answer = reader.get(f"/articles/{article}/export/original-format?target=en")
    assert answer.headers["Content-Disposition"] == "attachment; filename=b.en.md"


def test_only_what_is_approved_is_translated_on_request(reader: Reader) -> None:
    article = submit(reader, MARKDOWN.encode(), "a.md")
    reader.draft()
    answer = reader.get(f"/articles/{article}/export/original-format?target=ru&include=approved")
    assert "[ru]" not in answer.text
    assert "Nous avons attendu cet instant." in answer.text


def test_what_is_not_there_is_said(reader: Reader) -> None:
    pasted = reader.submit()
    assert reader.get(f"/articles/{pasted}/export/original-format?target=ru").status_code == 404
    article = submit(reader, MARKDOWN.encode(), "a.md", targets=["en"])
    assert reader.get(f"/articles/{article}/export/original-format?target=ru").status_code == 400
    assert reader.get(f"/articles/{article}/export/original-format").status_code == 400
    assert reader.get("/articles/nothing/export/original-format?target=ru").status_code == 404


def test_what_was_left_out_of_a_page_comes_back_with_one_click(reader: Reader) -> None:
    article = submit(reader, PAGE.encode(), "a.html")
    page = reader.text(f"/articles/{article}")
    assert "5 paragraphs of the page were taken for navigation and left out." in page
    assert "Mentions légales" not in page
    answer = reader.post(f"/articles/{article}/source/whole")
    assert answer.status_code == 303
    page = reader.text(f"/articles/{article}")
    assert "5 sentences were brought back." in page
    assert "Mentions légales" in page
    assert "left out" not in page


def test_no_markup_of_a_file_reaches_the_page(reader: Reader) -> None:
    article = submit(reader, PAGE.encode(), "a.html")
    reader.draft()
    assert "<script>alert(1)" not in reader.get(f"/articles/{article}").text
    shown = preview(reader, file=(BytesIO(PAGE.encode()), "a.html"))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown

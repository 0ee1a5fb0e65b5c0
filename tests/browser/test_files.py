"""Files in a browser: dropped on the paper, seen before they are stored, read in rows, given back."""

import io
from base64 import b64encode

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom
from tests.files import PAGE, make_docx

DROP = """([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  document.getElementById("paper").dispatchEvent(drop);
}"""
PASTE = """(html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", "Le bac revient");
  document.getElementById("text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true }));
}"""


def drop(page: Page, data: bytes, name: str) -> None:
    page.evaluate(DROP, [b64encode(data).decode(), name])


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_a_word_document_is_dropped_read_and_given_back(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    drop(page, make_docx(), "bac.docx")
    expect(page.locator("#chosen")).to_contain_text("bac.docx")
    expect(page.locator("#preview .heading").first).to_contain_text("Le bac revient à quai")
    expect(page.locator("#forecast")).to_contain_text("words · 3 languages")
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le bac revient à quai")
    expect(page.locator(".ghost")).to_have_count(0)
    assert page.locator(".row.heading").count() == 2
    assert page.locator(".row.item").count() == 5
    article = page.url.rsplit("/", 1)[1]
    with page.expect_download() as waiting:
        page.evaluate(f"location.href = '/articles/{article}/export/original-format?target=ru'")
    download = waiting.value
    assert download.suggested_filename == "bac.ru.docx"
    document = Document(io.BytesIO(download.path().read_bytes()))
    assert document.paragraphs[0].style.name == "Heading 1"
    assert document.paragraphs[0].text != "Le bac revient à quai"
    assert len(document.inline_shapes) == 1


def test_a_saved_page_is_shown_without_its_navigation_which_one_click_brings_back(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    drop(page, PAGE.encode(), "page.html")
    expect(page.locator("#preview .counted")).to_contain_text("5 paragraphs of navigation left out")
    page.get_by_role("button", name="Bring them back").click()
    expect(page.locator("#preview")).to_contain_text("Mentions légales")
    expect(page.get_by_role("checkbox", name="Take all of a saved web page")).to_be_checked()
    page.get_by_role("button", name="Remove the file").click()
    expect(page.locator("#preview")).to_be_empty()
    expect(page.get_by_label("The French text")).to_be_focused()


def test_what_is_pasted_from_a_page_keeps_its_headings(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.evaluate(PASTE, "<h2>Le bac revient</h2><p>Après <b>trois mois</b> de travaux, il reprend la mer.</p>")
    expect(page.locator("#chosen")).to_contain_text("Pasted from a page")
    expect(page.locator("#preview .heading")).to_contain_text("Le bac revient")
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le bac revient")


def test_a_file_that_cannot_be_read_says_why_at_once(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    drop(page, b"%PDF-1.7", "bac.docx")
    expect(page.locator("#preview").get_by_role("alert")).to_contain_text("bac.docx")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_preview_is_accessible_and_nothing_overflows(newsroom: Newsroom, open_page: Open, width: int) -> None:
    page = open_page("/articles/new", width=width)
    drop(page, PAGE.encode(), "page.html")
    expect(page.locator("#preview .counted")).to_be_visible()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript_a_document_is_taken_and_what_was_left_out_comes_back(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new", java_script_enabled=False)
    page.locator("#file").set_input_files({"name": "page.html", "mimeType": "text/html", "buffer": PAGE.encode()})
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Le bac revient à quai")
    page.get_by_role("button", name="Bring them back").click()
    expect(page.locator("#rows")).to_contain_text("Mentions légales")

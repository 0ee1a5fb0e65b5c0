"""The memory and the glossary in a browser: a match taken by keyboard, a term made of what is selected."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom
from webapp.domain import Origin, State
from webapp.services.articles import get_document
from webapp.services.glossary import Given, add_term, list_terms
from webapp.storage import memory
from webapp.storage.memory import NewEntry, Provenance

FRENCH = "Le conseil de la ville\n\nLe préfet a parlé hier matin devant le conseil. La ville attend une réponse."
KNOWN = "Le préfet a parlé hier soir devant le conseil."
ENGLISH = "The prefect spoke to the council last night."


@pytest.fixture
def known(newsroom: Newsroom) -> str:
    """An article whose first sentence the memory nearly knows."""
    with newsroom.store.begin() as tx:
        memory.add(tx, [NewEntry(KNOWN, "en", ENGLISH, Provenance.FILE, "hier.tmx", "Anne")])
    article = newsroom.submit(FRENCH, ("en", "ko"))
    newsroom.finish(article)
    return article


def open_first(page: Page) -> None:
    page.locator("#s2-1-en").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#open[data-sentence='s2-1-en'] #field")).to_be_focused()


def select(page: Page, word: str) -> None:
    """Selects a word of the French, as a mouse does."""
    page.evaluate(
        """word => {
          const sentence = document.getElementById("s2-1-fr");
          const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const start = walker.currentNode.data.indexOf(word);
            if (start < 0) continue;
            document.getSelection().setBaseAndExtent(walker.currentNode, start, walker.currentNode, start + word.length);
            return;
          }
        }""",
        word,
    )


def passes_axe(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in found] == []


def test_a_match_is_taken_by_keyboard_and_a_term_is_made_of_what_is_selected(
    known: str, newsroom: Newsroom, open_page: Open
) -> None:
    page = open_page(f"/articles/{known}")
    open_first(page)
    expect(page.locator("#open-memory")).to_contain_text("91%")
    page.keyboard.press("Alt+l")
    match = page.locator("#memory li").first
    expect(match).to_contain_text(ENGLISH)
    expect(match.locator("del")).to_have_text("soir")
    expect(match).to_contain_text("from the file hier.tmx · Anne")
    passes_axe(page)
    page.keyboard.press("Alt+1")
    expect(page.locator("#field")).to_have_value(ENGLISH)
    page.keyboard.press("Alt+s")
    expect(page.locator("#message .words")).to_have_text("Saved.")
    with newsroom.store.read() as tx:
        there = get_document(tx, known).paragraphs[1].sentences[0].translations["en"]
    assert (there.text, there.origin, there.state) == (ENGLISH, Origin.MEMORY, State.TRANSLATED)

    select(page, "conseil")
    page.evaluate("document.getElementById('field').setSelectionRange(25, 32)")
    page.keyboard.press("Alt+g")
    expect(page.locator("#term-source")).to_have_value("conseil")
    expect(page.locator("#term-target")).to_have_value("council")
    expect(page.locator("#term-target")).to_be_focused()
    page.locator("#term-target").fill("municipal council")
    passes_axe(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#findings")).to_contain_text("The glossary asks for “municipal council” where the French has “conseil”.")
    expect(page.locator("#glossary .missing")).to_contain_text("municipal council")
    expect(page.locator("#open-glossary")).to_contain_text("(1)")
    assert page.evaluate("[...CSS.highlights.get('term')].map(range => range.toString())") == ["conseil"]
    with newsroom.store.read() as tx:
        assert list_terms(tx).items[0].targets["en"].text == "municipal council"
    page.locator("#field").fill(ENGLISH.replace("the council", "the municipal council"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#open[data-sentence='s2-2-en']")).to_be_visible()
    assert not page.locator("#s2-1-en.finding").count()


def test_the_terms_are_marked_in_the_french_before_anything_is_opened(known: str, newsroom: Newsroom, open_page: Open) -> None:
    with newsroom.store.begin() as tx:
        add_term(tx, Given("préfet", forms={"en": ["prefect"]}))
        add_term(tx, Given("réponse", forms={"ko": ["답"]}))
    page = open_page(f"/articles/{known}")
    assert page.evaluate("[...CSS.highlights.get('term')].map(range => range.toString())") == ["préfet", "réponse"]


@pytest.mark.parametrize(
    ("path", "width"), [("/memory", 1440), ("/glossary", 390), ("/glossary?q=x", 1440), ("/memory?q=x", 390)]
)
def test_the_pages_are_accessible_and_fit(known: str, newsroom: Newsroom, open_page: Open, path: str, width: int) -> None:
    with newsroom.store.begin() as tx:
        add_term(tx, Given("préfet", forms={"en": ["prefect", "the prefect"], "ru": ["префект"], "ko": ["도지사"]}, note="x"))
    page = open_page(path, width=width)
    passes_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

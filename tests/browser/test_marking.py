"""Inline marks in a browser: words light up across them, terms and keys find their places, a link of the text is no trap."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Starters
from tests.browser.newsroom import Newsroom
from tests.browser.test_files import complaints
from tests.browser.test_links import KERLANN, point, wait_for
from tests.browser.translator import ARTICLE, Translator
from webapp.config import Settings
from webapp.services.articles import create_article
from webapp.text.read import read_article


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[Newsroom]:
    """A newsroom whose machine translates the tiny article well."""
    with Newsroom(settings, Translator(), packages=Starters(settings)) as room:
        yield room


@pytest.fixture
def marked(newsroom: Newsroom) -> str:
    """The tiny article from a file, in which a name is a link and bold."""
    text = ARTICLE.replace("Kerlann", "[**Kerlann**](https://exemple.fr/quai)", 1)
    source = read_article(text.encode(), file_name="a.md", max_bytes=1 << 20)
    with newsroom.store.begin() as tx:
        article = create_article(tx, source, ("en", "ru", "ko"))
    newsroom.finish(article)
    return article


def test_a_marked_word_lights_its_counterparts_and_a_click_in_a_translation_edits(marked: str, open_page: Open) -> None:
    page = open_page(f"/articles/{marked}")
    link = page.locator(".cell[data-column=fr] .s a", has_text="Kerlann")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    sentence = link.locator("xpath=ancestor::*[contains(@class, 's')][@id][1]").get_attribute("id")
    page.locator("#show-links").check()
    point(page, f"#{sentence}", "Kerlann")
    wait_for(page, KERLANN)
    assert complaints(page) == []
    in_russian = page.locator(".cell[data-column=ru] .s a")
    if in_russian.count():
        in_russian.first.click()
    else:
        page.locator(".cell[data-column=ru] .s").first.click()
    expect(page.locator("#field")).to_be_focused()
    assert page.url.partition("?")[0].endswith(f"/articles/{marked}")

"""Bringing a translation in a browser: repaired by keyboard alone, said aloud, taken; without JavaScript too."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom
from webapp.services.align_requests import align_round
from webapp.services.bringing import get_brought

FRENCH = (
    "Le musée rouvre ses portes\n\nAprès trois ans de travaux, le musée de la ville rouvre lundi. "
    "Sa directrice attend 3 000 visiteurs dès la première semaine.\n\n"
    "Un train de marchandises a déraillé près de Lyon, sans faire de blessé. La ligne restera fermée jusqu’à jeudi.\n\n"
    "« Nous avons gardé les vieux murs », dit-elle. Le public jugera."
)
RUSSIAN = (
    "Музей вновь открывает двери\n\nПосле трёх лет ремонта городской музей открывается в понедельник, и его директор "
    "ожидает 3000 посетителей уже в первую неделю.\n\n"
    "Под Лионом сошёл с рельсов товарный поезд. Никто не пострадал. Линия будет закрыта до четверга.\n\n"
    "«Мы сохранили старые стены», — говорит она. Мэр на церемонию не придёт, потому что уехал в отпуск."
)


@pytest.fixture
def brought(newsroom: Newsroom) -> str:
    article = newsroom.submit(FRENCH)
    newsroom.finish(article)
    return article


def _paste(newsroom: Newsroom, open_page: Open, article: str, **options: Any) -> Page:
    page = open_page(f"/articles/{article}/bring?target=ru", **options)
    page.get_by_label("The translation").fill(RUSSIAN)
    page.get_by_role("button", name="Pair it with the French").click()
    return page


def test_rows_are_repaired_by_keyboard_said_aloud_undone_and_taken(newsroom: Newsroom, open_page: Open, brought: str) -> None:
    page = _paste(newsroom, open_page, brought)
    expect(page.get_by_text("Being paired with the French")).to_be_visible()
    align_round(newsroom.store)
    rows = page.locator(".rows-of-beads > li")
    expect(rows.first).to_be_visible()
    count = rows.count()
    page.keyboard.press("ArrowDown")
    expect(rows.first.locator("input")).to_be_focused()
    page.keyboard.press("m")
    expect(rows).to_have_count(count - 1)
    expect(page.locator("#said")).to_have_text("Merged with the row below.")
    expect(rows.first.locator("input")).to_be_focused()
    expect(rows.first).to_contain_text("by you")
    page.keyboard.press("z")
    expect(rows).to_have_count(count)
    expect(page.locator("#said")).to_have_text("Undone.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    expect(rows.nth(1)).to_contain_text("left out")
    page.keyboard.press("z")
    expect(page.locator("#said")).to_have_text("Undone.")
    page.keyboard.press("u")
    expect(page.locator("#said")).to_have_text("The first sentence went to the row above.")
    page.keyboard.press("z")
    expect(rows).to_have_count(count)
    page.get_by_role("button", name="Take it into the article").click()
    expect(page.get_by_role("status").first).to_contain_text("translations imported")
    expect(page.locator(".cell[data-column='ru'] .s").first).to_have_text("Музей вновь открывает двери")


@pytest.mark.parametrize(("path", "scheme"), [("bring", "light"), ("bring/ru", "light"), ("bring/ru", "dark")])
def test_the_pages_are_accessible(newsroom: Newsroom, open_page: Open, brought: str, path: str, scheme: str) -> None:
    page = _paste(newsroom, open_page, brought, color_scheme=scheme)
    align_round(newsroom.store)
    page.goto(f"{newsroom.address}/articles/{brought}/{path}?target=ru&row=1")
    page.locator("h1").wait_for()
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def test_everything_works_without_javascript(newsroom: Newsroom, open_page: Open, brought: str) -> None:
    page = _paste(newsroom, open_page, brought, java_script_enabled=False)
    align_round(newsroom.store)
    page.reload()
    rows = page.locator(".rows-of-beads > li")
    count = rows.count()
    rows.nth(1).locator("input[name=row]").check()
    page.get_by_role("button", name="Merge").click()
    expect(rows).to_have_count(count - 1)
    expect(rows.nth(1).locator("input[name=row]")).to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(count)
    with newsroom.store.read() as tx:
        assert get_brought(tx, brought, "ru").steps == 0

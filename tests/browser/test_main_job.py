"""The main job in a browser: paste, watch the rows fill in, read four versions side by side."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom
from tests.browser.typist import Typist
from webapp.web.new import sample_text

WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
  }).observe({ type: "layout-shift", buffered: true });
}"""


def test_paste_watch_read(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.working.clear()
    page = open_page("/")
    page.get_by_role("link", name="Paste an article").click()
    page.get_by_label("The French text").fill(sample_text())
    expect(page.locator("#forecast")).to_contain_text("403 words · 3 languages")
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À Kerlann, le bac électrique fait oublier le pont")
    assert page.locator(".ghost").count() == 34 * 3
    newsroom.working.set()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator("#progress-ko")).to_contain_text("34 sentences drafted")
    expect(page.locator("#said")).to_have_text("Every sentence is drafted.")
    assert page.locator("#updates").get_attribute("hx-get") is None


def test_rows_fill_in_while_one_watches_and_nothing_jumps(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.engine.seconds = 0.25  # type: ignore[attr-defined]
    newsroom.working.clear()
    article = newsroom.submit(sample_text())
    page = open_page(f"/articles/{article}")
    page.evaluate(WATCH_SHIFTS)
    top = page.locator("#p4-fr").bounding_box()
    newsroom.working.set()
    expect(page.locator("#s1-1-en")).to_be_visible()
    assert page.locator(".ghost").count() > 0, "the first rows come before the last"
    expect(page.locator(".ghost")).to_have_count(0, timeout=40_000)
    page.wait_for_timeout(500)
    end = page.locator("#p4-fr").bounding_box()
    assert top is not None
    assert end is not None
    assert abs(end["y"] - top["y"]) < 1
    assert sum(page.evaluate("window.shifts")) < 0.05  # 0.1 counts as good (web.dev/cls)


def test_what_one_reads_stays_while_rows_fill_in(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.working.clear()
    article = newsroom.submit(sample_text())
    page = open_page(f"/articles/{article}")
    page.locator("#s2-1-fr").focus()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('p4-fr'))")
    newsroom.working.set()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator("#s2-1-ru")).to_have_class(re.compile(r"\bon\b"))
    assert page.evaluate("document.activeElement.id") == "s2-1-fr"
    assert "27,4 millions" in page.evaluate("getSelection().toString()")


def test_cancel_and_go_on_without_leaving_the_page(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.working.clear()
    article = newsroom.submit(sample_text())
    page = open_page(f"/articles/{article}")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#job")).to_contain_text("Drafting was cancelled")
    newsroom.working.set()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".ghost")).to_have_count(0)


def test_a_failure_is_said_on_the_page_and_mended_there(newsroom: Newsroom, open_page: Open) -> None:
    assert isinstance(newsroom.engine, Typist)
    newsroom.engine.poison = "bac"
    article = newsroom.submit(sample_text())
    page = open_page(f"/articles/{article}")
    expect(page.get_by_role("alert")).to_contain_text("The machine cannot translate")
    newsroom.engine.poison = "\N{SKULL}"
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".ghost")).to_have_count(0)
    expect(page.locator("#job")).to_be_empty()


def test_home_follows_what_is_being_drafted(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.working.clear()
    newsroom.submit(sample_text())
    page = open_page("/")
    expect(page.locator(".entry")).to_contain_text("of 34 drafted")
    newsroom.working.set()
    expect(page.locator(".entry")).to_contain_text("all drafted")
    expect(page.locator("#articles[hx-get]")).to_have_count(0)


def test_an_article_deleted_elsewhere_says_so_and_stops_asking(newsroom: Newsroom, open_page: Open) -> None:
    from webapp.services.articles import delete_article

    newsroom.working.clear()
    article = newsroom.submit(sample_text())
    page = open_page(f"/articles/{article}")
    with newsroom.store.begin() as tx:
        delete_article(tx, article)
    expect(page.locator("#article-problems")).to_contain_text("This article is not here")
    expect(page.locator("#updates")).to_have_count(0)


def test_everything_works_without_javascript(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("link", name="Paste an article").click()
    page.get_by_label("The French text").fill(sample_text())
    page.get_by_role("checkbox", name="한국어").uncheck()
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("À Kerlann")
    newsroom.finish(page.url.rsplit("/", 1)[1])
    page.reload()
    assert page.locator(".cell[data-column='ru'] .s").count() == 34
    assert page.locator("[data-column='ko'].cell").count() == 0
    page.get_by_role("checkbox", name="English pivot").check()
    expect(page.locator("#p2-ru .pivot")).to_be_visible()
    page.get_by_role("checkbox", name="English", exact=True).uncheck()
    expect(page.locator("#p2-en")).to_be_hidden()
    page.goto(newsroom.address + "/?q=kerlann")
    page.get_by_role("link", name="Delete “À Kerlann").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("status").first).to_contain_text("was deleted")

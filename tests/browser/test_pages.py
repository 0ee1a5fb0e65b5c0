"""Every page in a browser: forms, menus, appearance, accessibility."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open, Starters
from tests.browser.newsroom import Newsroom
from tests.browser.typist import Typist
from webapp.config import Settings
from webapp.web.new import sample_text

ENGLISH = "The mayor spoke last night before the city council, and nobody there believed a single word of what he said. " * 2
ColorScheme = Literal["light", "dark"]
DROP = """([selector, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  const target = document.querySelector(selector);
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  for (const type of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(type, options));
}"""


def test_a_file_can_be_dropped_counted_and_taken_away_again(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.evaluate(DROP, ["#text", "dépêche.txt", sample_text()])
    expect(page.locator("#chosen")).to_contain_text("dépêche.txt")
    expect(page.locator("#text")).to_be_hidden()
    expect(page.locator("#forecast")).to_contain_text("403 words")
    page.get_by_role("button", name="Remove the file").click()
    expect(page.locator("#text")).to_be_focused()
    page.evaluate(DROP, ["#text", "dépêche.txt", sample_text()])
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("À Kerlann")


def test_the_language_question_is_asked_beside_the_text_and_answered_there(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.get_by_label("The French text").fill(ENGLISH)
    page.get_by_role("button", name="Translate").click()
    question = page.get_by_role("alert")
    expect(question).to_contain_text("Is this French?")
    expect(page.get_by_label("The French text")).to_have_value(ENGLISH)
    question.get_by_role("link", name="Back to the text").click()
    expect(page.get_by_label("The French text")).to_be_focused()
    question.get_by_role("button", name="Translate anyway").click()
    expect(page.locator("#sheet")).to_be_visible()


def test_too_much_text_is_said_before_it_is_sent_and_nothing_is_lost(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.get_by_label("The French text").fill("é" * 600_000)
    page.get_by_role("button", name="Translate").press("Enter")  # a page busy with so much text may lose a click
    expect(page.get_by_role("alert")).to_contain_text("larger than an article may be", timeout=20_000)
    assert len(page.get_by_label("The French text").input_value()) == 600_000


def test_ctrl_enter_sends_the_form(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.get_by_label("The French text").fill(sample_text())
    page.keyboard.press("Control+Enter")
    expect(page.locator("#sheet")).to_be_visible()


def test_search_answers_while_one_types_and_keeps_the_address(drafted: str, newsroom: Newsroom, open_page: Open) -> None:
    newsroom.submit("Le marché ouvre samedi. La mairie l’a dit hier soir.", title="Le marché")
    page = open_page("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("marché")
    expect(page.locator("#found")).to_contain_text("1 article holds “marché”")
    assert page.url.endswith("/?q=march%C3%A9")
    page.reload()
    expect(page.locator(".entry")).to_have_count(1)


def test_deleting_asks_in_place_and_keeping_is_the_easy_answer(drafted: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Delete “À Kerlann").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("This cannot be undone")
    expect(dialog.get_by_role("link", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Delete “À Kerlann").click()
    dialog.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("was deleted")).to_be_visible()
    expect(page.get_by_role("heading", name="Paste your first French article")).to_be_visible()


def test_a_server_that_does_not_answer_is_said_near_the_form_and_the_text_stays(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/articles/new")
    page.get_by_label("The French text").fill(sample_text())
    page.route("**/articles", lambda route: route.abort())
    page.get_by_role("button", name="Translate").click()
    expect(page.locator("#new-problems")).to_contain_text("The server does not answer")
    expect(page.get_by_label("The French text")).to_have_value(sample_text())
    page.unroute("**/articles")
    page.get_by_role("button", name="Translate").click()
    expect(page.locator("#sheet")).to_be_visible()


def test_the_menu_changes_the_language_and_the_appearance_and_closes_with_escape(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/models")
    page.locator("#menu summary").click()
    page.get_by_role("button", name="한국어").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("모델")
    page.locator("#menu summary").click()
    page.get_by_role("button", name="어둡게").click()
    expect(page.locator("body")).to_have_css("background-color", "rgb(23, 22, 20)")
    page.locator("#menu summary").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Français")).to_be_hidden()
    expect(page.locator("#menu summary")).to_be_focused()


def test_night_follows_the_system(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"


def test_reduced_motion_moves_nothing(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}", reduced_motion="reduce")
    assert page.locator("#s1-1-fr").evaluate("s => getComputedStyle(s).transitionDuration") in {"0s", "0s, 0s"}


def test_the_skip_link_leads_to_the_content(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(("width", "language"), [(320, "fr"), (320, "ko"), (390, "ru"), (390, "en"), (768, "ru"), (1440, "fr")])
def test_no_page_is_wider_than_the_window(drafted: str, open_page: Open, width: int, language: str) -> None:
    page = open_page("/", width=width, language=language)
    for path in ("/", "/articles/new", f"/articles/{drafted}", "/models", "/keyboard", "/nowhere"):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def targets_too_small(page: Page) -> list[str]:
    """Controls under 24 px that are not in a line of text (WCAG 2.2, 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
          .filter((e) => e.getClientRects().length && !e.closest("p.notice, .unseen, .written-by, .none, .skip"))
          .filter((e) => { const r = (e.closest("label") ?? e).getBoundingClientRect(); return r.height < 24 || r.width < 24; })
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_no_violation_on_any_page(drafted: str, newsroom: Newsroom, open_page: Open, width: int, scheme: str) -> None:
    newsroom.working.clear()
    waiting = newsroom.submit("Le marché ouvre samedi.\n\nLa mairie l’a dit hier soir.", title="En attente")
    page = open_page("/", width=width, color_scheme=scheme)
    paths = ["/", "/?q=rien", "/articles/new", f"/articles/{drafted}", f"/articles/{waiting}", f"/articles/{drafted}/delete"]
    for path in [*paths, f"/articles/{drafted}/export", "/models", "/keyboard", "/nowhere"]:
        page.goto(newsroom.address + path)
        check(page, path)
    page.goto(f"{newsroom.address}/articles/{drafted}")
    page.get_by_role("checkbox", name="English pivot").check()
    page.locator("#s2-1-fr").focus()
    page.locator("#menu summary").click()
    check(page, "an article with its pivot and the menu open")
    page.keyboard.press("Escape")
    page.locator("[data-opens='keys']").click()
    check(page, "the sheet of keys")


def check(page: Page, name: str) -> None:
    page.wait_for_timeout(150)  # transitions of 80 ms are not colours to judge
    results = Axe().run(page)
    assert results.violations_count == 0, f"{name}\n{results.generate_report()}"
    assert not targets_too_small(page), name


def test_axe_finds_no_violation_on_the_empty_home_and_the_question(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/")
    check(page, "the empty home")
    page.goto(newsroom.address + "/articles/new")
    page.get_by_label("The French text").fill(ENGLISH)
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, "the question")


def test_the_tests_fail_and_say_what_to_install_where_there_is_no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.browser.conftest import chromium_path

    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CHROMIUM", str(Path("/nowhere")))
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium_path()


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_no_violation_in_the_documentation_of_the_api(newsroom: Newsroom, open_page: Open, width: int) -> None:
    page = open_page("/api/v1/docs", width=width)
    expect(page.get_by_text("Translate an article").first).to_be_attached(timeout=20_000)
    check(page, "the documentation")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_no_violation_on_the_login(settings: Settings, browser: Browser, width: int, scheme: ColorScheme) -> None:
    guarded = replace(settings, access_token="a-very-long-token")
    with Newsroom(guarded, Typist(), packages=Starters(guarded)) as room:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en", color_scheme=scheme)
        page = context.new_page()
        page.goto(room.address + "/")
        assert page.url.endswith("/login?next=/")
        check(page, "the login")
        page.get_by_label("Access token").fill("a-wrong-token-for-sure")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        check(page, "the login after a wrong token")
        context.close()

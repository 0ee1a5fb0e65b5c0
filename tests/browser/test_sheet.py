"""The sheet in a browser: lights, keys, columns, the pivot, phones, print."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.newsroom import Newsroom

ON = re.compile(r"\bon\b")


def lit(page: Page) -> list[str]:
    return sorted(page.eval_on_selector_all(".s.on", "all => all.map(s => s.id)"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_pointing_at_a_sentence_lights_its_counterparts_and_the_others_step_back(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.locator("#s2-2-ru").hover()
    assert lit(page) == ["s2-2-en", "s2-2-fr", "s2-2-ko", "s2-2-ru"]
    expect(page.locator("#s2-1-fr")).to_have_css("opacity", "0.75")
    expect(page.locator("#s4-1-fr")).to_have_css("opacity", "1")
    assert page.locator("#s2-2-fr").evaluate("s => getComputedStyle(s).transitionDuration").startswith("0.08s")
    page.locator("h1").hover()
    assert lit(page) == []


def test_a_click_pins_and_another_lets_go(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.locator("#s2-1-fr").click()
    page.locator("h1").hover()
    page.locator("#main").focus()
    assert lit(page) == ["s2-1-en", "s2-1-fr", "s2-1-ko", "s2-1-ru"]
    page.locator("#s2-1-fr").click()
    page.locator("h1").hover()
    page.locator("#main").focus()
    assert lit(page) == []


def test_the_keyboard_alone_goes_everywhere(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("j")
    assert focused(page) == "s1-1-fr"
    assert lit(page) == ["s1-1-en", "s1-1-fr", "s1-1-ko", "s1-1-ru"]
    for key, expected in (
        ("ArrowDown", "s2-1-fr"),
        ("j", "s2-2-fr"),
        ("ArrowRight", "s2-2-en"),
        ("l", "s2-2-ru"),
        ("k", "s2-1-ru"),
        ("h", "s2-1-en"),
        ("Home", "s1-1-en"),
        ("ArrowUp", "s1-1-en"),
    ):
        page.keyboard.press(key)
        assert focused(page) == expected, key
    page.keyboard.press("End")
    assert focused(page).endswith("-en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.sheet')") is None, "Tab leaves the text in one step"
    page.keyboard.press("Shift+Tab")
    assert focused(page).endswith("-en"), "and comes back to the same sentence"


def test_enter_keeps_a_sentence_lit_and_escape_lets_it_go(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.locator("#s2-1-fr").focus()
    page.keyboard.press("Enter")
    page.locator("#main").focus()
    assert len(lit(page)) == 4
    page.locator("#s2-1-fr").focus()
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_columns_hide_are_remembered_and_never_all_at_once(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.get_by_role("checkbox", name="Русский").uncheck()
    expect(page.locator("#p2-ru")).to_be_hidden()
    wide = page.locator("#p2-en").bounding_box()
    page.reload()
    expect(page.locator("#p2-ru")).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Русский")).not_to_be_checked()
    assert page.locator("#p2-en").bounding_box() == wide
    page.keyboard.press("4")
    page.keyboard.press("2")
    expect(page.locator("#p2-en")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator("#p2-fr")).to_be_visible()
    page.keyboard.press("3")
    expect(page.locator("#p2-ru")).to_be_visible()


def test_hidden_columns_are_hidden_before_the_first_paint(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.get_by_role("checkbox", name="한국어").uncheck()
    page.route("**/sheet.js*", lambda route: route.abort())
    page.reload()
    expect(page.locator("#p2-ko")).to_be_hidden()


def test_the_pivot_is_shown_on_demand_and_remembered(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    expect(page.locator("#p2-ru .pivot")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.locator("#p2-ru .pivot")).to_be_visible()
    expect(page.locator("#p2-ko .pivot")).to_be_visible()
    assert page.locator("#p2-en .pivot").count() == 0
    page.reload()
    expect(page.locator("#p2-ko .pivot")).to_be_visible()


def test_low_confidence_says_its_name_when_pointed_at(newsroom: Newsroom, open_page: Open) -> None:
    article = newsroom.submit("Le marché ouvre samedi. La mairie l’a dit hier soir devant le conseil.")
    newsroom.finish(article)
    page = open_page(f"/articles/{article}")
    sentence = page.locator("#s1-1-ru")
    sentence.focus()
    assert sentence.evaluate("s => getComputedStyle(s, '::after').content") == '"low confidence"'
    assert sentence.evaluate("s => getComputedStyle(s).textDecorationStyle") == "dotted"
    assert page.locator("#s1-2-ru").evaluate("s => getComputedStyle(s, '::after').content") == "none"


def test_single_keys_can_be_switched_off(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    sheet.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    for key in ("?", "1", "p", "n", "j"):
        page.keyboard.press(key)
    expect(sheet).to_be_hidden()
    expect(page.locator("#p2-fr")).to_be_visible()
    assert page.url.endswith(drafted)
    page.locator("#s1-1-fr").focus()
    page.keyboard.press("j")
    assert focused(page) == "s2-1-fr", "a focused sentence still listens"


def test_long_articles_load_as_one_reads(newsroom: Newsroom, open_page: Open) -> None:
    text = "\n\n".join(f"Le chapitre {n} raconte la suite de cette histoire. Il tient en deux phrases." for n in range(150))
    article = newsroom.submit(text)
    newsroom.finish(article)
    page = open_page(f"/articles/{article}")
    assert page.locator(".row").count() == 60
    page.locator("#p60").scroll_into_view_if_needed()
    expect(page.locator("#p61")).to_be_attached()
    page.locator("#p120").scroll_into_view_if_needed()
    expect(page.locator("#p150")).to_be_attached()
    expect(page.locator("#more")).to_have_count(0)
    page.locator("#s150-1-ko").hover()
    assert len(lit(page)) == 4


def test_rows_loaded_later_fill_in_too(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.working.clear()
    text = "\n\n".join(f"Le chapitre {n} raconte la suite de cette histoire." for n in range(100))
    article = newsroom.submit(text)
    page = open_page(f"/articles/{article}")
    page.locator("#p60").scroll_into_view_if_needed()
    expect(page.locator("#p100")).to_be_attached()
    newsroom.working.set()
    expect(page.locator(".ghost")).to_have_count(0, timeout=30_000)


def test_a_phone_shows_french_and_one_language_chosen_within_thumbs_reach(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}", width=390, height=844, has_touch=True)
    expect(page.locator("#p2-fr")).to_be_visible()
    expect(page.locator("#p2-en")).to_be_visible()
    expect(page.locator("#p2-ru")).to_be_hidden()
    tab = page.get_by_role("navigation", name="Language beside the French").get_by_role("link", name="한국어")
    box = tab.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] >= 840
    assert box["height"] >= 44
    tab.click()
    expect(page.locator("#p2-ko")).to_be_visible()
    expect(page.locator("#p2-en")).to_be_hidden()
    page.reload()
    expect(page.locator("#p2-ko")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_phone_without_javascript_has_its_tabs_too(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}", width=390, height=844, java_script_enabled=False)
    page.get_by_role("navigation", name="Language beside the French").get_by_role("link", name="Русский").click()
    expect(page.locator("#p2-ru")).to_be_visible()
    expect(page.locator("#p2-en")).to_be_hidden()


def test_print_is_the_texts_alone(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.emulate_media(media="print")
    for hidden in (".bar", ".tools", ".foot", ".tabs", ".margin"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#s2-1-ko")).to_be_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


def test_print_takes_the_whole_of_a_long_article(newsroom: Newsroom, open_page: Open) -> None:
    text = "\n\n".join(f"Le chapitre {n} raconte la suite de cette histoire." for n in range(70))
    article = newsroom.submit(text)
    page = open_page(f"/articles/{article}")
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.get_by_role("link", name="Print").click()
    expect(page.locator("#p70")).to_be_attached()
    page.wait_for_function("window.printed === true")


def test_the_heads_stay_in_sight(drafted: str, open_page: Open) -> None:
    page = open_page(f"/articles/{drafted}")
    page.mouse.wheel(0, 1500)
    page.wait_for_function("scrollY > 500")
    box = page.locator(".heads").bounding_box()
    assert box is not None
    assert box["y"] == 0

"""The review in a browser: three approved versions by keyboard, and nothing a person wrote is lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Starters
from tests.browser.newsroom import Newsroom
from tests.browser.translator import ARTICLE, CORRECTED, Translator
from webapp.config import Settings
from webapp.domain import State
from webapp.services.articles import get_document
from webapp.services.review import edit_translation


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[Newsroom]:
    """A newsroom whose machine translates the tiny article well."""
    with Newsroom(settings, Translator(), packages=Starters(settings)) as room:
        yield room


@pytest.fixture
def tiny(newsroom: Newsroom) -> str:
    """Four sentences in three languages, drafted."""
    article = newsroom.submit(ARTICLE)
    newsroom.finish(article)
    return article


def texts(newsroom: Newsroom, article: str, target: str) -> list[str]:
    with newsroom.store.read() as tx:
        document = get_document(tx, article)
    return [s.translations[target].text for p in document.paragraphs for s in p.sentences]


def states(newsroom: Newsroom, article: str, target: str) -> list[State]:
    with newsroom.store.read() as tx:
        document = get_document(tx, article)
    return [s.translations[target].state for p in document.paragraphs for s in p.sentences]


def number_of(newsroom: Newsroom, article: str, paragraph: int, index: int) -> int:
    with newsroom.store.read() as tx:
        return get_document(tx, article).paragraphs[paragraph].sentences[index].id


def open_at(page: Page, sentence: str) -> None:
    page.locator(f"#{sentence}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#open[data-sentence='{sentence}'] #field")).to_be_focused()


def click(page: Page, sentence: str) -> None:
    """Clicks on the text, not on its mark in the margin."""
    x, y = page.locator(f"#{sentence}").evaluate(
        "s => { const r = [...s.getClientRects()].at(-1); return [r.x + r.width / 2, r.y + r.height / 2]; }"
    )
    page.mouse.click(x, y)


def is_open(page: Page, sentence: str) -> None:
    expect(page.locator(f"#open[data-sentence='{sentence}'] #field")).to_be_focused()


def test_three_versions_are_approved_by_keyboard_alone(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    for target in ("en", "ru", "ko"):
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        for sentence in ("s1-1", "s2-1", "s2-2", "s3-1"):
            is_open(page, f"{sentence}-{target}")
            page.keyboard.press("Control+Enter")
        expect(page.locator(f"#s3-1-{target}")).to_be_focused()
        assert set(states(newsroom, tiny, target)) == {State.APPROVED}
        expect(page.locator(f"#progress-{target}")).to_contain_text("4 of 4 approved · 17 of 17 words")
    expect(page.locator("svg.mark.approved")).to_have_count(12)


def test_a_sentence_opens_in_its_row_and_nothing_above_it_moves(tiny: str, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    page.evaluate(
        "() => { window.shifts = []; new PerformanceObserver((list) => window.shifts.push(...list.getEntries()"
        ".filter((e) => !e.hadRecentInput).map((e) => e.value))).observe({ type: 'layout-shift', buffered: false }); }"
    )
    before = page.locator("#s2-2-ru").bounding_box()
    open_at(page, "s2-2-ru")
    assert page.locator("#s2-2-ru").bounding_box() == before
    assert page.locator("#p2 #open").count() == 1
    for neighbour in ("#s2-2-fr", "#s2-1-ru", "#s3-1-ru"):
        expect(page.locator(neighbour)).to_be_in_viewport()
    expect(page.locator("#field")).to_have_value("В нём 120 мест.")
    assert page.locator("#field").get_attribute("lang") == "ru"
    expect(page.locator("#pivot .english")).to_have_text("It has 120 seats.")
    # On a busy machine the row itself grows too late to count as an answer to the key.
    assert sum(page.evaluate("window.shifts")) < 0.05
    page.keyboard.press("Escape")
    expect(page.locator("#s2-2-ru")).to_be_focused()
    expect(page.locator(".editor")).to_have_count(0)


def test_the_mouse_opens_a_translation_and_pins_the_french(tiny: str, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    click(page, "s2-1-ko")
    is_open(page, "s2-1-ko")
    click(page, "s3-1-en")
    is_open(page, "s3-1-en")
    click(page, "s2-1-fr")
    expect(page.locator("#open[data-sentence='s3-1-en'] #field")).to_be_visible()
    expect(page.locator("#s2-1-ko")).to_have_class(re.compile(r"\bon\b"))


def test_the_english_corrected_drafts_korean_again_and_proposes_beside_what_a_person_wrote(
    tiny: str, newsroom: Newsroom, open_page: Open
) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-ko")
    page.locator("#field").fill("시청은 기뻐한다.")
    page.keyboard.press("Alt+s")
    expect(page.locator("#message")).to_contain_text("Saved.")
    open_at(page, "s3-1-en")
    page.locator("#field").fill("The town hall is delighted.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#s3-1-ru")).to_have_text("Мэрия в восторге.", timeout=30_000)
    expect(page.locator("#s3-1-ko")).to_have_text("시청은 기뻐한다.")
    expect(page.locator("#s3-1-ko svg.mark.stale")).to_have_count(1)
    open_at(page, "s3-1-ko")
    expect(page.locator("#pivot")).to_contain_text("The English changed")
    expect(page.locator("#proposal")).to_contain_text("The English changed")
    expect(page.locator("#proposal ins").first).to_be_visible()
    page.keyboard.press("Alt+t")
    expect(page.locator("#field")).to_have_value("시청은 매우 기뻐한다.")
    expect(page.locator("#proposal")).to_have_count(0)
    assert texts(newsroom, tiny, "ko")[-1] == "시청은 매우 기뻐한다."


def test_the_pivot_alone_can_be_corrected(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-ko")
    page.keyboard.press("Control+Shift+P")
    expect(page.locator("#pivot-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.press("Alt+p")
    page.locator("#pivot-text").fill("The municipality is happy.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#s3-1-ko")).to_have_text("시 당국은 기쁘다.", timeout=30_000)
    expect(page.locator("#field")).to_have_value("시 당국은 기쁘다.")
    expect(page.locator("#pivot")).to_contain_text("corrected")
    assert texts(newsroom, tiny, "en")[-1] == "The town hall is pleased."
    assert texts(newsroom, tiny, "ru")[-1] == "Мэрия довольна."


def test_an_error_keeps_off_approval_until_it_is_dismissed_with_a_reason(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-2-ru")
    page.locator("#field").fill("В нём 130 мест.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#findings .error").first).to_be_visible()
    is_open(page, "s2-2-ru")
    expect(page.locator("#said")).to_contain_text("Saved, not approved")
    assert states(newsroom, tiny, "ru")[2] == State.TRANSLATED
    expect(page.locator("#s2-2-ru svg.mark.finding")).to_have_count(1)
    for _ in range(page.locator("#findings .error").count()):
        page.keyboard.press("Alt+x")
        page.keyboard.type("La mairie a corrigé le chiffre.")
        left = page.locator(".findings:not(.dismissed) .finding").count()
        page.keyboard.press("Enter")
        expect(page.locator(".findings:not(.dismissed) .finding")).to_have_count(left - 1)
        is_open(page, "s2-2-ru")
    expect(page.locator(".dismissed")).to_contain_text("La mairie a corrigé le chiffre.")
    page.keyboard.press("Control+Enter")
    is_open(page, "s3-1-ru")
    assert states(newsroom, tiny, "ru")[2] == State.APPROVED


def test_the_source_is_updated_and_only_what_changed_is_drafted_again(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-2-ru")
    page.locator("#field").fill("Там 120 мест.")
    page.keyboard.press("Control+Enter")
    is_open(page, "s3-1-ru")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Update the source").click()
    field = page.get_by_label("The French text")
    expect(field).to_have_value(ARTICLE)
    field.fill(CORRECTED)
    page.get_by_role("button", name="Preview the changes").click()
    expect(page.locator("#report")).to_contain_text("2 sentences stay")
    expect(page.locator("#report del").first).to_be_visible()
    page.get_by_role("button", name="Update the source").click()
    newsroom.finish(tiny)
    page.reload()
    expect(page.locator("#s2-2-ru")).to_have_text("Там 120 мест.")
    expect(page.locator("#s2-2-ko")).to_have_text("좌석은 150석이다.")
    expect(page.locator("#s2-2-ru svg.mark")).to_have_attribute("aria-label", re.compile("the French changed"))
    open_at(page, "s2-2-ru")
    expect(page.locator("#source-diff ins")).to_have_text("150")
    page.keyboard.press("Alt+t")
    expect(page.locator("#field")).to_have_value("В нём 150 мест.")


def test_an_earlier_text_is_restored_from_the_history_and_undone_again(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-en")
    page.locator("#field").fill("The town hall is delighted.")
    page.keyboard.press("Alt+s")
    expect(page.locator("#message")).to_contain_text("Saved.")
    page.keyboard.press("Alt+h")
    expect(page.locator("#history del").first).to_have_text("pleased")
    expect(page.locator("#history .link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#field")).to_have_value("The town hall is pleased.")
    page.keyboard.press("Control+Alt+z")
    expect(page.locator("#s3-1-en")).to_have_text("The town hall is delighted.")
    expect(page.locator("#field")).to_have_value("The town hall is delighted.")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Undone.")


def test_two_people_on_one_sentence_see_both_texts_and_choose(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    mine, theirs = open_page(f"/articles/{tiny}"), open_page(f"/articles/{tiny}")
    for page in (mine, theirs):
        open_at(page, "s3-1-en")
    theirs.locator("#field").fill("City hall is glad.")
    theirs.keyboard.press("Alt+s")
    expect(theirs.locator("#message")).to_contain_text("Saved.")
    mine.locator("#field").fill("The town hall rejoices.")
    mine.keyboard.press("Control+Enter")
    conflict = mine.locator("#conflict")
    expect(conflict).to_contain_text("City hall is glad.")
    expect(conflict.locator("ins").first).to_be_visible()
    expect(mine.locator("#field")).to_have_value("The town hall rejoices.")
    assert texts(newsroom, tiny, "en")[-1] == "City hall is glad."
    mine.keyboard.press("Control+Enter")
    expect(conflict).to_be_visible()
    assert texts(newsroom, tiny, "en")[-1] == "City hall is glad.", "not even a second try overwrites"
    expect(conflict.get_by_role("button", name="and approve")).to_be_visible()
    mine.keyboard.press("Alt+m")
    expect(mine.locator("#s3-1-en")).to_have_text("The town hall rejoices.")
    assert texts(newsroom, tiny, "en")[-1] == "The town hall rejoices."
    assert states(newsroom, tiny, "en")[-1] is State.APPROVED, "what was asked with it is done now"


def test_a_save_that_met_another_is_only_saved_when_it_replaces_it(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-en")
    with newsroom.store.begin() as tx:
        edit_translation(tx, tiny, number_of(newsroom, tiny, 2, 0), "en", "City hall is glad.", revision=None, who="anna")
    page.locator("#field").fill("The town hall rejoices.")
    page.keyboard.press("Alt+s")
    expect(page.locator("#over")).to_have_text("Replace theirs by mineAlt M")
    page.keyboard.press("Alt+m")
    expect(page.locator("#s3-1-en")).to_have_text("The town hall rejoices.")
    assert states(newsroom, tiny, "en")[-1] is State.TRANSLATED


def test_theirs_can_be_taken_instead(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-en")
    with newsroom.store.begin() as tx:
        sentence = number_of(newsroom, tiny, 2, 0)
        edit_translation(tx, tiny, sentence, "en", "City hall is glad.", revision=None, who="anna")
    page.locator("#field").fill("Mine.")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#conflict")).to_contain_text("anna")
    page.keyboard.press("Alt+t")
    expect(page.locator("#field")).to_have_value("City hall is glad.")
    expect(page.locator("#conflict")).to_have_count(0)


def test_closing_the_tab_loses_nothing(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-en")
    page.locator("#field").fill("Half a sent")
    page.close(run_before_unload=True)
    page = open_page(f"/articles/{tiny}")
    assert texts(newsroom, tiny, "en")[-1] == "The town hall is pleased.", "nobody else sees half a sentence"
    open_at(page, "s3-1-en")
    expect(page.locator("#field")).to_have_value("Half a sent")
    expect(page.locator("#restored")).to_contain_text("not saved yet")
    page.get_by_role("button", name="Take the saved text").click()
    expect(page.locator("#field")).to_have_value("The town hall is pleased.")


def test_leaving_a_sentence_saves_what_was_typed_and_says_so(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-1-en")
    page.locator("#field").fill("Tomorrow the ferry returns to Kerlann.")
    page.keyboard.press("Alt+ArrowDown")
    is_open(page, "s2-2-en")
    expect(page.locator("#message")).to_contain_text("Saved.")
    assert states(newsroom, tiny, "en")[1] == State.TRANSLATED
    page.keyboard.press("Alt+ArrowUp")
    is_open(page, "s2-1-en")
    page.locator("#field").fill("The ferry returns tomorrow to Kerlann.")
    click(page, "s1-1-ru")
    is_open(page, "s1-1-ru")
    assert texts(newsroom, tiny, "en")[1] == "The ferry returns tomorrow to Kerlann."


def test_alternatives_are_asked_for_and_taken_by_number(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-ru")
    page.keyboard.press("Alt+1")
    expect(page.locator("[data-take='2']")).to_be_visible(timeout=30_000)
    page.keyboard.press("Alt+2")
    expect(page.locator("#field")).to_have_value("Мэрия довольна (2).")
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("#field")).to_have_value("Мэрия довольна.")


def test_comments_are_written_resolved_and_seen_in_the_margin(tiny: str, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-ru")
    page.keyboard.press("Alt+c")
    expect(page.locator("#comment")).to_be_focused()
    page.keyboard.type("Ville ou mairie ? <b>à voir</b>")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comments li .said")).to_have_text("Ville ou mairie ? <b>à voir</b>")
    expect(page.locator("#open-comments")).to_contain_text("(1)")
    page.reload()
    expect(page.locator("#s3-1-fr svg.comment")).to_have_count(1)
    open_at(page, "s3-1-ru")
    page.keyboard.press("Alt+c")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator("#comments li")).to_contain_text("resolved by local")


def test_the_next_unfinished_sentence_and_the_paragraph_at_once(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-1-en")
    page.keyboard.press("Control+Alt+Enter")
    expect(page.locator("#message")).to_contain_text("2 sentences approved.")
    assert states(newsroom, tiny, "en") == [State.DRAFT, State.APPROVED, State.APPROVED, State.DRAFT]
    open_at(page, "s1-1-en")
    page.keyboard.press("Control+Shift+Enter")
    is_open(page, "s3-1-en")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".editor")).to_have_count(0)
    expect(page.locator("#s3-1-en")).to_be_focused()


def test_filters_hide_the_other_rows_and_keys_go_from_hit_to_hit(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-1-en")
    page.keyboard.press("Control+Enter")
    is_open(page, "s2-2-en")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_contain_text("changed by me 1")
    page.get_by_role("link", name="changed by me").click()
    expect(page.locator(".row[id]")).to_have_count(1)
    expect(page.locator("#p2")).to_be_visible()
    expect(page.locator(".s.hit")).to_have_count(1)
    page.goto(page.url.replace("filter=mine", "filter=unfinished&version=en"))
    open_at(page, "s1-1-en")
    page.keyboard.press("Control+Enter")
    is_open(page, "s2-2-en")


def test_a_version_is_approved_after_its_findings_were_shown_and_it_is_undone_at_once(
    tiny: str, newsroom: Newsroom, open_page: Open
) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s2-2-ru")
    page.locator("#field").fill("В нём 130 мест.")
    page.keyboard.press("Escape")
    expect(page.locator("#s2-2-ru")).to_have_text("В нём 130 мест.")
    page.get_by_label("The whole version: Русский").click()
    page.get_by_role("link", name="Approve the whole version").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2.2")
    dialog.get_by_role("button", name="Approve").click()
    expect(page.locator(".flash")).to_contain_text("3 sentences approved.")
    assert states(newsroom, tiny, "ru")[2] == State.TRANSLATED
    page.locator("#undo").click()
    expect(page.locator("#message")).to_contain_text("Undone.")
    assert State.APPROVED not in states(newsroom, tiny, "ru")


def test_find_and_replace_is_looked_at_first_and_undone_as_one(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    page.get_by_label("The whole version: English").click()
    page.get_by_role("link", name="Find and replace").click()
    page.get_by_label("Find", exact=True).fill("ferry")
    page.get_by_label("Replace by").fill("boat")
    page.keyboard.press("Enter")
    expect(page.locator(".matches li")).to_have_count(2)
    expect(page.locator(".matches ins").first).to_have_text("boat")
    page.get_by_role("button", name="Replace what is ticked").click()
    expect(page.locator(".flash")).to_contain_text("Replaced in 2 sentences.")
    assert texts(newsroom, tiny, "en")[0] == "The boat is back"
    page.keyboard.press("z")
    expect(page.locator("#s1-1-en")).to_have_text("The ferry is back")


def test_composing_korean_never_approves(tiny: str, newsroom: Newsroom, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s3-1-ko")
    page.evaluate(
        "document.getElementById('field').dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'Enter', code: 'Enter', ctrlKey: true, isComposing: true, bubbles: true }))"
    )
    page.wait_for_timeout(200)
    is_open(page, "s3-1-ko")
    assert states(newsroom, tiny, "ko")[-1] == State.DRAFT


def typed(page: Page, key: str, code: str, **held: bool) -> None:
    """A key as a keyboard of another layout sends it: what it writes, and where it is."""
    init = {"key": key, "code": code, "bubbles": True, "cancelable": True, **held}
    page.evaluate("init => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init))", init)


@pytest.mark.parametrize(
    ("down", "up"), [(("о", "KeyJ"), ("л", "KeyK")), (("ㅓ", "KeyJ"), ("ㅏ", "KeyK")), (("j", "KeyJ"), ("k", "KeyK"))]
)
def test_keys_are_where_they_are_whatever_alphabet_the_keyboard_writes(
    tiny: str, open_page: Open, down: tuple[str, str], up: tuple[str, str]
) -> None:
    page = open_page(f"/articles/{tiny}")
    page.locator("#s1-1-ru").focus()
    typed(page, *down)
    expect(page.locator("#s2-1-ru")).to_be_focused()
    typed(page, *up)
    expect(page.locator("#s1-1-ru")).to_be_focused()


def test_on_a_french_keyboard_a_key_is_the_letter_that_stands_on_it(tiny: str, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s1-1-en")
    typed(page, "a", "KeyQ", altKey=True)
    expect(page.locator("#alternatives")).to_be_visible()
    typed(page, "?", "KeyM", shiftKey=True)
    expect(page.locator("#field")).to_be_visible()  # a question mark is written into the field: it does nothing


def test_the_key_that_opened_a_drawer_closes_it_and_so_does_escape(tiny: str, open_page: Open) -> None:
    page = open_page(f"/articles/{tiny}")
    open_at(page, "s1-1-en")
    for close in ("Alt+h", "Escape"):
        page.keyboard.press("Alt+h")
        expect(page.locator("#history")).to_be_visible()
        page.locator("#field").focus()
        page.keyboard.press(close)
        expect(page.locator("#history")).to_have_count(0)
        expect(page.locator("#field")).to_be_focused()
    page.keyboard.press("Alt+h")
    expect(page.locator("#history")).to_be_visible()
    page.keyboard.press("Alt+c")
    expect(page.locator("#comments")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#comments")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#field")).to_have_count(0)

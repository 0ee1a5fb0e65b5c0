"""The article page: the sheet, its windows, what changes while drafting, what one can do about it."""

import re
import time
from dataclasses import replace

import pytest

from tests.fakes import FakeEngine
from tests.web.conftest import FRENCH, HTMX, Reader
from webapp.domain import PackageKind
from webapp.engine.base import Draft
from webapp.web import article as article_page


def test_a_row_is_a_paragraph_and_every_cell_says_its_language(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert page.count('role="row"') == 3 + 1
    for number in (1, 2, 3):
        for code in ("fr", "en", "ru", "ko"):
            assert re.search(rf'id="p{number}-{code}" role="cell" data-column="{code}" lang="{code}"', page)
    assert "[ru] Après trois ans" in page
    assert "[ko] Sa directrice" in page


def test_sentences_of_a_row_share_a_number_in_every_column(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    page = reader.text(f"/articles/{article}")
    for code in ("fr", "en", "ru", "ko"):
        assert re.search(rf'id="s2-2-{code}" data-s="1"', page)


def test_french_spaces_never_break_and_the_title_keeps_its_accents(reader: Reader) -> None:
    article = reader.submit()
    page = reader.text(f"/articles/{article}")
    assert "«\u202fNous avons gardé les vieux murs\u202f»" in page
    assert "3\u00a0000 visiteurs" in page


def test_cells_that_wait_keep_room_that_nobody_can_read_or_find(reader: Reader) -> None:
    page = reader.text(f"/articles/{reader.submit()}")
    ghosts = re.findall(r'<span class="ghost" data-ghost="([^"]+)" aria-hidden="true"></span>', page)
    assert len(ghosts) == 5 * 3
    assert any("가" in ghost for ghost in ghosts)


def test_heads_say_progress_and_which_packages_wrote(reader: Reader) -> None:
    article = reader.submit()
    assert "0 of 5 drafted" in reader.text(f"/articles/{article}")
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert page.count("5 sentences drafted") == 3
    assert "fr→en 0.1" in page
    assert "en→ko 0.1" in page
    assert "<em>starter</em>" in page


def test_the_pivot_stands_under_russian_and_korean_only(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    page = reader.text(f"/articles/{article}")
    cells = {
        code: re.findall(rf'id="p\d+-{code}" role="cell".*?(?=<div class="cell"|</div>\s*</div>\s*<)', page, re.DOTALL)
        for code in ("en", "ru")
    }
    assert all('class="pivot" lang="en"' in cell for cell in cells["ru"])
    assert not any('class="pivot"' in cell for cell in cells["en"])


def test_starter_drafts_are_announced_with_the_way_to_better_ones(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert "enough to try, not to publish" in page
    assert 'href="/models"' in page


def test_once_better_packages_are_installed_the_page_offers_to_draft_again(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    reader.packages.kind = PackageKind.OFFICIAL
    assert "Draft the rest again" in reader.text(f"/articles/{article}")
    answer = reader.post(f"/articles/{article}/redraft", follow_redirects=True)
    assert "15 drafts are being made again." in answer.text
    assert reader.wakes[0] == 1


def test_low_confidence_is_marked_by_a_sign_and_a_word(reader: Reader) -> None:
    class Unsure(FakeEngine):
        @staticmethod
        def _draft(sentence: str, source: str, target: str, route: tuple) -> Draft:  # type: ignore[type-arg]
            draft = FakeEngine._draft(sentence, source, target, route)
            return replace(draft, confidence=0.1) if "Sa directrice" in sentence else draft

    reader.engine = Unsure()
    article = reader.submit()
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert page.count('<span class="s low') == 3
    assert len(re.findall(r'aria-label="draft, [^"]*low confidence"', page)) == 3
    assert page.count('data-word="low confidence"') == 3


def test_states_are_told_by_a_shape_and_a_word(reader: Reader) -> None:
    article = reader.submit()
    assert 'aria-label="not translated yet"' in reader.text(f"/articles/{article}")
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert len(re.findall(r'role="img" lang="en" aria-label="draft[",]', page)) == 15
    assert '<use href="#mark-finding"/>' in page, "the fake's drafts are full of French"


def test_a_paragraph_in_another_language_is_flagged_and_read_in_its_language(reader: Reader) -> None:
    english = "This statement was published by the company on Friday morning, and nobody has answered it since then."
    article = reader.submit(f"{FRENCH}\n\n{english}\n\nLe public attendra jusqu’à la semaine prochaine pour en savoir plus.")
    page = reader.text(f"/articles/{article}")
    assert "not French: English" in page
    assert 'data-column="fr" lang="en"' in page


def test_an_unknown_article_is_a_404_in_words(reader: Reader) -> None:
    for path in ("", "/rows", "/updates", "/foot.css", "/delete"):
        answer = reader.get(f"/articles/nowhere{path}", headers=HTMX if path == "/rows" else {})
        assert answer.status_code == 404
    assert "nowhere" in reader.get("/articles/nowhere").text


# --- while it is drafted ---------------------------------------------------------------------------------------------------


def test_an_open_article_asks_for_updates_and_a_finished_one_does_not(reader: Reader) -> None:
    article = reader.submit()
    page = reader.text(f"/articles/{article}")
    assert re.search(rf'id="updates" hx-get="/articles/{article}/updates\?since=\d+" hx-trigger="every \d+ms"', page)
    reader.draft()
    assert re.search(r'<div id="updates"></div>', reader.text(f"/articles/{article}"))


def test_updates_bring_the_changed_cells_of_the_targets_the_heads_and_the_end_of_asking(reader: Reader) -> None:
    article = reader.submit()
    since = reader.revision(article)
    before = reader.fragment(f"/articles/{article}/updates?since={since}&stop=60").text
    assert 'class="cell"' not in before
    assert 'hx-trigger="every' in before
    reader.draft()
    after = reader.fragment(f"/articles/{article}/updates?since={since}&stop=60").text
    assert after.lstrip().startswith('<div id="updates"></div>')
    assert after.count('class="cell"') == 9
    assert 'id="p1-fr"' not in after
    assert after.count('hx-swap-oob="true"') == 9 + 1 + 3 + 1  # cells, job, heads, notice
    assert 'data-say="Every sentence is drafted."' in after


def test_updates_leave_out_what_the_page_has_not_loaded(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    part = reader.fragment(f"/articles/{article}/updates?since=0&stop=2").text
    assert 'id="p2-ru"' in part
    assert 'id="p3-ru"' not in part


def test_nothing_changed_means_nothing_sent_but_the_heads(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    part = reader.fragment(f"/articles/{article}/updates?since={reader.revision(article)}&stop=60").text
    assert 'class="cell"' not in part


def test_the_page_says_when_no_worker_is_running(reader: Reader) -> None:
    assert "No worker is running" in reader.text(f"/articles/{reader.submit()}")


def test_cancel_stops_drafting_and_offers_to_go_on(reader: Reader) -> None:
    article = reader.submit()
    answer = reader.post(f"/articles/{article}/cancel", follow_redirects=True)
    assert "Drafting was cancelled" in answer.text
    reader.draft()
    assert "[en]" not in reader.text(f"/articles/{article}")
    part = reader.post(f"/articles/{article}/retry", headers=HTMX).text
    assert 'id="updates" hx-get' in part
    reader.draft()
    assert "[en]" in reader.text(f"/articles/{article}")


def test_a_failure_says_why_in_the_readers_language_and_offers_to_try_again(reader: Reader) -> None:
    article = reader.submit(FRENCH + "\n\nUne phrase \N{SKULL} empoisonnée que rien ne traduit.")
    reader.draft()
    page = reader.text(f"/articles/{article}")
    assert "The machine cannot translate" in page
    assert "poisoned sentence" in page
    assert f'action="/articles/{article}/retry"' in page
    french = reader.get(f"/articles/{article}", headers={"Accept-Language": "fr"}).text
    assert "La machine ne peut pas traduire" in french


# --- long articles -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(reader: Reader) -> str:
    """A thousand paragraphs."""
    text = "\n\n".join(f"Le chapitre {n} raconte la suite de cette histoire. Il tient en deux phrases." for n in range(1000))
    return reader.submit(text, title="Un livre")


def test_a_long_article_comes_in_windows_that_need_no_script(reader: Reader, book: str) -> None:
    page = reader.text(f"/articles/{book}")
    assert page.count('class="row body"') == article_page.WINDOW
    assert f'href="/articles/{book}?start=60"' in page
    second = reader.text(f"/articles/{book}?start=60")
    assert 'id="p61"' in second
    assert 'aria-rowindex="62"' in second
    assert f'href="/articles/{book}?start=0"' in second


def test_the_next_window_comes_with_the_way_to_the_one_after_it(reader: Reader, book: str) -> None:
    part = reader.fragment(f"/articles/{book}/rows?start=960").text
    assert part.count('class="row body"') == 40
    assert 'id="more"' not in part
    middle = reader.fragment(f"/articles/{book}/rows?start=60").text
    assert f'hx-get="/articles/{book}/rows?start=120"' in middle
    assert 'id="reach" name="stop" value="120"' in middle


def test_everything_is_there_for_print(reader: Reader, book: str) -> None:
    page = reader.text(f"/articles/{book}?all=1")
    assert page.count('class="row body"') == 1000
    assert 'id="more"' not in page


def test_a_thousand_paragraphs_answer_in_half_a_second(reader: Reader, book: str) -> None:
    reader.get(f"/articles/{book}")  # templates are compiled once a process
    times = []
    for _ in range(3):
        start = time.perf_counter()
        reader.get(f"/articles/{book}")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


def test_the_foot_of_printed_pages_carries_the_title_whatever_is_in_it(reader: Reader) -> None:
    article = reader.submit(title='Un "titre"; } @import url(//x) \\ « dangereux »')
    sheet = reader.get(f"/articles/{article}/foot.css")
    assert sheet.mimetype == "text/css"
    assert "\\22 titre\\22 \\3b " in sheet.text
    assert "@import" not in sheet.text
    assert sheet.text.count('"') == 4 + 2  # two strings with their quotes, and " / "

"""Home: the list of articles, search, pages, deleting."""

import re

from tests.web.conftest import FRENCH, Reader
from webapp.domain import State, VersionProgress
from webapp.services.articles import get_document, list_articles
from webapp.services.review import edit_translation
from webapp.web import home
from webapp.web.progress import approved_percent


def test_an_empty_home_invites_to_paste_the_first_article_and_offers_a_sample(reader: Reader) -> None:
    page = reader.text("/")
    assert "Paste your first French article" in page
    assert 'href="/articles/new"' in page
    assert 'action="/articles/sample"' in page


def test_the_sample_is_one_click_away_and_is_an_article_like_any_other(reader: Reader) -> None:
    answer = reader.post("/articles/sample")
    assert answer.status_code == 303
    reader.draft()
    page = reader.text(answer.location)
    assert "À Kerlann, le bac électrique" in page
    assert "[ko] À Kerlann" in page


def test_home_lists_articles_newest_first_with_progress_per_target(reader: Reader) -> None:
    reader.submit(FRENCH, ("en", "ru"), title="Le premier")
    reader.draft()
    reader.submit(FRENCH, title="Le second")
    page = reader.text("/")
    assert page.index("Le second") < page.index("Le premier")
    assert page.count("all drafted") == 2
    assert page.count("0 of 5 drafted") == 3
    assert "waiting for the worker" in page


def test_home_tells_how_much_of_an_article_is_approved_in_all_its_versions(reader: Reader) -> None:
    article = reader.submit()
    reader.draft()
    assert "approved in all" not in reader.text("/")
    with reader.context.store.begin() as tx:
        title = get_document(tx, article).paragraphs[0].sentences[0].id
        edit_translation(tx, article, title, "en", "The museum reopens its doors", revision=None, approve=True)
    assert re.search(r"[1-9]% approved in all", reader.text("/"))
    approved = approved_percent([VersionProgress("en", 2, 9, {}, {State.APPROVED: 9}), VersionProgress("ru", 2, 9, {}, {})])
    assert approved == 50
    assert approved_percent([VersionProgress("en", 2, 1000, {}, {State.APPROVED: 999})]) == 99
    assert approved_percent([]) == 0


def test_home_asks_again_only_while_something_is_being_drafted(reader: Reader) -> None:
    reader.submit()
    assert 'hx-trigger="every 2s"' in reader.text("/")
    reader.draft()
    assert "every 2s" not in reader.text("/")


def test_search_narrows_the_list_and_says_how_many_there_are(reader: Reader) -> None:
    reader.submit(title="Le musée rouvre")
    reader.submit("Le marché du samedi change de place. La mairie l’a annoncé hier soir.", title="Le marché")
    page = reader.text("/?q=marché samedi")
    assert "1 article holds “marché samedi”" in page
    assert "Le marché" in page
    assert "Le musée rouvre" not in page


def test_a_search_that_finds_nothing_says_so_and_leads_back(reader: Reader) -> None:
    reader.submit()
    page = reader.text("/?q=introuvable")
    assert "No article holds these words" in page
    assert 'value="introuvable"' in page


def test_htmx_gets_the_list_alone_and_the_count_for_its_own_place(reader: Reader) -> None:
    reader.submit()
    part = reader.fragment("/?q=musée").text
    assert part.lstrip().startswith('<div class="articles" id="articles"')
    assert 'id="found" role="status" hx-swap-oob="true"' in part
    assert "<html" not in part


def test_a_page_restored_from_history_or_boosted_is_whole(reader: Reader) -> None:
    reader.submit()
    for header in ("HX-History-Restore-Request", "HX-Boosted"):
        assert "<html" in reader.get("/", headers={"HX-Request": "true", header: "true"}).text


def test_long_lists_come_in_pages(reader: Reader) -> None:
    for number in range(home.PER_PAGE + 1):
        reader.submit(title=f"Article {number}")
    first, second = reader.text("/"), reader.text("/?page=2")
    assert first.count('<li class="entry"') == home.PER_PAGE
    assert second.count('<li class="entry"') == 1
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_a_page_beyond_the_last_gives_the_last_one(reader: Reader) -> None:
    reader.submit(title="Le seul")
    assert "Le seul" in reader.text("/?page=40")
    assert "Le seul" in reader.text("/?page=-3")
    assert "Le seul" in reader.text("/?page=abc")


def test_deleting_asks_first_because_it_cannot_be_undone(reader: Reader) -> None:
    article = reader.submit(title="À jeter")
    page = reader.text(f"/articles/{article}/delete")
    assert "cannot be undone" in page
    assert "À jeter" in page
    dialog = reader.fragment(f"/articles/{article}/delete").text
    assert dialog.lstrip().startswith('<form class="ask" id="ask-delete"')


def test_a_deleted_article_is_gone_and_home_says_so(reader: Reader) -> None:
    article = reader.submit(title="À jeter")
    reader.submit(title="À garder")
    answer = reader.post(f"/articles/{article}/delete", follow_redirects=True)
    assert "“À jeter” was deleted." in answer.text
    assert reader.get(f"/articles/{article}").status_code == 404
    with reader.context.store.read() as tx:
        assert list_articles(tx).total == 1


def test_deleting_what_is_gone_already_says_so(reader: Reader) -> None:
    assert reader.post("/articles/gone/delete").status_code == 404

"""Word links, the map and the reading view as the server gives them."""

import json
import re

import pytest

from tests.fakes import FakeEngine
from tests.web.conftest import HTMX, Reader
from webapp.domain import DocumentSentence
from webapp.services.articles import get_document
from webapp.services.links import link_round
from webapp.services.review import edit_translation
from webapp.web.linking import picture_of, strength_of


@pytest.fixture
def article(reader: Reader) -> str:
    """The museum's article, drafted."""
    made = reader.submit()
    reader.draft()
    return made


def sentences(reader: Reader, article: str) -> list[DocumentSentence]:
    with reader.context.store.read() as tx:
        return [s for p in get_document(tx, article).paragraphs for s in p.sentences]


def test_the_links_of_a_paragraph_come_small_by_sentence_and_target(reader: Reader, article: str) -> None:
    answer = reader.get(f"/articles/{article}/paragraphs/1/links")
    assert answer.status_code == 200
    body = json.loads(answer.data)
    assert body["exact"] is True
    assert set(body["sentences"]) == {"0", "1"}
    assert set(body["sentences"]["1"]) == {"en", "ru", "ko"}
    french, english = sentences(reader, article)[2].text, sentences(reader, article)[2].translations["en"].text
    a, b, c, d, percent = next(row for row in body["sentences"]["1"]["en"] if french[row[0] : row[1]] == "3 000")
    assert english[c:d] == french[a:b]
    assert 0 < percent <= 100
    assert "no-cache" in answer.headers["Cache-Control"]


def test_after_an_edit_the_links_are_only_derived_until_the_worker_has_read_it(reader: Reader, article: str) -> None:
    sentence = sentences(reader, article)[1]
    with reader.context.store.begin() as tx:
        edit_translation(tx, article, sentence.id, "ru", "Музей откроется в понедельник.", revision=None, who="local")
    address = f"/articles/{article}/paragraphs/1/links"
    assert json.loads(reader.get(address).data)["exact"] is False
    while link_round(reader.context.store, FakeEngine()):
        pass
    assert json.loads(reader.get(address).data)["exact"] is True


def test_a_paragraph_that_is_not_there_has_no_links(reader: Reader, article: str) -> None:
    assert json.loads(reader.get(f"/articles/{article}/paragraphs/99/links").data)["sentences"] == {}
    assert reader.get("/articles/nothing/paragraphs/0/links").status_code == 404


def test_the_picture_has_three_lines_their_languages_and_a_list_of_pairs(reader: Reader, article: str) -> None:
    sentence = sentences(reader, article)[2]
    page = reader.text(f"/articles/{article}/sentences/{sentence.id}/ko/links", headers=HTMX)
    assert re.findall(r'<g lang="(\w+)">', page) == ["fr", "en", "ko"]
    assert "approximate" in page
    assert '<b lang="fr">3 000</b>' in page
    assert 'class="curve strong"' in page
    assert "style=" not in page
    assert "<html" not in page


def test_without_a_script_the_picture_is_a_page_that_leads_back(reader: Reader, article: str) -> None:
    sentence = sentences(reader, article)[2]
    page = reader.text(f"/articles/{article}/sentences/{sentence.id}/en/links")
    assert f'href="/articles/{article}?open={sentence.id}-en"' in page
    assert re.findall(r'<g lang="(\w+)">', page) == ["fr", "en"]
    assert reader.get(f"/articles/{article}/sentences/{sentence.id}/xx/links").status_code == 400


def test_words_of_a_line_do_not_overlap_and_curves_lead_from_line_to_line(reader: Reader, article: str) -> None:
    from webapp.services.links import sentence_chain

    with reader.context.store.read() as tx:
        picture = picture_of(sentence_chain(tx, article, sentences(reader, article)[2].id, "ru"))
    for line in picture.lines:
        for left, right in zip(line.words, line.words[1:], strict=False):
            assert left.x + left.width < right.x
        assert line.words[-1].x + line.words[-1].width <= picture.width
    assert all(curve.start.y < curve.end.y for curve in picture.curves)
    assert [strength_of(p) for p in (0.9, 0.6, 0.3, 0.1)] == ["strong", "strong", "fair", "faint"]


def test_the_map_has_a_short_row_for_every_sentence_and_is_not_sent_twice(reader: Reader, article: str) -> None:
    answer = reader.get(f"/articles/{article}/map")
    body = json.loads(answer.data)
    assert body["paragraphs"] == 3
    assert len(body["sentences"]) == len(sentences(reader, article))
    assert body["sentences"][0][:4] == [0, len("Le musée rouvre ses portes"), 2, 25]
    again = reader.get(f"/articles/{article}/map", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert reader.get(f"/articles/{article}/map?version=xx").status_code == 400


def test_reading_shows_the_columns_asked_for_and_nothing_to_review(reader: Reader, article: str) -> None:
    page = reader.text(f"/articles/{article}/read?columns=ru&columns=fr")
    assert re.findall(r'class="cell" data-column="(\w+)"', page)[:2] == ["fr", "ru"]
    assert 'data-column="ko"' not in page
    assert 'class="mark' not in page
    assert page.count('<span class="s"') == 2 * len(sentences(reader, article))
    assert 'data-columns="2"' in page


def test_reading_begins_with_the_source_and_the_first_target(reader: Reader, article: str) -> None:
    page = reader.text(f"/articles/{article}/read?columns=nonsense")
    assert re.findall(r'class="cell" data-column="(\w+)"', page)[:2] == ["fr", "en"]


def test_a_long_article_is_read_window_by_window(reader: Reader) -> None:
    article = reader.submit("\n\n".join(f"Paragraphe {n} de la longue histoire." for n in range(130)))
    page = reader.text(f"/articles/{article}/read?columns=fr")
    assert page.count('class="row ') == 60
    assert f"/articles/{article}/read/rows?start=60&columns=fr" in page
    rest = reader.fragment(f"/articles/{article}/read/rows?start=120&columns=fr").text
    assert rest.count('class="row ') == 10
    assert 'id="more"' not in rest
    assert reader.get(f"/articles/{article}/read/rows?start=60&columns=fr").status_code == 303
    assert "not translated yet" in reader.text(f"/articles/{article}/read?columns=en")


def test_what_is_read_can_be_taken_along_as_one_file(reader: Reader, article: str) -> None:
    answer = reader.get(f"/articles/{article}/read.html?columns=fr,ko")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{article}-ko.html"'
    assert 'lang="ko"' in answer.text
    assert 'lang="ru"' not in answer.text
    assert "data-links=" in answer.text


def test_the_article_page_wraps_no_word_and_carries_no_link(reader: Reader, article: str) -> None:
    page = reader.text(f"/articles/{article}")
    assert 'class="word' not in page
    assert f'data-links="/articles/{article}/paragraphs/0/links"' in page
    assert f'href="/articles/{article}/read"' in page


def picture(reader: Reader, article: str, sentence: DocumentSentence, target: str, *, asked: int = 0) -> str:
    query = f"?asked={asked}" if asked else ""
    return reader.text(f"/articles/{article}/sentences/{sentence.id}/{target}/links{query}", headers=HTMX)


def edit(reader: Reader, article: str, sentence: DocumentSentence, target: str, text: str) -> None:
    with reader.context.store.begin() as tx:
        edit_translation(tx, article, sentence.id, target, text, revision=None, who="local")


def link(reader: Reader) -> None:
    while link_round(reader.context.store, FakeEngine()):
        pass


def test_the_picture_of_an_edited_sentence_says_that_it_waits_and_asks_again_until_it_is_right(
    reader: Reader, article: str
) -> None:
    sentence = sentences(reader, article)[1]
    edit(reader, article, sentence, "ru", "Щука вяжет пряник.")
    waiting = picture(reader, article, sentence, "ru")
    assert f'hx-get="/articles/{article}/sentences/{sentence.id}/ru/links?asked=1"' in waiting
    assert "what is new in it is still being linked" in waiting
    assert 'data-from="1-1"' not in waiting
    link(reader)
    right = picture(reader, article, sentence, "ru", asked=1)
    assert "still being linked" not in right
    assert "hx-get" not in right
    assert 'data-from="1-1"' in right


def test_a_picture_that_nobody_links_stops_asking(reader: Reader, article: str) -> None:
    sentence = sentences(reader, article)[1]
    edit(reader, article, sentence, "ru", "Щука вяжет пряник.")
    for asked in (8, 99):
        last = picture(reader, article, sentence, "ru", asked=asked)
        assert "still being linked" in last
        assert "hx-get" not in last
    assert "asked=1" in picture(reader, article, sentence, "ru", asked=-3)


def test_the_picture_tells_when_its_english_is_an_earlier_one(reader: Reader, article: str) -> None:
    sentence = sentences(reader, article)[1]
    edit(reader, article, sentence, "ru", "Щука вяжет пряник.")
    assert "has changed since" not in picture(reader, article, sentence, "ru")
    edit(reader, article, sentence, "en", "Zibu blorp kvax.")
    reader.draft()
    link(reader)
    of_person, of_machine = (picture(reader, article, sentence, target) for target in ("ru", "ko"))
    assert "the English version has changed since" in of_person
    assert "blorp" not in of_person
    assert "has changed since" not in of_machine
    assert "blorp" in of_machine

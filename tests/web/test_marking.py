"""Inline marks on the article page: drawn as elements, while the characters stay what and where they are."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import MARKDOWN
from tests.web.conftest import HTMX, Reader
from tests.web.test_files import submit
from webapp.domain import Mark
from webapp.services.articles import get_document
from webapp.services.review import edit_translation
from webapp.services.revising import update_source
from webapp.text.read import read_article
from webapp.web.marking import marked

WEB = (("href", "https://exemple.fr/quai"),)


def test_bold_italic_code_and_links_become_elements() -> None:
    marks = (Mark(0, 2, "b"), Mark(3, 7, "i"), Mark(8, 12, "code"), Mark(13, 15, "a", WEB))
    assert marked("Le port <ici> là", marks) == (
        "<strong>Le</strong> <em>port</em> <code>&lt;ici</code>&gt;"
        '<a href="https://exemple.fr/quai" target="_blank" rel="noopener noreferrer nofollow"> l</a>à'
    )


def test_marks_nest_as_they_lie() -> None:
    assert marked("abcdef", (Mark(1, 5, "b"), Mark(1, 3, "i"), Mark(3, 5, "code"))) == (
        "a<strong><em>bc</em><code>de</code></strong>f"
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/accueil",
        "#a",
        "",
        "https://a b",
        "java\nscript:x",
        "http://[",
        "\x01http://a",
    ],
)
def test_only_links_to_the_web_and_to_mailboxes_are_drawn(href: str) -> None:
    assert marked("Le port", (Mark(0, 2, "a", (("href", href),)),)) == "Le port"


def test_an_address_cannot_leave_its_attribute() -> None:
    drawn = marked("Le port", (Mark(0, 2, "a", (("href", 'https://a/"onclick="alert(1)'),)),))
    assert 'href="https://a/&#34;onclick=&#34;alert(1)"' in drawn


_MARKS = st.lists(
    st.tuples(st.integers(0, 14), st.integers(0, 14), st.sampled_from(["b", "i", "code", "a", "sup", "strong", "script"])),
    max_size=8,
)


@given(text=st.text(alphabet='abé 가<&>"', max_size=12), given_marks=_MARKS)
def test_whatever_the_marks_the_text_is_the_same_and_the_elements_are_well_formed(
    text: str, given_marks: list[tuple[int, int, str]]
) -> None:
    marks = [Mark(min(a, b), max(a, b), tag, WEB) for a, b, tag in given_marks]
    drawn = str(marked(text, marks))
    assert unescape(re.sub(r"<[^>]*>", "", drawn)) == text
    open_elements: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)", drawn):
        assert name in {"strong", "em", "code", "a"}
        if closing:
            assert open_elements.pop() == name
        else:
            assert name != "a" or "a" not in open_elements
            open_elements.append(name)
    assert open_elements == []


def test_the_page_of_a_file_shows_the_marks_of_the_french_and_of_its_versions(reader: Reader) -> None:
    article = submit(reader, MARKDOWN.encode(), "a.md")
    reader.draft()
    page = reader.get(f"/articles/{article}").text
    assert "Après <strong>trois mois</strong> de travaux" in page
    assert "[ru] Après <strong>trois mois</strong> de travaux" in page
    assert "<code>bac --aller</code>" in page


def test_cells_that_are_sent_again_keep_their_marks_and_corrected_ones_move_them(reader: Reader) -> None:
    article = submit(reader, MARKDOWN.encode(), "a.md")
    reader.draft()
    since = reader.revision(article)
    with reader.context.store.begin() as tx:
        sentence = next(s for p in get_document(tx, article).paragraphs for s in p.sentences if "trois mois" in s.text)
        text = sentence.translations["ru"].text.replace("[ru] ", "Да: ")
        edit_translation(tx, article, sentence.id, "ru", text, revision=None)
    part = reader.get(f"/articles/{article}/updates?since={since}", headers=HTMX).text
    assert "Да: Après <strong>trois mois</strong>" in part
    with reader.context.store.begin() as tx:
        corrected = "".join(p.text + p.separator for p in get_document(tx, article).paragraphs).replace("Après", "Enfin, après")
        update_source(tx, article, read_article(corrected, max_bytes=1 << 16, accept_any_language=True))
    assert "Enfin, après <strong>trois mois</strong> de" in reader.get(f"/articles/{article}").text


def _rows(reader: Reader, article: str) -> str:
    """The rows of the page; around them stand tokens and times that differ every time."""
    return reader.get(f"/articles/{article}").text.partition('id="rows"')[2].partition('id="updates"')[0]


def test_a_pasted_article_is_drawn_as_ever(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    article = reader.submit()
    reader.draft()
    page = _rows(reader, article)
    monkeypatch.setattr("webapp.web.article.marks_of", lambda *_: {})
    assert _rows(reader, article) == page
    assert not re.search(r'class="s[^>]*>[^<]*<(strong|em|a|code)\b', page)

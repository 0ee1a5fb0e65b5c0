"""The HTML file: whole by itself, escaped, in the right language cell by cell."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.exports.samples import draft, sample
from webapp.domain import (
    Document,
    DocumentParagraph,
    DocumentSentence,
    Fingerprint,
    JobStatus,
    JobView,
    PackageKind,
    ParagraphKind,
)
from webapp.exports import html


class Reader(HTMLParser):
    """Collects tags, attributes and the text of cells, as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[tuple[str | None, str]] = []
        self._depth_in_cell = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "td":
            self.cells.append((dict(attrs).get("lang"), ""))
            self._depth_in_cell = 1
        elif tag == "br":
            self.cells[-1] = (self.cells[-1][0], self.cells[-1][1] + "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._depth_in_cell = 0

    def handle_data(self, data: str) -> None:
        if self._depth_in_cell:
            self.cells[-1] = (self.cells[-1][0], self.cells[-1][1] + data)


def read(document: Document, targets: list[str] | None = None) -> Reader:
    reader = Reader()
    reader.feed(html.render(document, targets))
    return reader


def test_every_cell_says_its_language_and_holds_its_text() -> None:
    assert read(sample()).cells == [
        ("fr", "Le musée rouvre."),
        ("en", "The museum reopens."),
        ("ko", "박물관이 다시 문을 연다."),
        ("fr", "« 3\u202f000 visiteurs <b>demain</b> » Fin & suite."),
        ("en", "“3,000 <b>visitors</b>” End & more."),
        ("ko", ""),
    ]


def test_the_file_needs_nothing_else_and_runs_nothing() -> None:
    written = html.render(sample())
    tags = {tag for tag, _ in read(sample()).tags}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert not re.search(r"https?:|url\(|@import|src=|href=", written)


def test_a_hostile_title_or_text_stays_text() -> None:
    tags = [tag for tag, _ in read(sample()).tags]
    assert "b" not in tags
    assert "<script" not in html.render(sample())
    assert "Musée &lt;/title&gt;&lt;script&gt;" in html.render(sample())


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_comes_out_as_it_went_in(words: str) -> None:
    sentence = DocumentSentence(0, "x", "", {"en": draft(words)})
    document = replace(sample(), paragraphs=(DocumentParagraph(0, ParagraphKind.BODY, (sentence,)),), title=words)
    reader = read(document, ["en"])
    assert {tag for tag, _ in reader.tags} <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "h1",
            "p",
            "table",
            "thead",
            "tr",
            "th",
            "tbody",
            "td",
            "span",
        ),
        *("footer", "time"),
    }
    assert _as_html_reads(reader.cells[1][1]) == _as_html_reads(words)


def test_starter_packages_are_named_as_what_they_are() -> None:
    assert "starter packages" in html.render(sample())
    official = replace(sample(), packages=(Fingerprint("fr-en", "1.9", PackageKind.OFFICIAL, "0" * 64),))
    assert "starter packages" not in html.render(official)


def test_an_article_that_is_still_being_drafted_says_so() -> None:
    assert "4 of 6" in html.render(sample())
    assert "not complete" not in html.render(replace(sample(), job=JobView(JobStatus.DONE, 6, 6)))


def test_the_columns_are_headed_by_the_names_languages_give_themselves() -> None:
    heads = re.findall(r'<th scope="col" lang="(\w+)">([^<]+)</th>', html.render(sample()))
    assert heads == [("fr", "Français"), ("en", "English"), ("ko", "한국어")]


def test_a_paragraph_in_another_language_says_so_in_the_source_column() -> None:
    document = sample()
    russian = replace(document.paragraphs[0], language="ru")
    assert read(replace(document, paragraphs=(russian,))).cells[0][0] == "ru"


def test_it_can_be_printed_and_read_at_night_and_on_a_phone() -> None:
    written = html.render(sample())
    for rule in ("@media print", "prefers-color-scheme: dark", "max-width: 45rem", "tr:has(.s0:hover) .s0"):
        assert rule in written


def _as_html_reads(words: str) -> str:
    """What every reader of HTML does by the standard: CR and NUL do not survive, white space at the edges does not count."""
    return " ".join(words.replace("\x00", "").split())


def with_links(document: Document) -> Document:
    sentence = document.paragraphs[0].sentences[0]
    english = replace(sentence.translations["en"], links=((3, 8, 4, 10, 0.9), (9, 15, 11, 18, 0.4)))
    linked = replace(sentence, translations={**sentence.translations, "en": english})
    return replace(document, paragraphs=(replace(document.paragraphs[0], sentences=(linked,)), *document.paragraphs[1:]))


def test_word_links_stand_beside_their_sentence_and_light_up_by_the_file_s_own_script() -> None:
    written = html.render(with_links(sample()))
    found = re.search(r"data-links='([^']+)'", written)
    assert found is not None
    assert json.loads(found[1]) == {"en": [[3, 8, 4, 10, 90], [9, 15, 11, 18, 40]]}
    assert "quatrainWords" in written


def test_the_policy_of_a_file_with_a_script_lets_just_that_script_and_that_style_through() -> None:
    written = html.render(with_links(sample()))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', written)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'")
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", written, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'" in policy[1]
    assert not re.search(r"https?:|url\(|@import|\bsrc=|href=", written)

"""Pages: what is read of them, what is left out, and that everything comes back that is not text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import PAGE
from webapp.domain import Mark, ParagraphKind
from webapp.text.readers.base import Rich
from webapp.text.readers.html import HtmlFile

KINDS = {
    "Le bac revient à quai": ParagraphKind.HEADING,
    "Par Anne Le Goff": ParagraphKind.BYLINE,
    "Le bac à quai, dimanche.": ParagraphKind.BYLINE,
    "La coque a été repeinte.": ParagraphKind.ITEM,
    "« Nous avons attendu cet instant », dit une passagère.": ParagraphKind.QUOTE,
    "4 euros": ParagraphKind.ITEM,
}


def unchanged(file: HtmlFile) -> dict[int, list[Rich]]:
    return {n: [Rich(block.text, block.marks)] for n, block in enumerate(file.blocks)}


def read(text: str) -> HtmlFile:
    return HtmlFile(text.encode(), boilerplate=False)


def test_headings_lists_quotes_captions_and_tables_become_paragraphs_of_their_kind() -> None:
    kinds = {block.text: block.kind for block in HtmlFile(PAGE.encode()).blocks}
    assert {text: kinds[text] for text in KINDS} == KINDS


def test_the_navigation_of_a_saved_page_is_told_from_the_article() -> None:
    blocks = HtmlFile(PAGE.encode()).blocks
    aside = [block.text for block in blocks if not block.main]
    assert aside == [
        "Accueil",
        "Mer",
        "À lire aussi",
        "Un autre article sur un tout autre sujet",
        "Mentions légales et conditions d’utilisation du site",
    ]
    assert blocks[2].text == "Le bac revient à quai"


def test_a_page_without_any_article_is_read_whole() -> None:
    blocks = HtmlFile(b"<html><body><nav><a href=/>Accueil</a></nav></body></html>").blocks
    assert [(block.text, block.main) for block in blocks] == [("Accueil", True)]


def test_bold_links_notes_and_code_are_marks_beside_the_text() -> None:
    block = next(b for b in HtmlFile(PAGE.encode()).blocks if b.text.startswith("Le maire"))
    held = [(m.tag, block.text[m.start : m.end]) for m in block.marks]
    assert held == [("i", "« un grand jour »"), ("a", "deux cents habitants"), ("sup", ""), ("code", "bac --aller")]
    assert dict(block.marks[1].attributes) == {"href": "https://exemple.fr/quai"}
    assert block.marks[3].is_verbatim


def test_scripts_styles_and_comments_are_no_text_and_come_back() -> None:
    file = HtmlFile(PAGE.encode())
    assert not any("var a" in block.text or "color" in block.text or "rédaction" in block.text for block in file.blocks)
    written = file.write({n: [Rich("x")] for n in range(len(file.blocks))}, "ru").decode()
    for kept in (
        '<script>var a = "<p>bonjour</p>";</script>',
        "<style>p { color: red }</style>",
        "<!-- un mot de la rédaction -->",
    ):
        assert kept in written
    assert '<img src="bac.jpg" alt="x">' in written


def test_a_page_written_with_its_own_text_is_the_page() -> None:
    written = HtmlFile(PAGE.encode())
    again = written.write(unchanged(written), "fr").decode()
    assert re.sub(r"\s+", " ", again) == re.sub(r"\s+", " ", PAGE)


def test_text_that_looks_like_a_tag_never_comes_alive() -> None:
    file = read("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    assert file.blocks[0].text == "<script>alert(1)</script>"
    assert file.write({0: [Rich("<script>alert(2)</script> & <b>x</b>")]}, "en") == (
        b"<p>&lt;script&gt;alert(2)&lt;/script&gt; &amp; &lt;b&gt;x&lt;/b&gt;</p>"
    )


def test_what_asks_not_to_be_translated_is_left_alone() -> None:
    file = read('<p translate="no">Non</p><p>Le mot <span translate="no">Kerlann</span>.</p><p class="notranslate">Non</p>')
    assert [block.text for block in file.blocks] == ["Le mot Kerlann."]
    assert file.blocks[0].marks[0].is_verbatim


def test_a_sentence_is_never_cut_at_a_tag() -> None:
    file = read("Un <div>texte <b>en <i>gras</i></b> et<br>la suite</div> fin<!-- c --> du mot<script>1</script>.")
    assert [block.text for block in file.blocks] == ["Un", "texte en gras et\nla suite", "fin du mot."]


def test_the_encoding_a_page_names_is_believed_and_the_result_is_utf_8() -> None:
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"></head>'
    page = f"<html>{head}<body><p>L’été</p></body></html>"
    file = HtmlFile(page.encode("cp1252"), boilerplate=False)
    assert file.encoding == "windows-1252"
    assert file.blocks[0].text == "L’été"
    written = file.write({0: [Rich("여름")]}, "ko").decode("utf-8")
    assert '<meta charset="utf-8">' in written
    assert "windows-1252" not in written
    assert '<html lang="ko">' in written
    assert "<p>여름</p>" in written


def test_paragraphs_added_later_follow_with_the_same_element_and_removed_ones_go() -> None:
    file = read('<ul><li class="a" id="i">Un</li><li>Deux</li></ul><p>Trois</p>')
    written = file.write({0: [Rich("One"), Rich("More")], 1: [], 2: [Rich("Three")]}, "en").decode()
    assert written == '<ul><li class="a" id="i">One</li>\n<li class="a">More</li></ul><p>Three</p>'


def test_marks_that_overlap_in_the_translation_are_written_well_formed() -> None:
    file = read("<p><b>un</b> <a href='x'>deux</a></p>")
    marks = (Mark(0, 7, "b", (), 0), Mark(4, 11, "a", (), 1))
    assert file.write({0: [Rich("one two six", marks)]}, "en") == b'<p><b>one <a href="x">two</a></b><a href="x"> six</a></p>'


inline = st.recursive(
    st.sampled_from(["mot", " le chat ", "é", "<br>", "<!-- c -->", "<img src=x>", "&amp;", "&lt;b&gt;", ", ", ". "]),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "a href=x", "span class=y", "code"]), st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"
    ),
    max_leaves=12,
)


@given(st.lists(inline, min_size=1, max_size=6).map("".join))
def test_any_inline_markup_survives_being_written_with_its_own_text(content: str) -> None:
    file = read(f"<p>{content}</p>")
    before = [(block.text, [(m.tag, m.start, m.end) for m in block.marks if not m.is_point]) for block in file.blocks]
    again = HtmlFile(file.write(unchanged(file), "fr"), boilerplate=False)
    after = [(block.text, [(m.tag, m.start, m.end) for m in block.marks if not m.is_point]) for block in again.blocks]
    assert after == before


@pytest.mark.parametrize("kind", ["<b>", "<a href='x'>", "<span>"])
def test_empty_elements_stay_where_they_were(kind: str) -> None:
    name = kind[1:].split(maxsplit=1)[0].rstrip(">")
    file = read(f"<p>Un {kind}</{name}>mot.</p>")
    assert file.blocks[0].text == "Un mot."
    assert f"</{name}>" in file.write(unchanged(file), "fr").decode()

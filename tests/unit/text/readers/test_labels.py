"""Words for pictures and tables of contents come back in the other language, in every kind of file that has them."""

import io
import re

import pytest

from tests.files import PNG, W, chapter, line, make_epub, make_odt, repacked, unzipped, word
from webapp.domain import ParagraphKind
from webapp.text.read import read_article
from webapp.text.readers.base import OpenedFile, Rich, reading_order
from webapp.text.readers.docx import DocxFile
from webapp.text.readers.epub import EpubFile
from webapp.text.readers.html import HtmlFile
from webapp.text.readers.markdown import MarkdownFile
from webapp.text.readers.odt import OdtFile

ALT = ParagraphKind.ALT
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def read(file: OpenedFile) -> list[str]:
    """The texts in the order of reading."""
    return [file.blocks[n].text for n in reading_order(file.blocks)]


def words_for_pictures(file: OpenedFile) -> list[str]:
    return [file.blocks[n].text for n in reading_order(file.blocks) if file.blocks[n].kind is ALT]


def written(file: OpenedFile) -> bytes:
    """The file with every text in capitals, its marks where they were."""
    return file.write({n: [Rich(b.text.upper(), b.marks)] for n, b in enumerate(file.blocks)}, "ru")


# --- pages ----------------------------------------------------------------------------------------------------------------


def test_the_words_for_a_picture_are_read_after_the_text_it_stands_in_and_come_back() -> None:
    page = (
        '<p>Un mot <img src="a.jpg" alt="Le bac à quai"> encore.</p>'
        '<figure><img src="b.jpg" alt="La mer"><figcaption>Vue.</figcaption></figure>'
    )
    file = HtmlFile(page.encode())
    assert read(file) == ["Un mot encore.", "Le bac à quai", "La mer", "Vue."]
    text = written(file).decode()
    assert '<img src="a.jpg" alt="LE BAC À QUAI">' in text
    assert '<img src="b.jpg" alt="LA MER"><figcaption>VUE.</figcaption>' in text


def test_blocks_of_text_keep_their_numbers_whatever_stands_beside_them() -> None:
    file = HtmlFile(b'<p><img alt="Avant"></p><p>Un.</p><p>Deux <abbr title="Organisation">ONU</abbr>.</p>')
    assert [block.text for block in file.blocks] == ["Un.", "Deux ONU.", "Avant", "Organisation"]
    assert read(file) == ["Avant", "Un.", "Deux ONU.", "Organisation"]
    text = file.write({2: [Rich("Before")]}, "en").decode()
    assert text == '<p><img alt="Before"></p><p>Un.</p><p>Deux <abbr title="Organisation">ONU</abbr>.</p>'


@pytest.mark.parametrize("value", ["", "IMG_2034.JPG", "https://exemple.fr/a", ":smile:", "12", "—", "photo du port.webp"])
def test_what_nobody_wrote_for_readers_is_not_translated(value: str) -> None:
    assert words_for_pictures(HtmlFile(f'<p>Un mot <img alt="{value}">.</p>'.encode())) == []


def test_a_picture_that_asks_to_be_left_alone_is() -> None:
    page = '<p>Un <img translate="no" alt="Le bac"> <span class="notranslate"><img alt="La mer"></span> mot.</p>'
    assert words_for_pictures(HtmlFile(page.encode())) == []


def test_the_same_words_at_one_place_are_asked_for_once_and_written_everywhere() -> None:
    page = '<p><img alt="La mer" title="La mer"></p><noscript><img alt="La mer"></noscript><p>Un.</p>'
    file = HtmlFile(page.encode())
    assert read(file) == ["La mer", "Un."]
    assert written(file).decode().count("LA MER") == 3


def test_words_for_a_picture_outside_the_article_are_left_out_with_it() -> None:
    text = "<p>" + "Le bac de Kerlann a repris la mer lundi matin après trois mois de travaux. " * 8 + "</p>"
    page = (
        '<html><body><nav><a href="/"><img src="l.png" alt="Le Relais de Kerlann"></a></nav>'
        f'<article><h1>Le bac revient</h1>{text}<p><img src="b.jpg" alt="Le bac à quai"></p>{text}</article></body></html>'
    )
    blocks = HtmlFile(page.encode()).blocks
    assert {block.text: block.main for block in blocks if block.kind is ALT} == {
        "Le Relais de Kerlann": False,
        "Le bac à quai": True,
    }


def test_words_that_are_taken_away_leave_an_empty_alternative_text_and_no_title() -> None:
    file = HtmlFile(b'<p>Un <img alt="La mer" title="Vue"> mot.</p>')
    assert file.write({1: [], 2: []}, "en").decode() == '<p>Un <img alt=""> mot.</p>'


# --- Markdown -------------------------------------------------------------------------------------------------------------


def test_pictures_of_markdown_are_read_alone_and_among_words() -> None:
    text = '# Le bac\n\n![La *mer* calme](mer.jpg "Une vue")\n\nUn mot ![le quai](q.png) encore.\n\n![](vide.png)\n'
    file = MarkdownFile(text.encode())
    assert read(file) == ["Le bac", "La mer calme", "Une vue", "Un mot encore.", "le quai"]
    assert written(file).decode() == (
        '# LE BAC\n\n![LA MER CALME](mer.jpg "UNE VUE")\n\nUN MOT ![LE QUAI](q.png) ENCORE.\n\n![](vide.png)\n'
    )


def test_words_for_a_picture_cannot_end_it_early() -> None:
    file = MarkdownFile(b"Un mot ![le quai](q.png) ici.\n")
    text = file.write({1: [Rich('a](b) "c" [d]')]}, "en").decode()
    assert MarkdownFile(text.encode()).blocks[1].text == 'a](b) "c" [d]'
    assert text.startswith("Un mot ![") and text.endswith("](q.png) ici.\n")


# --- Word -----------------------------------------------------------------------------------------------------------------


def _docx_with_pictures() -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph("Un mot.")
    document.add_picture(io.BytesIO(PNG))
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Prix"
    drawing = document.element.body.find(f".//{{{W}}}drawing")
    shown = next(e for e in drawing.iter() if e.tag.endswith("}docPr"))
    shown.set("descr", "Le bac à quai,\nvu de la mer")
    shown.set("title", "Le bac")
    table._tbl.tblPr.append(table._tbl.makeelement(f"{{{W}}}tblDescription", {f"{{{W}}}val": "Les prix du bac"}))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_words_for_pictures_and_tables_of_word_come_back() -> None:
    file = DocxFile(_docx_with_pictures())
    assert read(file) == ["Un mot.", "Le bac", "Le bac à quai, vu de la mer", "Les prix du bac", "Prix"]
    data = written(file)
    body = unzipped(data)["word/document.xml"].decode()
    assert 'descr="LE BAC À QUAI, VU DE LA MER"' in body and 'title="LE BAC"' in body
    assert 'name="Picture 1"' in body  # Word's own name for it, which nobody reads
    assert read(DocxFile(data)) == [text.upper() for text in read(file)]


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _entry(text: str, page: int, *, before: str = "", after: str = "") -> str:
    asked = f"<w:r><w:instrText> PAGEREF _Toc{page} \\h </w:instrText></w:r>"
    number = f"{_field('begin')}{asked}{_field('separate')}{word(str(page))}{_field('end')}"
    words = "".join(word(part) for part in re.split("(?<= )", text))  # Word cuts anywhere
    link = f'<w:hyperlink w:anchor="_Toc{page}">{words}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
    return line(before, link, after, style="toc1")


def docx_with_contents() -> bytes:
    """A document with a table of contents as Word writes it, the second entry of a numbered heading."""
    from docx import Document

    document = Document()
    document.styles.add_style("toc 1", 1)
    document.add_heading("Le bac revient à quai", 1)
    document.add_paragraph("Un mot.")
    document.add_heading("Un chantier long", 1)
    body = document.element.body
    start = f"{_field('begin')}<w:r><w:instrText> TOC \\o &quot;1-3&quot; \\h </w:instrText></w:r>{_field('separate')}"
    lines = [
        line(word("Table des "), word("matières"), style="TOCHeading"),
        _entry("Le bac revient à quai", 1, before=start),
        _entry("2. Un chantier long", 2),
        _entry("Un titre qui n’est plus là", 3),
        f"<w:p>{_field('end')}</w:p>",
    ]
    from docx.oxml import parse_xml

    for n, xml in enumerate(lines):
        body.insert(n, parse_xml(xml.replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_table_of_contents_of_word_says_what_the_headings_say_and_asks_to_be_made_anew() -> None:
    file = DocxFile(docx_with_contents())
    assert [b.text for b in file.blocks] == ["Le bac revient à quai", "Un mot.", "Un chantier long", "Table des matières"]
    assert read(file)[0] == "Table des matières"
    assert read_article(docx_with_contents(), file_name="a.docx", max_bytes=1 << 20).title == "Le bac revient à quai"
    body = unzipped(written(file))["word/document.xml"].decode()
    lines = ["".join(re.findall(r"<w:t[ >][^<]*|<w:tab/>", p)) for p in re.findall(r"<w:p[ >].*?</w:p>", body, re.DOTALL)]
    plain = [re.sub(r"<w:t[^>]*>", "", one.replace("<w:tab/>", "|")) for one in lines]
    assert plain[:4] == ["TABLE DES MATIÈRES", "LE BAC REVIENT À QUAI|1", "2. UN CHANTIER LONG|2", "Un titre qui n’est plus là|3"]
    assert re.findall(r"<w:fldChar[^>]*w:dirty[^>]*>", body) == ['<w:fldChar w:fldCharType="begin" w:dirty="true"/>']


# --- OpenDocument -----------------------------------------------------------------------------------------------------------


def _odt() -> bytes:
    """A text made with odfdo: a table of contents, and a picture with a title and a description."""
    from odfdo import TOC, Document, Frame, Header, Paragraph

    document = Document("text")
    document.body.clear()
    document.body.append(TOC(title="Table des matières"))
    document.body.append(Header(1, "Le bac revient à quai"))
    document.body.append(Paragraph("Un mot."))
    path = document.add_file(io.BytesIO(PNG))
    frame = Frame.image_frame(path, size=("1cm", "1cm"), anchor_type="paragraph")
    frame.svg_title, frame.svg_description = "Le bac", "Le bac à quai"
    holder = Paragraph("")
    holder.append(frame)
    document.body.append(holder)
    document.body.append(Header(1, "Un chantier long"))
    document.body.get_toc().fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_words_for_pictures_and_contents_of_opendocument_come_back() -> None:
    file = OdtFile(_odt())
    assert read(file) == ["Table des matières", "Le bac revient à quai", "Un mot.", "Le bac", "Le bac à quai", "Un chantier long"]
    content = unzipped(written(file))["content.xml"].decode()
    assert re.search(r"<svg:title[^>]*>LE BAC</svg:title>", content)
    assert re.search(r"<svg:desc[^>]*>LE BAC À QUAI</svg:desc>", content)
    contents = content[content.index("<text:index-body") : content.index("</text:index-body>")]
    assert "TABLE DES MATIÈRES" in contents
    assert "LE BAC REVIENT À QUAI" in contents and "UN CHANTIER LONG" in contents
    assert "Le bac revient" not in contents


def test_the_entries_of_opendocument_keep_the_numbers_of_their_pages() -> None:
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body><office:text>'
        "<text:table-of-content><text:index-body><text:p>"
        "<text:a xlink:href='#x'>1 <text:span>Le</text:span> bac<text:tab/>4</text:a></text:p>"
        "</text:index-body></text:table-of-content><text:h>Le bac</text:h></office:text></office:body></office:document-content>"
    )
    written_ = unzipped(written(OdtFile(make_odt(content))))["content.xml"].decode()
    entry = re.search(r"<text:index-body>(.*)</text:index-body>", written_)
    assert entry is not None
    assert re.sub(r"<text:tab/>", "|", entry[1]).endswith("|4</text:a></text:p>")
    assert re.sub(r"<[^>]*>", "", entry[1].replace("<text:tab/>", "|")) == "1 LE BAC|4"


# --- books ------------------------------------------------------------------------------------------------------------------


def test_a_book_comes_back_with_its_pictures_contents_and_language() -> None:
    nav = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>'
        '<li><a href="one.xhtml">Le départ</a></li><li><a href="two.xhtml">Le retour</a></li></ol></nav></body></html>'
    )
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>'
        "<navLabel><text>Le retour</text></navLabel></navPoint></navMap></ncx>"
    )
    package = unzipped(make_epub())["OEBPS/content.opf"].decode()
    package = package.replace(
        "<manifest>",
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>fr-FR</dc:language></metadata><manifest>'
        '<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    )
    one = chapter("Le départ", 'Au <img src="b.jpg" alt="Le bac"/> matin.')
    book = repacked(
        make_epub(),
        {"OEBPS/nav.xhtml": nav, "OEBPS/toc.ncx": ncx, "OEBPS/one.xhtml": one, "OEBPS/content.opf": package},
    )
    file = EpubFile(book)
    assert read(file) == ["Le départ", "Au matin.", "Le bac", "Le retour", "Le bac revient enfin à quai."]
    members = {path: data.decode() for path, data in unzipped(written(file)).items() if path.startswith("OEBPS")}
    assert 'alt="LE BAC"' in members["OEBPS/one.xhtml"]
    assert ">LE DÉPART</a>" in members["OEBPS/nav.xhtml"] and ">LE RETOUR</a>" in members["OEBPS/nav.xhtml"]
    assert "<text>LE RETOUR</text>" in members["OEBPS/toc.ncx"]
    assert "<dc:language>ru</dc:language>" in members["OEBPS/content.opf"]

"""Word and OpenDocument: paragraphs of the right kind, and the same document back with other words."""

import io

import pytest
from docx import Document

from tests.files import ODT_CONTENT, line, make_docx, make_epub, make_odt, repacked, unzipped, word
from webapp.domain import Mark, ParagraphKind
from webapp.text.readers.base import OpenedFile, Rich
from webapp.text.readers.docx import DocxFile
from webapp.text.readers.epub import EpubFile
from webapp.text.readers.odt import OdtFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def unchanged(file: OpenedFile) -> dict[int, list[Rich]]:
    return {n: [Rich(block.text, block.marks)] for n, block in enumerate(file.blocks)}


def docx_of(*paragraphs: str) -> bytes:
    """A Word document with other paragraphs in it."""
    body = unzipped(make_docx())["word/document.xml"].decode()
    start, stop = body.index("<w:body>") + 8, body.index("<w:sectPr")
    return repacked(make_docx(), {"word/document.xml": body[:start] + "".join(paragraphs) + body[stop:]})


def odt_of(content: str) -> bytes:
    start, stop = ODT_CONTENT.index("<office:text>") + 13, ODT_CONTENT.index("</office:text>")
    return make_odt(ODT_CONTENT[:start] + content + ODT_CONTENT[stop:])


def test_a_word_document_is_read_by_its_styles() -> None:
    blocks = {block.text: block.kind for block in DocxFile(make_docx()).blocks}
    assert blocks == {
        "Le bac revient à quai": ParagraphKind.HEADING,
        "Le chantier": ParagraphKind.HEADING,
        "Après trois mois de travaux, le bac de Kerlann reprend la mer.": None,
        "La coque est repeinte.": ParagraphKind.ITEM,
        "« Nous avons attendu », dit-elle.": ParagraphKind.QUOTE,
        "Ligne": ParagraphKind.ITEM,
        "Prix": ParagraphKind.ITEM,
        "Kerlann": ParagraphKind.ITEM,
        "4 euros": ParagraphKind.ITEM,
        "Le bac à quai.": ParagraphKind.BYLINE,
        "Le maire a salué deux cents habitants lundi soir.": None,
        "Le Relais de Kerlann": ParagraphKind.BYLINE,
    }


def test_a_word_document_comes_back_with_its_looks_links_pictures_fields_and_header() -> None:
    file = DocxFile(make_docx())
    texts = {n: [Rich(block.text.upper(), block.marks)] for n, block in enumerate(file.blocks)}
    written = file.write(texts, "ru")
    document = Document(io.BytesIO(written))
    lead = document.paragraphs[2]
    assert [(run.text, run.bold, run.italic) for run in lead.runs] == [
        ("APRÈS ", None, None),
        ("TROIS MOIS", True, None),
        (" DE TRAVAUX, LE BAC DE ", None, None),
        ("KERLANN", None, True),
        (" REPREND LA MER.", None, None),
    ]
    assert document.paragraphs[0].style.name == "Heading 1"
    assert len(document.inline_shapes) == 1
    assert document.paragraphs[-1].hyperlinks[0].text == "DEUX CENTS HABITANTS"
    assert document.paragraphs[-1].hyperlinks[0].address == "https://exemple.fr/quai"
    assert document.tables[0].cell(1, 0).text == "KERLANN"
    assert document.sections[0].header.paragraphs[0].text == "LE RELAIS DE KERLANN"
    xml = unzipped(written)["word/document.xml"].decode()
    assert "<w:instrText> PAGE </w:instrText>" in xml
    assert xml.index('w:name="ici"') < xml.index("DEUX CENTS")


def test_a_word_document_written_with_its_own_text_reads_the_same() -> None:
    file = DocxFile(make_docx())
    assert DocxFile(file.write(unchanged(file), "fr")).blocks == file.blocks


def test_runs_that_look_alike_are_one_text_however_word_cut_them() -> None:
    cut = line(word("Le "), word("ba"), '<w:proofErr w:type="spellStart"/>', word("c", '<w:lang w:val="fr-FR"/>'), word(" part."))
    (block,) = DocxFile(docx_of(cut)).blocks[:1]
    assert (block.text, block.marks) == ("Le bac part.", ())


def test_what_was_struck_out_under_revision_is_no_text_and_what_was_added_is() -> None:
    body = line(
        word("Le "),
        '<w:del w:id="1" w:author="a"><w:r><w:delText>vieux </w:delText></w:r></w:del>',
        f'<w:ins w:id="2" w:author="a">{word("nouveau ")}</w:ins>',
        word("bac."),
    )
    assert DocxFile(docx_of(body)).blocks[0].text == "Le nouveau bac."


def test_a_line_break_and_a_note_stand_where_their_words_stand() -> None:
    body = line(
        word("Le bac"), '<w:r><w:footnoteReference w:id="2"/></w:r>', word(" part."), "<w:r><w:br/></w:r>", word("Il revient.")
    )
    file = DocxFile(docx_of(body))
    block = file.blocks[0]
    assert block.text == "Le bac part.\nIl revient."
    assert [(m.tag, m.start) for m in block.marks] == [("footnoteReference", 6), ("br", 12)]
    moved = (Mark(9, 9, "footnoteReference", (), 0), Mark(17, 17, "br", (), 1))
    xml = unzipped(file.write({0: [Rich("The ferry leaves. It returns.", moved)]}, "en"))["word/document.xml"].decode()
    order = [xml.index(piece) for piece in ("The ferry", "footnoteReference", " leaves.", "<w:br/>", "It returns.")]
    assert order == sorted(order)


def test_paragraphs_added_later_follow_and_removed_ones_go() -> None:
    file = DocxFile(docx_of(line(word("Un."), style="ListBullet"), line(word("Deux.")), line(word("Trois."))))
    written = file.write({0: [Rich("One."), Rich("More.")], 1: [], 2: [Rich("Three.")]}, "en")
    found = [(p.text, p.style.name) for p in Document(io.BytesIO(written)).paragraphs]
    assert found == [("One.", "List Bullet"), ("More.", "List Bullet"), ("Three.", "Normal")]


def test_a_table_of_contents_is_left_to_word() -> None:
    body = line(word("Le départ"), style="TOC1") + line(word("Le départ"), style="Heading1")
    styles = unzipped(make_docx())["word/styles.xml"].decode()
    data = repacked(docx_of(body), {"word/styles.xml": styles})
    assert [b.text for b in DocxFile(data).blocks if b.text == "Le départ"] == ["Le départ"]


def test_an_opendocument_text_is_read_with_its_notes() -> None:
    blocks = OdtFile(make_odt()).blocks
    assert [(block.text, block.kind) for block in blocks] == [
        ("Le bac revient à quai", ParagraphKind.HEADING),
        ("Après trois mois de travaux, le bac de Kerlann reprend la mer.", None),
        ("Une petite note.", None),
        ("La coque est repeinte.", ParagraphKind.ITEM),
        ("« Nous avons attendu », dit-elle.", ParagraphKind.QUOTE),
        ("Ligne", ParagraphKind.ITEM),
    ]
    assert [(m.tag, blocks[1].text[m.start : m.end]) for m in blocks[1].marks] == [
        ("b", "trois mois"),
        ("a", "Kerlann"),
        ("note", ""),
    ]


def test_an_opendocument_text_comes_back_with_only_its_words_changed() -> None:
    data = make_odt()
    file = OdtFile(data)
    written = file.write({n: [Rich(b.text.upper(), b.marks)] for n, b in enumerate(file.blocks)}, "ru")
    before, after = unzipped(data), unzipped(written)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} <= {"content.xml", "styles.xml"}
    content = after["content.xml"].decode()
    assert '<text:span text:style-name="T1">TROIS MOIS</text:span>' in content
    assert ">KERLANN</text:a><text:note" in content
    assert ">UNE PETITE NOTE.</text:p></text:note-body></text:note> REPREND" in content
    assert '<draw:image xlink:href="Pictures/a.png"/>' in content
    assert 'fo:language="ru" fo:country="RU"' in after["styles.xml"].decode()


def test_an_opendocument_text_written_with_its_own_text_reads_the_same() -> None:
    file = OdtFile(make_odt())
    assert OdtFile(file.write(unchanged(file), "fr")).blocks == file.blocks


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>Un<text:tab/>deux<text:line-break/>trois</text:p>", "Un deux\ntrois"),
        ("<text:p>Un<text:s text:c='3'/>deux <text:bookmark text:name='b'/>trois</text:p>", "Un deux trois"),
        ("<text:p><text:span>Un <text:span>deux</text:span></text:span> trois</text:p>", "Un deux trois"),
    ],
)
def test_spaces_tabs_and_breaks_of_opendocument_are_read_as_a_reader_sees_them(content: str, text: str) -> None:
    assert OdtFile(odt_of(content)).blocks[0].text == text


def test_a_book_is_read_chapter_by_chapter_in_the_order_of_its_spine() -> None:
    blocks = EpubFile(make_epub()).blocks
    assert [(b.text, b.kind) for b in blocks] == [
        ("Le départ", ParagraphKind.HEADING),
        ("Le bac quitte Kerlann au matin.", None),
        ("Le retour", ParagraphKind.HEADING),
        ("Le bac revient enfin à quai.", None),
    ]


def test_a_book_comes_back_with_other_words() -> None:
    file = EpubFile(make_epub())
    written = file.write({3: [Rich("The ferry is finally back.", (Mark(13, 20, "i", (), 0),))]}, "en")
    members = unzipped(written)
    assert next(iter(members)) == "mimetype"
    assert b"<p>The ferry is <em>finally</em> back.</p>" in members["OEBPS/two.xhtml"]
    assert members["OEBPS/one.xhtml"] == unzipped(make_epub())["OEBPS/one.xhtml"]

"""Files as people send them, made here from scratch: documents of Word and OpenDocument, books, pages, subtitles."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f00038101805a4d6ff10000"
    "000049454e44ae426082"
)

PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le bac revient à quai – Le Relais</title>
<link rel="stylesheet" href="s.css"><style>p { color: red }</style><script>var a = "<p>bonjour</p>";</script></head>
<body class="article">
<header class="site"><nav><ul><li><a href="/">Accueil</a></li><li><a href="/mer">Mer</a></li></ul></nav></header>
<main><article>
<h1>Le bac revient à quai</h1>
<p class="chapo">Après <strong>trois mois</strong> de travaux, le bac de Kerlann reprend la mer lundi matin.</p>
<p class="byline">Par Anne Le Goff</p>
<!-- un mot de la rédaction -->
<p>Le maire, Yann Morvan, a salué <em>« un grand jour »</em> devant
<a href="https://exemple.fr/quai">deux cents habitants</a><sup>1</sup>.
La traversée coûte 4 euros ; la commande <code>bac --aller</code> reste la même.</p>
<figure><img src="bac.jpg" alt="Le bac"><figcaption>Le bac à quai, dimanche.</figcaption></figure>
<h2>Un chantier long</h2>
<ul><li>La coque a été repeinte.</li><li>Le moteur est neuf.</li></ul>
<blockquote><p>« Nous avons attendu cet instant », dit une passagère.</p></blockquote>
<table><tr><th>Ligne</th><th>Prix</th></tr><tr><td>Kerlann</td><td>4 euros</td></tr></table>
<p>Une balise &lt;script&gt;alert(1)&lt;/script&gt; n’est ici que du texte, dit le mode d’emploi du site.</p>
</article></main>
<aside class="related"><h3>À lire aussi</h3><ul><li><a href="/a">Un autre article sur un tout autre sujet</a></li></ul></aside>
<footer><p>Mentions légales et conditions d’utilisation du site</p></footer>
<script src="end.js"></script></body></html>
"""

MARKDOWN = """---
title: "Le bac revient"
tags: [mer]
---
# Le bac *revient* à quai

Après **trois mois** de travaux,
le bac de _Kerlann_ reprend `bac --aller` et [la mer](https://exemple.fr "quai").[^1]

> Nous avons attendu
> cet instant.

- La coque est <b>repeinte</b>. <!-- ici -->
- Le moteur ![neuf](m.png) tourne.

| Ligne | Prix |
|-------|------|
| Kerlann | 4 euros |

```sh
bac --aller
```

[^1]: Une note.
"""

SUBTITLES = """1
00:00:01,000 --> 00:00:03,000
Je voulais te dire
<i>quelque chose</i>

2
00:00:03,100 --> 00:00:05,000
que tu sais déjà.

3
00:00:06,000 --> 00:00:08,000
- Bonjour.
- Salut.
"""

WEBVTT = """WEBVTT Kerlann

STYLE
::cue { color: white }

NOTE une remarque

debut
00:01.000 --> 00:03.000 align:left position:10%
<v Yann>Le bac &amp; la mer

00:03.200 --> 00:05.000
sont revenus.
"""


def zipped(members: Mapping[str, bytes | str], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """Packs members into an archive, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            method = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), content, compress_type=method)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def repacked(data: bytes, changes: Mapping[str, bytes | str]) -> bytes:
    """The archive with members replaced or added."""
    return zipped({**unzipped(data), **changes})


# --- Word -------------------------------------------------------------------------------------------------------------


def word(text: str, look: str = "") -> str:
    """A run of letters."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{''.join(runs)}</w:p>"


def make_docx() -> bytes:
    """A Word document with headings, looks, a link, a note, a list, a table, a picture, a header and a field."""
    from docx import Document

    document = Document()
    document.add_heading("Le bac revient à quai", 1)
    document.add_paragraph("Le chantier", style="Subtitle")
    lead = document.add_paragraph("Après ")
    lead.add_run("trois mois").bold = True
    lead.add_run(" de travaux, le bac de ")
    lead.add_run("Kerlann").italic = True
    lead.add_run(" reprend la mer.")
    document.add_paragraph("La coque est repeinte.", style="List Bullet")
    document.add_paragraph("« Nous avons attendu », dit-elle.", style="Quote")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Ligne", "Prix", "Kerlann", "4 euros"), strict=True):
        cell.text = text
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Le bac à quai.", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Le Relais de Kerlann"
    _add_link(document, "Le maire a salué ", "deux cents habitants", " lundi soir.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_link(document: Any, before: str, words: str, after: str) -> None:
    from docx.oxml import parse_xml

    part = document.part
    key = part.relate_to("https://exemple.fr/quai", f"{_REL}/hyperlink", is_external=True)
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    xml = (
        f'<w:p xmlns:w="{W}" xmlns:r="{_REL}"><w:bookmarkStart w:id="0" w:name="ici"/>{word(before)}'
        f'<w:hyperlink r:id="{key}">{word(words, "<w:u w:val=&quot;single&quot;/>".replace("&quot;", chr(34)))}</w:hyperlink>'
        f'{word(after)}<w:bookmarkEnd w:id="0"/>{field}</w:p>'
    )
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(xml))


# --- OpenDocument -----------------------------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:draw="{_ODF}:drawing:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_NOTE = (
    '<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    '<text:p text:style-name="Footnote">Une petite note.</text:p></text:note-body></text:note>'
)
ODT_CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {_SPACES}><office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles><office:body><office:text>
<text:h text:outline-level="1" text:style-name="Heading_20_1">Le bac revient à quai</text:h>
<text:p text:style-name="Standard">Après <text:span text:style-name="T1">trois mois</text:span> de travaux, le bac de
<text:a xlink:href="https://exemple.fr/" xlink:type="simple">Kerlann</text:a>{_NOTE} reprend<text:s text:c="2"/>la mer.</text:p>
<text:list><text:list-item><text:p>La coque est repeinte.</text:p></text:list-item></text:list>
<text:p text:style-name="Quotations">« Nous avons attendu », dit-elle.</text:p>
<text:p><draw:frame draw:name="i"><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>
<table:table><table:table-row><table:table-cell><text:p>Ligne</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
_ODT_STYLES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles {_SPACES}><office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:language="fr" fo:country="FR"/></style:default-style></office:styles></office:document-styles>"""
_ODT_META = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-meta {_SPACES}><office:meta/></office:document-meta>"""
_ODT_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def make_odt(content: str = ODT_CONTENT) -> bytes:
    """An OpenDocument text."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": _ODT_STYLES,
            "meta.xml": _ODT_META,
            "Pictures/a.png": PNG,
            "META-INF/manifest.xml": _ODT_MANIFEST,
        }
    )


# --- books ------------------------------------------------------------------------------------------------------------


def chapter(title: str, text: str) -> str:
    """A chapter of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>{title}</title></head><body><section><h1>{title}</h1><p>{text}</p></section></body></html>"
    )


def make_epub() -> bytes:
    """A book of two chapters, the second first in the archive."""
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            '<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
            "</container>",
            "OEBPS/two.xhtml": chapter("Le retour", "Le bac revient <em>enfin</em> à quai."),
            "OEBPS/one.xhtml": chapter("Le départ", "Le bac quitte Kerlann au matin."),
            "OEBPS/nav.xhtml": chapter("Table", "Sommaire du livre"),
            "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
            '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
        }
    )

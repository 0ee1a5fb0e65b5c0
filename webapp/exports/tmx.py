"""TMX 1.4: sentence pairs for a translation memory, one bilingual file a target; several targets when they are named.

Approved texts only. With the rest, every pair says its state and origin (`x-state`, `x-origin`) and the file says so in
its header: a separate file for those who want it, so that machine text never enters a memory as somebody's translation.
"""

from collections.abc import Callable, Sequence
from datetime import UTC
from xml.etree import ElementTree as ET

from webapp.domain import UNTRANSLATED, Document, Translation
from webapp.exports.registry import Format
from webapp.exports.units import TOOL, XML_LANG, clean, is_reviewed, is_usable, locale, unit_id, write_xml

DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
NOTE = "Holds machine drafts that nobody has reviewed; x-state says which."


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the approved pairs in the order of the article; what is not approved is left out."""
    return write_pairs(document, targets, is_reviewed)


def render_all(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes every pair that has a text; rejected texts and those of an earlier French are left out."""
    return write_pairs(document, targets, lambda translation: not translation.stale, marked=True)


def write_pairs(
    document: Document, targets: Sequence[str] | None, wanted: Callable[[Translation], bool], *, marked: bool = False
) -> str:
    """Writes the pairs whose translation is `wanted` and usable, in the order of the article; `marked`: with state and origin."""
    root = ET.Element("tmx", version="1.4")
    _header(root, document, marked)
    body = ET.SubElement(root, "body")
    for paragraph in document.paragraphs:
        if paragraph.language not in {None, document.source}:
            continue  # the memory would learn it as French
        for sentence in paragraph.sentences:
            found = {t: sentence.translations.get(t, UNTRANSLATED) for t in (document.targets if targets is None else targets)}
            chosen = {target: one for target, one in found.items() if is_usable(one) and wanted(one)}
            if chosen and clean(sentence.text).strip():
                unit = ET.SubElement(body, "tu", tuid=unit_id(document, paragraph, sentence))
                _variant(unit, locale(document.source), sentence.text)
                for target, translation in chosen.items():
                    _variant(unit, locale(target), translation.text, translation if marked else None)
    return write_xml(root, DOCTYPE)


def _header(root: ET.Element, document: Document, marked: bool) -> None:
    header = ET.SubElement(
        root,
        "header",
        {
            "creationtool": TOOL,
            "creationtoolversion": "1",
            "segtype": "sentence",
            "o-tmf": TOOL,
            "adminlang": "en-US",
            "srclang": locale(document.source),
            "datatype": "plaintext",
        },
    )
    if document.created_at is not None:
        header.set("creationdate", document.created_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    if marked:
        ET.SubElement(header, "note").text = NOTE


def _variant(unit: ET.Element, language: str, text: str, marks: Translation | None = None) -> None:
    variant = ET.SubElement(unit, "tuv", {XML_LANG: language})
    if marks is not None:
        ET.SubElement(variant, "prop", type="x-state").text = marks.state.value
        if marks.origin is not None:
            ET.SubElement(variant, "prop", type="x-origin").text = marks.origin.value
    ET.SubElement(variant, "seg").text = clean(text)


FORMAT = Format("tmx", "application/x-tmx", ".tmx", render, render_all, bilingual=True)

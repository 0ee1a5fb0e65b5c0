"""XLIFF 2.1: one unit a paragraph, one segment a sentence, one target a file.

Version 2.1 keeps the namespace of 2.0. Only approved texts are targets (`reviewed`); with the rest, drafts are targets too,
but stay `initial`, with a `subState` that says why.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from webapp.domain import UNTRANSLATED, Document, DocumentParagraph, DocumentSentence, Translation
from webapp.exports.registry import Format
from webapp.exports.units import XML_SPACE, clean, is_human, is_machine, is_reviewed, is_usable, locale, unit_id, write_xml

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the file for one target, which is the only one given or that there is; approved texts are its targets."""
    return _write(document, targets, everything=False)


def render_all(document: Document, targets: Sequence[str] | None = None) -> str:
    """The same with every text as a target, in the state it has."""
    return _write(document, targets, everything=True)


def _write(document: Document, targets: Sequence[str] | None, *, everything: bool) -> str:
    (target,) = document.targets if targets is None else targets
    about = {"version": "2.1", "xmlns": NAMESPACE, "srcLang": locale(document.source), "trgLang": locale(target)}
    root = ET.Element("xliff", about)
    file = ET.SubElement(root, "file", {"id": "f1", "original": document.id or "article", XML_SPACE: "preserve"})
    for paragraph in document.paragraphs:
        unit = ET.SubElement(file, "unit", {"id": f"p{paragraph.index}", "canResegment": "no", XML_SPACE: "preserve"})
        for sentence in paragraph.sentences:
            _segment(unit, document, paragraph, sentence, target, everything=everything)
    return write_xml(root)


def _segment(
    unit: ET.Element,
    document: Document,
    paragraph: DocumentParagraph,
    sentence: DocumentSentence,
    target: str,
    *,
    everything: bool,
) -> None:
    translation = sentence.translations.get(target, UNTRANSLATED)
    included = is_usable(translation) and (everything or is_reviewed(translation))
    marks = _marks(translation) if included else {"state": "initial"}
    segment = ET.SubElement(unit, "segment", {"id": unit_id(document, paragraph, sentence), **marks})
    ET.SubElement(segment, "source").text = clean(sentence.text)
    if included:
        ET.SubElement(segment, "target").text = clean(translation.text)
    if sentence.separator and sentence is not paragraph.sentences[-1]:
        ET.SubElement(ET.SubElement(unit, "ignorable"), "source").text = clean(sentence.separator)


def _marks(translation: Translation) -> dict[str, str]:
    if is_reviewed(translation):
        return {"state": "reviewed"}
    if is_human(translation):
        return {"state": "translated"}
    return {"state": "initial", "subState": "quatrain:mt" if is_machine(translation) else "quatrain:unreviewed"}


FORMAT = Format("xliff2", "application/xliff+xml", ".xlf2", render, render_all, bilingual=True, multilingual=False)

"""XLIFF 1.2: every sentence of one target, as a task for a translation tool.

Only approved texts are targets. Anything else stands beside its sentence in `alt-trans`, a proposal that no tool takes for
a translation; with the rest, it is the target and marked as what it is.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from webapp.domain import UNTRANSLATED, Document, DocumentParagraph, DocumentSentence, Translation
from webapp.exports.registry import Format
from webapp.exports.units import (
    TOOL,
    XML_LANG,
    XML_SPACE,
    clean,
    is_human,
    is_machine,
    is_reviewed,
    is_usable,
    locale,
    unit_id,
    write_xml,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the file for one target, which is the only one given or that there is; approved texts are its targets."""
    return _write(document, targets, everything=False)


def render_all(document: Document, targets: Sequence[str] | None = None) -> str:
    """The same with every text as a target; those nobody reviewed say `needs-review-translation`."""
    return _write(document, targets, everything=True)


def _write(document: Document, targets: Sequence[str] | None, *, everything: bool) -> str:
    (target,) = document.targets if targets is None else targets
    root = ET.Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    about = {"original": document.id or "article", "source-language": locale(document.source)}
    about |= {"target-language": locale(target), "datatype": "plaintext", XML_SPACE: "preserve"}
    body = ET.SubElement(ET.SubElement(root, "file", about), "body")
    for paragraph in document.paragraphs:
        kind = {"id": f"p{paragraph.index}", "restype": f"x-{paragraph.kind.value}"}
        group = ET.SubElement(body, "group", kind)
        for sentence in paragraph.sentences:
            _unit(group, document, paragraph, sentence, target, everything=everything)
    return write_xml(root)


def _unit(
    group: ET.Element,
    document: Document,
    paragraph: DocumentParagraph,
    sentence: DocumentSentence,
    target: str,
    *,
    everything: bool,
) -> None:
    unit = ET.SubElement(group, "trans-unit", {"id": unit_id(document, paragraph, sentence), XML_SPACE: "preserve"})
    ET.SubElement(unit, "source", {XML_LANG: locale(document.source)}).text = clean(sentence.text)
    translation = sentence.translations.get(target, UNTRANSLATED)
    if not is_usable(translation):
        return
    if everything or is_reviewed(translation):
        if is_reviewed(translation):
            unit.set("approved", "yes")
        _target(unit, target, translation, _marks(translation))
    if not (is_reviewed(translation) or (everything and is_human(translation))):
        # Beside a target that nobody looked at, it tells afterwards whether somebody wrote another.
        origin = "argos" if is_machine(translation) else str(translation.origin or TOOL.lower())
        _target(ET.SubElement(unit, "alt-trans", origin=origin), target, translation, {})


def _target(parent: ET.Element, target: str, translation: Translation, marks: dict[str, str]) -> None:
    ET.SubElement(parent, "target", {XML_LANG: locale(target), **marks}).text = clean(translation.text)


def _marks(translation: Translation) -> dict[str, str]:
    """`fuzzy-match` and `mt-suggestion` make tools treat the segment as new, whatever else they read into its state."""
    if is_reviewed(translation):
        return {"state": "signed-off"}
    if is_human(translation):
        return {"state": "translated"}
    qualifier = "mt-suggestion" if is_machine(translation) else "fuzzy-match"
    return {"state": "needs-review-translation", "state-qualifier": qualifier}


FORMAT = Format("xliff", "application/x-xliff+xml", ".xlf", render, render_all, bilingual=True, multilingual=False)

"""Word documents (.docx), opened and saved with python-docx: the body with its tables and boxes, notes, headers and footers."""

import io
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from docx import Document
from lxml import etree

from webapp.domain import ParagraphKind
from webapp.errors import FileDamaged, FileTooComplex
from webapp.text.readers.archive import check_xml_parts, open_zip
from webapp.text.readers.base import MAX_BLOCKS, Block, OpenedFile, Replacements
from webapp.text.readers.docx_runs import W, WordRun, read_paragraph, write_paragraph
from webapp.text.readers.xml import parse_xml

_NOTES: Final = ("/footnotes+xml", "/endnotes+xml", ".footnotes+xml", ".endnotes+xml")
_MARGINS: Final = (".header+xml", ".footer+xml")
_SKIPPED_STYLES: Final = ("toc", "table of", "index")
_REGIONS: Final = {"en": "en-US", "ru": "ru-RU", "ko": "ko-KR", "fr": "fr-FR"}
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class DocxFile(OpenedFile):
    """A Word document."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises an InputError of ours."""
        with open_zip(data, name) as archive:
            check_xml_parts(archive, name)
        self._document = _open(data, name)
        self._styles = _style_names(self._document)
        self._parts = _parts(self._document)
        self._runs: list[WordRun] = []
        kinds: list[ParagraphKind | None] = []
        for root, kind in ((root, kind) for root, kind, _ in self._parts):
            for paragraph in list(root.iter(f"{W}p")):
                found = self._kind(paragraph, kind)
                if found == "":
                    continue
                run = read_paragraph(paragraph)
                if run is not None:
                    self._runs.append(run)
                    kinds.append(found or None)  # type: ignore[arg-type] # "" was left out above
                    if len(kinds) > MAX_BLOCKS:
                        raise FileTooComplex(name=name, detail=f"more than {MAX_BLOCKS} paragraphs")
        self.blocks = [Block(run.text, kind, run.marks) for run, kind in zip(self._runs, kinds, strict=True)]

    def _kind(self, paragraph: Any, default: ParagraphKind | None) -> ParagraphKind | str | None:
        """The kind a paragraph's style gives it; None: its form may tell; "": it is not to be translated."""
        style = self._style_of(paragraph)
        if style.startswith(_SKIPPED_STYLES) or _is_fallback(paragraph):
            return ""
        if style.startswith(("heading", "title", "subtitle", "titre", "sous-titre")) or _outline(paragraph):
            return ParagraphKind.HEADING
        if "quote" in style or "citation" in style:
            return ParagraphKind.QUOTE
        if style.startswith(("caption", "légende", "legende")) or any(
            word in style for word in ("author", "auteur", "signature")
        ):
            return ParagraphKind.BYLINE
        in_list = paragraph.find(f"{W}pPr/{W}numPr") is not None or style.startswith(("list", "liste"))
        if in_list or any(ancestor.tag == f"{W}tc" for ancestor in paragraph.iterancestors()):
            return ParagraphKind.ITEM
        return default

    def _style_of(self, paragraph: Any) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        key = "" if found is None else found.get(f"{W}val", "")
        return self._styles.get(key, key).lower()

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the document with other texts; the language that spelling is checked in follows."""
        for number, texts in sorted(replacements.items(), reverse=True):
            if 0 <= number < len(self._runs):
                write_paragraph(self._runs[number], texts)
        for root, _, _ in self._parts:
            _follow_fallbacks(root)
            _set_language(root, language)
        _set_language(self._document.styles.element, language)
        _save_parts(self._parts)
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def _open(data: bytes, name: str) -> Any:
    try:
        document = Document(io.BytesIO(data))
        has_text = document.element.body is not None and document.styles.element is not None
    except Exception as error:  # python-docx lets whatever its parts raise through
        raise FileDamaged(name=name, detail=str(error)[:200] or type(error).__name__) from error
    if not has_text:
        raise FileDamaged(name=name, detail="it has no text")
    return document


def _style_names(document: Any) -> dict[str, str]:
    """The names of the styles by their keys, which differ by the language of the Word that wrote them."""
    names = {}
    for style in document.styles.element.iter(f"{W}style"):
        found = style.find(f"{W}name")
        names[style.get(f"{W}styleId", "")] = "" if found is None else found.get(f"{W}val", "")
    return names


Part = tuple[Any, ParagraphKind | None, Any]
"""The root of a part's XML, the kind of its paragraphs, and the part itself where it has to be told of changes."""


def _parts(document: Any) -> list[Part]:
    """The parts that hold text: body, notes, headers and footers, each kind in the order of their names."""
    found: list[Part] = [(document.element, None, None)]
    rest = sorted(document.part.package.iter_parts(), key=lambda part: str(part.partname))
    for endings, kind in ((_NOTES, None), (_MARGINS, ParagraphKind.BYLINE)):
        for part in rest:
            if part.content_type.endswith(endings):
                element = getattr(part, "element", None)
                root = parse_xml(part.blob, "") if element is None else element
                found.append((root, kind, part if element is None else None))
    return found


def _save_parts(parts: list[Part]) -> None:
    for root, _, part in parts:
        if part is not None:
            part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _outline(paragraph: Any) -> bool:
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    return level is not None and level.get(f"{W}val", "9") < "9"


def _is_fallback(paragraph: Any) -> bool:
    return any(ancestor.tag == f"{_MC}Fallback" for ancestor in paragraph.iterancestors())


def _follow_fallbacks(root: Any) -> None:
    """What old versions of Word show instead of a box gets the same paragraphs."""
    for alternate in root.iter(f"{_MC}AlternateContent"):
        choice, fallback = alternate.find(f"{_MC}Choice"), alternate.find(f"{_MC}Fallback")
        if choice is None or fallback is None:
            continue
        new, old = list(_text_of_boxes(choice)), list(_text_of_boxes(fallback))
        if len(new) == len(old):
            for content, place in zip(new, old, strict=True):
                place[:] = [deepcopy(child) for child in content]


def _text_of_boxes(element: Any) -> Iterator[Any]:
    return iter(element.iter(f"{W}txbxContent"))


def _set_language(root: Any, language: str) -> None:
    region = _REGIONS.get(language, language)
    for element in root.iter(f"{W}lang"):
        if element.get(f"{W}val", "").startswith("fr"):
            element.set(f"{W}eastAsia" if language == "ko" else f"{W}val", region)

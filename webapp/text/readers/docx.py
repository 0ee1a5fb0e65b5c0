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
from webapp.text.readers.contents import Entries
from webapp.text.readers.docx_beside import (
    MADE_BY_WORD,
    OF_TABLES,
    ask_for_contents,
    beside,
    title_of_contents,
    write_entries,
)
from webapp.text.readers.docx_runs import W, WordRun, read_paragraph, write_paragraph
from webapp.text.readers.labels import Label, as_blocks, labels_of, write_labels
from webapp.text.readers.xml import parse_xml

_NOTES: Final = ("/footnotes+xml", "/endnotes+xml", ".footnotes+xml", ".endnotes+xml")
_MARGINS: Final = (".header+xml", ".footer+xml")
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
        self._kinds: list[ParagraphKind | None] = []
        self._labels: list[Label] = []
        for root, kind in ((root, kind) for root, kind, _ in self._parts):
            for element in list(root.iter(f"{W}p", *OF_TABLES)):
                self._read(element, kind)
                if len(self._runs) + len(self._labels) > MAX_BLOCKS:
                    raise FileTooComplex(name=name, detail=f"more than {MAX_BLOCKS} paragraphs")
        texts = [Block(run.text, kind, run.marks) for run, kind in zip(self._runs, self._kinds, strict=True)]
        self.blocks = texts + as_blocks(self._labels)

    def _read(self, element: Any, default: ParagraphKind | None) -> None:
        """Reads a paragraph with what stands beside it, or what is said of a table."""
        if element.tag in OF_TABLES:
            self._labels += labels_of([(element, f"{W}val")], len(self._runs))
            return
        if self._is_left(element):
            self._labels += title_of_contents(element, self._style_of(element), len(self._runs))
            return
        run = read_paragraph(element)
        if run is not None:
            self._runs.append(run)
            self._kinds.append(self._kind(element, default))
        self._labels += labels_of(beside(element, run), len(self._runs))

    def _is_left(self, paragraph: Any) -> bool:
        """Whether a paragraph is not to be translated: Word makes it itself, or there is a better one in its place."""
        return self._style_of(paragraph).startswith(MADE_BY_WORD) or _is_fallback(paragraph)

    def _kind(self, paragraph: Any, default: ParagraphKind | None) -> ParagraphKind | None:
        """The kind a paragraph's style gives it; None: its form may tell."""
        style = self._style_of(paragraph)
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
        """Writes the document with other texts; tables of contents and the language that spelling is checked in follow."""
        entries = Entries(self.blocks, replacements)
        made = [p for root, _, _ in self._parts for p in root.iter(f"{W}p") if self._style_of(p).startswith(MADE_BY_WORD)]
        write_entries(made, entries)
        write_labels(self._labels, len(self._runs), replacements)
        for number, texts in sorted(replacements.items(), reverse=True):
            if 0 <= number < len(self._runs):
                write_paragraph(self._runs[number], texts)
        for root, _, _ in self._parts:
            ask_for_contents(root)
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

"""OpenDocument texts (.odt), opened with odfdo: paragraphs, headings, lists, tables, notes, captions, headers and footers.

The file is written by putting the changed parts into the old archive: odfdo's own way of saving brings documents up to its
version of the standard, which is not what somebody asked for who wants the same document in another language.
"""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from lxml import etree
from odfdo import Document
from odfdo.security import SecurityError

from webapp.domain import ParagraphKind
from webapp.errors import FileDamaged, FileEncrypted, FileTooComplex
from webapp.text.readers.archive import check_xml_parts, open_zip, read_member, rewrite
from webapp.text.readers.base import MAX_BLOCKS, OpenedFile, Replacements
from webapp.text.readers.contents import Entries, nodes_of
from webapp.text.readers.html import blocks_of, replace_runs
from webapp.text.readers.labels import Label, labels_of, write_labels
from webapp.text.readers.notes import is_figure, is_of_the_word, text_before
from webapp.text.readers.tree import Dialect, Element, Run, local_name, read_run

_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE: Final = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO: Final = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_SVG: Final = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_PARAGRAPHS: Final = (f"{{{_TEXT}}}h", f"{{{_TEXT}}}p")
_BESIDE: Final = (f"{{{_SVG}}}title", f"{{{_SVG}}}desc", f"{{{_TABLE}}}title", f"{{{_TABLE}}}desc")
"""What pictures, drawings and tables show, in words."""
_CONTENTS: Final = frozenset({"table-of-content", "illustration-index", "table-index", "object-index"})
_INLINE: Final = frozenset({"span", "a", "meta", "meta-field", "ruby", "ruby-base"})
_COUNTRIES: Final = {"en": "US", "ru": "RU", "ko": "KR", "fr": "FR"}
_KINDS: Final = (
    (re.compile(r"Title|Subtitle|Heading|Titre|Sous-titre", re.IGNORECASE), ParagraphKind.HEADING),
    (re.compile(r"Quot|Citation", re.IGNORECASE), ParagraphKind.QUOTE),
    (re.compile(r"List|Liste|Table", re.IGNORECASE), ParagraphKind.ITEM),
    (
        re.compile(r"Caption|Légende|Author|Auteur|Signature|Illustration|Figure|Header|Footer", re.IGNORECASE),
        ParagraphKind.BYLINE,
    ),
)


def _text_of(element: Element) -> str | None:
    if not isinstance(element.tag, str):
        return ""
    name = local_name(element)
    if element.tag == f"{{{_TEXT}}}s":
        return " "
    if element.tag == f"{{{_TEXT}}}line-break":
        return "\n"
    if element.tag == f"{{{_TEXT}}}tab":
        return " "
    is_text = element.tag.startswith(f"{{{_TEXT}}}") and name in _INLINE
    return None if is_text and any(part.strip() for part in element.itertext(with_tail=False)) else ""


class OdtFile(OpenedFile):
    """An OpenDocument text."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises an InputError of ours."""
        self._data = data
        with open_zip(data, name) as archive:
            check_xml_parts(archive, name)
            self._parts = [path for path in (_CONTENT, _STYLES) if path in archive.namelist()]
            if _CONTENT not in self._parts:
                raise FileDamaged(name=name, detail=f"no {_CONTENT}")
            _refuse_password(read_member(archive, _MANIFEST, name) if _MANIFEST in archive.namelist() else b"", name)
        self._roots = _open(data, self._parts, name)
        self._styles = _style_names(self._roots)
        self._dialect = Dialect(self._text_of, self._mark_of)
        self._runs: list[Run] = []
        self._labels: list[Label] = []
        for root in self._roots.values():
            for element in list(root.iter(*_PARAGRAPHS, *_BESIDE)):
                self._read(element)
                if len(self._runs) + len(self._labels) > MAX_BLOCKS:
                    raise FileTooComplex(name=name, detail=f"more than {MAX_BLOCKS} paragraphs")
        self.blocks = blocks_of(self._runs, self._labels)

    def _read(self, element: Element) -> None:
        if _is_aside(element):
            if _is_title_of_contents(element):
                # A heading would be the article's title.
                self._labels += [replace(one, kind=ParagraphKind.BODY) for one in self._labels_of(element)]
        elif element.tag in _BESIDE:
            self._labels += self._labels_of(element)
        else:
            run = Run(element, None, list(element))
            if read_run(run, self._dialect):
                run.kind = self._kind(element)
                self._runs.append(run)

    def _labels_of(self, element: Element) -> list[Label]:
        """The label that an element holds; one that says what the one before says is the same."""
        found = labels_of([(element, "")], len(self._runs))
        last = self._labels[-1] if self._labels else None
        if found and last is not None and (last.place, last.text) == (found[0].place, found[0].text):
            last.holders += found[0].holders
            return []
        return found

    def _kind(self, element: Element) -> ParagraphKind | None:
        if local_name(element) == "h":
            return ParagraphKind.HEADING
        key = element.get(f"{{{_TEXT}}}style-name", "")
        named = " ".join(self._styles.get(key, (key,)))
        found = next((kind for pattern, kind in _KINDS if pattern.search(named)), None)
        if found is not None:
            return found
        for ancestor in element.iterancestors():
            if local_name(ancestor) in {"list-item", "table-cell"}:
                return ParagraphKind.ITEM
            if local_name(ancestor) in {"text-box", "note-body", "header", "footer"}:
                return ParagraphKind.BYLINE if local_name(ancestor) != "note-body" else None
        return None

    def _text_of(self, element: Element) -> str | None:
        if isinstance(element.tag, str) and local_name(element) == "span" and self._mark_of(element)[0] == "sup":
            text = "".join(element.itertext(with_tail=False))
            if is_figure(text) and not is_of_the_word(text, text_before(element)):
                return ""
        return _text_of(element)

    def _mark_of(self, element: Element) -> tuple[str, tuple[tuple[str, str], ...]]:
        if local_name(element) == "a":
            return "a", (("href", element.get(f"{{{_XLINK}}}href", "")[:2000]),)
        names = self._styles.get(element.get(f"{{{_TEXT}}}style-name", ""), ())
        return next((name[1:] for name in names if name.startswith("=")), "span"), ()

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the document with other texts; the language of its styles follows."""
        root = self._roots[_CONTENT]
        entries = Entries(self.blocks, replacements)
        for line in _entries(root):
            for nodes in nodes_of(line, (f"{{{_TEXT}}}tab",)):
                entries.write(nodes)
        write_labels(self._labels, len(self._runs), replacements)
        replace_runs(self._runs, replacements, lambda: root.makeelement(f"{{{_TEXT}}}line-break"))
        for part in self._roots.values():
            _set_language(part, language)
        changed = {
            path: etree.tostring(part, encoding="UTF-8", xml_declaration=True, standalone=True)
            for path, part in self._roots.items()
        }
        return rewrite(self._data, changed)


def _open(data: bytes, parts: list[str], name: str) -> dict[str, Any]:
    try:
        document = Document(io.BytesIO(data))
        roots = {path: document.get_part(path).root._xml_element for path in parts}  # type: ignore[union-attr] # an XML part each
    except SecurityError as error:
        raise FileTooComplex(name=name, detail=str(error)[:200]) from error
    except Exception as error:  # odfdo lets whatever its parts raise through
        raise FileDamaged(name=name, detail=str(error)[:200] or type(error).__name__) from error
    return roots


def _refuse_password(manifest: bytes, name: str) -> None:
    if b"encryption-data" in manifest:
        raise FileEncrypted(name=name)


def _is_title_of_contents(element: Element) -> bool:
    """Whether it stands over a list that the program makes, and is nothing but words."""
    return not len(element) and any(local_name(ancestor) == "index-title" for ancestor in element.iterancestors())


def _entries(root: Element) -> Iterator[Element]:
    """The lines of the tables of contents."""
    for contents in root.iter(*(f"{{{_TEXT}}}{name}" for name in _CONTENTS)):
        yield from contents.iter(f"{{{_TEXT}}}p")


def _is_aside(element: Element) -> bool:
    """Paragraphs that are no text of the document: remarks, what was deleted, lists that the program makes itself."""
    asides = {"annotation", "tracked-changes", "deletion", "alphabetical-index", "bibliography", *_CONTENTS}
    return any(local_name(ancestor) in asides for ancestor in element.iterancestors())


def _style_names(roots: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """For every style its names, shown and inherited, and, after an equals sign, what it does to letters."""
    parents: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for root in roots.values():
        for style in root.iter(f"{{{_STYLE}}}style"):
            key = style.get(f"{{{_STYLE}}}name", "")
            names.setdefault(key, []).append(style.get(f"{{{_STYLE}}}display-name", key))
            names[key] += [f"={tag}" for tag in _letters(style)]
            parents[key] = style.get(f"{{{_STYLE}}}parent-style-name", "")
    return {key: tuple(_inherited(key, names, parents)) for key in names}


def _inherited(key: str, names: dict[str, list[str]], parents: dict[str, str]) -> Iterator[str]:
    for _ in range(10):
        yield from names.get(key, [key])
        key = parents.get(key, "")
        if not key:
            return


def _letters(style: Element) -> Iterator[str]:
    for properties in style.iter(f"{{{_STYLE}}}text-properties"):
        if properties.get(f"{{{_FO}}}font-weight") == "bold":
            yield "b"
        if properties.get(f"{{{_FO}}}font-style") == "italic":
            yield "i"
        if properties.get(f"{{{_STYLE}}}text-underline-style", "none") != "none":
            yield "u"
        position = properties.get(f"{{{_STYLE}}}text-position", "0%")  # "super 58%", or how high: "33% 80%"
        if position.startswith(("super", *"123456789")):
            yield "sup"
        elif position.startswith(("sub", "-")):
            yield "sub"


def _set_language(root: Element, language: str) -> None:
    with suppress(KeyError):
        country = _COUNTRIES[language]
        asian = language == "ko"
        for properties in root.iter(f"{{{_STYLE}}}text-properties"):
            spelled = (_STYLE, "-asian") if asian else (_FO, "")
            if properties.get(f"{{{_FO}}}language") == "fr":
                properties.set(f"{{{spelled[0]}}}language{spelled[1]}", language)
                properties.set(f"{{{spelled[0]}}}country{spelled[1]}", country)

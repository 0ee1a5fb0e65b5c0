"""Books (.epub): the chapters in the order of the spine, one article with the chapters' headings in it."""

import posixpath
from functools import partial
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from webapp.errors import FileDamaged, FileEncrypted, FileTooComplex
from webapp.text.readers.archive import open_zip, read_member, rewrite
from webapp.text.readers.base import MAX_BLOCKS, Block, OpenedFile, Replacements
from webapp.text.readers.html import parse, read_text, replace_runs
from webapp.text.readers.html_runs import find_runs
from webapp.text.readers.tree import Element, Run, local_name
from webapp.text.readers.xml import parse_xml

_CONTAINER: Final = "META-INF/container.xml"
_CHAPTERS: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MAX_CHAPTERS: Final = 1000


class EpubFile(OpenedFile):
    """A book. Its table of contents and its cover are not looked into."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises an InputError of ours."""
        self._data = data
        self._chapters: dict[str, tuple[Element, int, int]] = {}
        self._runs: list[Run] = []
        with open_zip(data, name) as archive:
            if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
                raise FileEncrypted(name=name)
            opf = _package(parse_xml(read_member(archive, _CONTAINER, name), name), name)
            for path in _spine(parse_xml(read_member(archive, opf, name), name), posixpath.dirname(opf), name):
                self._read_chapter(read_member(archive, path, name), path)
        self.blocks = [Block(run.text, run.kind, run.marks) for run in self._runs]

    def _read_chapter(self, data: bytes, path: str) -> None:
        root = _parse_chapter(data, path)
        runs = find_runs(root)
        self._chapters[path] = (root, len(self._runs), len(self._runs) + len(runs))
        self._runs += runs
        if len(self._runs) > MAX_BLOCKS:
            raise FileTooComplex(name="", detail=f"more than {MAX_BLOCKS} paragraphs")

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the book with other texts in its chapters."""
        changed: dict[str, bytes] = {}
        for path, (root, start, stop) in self._chapters.items():
            here = {number - start: texts for number, texts in replacements.items() if start <= number < stop}
            if here:
                replace_runs(self._runs[start:stop], here, partial(root.makeelement, _like(root, "br")))
                root.set("lang", language)
                root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
                changed[path] = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
        return rewrite(self._data, changed)


def _like(root: Element, name: str) -> str:
    space, brace, _ = root.tag.rpartition("}")
    return f"{space}{brace}{name}"


def _parse_chapter(data: bytes, path: str) -> Element:
    try:
        return parse_xml(data, path)
    except FileDamaged:  # many a book is no XML at all, and opens in every reader
        return parse(read_text(data)[0])


def _package(container: Any, name: str) -> str:
    for element in container.iter():
        if local_name(element) == "rootfile" and (path := element.get("full-path")):
            return str(path)
    raise FileDamaged(name=name, detail="no package in it")


def _spine(package: Any, folder: str, name: str) -> list[str]:
    """The paths of the chapters in reading order, each once."""
    items: dict[str, str] = {}
    for element in package.iter():
        is_chapter = local_name(element) == "item" and element.get("media-type") in _CHAPTERS
        if is_chapter and "nav" not in (element.get("properties") or "").split():
            path = unquote(urlsplit(element.get("href") or "").path)
            items[element.get("id") or ""] = posixpath.normpath(posixpath.join(folder, path))
    order = [items[e.get("idref")] for e in package.iter() if local_name(e) == "itemref" and e.get("idref") in items]
    if not order or len(order) > _MAX_CHAPTERS:
        raise FileDamaged(name=name, detail="no chapters in it" if not order else "far too many chapters")
    return list(dict.fromkeys(order))

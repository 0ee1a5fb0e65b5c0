"""Books (.epub): the chapters in the order of the spine, one article with the chapters' headings in it."""

import posixpath
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from lxml import etree

from webapp.errors import FileDamaged, FileEncrypted, FileTooComplex, InputError
from webapp.languages import SOURCE
from webapp.text.readers.archive import open_zip, read_member, rewrite
from webapp.text.readers.base import MAX_BLOCKS, OpenedFile, Replacements
from webapp.text.readers.contents import Entries, nodes_of
from webapp.text.readers.html import blocks_of, labels_in, parse, read_text, replace_runs
from webapp.text.readers.html_runs import find_runs_and_labels
from webapp.text.readers.labels import Label, write_labels
from webapp.text.readers.tree import Element, Run, local_name
from webapp.text.readers.xml import parse_xml
from webapp.text.xml_stream import base_language

_CONTAINER: Final = "META-INF/container.xml"
_CHAPTERS: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_MAX_CHAPTERS: Final = 1000
_XML: Final = "http://www.w3.org/XML/1998/namespace"


class EpubFile(OpenedFile):
    """A book. Its table of contents follows the headings; its cover is not looked into."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises an InputError of ours."""
        self._data = data
        self._chapters: dict[str, _Chapter] = {}
        self._runs: list[Run] = []
        self._labels: list[Label] = []
        with open_zip(data, name) as archive:
            if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
                raise FileEncrypted(name=name)
            self._opf = _package(parse_xml(read_member(archive, _CONTAINER, name), name), name)
            self._package = parse_xml(read_member(archive, self._opf, name), name)
            folder = posixpath.dirname(self._opf)
            for path in _spine(self._package, folder, name):
                self._read_chapter(read_member(archive, path, name), path)
            self._contents = _contents(archive, self._package, folder, set(self._chapters))
        self.blocks = blocks_of(self._runs, self._labels)

    def _read_chapter(self, data: bytes, path: str) -> None:
        root = _parse_chapter(data, path)
        found = find_runs_and_labels(root)
        runs = [run for run in found if run.is_text]
        for label in (labels := labels_in(found)):
            label.place += len(self._runs)
        self._chapters[path] = _Chapter(root, runs, labels)
        self._labels += labels
        self._runs += runs
        if len(self._runs) + len(self._labels) > MAX_BLOCKS:
            raise FileTooComplex(name="", detail=f"more than {MAX_BLOCKS} paragraphs")

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the book with other texts in its chapters; its table of contents and its language follow."""
        changed: dict[str, Element] = {}
        run, label = 0, len(self._runs)
        for path, chapter in self._chapters.items():
            here = {n - run: texts for n, texts in replacements.items() if run <= n < run + len(chapter.runs)}
            if here or any(label <= n < label + len(chapter.labels) for n in replacements):
                write_labels(chapter.labels, label, replacements)
                replace_runs(chapter.runs, here, partial(chapter.root.makeelement, _like(chapter.root, "br")))
                chapter.root.set("lang", language)
                chapter.root.set(f"{{{_XML}}}lang", language)
                changed[path] = chapter.root
            run, label = run + len(chapter.runs), label + len(chapter.labels)
        if changed:
            changed |= self._follow(replacements, language)
        return rewrite(self._data, {path: _bytes(root) for path, root in changed.items()})

    def _follow(self, replacements: Replacements, language: str) -> dict[str, Element]:
        """What changes beside the chapters: the tables of contents, and the language that a library files the book under."""
        entries = Entries(self.blocks, replacements)
        changed = {path: root for path, root in self._contents.items() if _write_entries(root, entries)}
        for element in self._package.iter():
            if local_name(element) == "language" and base_language(element.text or "") == SOURCE:
                element.text = language
                changed[self._opf] = self._package
        return changed


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter's tree, and what of it is text and what stands beside it."""

    root: Element
    runs: list[Run]
    labels: list[Label]


def _bytes(root: Element) -> bytes:
    made: bytes = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    return made


def _contents(archive: ZipFile, package: Any, folder: str, chapters: set[str]) -> dict[str, Element]:
    """The trees of the tables of contents, new and old style; one that cannot be read stays as it is."""
    found: dict[str, Element] = {}
    for item in package.iter():
        is_nav = "nav" in (item.get("properties") or "").split() or item.get("media-type") == "application/x-dtbncx+xml"
        if local_name(item) == "item" and is_nav and (path := _path(item, folder)) not in chapters:
            with suppress(InputError):
                found[path] = parse_xml(read_member(archive, path, path), path)
    return found


def _write_entries(root: Element, entries: Entries) -> bool:
    """Writes the entries of a table of contents; tells whether there are any."""
    lines = [e for e in root.iter() if local_name(e) in {"a", "text"}]
    return sum(entries.write(nodes) for line in lines for nodes in nodes_of(line)) > 0


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


def _path(item: Element, folder: str) -> str:
    path = unquote(urlsplit(item.get("href") or "").path)
    return posixpath.normpath(posixpath.join(folder, path))


def _spine(package: Any, folder: str, name: str) -> list[str]:
    """The paths of the chapters in reading order, each once."""
    items: dict[str, str] = {}
    for element in package.iter():
        is_chapter = local_name(element) == "item" and element.get("media-type") in _CHAPTERS
        if is_chapter and "nav" not in (element.get("properties") or "").split():
            items[element.get("id") or ""] = _path(element, folder)
    order = [items[e.get("idref")] for e in package.iter() if local_name(e) == "itemref" and e.get("idref") in items]
    if not order or len(order) > _MAX_CHAPTERS:
        raise FileDamaged(name=name, detail="no chapters in it" if not order else "far too many chapters")
    return list(dict.fromkeys(order))

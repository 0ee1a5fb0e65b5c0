"""HTML: pages and what a clipboard holds of them, read with lxml and written back with everything that is no text in place."""

import codecs
import re
from collections.abc import Callable, Sequence
from typing import Final

from lxml import etree

from webapp.errors import FileDamaged, FileTooComplex
from webapp.text.encodings import decode
from webapp.text.readers.base import MAX_DEPTH, Block, OpenedFile, Replacements
from webapp.text.readers.html_runs import find_runs_and_labels
from webapp.text.readers.labels import Label, as_blocks, write_labels
from webapp.text.readers.tree import Element, Run, local_name, write_run

_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{1,40})""", re.IGNORECASE)
_WHOLE: Final = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MAX_TAGS: Final = 200_000
HOLDER: Final = "quatrain-fragment"
"""Put around a fragment: without it the parser would put paragraphs around loose text."""


class HtmlFile(OpenedFile):
    """An HTML document or a fragment of one."""

    def __init__(self, data: bytes, *, boilerplate: bool = True) -> None:
        """`boilerplate`: find out which paragraphs are navigation and the like. Raises an InputError of ours."""
        text, self.encoding = read_text(data)
        self._is_whole = _WHOLE.search(text) is not None
        self._ends = "\n" if text.endswith("\n") else ""
        self._root = parse(text if self._is_whole else f"<html><body><{HOLDER}>{text}</{HOLDER}></body></html>")
        found = find_runs_and_labels(self._root if self._is_whole else self._root.find(f".//{HOLDER}"))
        if boilerplate and self._is_whole:
            from webapp.text.readers.boilerplate import mark_boilerplate  # noqa: PLC0415  (loads trafilatura)

            mark_boilerplate(self._root, text, found)
        self._runs = [run for run in found if run.is_text]
        self._labels = labels_in(found)
        self.blocks = blocks_of(self._runs, self._labels)

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the page in UTF-8, whatever it was in: the other languages do not fit into every encoding."""
        write_labels(self._labels, len(self._runs), replacements)
        replace_runs(self._runs, replacements, lambda: self._root.makeelement("br"))
        _rename(self._root, self._runs, replacements)
        if not self._is_whole:
            return (inner_html(self._root).rstrip("\n") + self._ends).encode()
        self._root.set("lang", language)
        _declare_utf8(self._root)
        text: str = etree.tostring(self._root.getroottree(), method="html", encoding="unicode")
        return (text + self._ends).encode()


def labels_in(runs: Sequence[Run]) -> list[Label]:
    """The labels of all runs; they belong to the article if their run does."""
    for run in runs:
        for label in run.labels:
            label.main = run.main
    return [label for run in runs for label in run.labels]


def blocks_of(runs: Sequence[Run], labels: Sequence[Label]) -> list[Block]:
    """The blocks of a file: those of its text, then its labels."""
    return [Block(run.text, run.kind, run.marks, run.main) for run in runs] + as_blocks(labels)


def replace_runs(runs: Sequence[Run], replacements: Replacements, line_break: Callable[[], Element]) -> None:
    """Writes every block that is named; from the end, so that what a run stands after is still there."""
    for number, texts in sorted(replacements.items(), reverse=True):
        if 0 <= number < len(runs):
            write_run(runs[number], texts, line_break=line_break)


def read_text(data: bytes) -> tuple[str, str]:
    """Decodes a page by what it says itself, or else by its bytes. Raises EncodingUnreadable."""
    if not data.startswith(codecs.BOM_UTF8) and (said := _CHARSET.search(data[:4096]) or _DECLARED.match(data[:200])):
        name = said[1].decode("ascii").lower()
        try:
            return _CONTROLS.sub("", data.decode(name)), name
        except (LookupError, ValueError):
            pass  # it says something that is not so
    text, encoding = decode(data)
    return _CONTROLS.sub("", text), encoding


def parse(text: str) -> Element:
    """Parses a page; the tree is never deeper than MAX_DEPTH. Raises FileTooComplex or FileDamaged."""
    if text.count("<") > _MAX_TAGS:
        raise FileTooComplex(name="", detail=f"more than {_MAX_TAGS} tags")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise FileDamaged(name="", detail=str(error)[:200]) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise FileTooComplex(name="", detail=f"more than {MAX_DEPTH} elements inside each other")
    if root is None:
        raise FileDamaged(name="", detail="nothing is in it")
    return root


def inner_html(root: Element) -> str:
    """What stands inside the elements that were put around a fragment."""
    parts: list[str] = []
    for section in root:
        for child in section:
            is_holder = local_name(child) == HOLDER
            parts.append(_escaped(child.text or "") if is_holder else "")
            parts += [etree.tostring(e, method="html", encoding="unicode") for e in (child if is_holder else [child])]
    return "".join(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _rename(root: Element, runs: list[Run], replacements: Replacements) -> None:
    """The title in the head follows the heading that it repeats."""
    title = root.find("head/title")
    if title is None or not title.text:
        return
    for number, texts in sorted(replacements.items()):
        run = runs[number] if 0 <= number < len(runs) else None
        if run is not None and run.text and len(run.text) > 3 and run.text in title.text and texts:
            title.text = title.text.replace(run.text, texts[0].text, 1)
            return


def _declare_utf8(root: Element) -> None:
    head = root.find("head")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    for meta in list(head.iter("meta")):
        says_charset = meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type"
        if says_charset and (parent := meta.getparent()) is not None:
            meta.tail = None
            parent.remove(meta)
    head.insert(0, head.makeelement("meta", {"charset": "utf-8"}))

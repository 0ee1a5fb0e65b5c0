"""Tables of contents: their entries repeat the headings (or captions), so they take over what became of those."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from webapp.domain import ParagraphKind
from webapp.text.readers.base import Block, Replacements
from webapp.text.readers.labels import plain

Node = tuple[Any, str]
"""Characters of a tree: an element, and "text" for those before its first child or "tail" for those behind it."""

_NUMBER: Final = re.compile(r"(?:(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])[.)]|\d{1,3}(?:\.\d{1,3})+\.?|[IVXLC]{1,6}|\d{1,3})\s+")


class Entries:
    """Knows what became of every heading, or else of another paragraph."""

    def __init__(self, blocks: Sequence[Block], replacements: Replacements) -> None:
        self._words: dict[str, str] = {}
        named = [(blocks[n], texts) for n, texts in sorted(replacements.items()) if 0 <= n < len(blocks) and texts]
        for block, texts in sorted(named, key=lambda pair: pair[0].kind is not ParagraphKind.HEADING):
            self._words.setdefault(plain(block.text), " ".join(plain(rich.text) for rich in texts))

    def said(self, entry: str) -> str | None:
        """An entry with the words of now, its number kept; None where it repeats nothing that was replaced."""
        text = plain(entry)
        if text in self._words:
            return self._words[text]
        number = _NUMBER.match(text)
        rest = text[number.end() :] if number else ""
        return text[: len(text) - len(rest)] + self._words[rest] if rest in self._words else None

    def write(self, nodes: Sequence[Node]) -> bool:
        """Puts the words of now into nodes that together hold an entry; tells whether they do."""
        text = "".join(getattr(element, where) or "" for element, where in nodes)
        new = self.said(text)
        if new is None:
            return False
        for element, where in nodes:
            old = getattr(element, where) or ""
            if new and old.strip():
                setattr(element, where, _between(old, new, text))
                new = ""
            elif old:
                setattr(element, where, "")
        return True


def _between(old: str, new: str, text: str) -> str:
    """The words with the white space that stood around the entry."""
    before, after = old[: len(old) - len(old.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{new}{after}"


def nodes_of(element: Any, boundaries: Iterable[str] = ()) -> Iterator[list[Node]]:
    """Yields the characters inside an element, apart wherever an element with one of the tags `boundaries` stands."""
    apart = frozenset(boundaries)
    nodes: list[Node] = []
    for child in element.iter():
        if child is not element and child.tag in apart:
            yield nodes
            nodes = []
        if isinstance(child.tag, str):
            nodes.append((child, "text"))
        nodes += [(e, "tail") for e in _ended(child, element)]
    yield nodes


def _ended(child: Any, root: Any) -> Iterator[Any]:
    """The elements that end where a childless one does, from the inside out."""
    if len(child):
        return
    while child is not root:
        yield child
        if child.getnext() is not None:
            return
        child = child.getparent()

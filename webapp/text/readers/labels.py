"""Texts beside the text: what a picture shows in words, what a pointer brings up, the title of a table of contents.

They stand in attributes, or in elements that are no paragraphs. Each is a block of its own, after the text that it stands in.
So that files that were taken before there were labels still come back, they are numbered after all text: see `Block.place`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from webapp.domain import ParagraphKind
from webapp.text.readers.base import Block, Replacements, Rich
from webapp.text.readers.builder import TextBuilder

Holder = tuple[Any, str]
"""An element and the name of the attribute that holds the text; "" for the characters inside it."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_NO_PROSE: Final = re.compile(
    r"[a-z][a-z\d+.-]{1,20}://\S+|www\.\S+|:[\w+-]{1,60}:|[^\n]{0,300}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic|pdf|mp4|mp3)",
    re.IGNORECASE,
)
"""What programs put there when nobody wrote anything: addresses, names of files, names of emoji."""


@dataclass(slots=True)
class Label:
    """One text; all its `holders` hold it, `pieces` are elements whose characters are a further part of it.

    `place` tells how many blocks of text stand before it.
    """

    text: str
    place: int
    holders: list[Holder]
    kind: ParagraphKind = ParagraphKind.ALT
    main: bool = True
    pieces: list[Any] = field(default_factory=list)

    def write(self, texts: Sequence[Rich]) -> None:
        """Puts another text in its place; an alternative text that goes stays there empty, which says that there is none."""
        text = " ".join(rich.text for rich in texts)
        for element, name in self.holders:
            if not name:
                element.text = text
            elif text or name in {"alt", "descr"}:
                element.set(name, text)
            else:
                element.attrib.pop(name, None)
        for piece in self.pieces:
            piece.text = ""


def labels_of(holders: Iterable[Holder], place: int) -> list[Label]:
    """Makes labels of what the holders hold, where it is words; those with the same words are one."""
    found: dict[str, Label] = {}
    for element, name in holders:
        text = plain(element.get(name) if name else element.text)
        if text in found:
            found[text].holders.append((element, name))
        elif is_prose(text):
            found[text] = Label(text, place, [(element, name)])
    return list(found.values())


def is_prose(text: str) -> bool:
    """Whether somebody wrote it for people to read."""
    return _LETTER.search(text) is not None and _NO_PROSE.fullmatch(text) is None


def plain(text: str | None) -> str:
    """A text as a reader takes it: normalised, with single spaces."""
    builder = TextBuilder()
    builder.add(text or "")
    return builder.finish()[0]


def as_blocks(labels: Iterable[Label]) -> list[Block]:
    """The blocks that come after those of the text."""
    return [Block(label.text, label.kind, (), label.main, label.place) for label in labels]


def write_labels(labels: Sequence[Label], first: int, replacements: Replacements) -> None:
    """Writes every label that is named; `first` is the number of the first."""
    for number, texts in replacements.items():
        if first <= number < first + len(labels):
            labels[number - first].write(texts)

"""Markdown, parsed with markdown-it-py and written back in place: only the words of a paragraph change, its lines stay.

The parser tells in which lines a paragraph stands; the words are found there and replaced from the end of the file backwards.
Code, front matter (but title and description), HTML blocks and link definitions are not looked into.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markdown_it import MarkdownIt

from webapp.domain import ParagraphKind
from webapp.errors import FileTooComplex
from webapp.text.encodings import decode
from webapp.text.normalise import normalise
from webapp.text.readers.base import MAX_BLOCKS, Block, OpenedFile, Replacements, Rich
from webapp.text.readers.builder import TextBuilder
from webapp.text.readers.labels import is_prose, plain
from webapp.text.readers.markdown_inline import Image, read_inline, render

_FRONT: Final = re.compile(r"---[ \t]*\n(?:.*\n){0,300}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD: Final = re.compile(r"^(title|subtitle|description|titre)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_KINDS: Final = {
    "heading_open": ParagraphKind.HEADING,
    "list_item_open": ParagraphKind.ITEM,
    "blockquote_open": ParagraphKind.QUOTE,
    "th_open": ParagraphKind.ITEM,
    "td_open": ParagraphKind.ITEM,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands in the text, and what writes it: `items` are behind its marks, None for front matter.

    One without text holds pictures alone.
    """

    start: int
    stop: int
    block: Block
    items: Sequence[Any] | None
    in_table: bool = False
    is_text: bool = True

    @property
    def images(self) -> list[Image]:
        """Its pictures."""
        return [item for item in self.items or () if isinstance(item, Image)]


class MarkdownFile(OpenedFile):
    """A Markdown document."""

    def __init__(self, data: bytes, name: str = "") -> None:
        """Raises an InputError of ours."""
        text, self.encoding = decode(data)
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self._text = normalise(text)
        self._places = list(_places(self._text))
        self._texts = [place for place in self._places if place.is_text]
        self._labels: list[_Label] = []
        before = 0
        for place in self._places:
            before += place.is_text
            self._labels += _labels(place, before)
        if len(self._texts) + len(self._labels) > MAX_BLOCKS:
            raise FileTooComplex(name=name, detail=f"more than {MAX_BLOCKS} paragraphs")
        self.blocks = [place.block for place in self._texts] + [label.block for label in self._labels]

    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the document in UTF-8."""
        del language  # nothing in the file says it
        text = self._text
        new = {self._texts[n].start: texts for n, texts in replacements.items() if 0 <= n < len(self._texts)}
        for number, label in enumerate(self._labels, start=len(self._texts)):
            if number in replacements:
                label.image.say(label.name, " ".join(rich.text for rich in replacements[number]))
                new.setdefault(label.home.start, [Rich(label.home.block.text, label.home.block.marks)])
        for place in reversed(self._places):
            if place.start in new:
                text = _replaced(text, place, new[place.start])
        return text.replace("\n", self._ends).encode()


@dataclass(frozen=True, slots=True)
class _Label:
    """Words of a picture, "alt" or "title", in the paragraph `home`."""

    image: Image
    name: str
    home: _Place
    block: Block


def _labels(place: _Place, before: int) -> Iterator[_Label]:
    """What the pictures of a paragraph say; `before` blocks of text stand before."""
    for image in place.images:
        for name, said in (("alt", image.shown), ("title", image.title)):
            if is_prose(text := plain(said)):
                yield _Label(image, name, place, Block(text, ParagraphKind.ALT, place=before))


def _places(text: str) -> Iterator[_Place]:
    front = _FRONT.match(text)
    if front:
        yield from _fields(front[0])
    hidden = "\n" * front[0].count("\n") if front else ""
    body = hidden + (text[front.end() :] if front else text)
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    cursor: dict[int, int] = {}
    for token, kind, in_table in _inlines(body):
        found = _find(token, lines, starts, cursor, in_table=in_table)
        if found is None:
            continue
        builder = TextBuilder()
        items = read_inline(builder, token.children or [])
        content, marks = builder.finish()
        place = _Place(*found, Block(content, kind, marks), items, in_table, builder.is_visible)
        if place.is_text or place.images:
            yield place


def _inlines(body: str) -> Iterator[tuple[Any, ParagraphKind | None, bool]]:
    """Parses the text; yields every paragraph with the kind of what it stands in and whether that is a table."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    stack: list[str] = []
    for token in parser.parse(body):
        if token.nesting == 1:
            stack.append(token.type)
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            kinds = [_KINDS[name] for name in stack if name in _KINDS]
            quoted = ParagraphKind.QUOTE if ParagraphKind.QUOTE in kinds and ParagraphKind.HEADING not in kinds else None
            yield token, quoted or (kinds[-1] if kinds else None), "tr_open" in stack


def _find(
    token: Any, lines: Sequence[str], starts: Sequence[int], cursor: dict[int, int], *, in_table: bool
) -> tuple[int, int] | None:
    """Finds the words of a paragraph in its lines: offsets of their start and end."""
    if token.map is None or not token.content:
        return None
    content = token.content.split("\n")
    first = token.map[0]
    while not in_table and first < token.map[1] and first < len(lines) and content[0] not in lines[first]:
        first += 1
    last = first + len(content) - 1
    if last >= len(lines):
        return None
    head = content[0].replace("|", "\\|") if in_table and content[0] not in lines[first] else content[0]
    begin = lines[first].find(head, cursor.get(first, 0))
    end = lines[last].rfind(content[-1]) if last != first else begin
    if begin < 0 or end < 0:
        return None
    length = len(head) if last == first else len(content[-1])
    cursor[last] = end + length
    return starts[first] + begin, starts[last] + end + length


def _fields(front: str) -> Iterator[_Place]:
    for match in _FIELD.finditer(front):
        value = match[2]
        if value[0] in "\"'" and value.endswith(value[0]) and len(value) > 2:
            value = value[1:-1]
        elif value[0] in "[{|>&*!%@`\"'#":
            continue
        builder = TextBuilder()
        builder.add(value.replace('\\"', '"'))
        text, _ = builder.finish()
        if builder.is_visible:
            kind = ParagraphKind.BODY if match[1] == "description" else ParagraphKind.HEADING
            yield _Place(match.start(2), match.end(2), Block(text, kind), None)


def _replaced(text: str, place: _Place, texts: Sequence[Rich]) -> str:
    before, after = text[: place.start], text[place.stop :]
    if place.items is None:
        words = " ".join(rich.text for rich in texts)
        return before + json.dumps(words, ensure_ascii=False) + after
    if not texts and not place.in_table:
        return _without_line(before, after)
    written = [render(rich, place.items, in_table=place.in_table) for rich in texts]
    if place.in_table:
        return before + " ".join(written) + after
    prefix = before[before.rfind("\n") + 1 :]
    between = f"\n{prefix.rstrip()}\n{prefix}" if prefix.strip() in {"", ">"} else f"\n{prefix}"
    if prefix.lstrip().startswith("#"):
        between = f"\n\n{prefix}"
    return before + between.join(written) + after


def _without_line(before: str, after: str) -> str:
    """Takes a paragraph away with the rest of its line, and one of the blank lines around it."""
    line = before.rfind("\n") + 1
    rest = after.find("\n")
    return before[:line] + (after[rest + 1 :].removeprefix("\n") if rest >= 0 else "")

"""The inside of a paragraph of Markdown: markdown-it's tokens become text with marks, and a marked text Markdown again."""

import re
from collections.abc import Sequence
from typing import Any, Final

from webapp.text.readers.base import Rich, Step, steps
from webapp.text.readers.builder import TextBuilder

_POINTS: Final = re.compile(r"\[\^[^\]\s]{1,40}\](?::[ ]?)?|\A\[[ xX]\][ ]")
"""Footnotes and the boxes of a list of tasks: no part of the core of Markdown, so the parser takes them for text."""
_OPENING: Final = {"strong_open": "b", "em_open": "i", "s_open": "s", "link_open": "a"}
_LETTERS: Final = frozenset({"text", "text_special", "code_inline"})
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_SPECIAL: Final = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#?\w{1,30};)|~~")
_LINE_START: Final = re.compile(r"\A(?:#{1,6}(?= )|>|[-+](?= )|(\d{1,9})(?=[.)] )|(?:=+|-+)\Z)")
_VOID: Final = frozenset(["br", "img", "hr", "input", "wbr"])


class Image:
    """A picture in a paragraph; `label` and `title` are its words as Markdown has them."""

    def __init__(self, token: Any) -> None:
        self.label, self.title = str(token.content), str(token.attrGet("title") or "")
        self._address = _address(str(token.attrGet("src") or ""))
        self.shown = "".join(child.content for child in token.children or () if child.type in _LETTERS)

    def say(self, name: str, text: str) -> None:
        """Puts other words into `alt` or `title`."""
        if name == "alt":
            self.label = _escaped(text, at_start=False)
        else:
            self.title = text

    def __str__(self) -> str:
        return f"![{self.label}]({_titled(self._address, self.title)})"


def read_inline(builder: TextBuilder, tokens: Sequence[Any]) -> list[Any]:
    """Adds a paragraph's text and marks; returns what stands behind the marks: tokens, pairs of tags, pictures, raw Markdown."""
    items: list[Any] = []
    pairs = _pairs(tokens)
    for n, token in enumerate(tokens):
        kind = token.type
        if kind in {"text", "text_special"}:
            _add_text(builder, items, token.content)
        elif kind == "softbreak":
            builder.add(" ")
        elif kind == "hardbreak":
            _point(builder, items, "br", "\\\n")
            builder.line_break()
        elif kind == "code_inline":
            builder.open("code", (("translate", "no"),))
            items.append(token)
            builder.add(token.content)
            builder.close()
        elif kind in _OPENING:
            builder.open(_OPENING[kind], _attributes(token))
            items.append(token)
        elif token.nesting == -1:
            builder.close()
        elif n in pairs:
            builder.open(*_html_mark(token.content))
            items.append((token.content, tokens[pairs[n]].content))
        elif n in pairs.values():
            builder.close()
        else:
            is_image = kind == "image"
            _point(builder, items, "img" if is_image else "html", Image(token) if is_image else str(token.content))
    return items


def _add_text(builder: TextBuilder, items: list[Any], text: str) -> None:
    place = 0
    for match in _POINTS.finditer(text):
        builder.add(text[place : match.start()])
        _point(builder, items, "note", match[0])
        place = match.end()
    builder.add(text[place:])


def _point(builder: TextBuilder, items: list[Any], tag: str, raw: str | Image) -> None:
    builder.point(tag)
    items.append(raw)


def _attributes(token: Any) -> tuple[tuple[str, str], ...]:
    if token.type != "link_open":
        return ()
    href = (("href", str(token.attrGet("href") or "")[:2000]),)
    return (*href, ("translate", "no")) if token.markup == "autolink" else href


def _html_mark(tag: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    found = _TAG.match(tag)
    name = found[2].lower() if found else "span"
    verbatim = name in {"code", "kbd", "samp"} or re.search(r"""translate\s*=\s*["']?no""", tag)
    return name, (("translate", "no"),) if verbatim else ()


def _pairs(tokens: Sequence[Any]) -> dict[int, int]:
    """Which inline tag is closed by which: only pairs that nest with everything else."""
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for n, token in enumerate(tokens):
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if token.nesting == 1:
            stack.append((token.type, n))
        elif token.nesting == -1:
            while stack and stack.pop()[0] != token.type.replace("_close", "_open"):
                pass
        elif tag and not tag[1] and tag[2].lower() not in _VOID and not token.content.endswith("/>"):
            stack.append((tag[2].lower(), n))
        elif tag and tag[1] and stack and stack[-1][0] == tag[2].lower():
            found[stack.pop()[1]] = n
    return found


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


# --- writing ----------------------------------------------------------------------------------------------------------


def render(rich: Rich, items: Sequence[Any], *, in_table: bool = False) -> str:
    """Writes a marked text as one line of Markdown; `items` are what `read_inline` gave."""
    known = Rich(rich.text.replace("\n", " "), tuple(mark for mark in rich.marks if mark.number < len(items)))
    by_number = {mark.number: mark for mark in known.marks}
    out: list[str] = []
    opened: list[Any] = []
    for step, number, text in steps(known):
        if step == Step.TEXT:
            out.append(text if opened and _is_raw(opened[-1]) else _escaped(text, at_start=not "".join(out)))
        elif step == Step.POINT:
            out.append(_spaced(_raw_of(items[number]), out))
        elif step == Step.OPEN:
            opened.append(items[number])
            out.append(_opening(items[number], known.text, by_number[number].start))
        else:
            out.append(_closing(opened.pop(), known.text, by_number[number].end))
    written = "".join(out)
    return written.replace("|", "\\|") if in_table else written


def _raw_of(item: Any) -> str:
    """Markdown of a point; a pair of tags with nothing between them is one, and emphasis of nothing is nothing."""
    if isinstance(item, tuple):
        return "".join(item)
    return str(item) if isinstance(item, str | Image) else ""


def _spaced(raw: str, out: list[str]) -> str:
    return raw.rstrip(" ") if out and raw.startswith("[^") and not raw.endswith(": ") else raw


def _is_raw(item: Any) -> bool:
    return not isinstance(item, tuple) and (item.type == "code_inline" or item.markup == "autolink")


def _opening(item: Any, text: str, place: int) -> str:
    if isinstance(item, tuple):
        return str(item[0])
    if item.type == "link_open":
        return "<" if item.markup == "autolink" else "["
    if item.type == "code_inline":
        return str(item.markup) + (" " if item.content.startswith("`") else "")
    return _markup(item, text[place - 1 : place] if place else "")


def _closing(item: Any, text: str, place: int) -> str:
    if isinstance(item, tuple):
        return str(item[1])
    if item.type == "link_open":
        return ">" if item.markup == "autolink" else f"]({_target(item)})"
    if item.type == "code_inline":
        return (" " if item.content.endswith("`") else "") + str(item.markup)
    return _markup(item, text[place : place + 1])


def _markup(item: Any, beside: str) -> str:
    """An underscore inside a word marks nothing."""
    markup = str(item.markup)
    return markup.replace("_", "*") if beside.isalnum() else markup


def _target(item: Any) -> str:
    return _titled(_address(str(item.attrGet("href") or "")), str(item.attrGet("title") or ""))


def _address(href: str) -> str:
    if not href or re.search(r"[\s()<>]", href):
        return f"<{href.replace('<', '%3C').replace('>', '%3E')}>"
    return href


def _titled(address: str, title: str) -> str:
    return f'{address} "{_quoted(title)}"' if title else address


def _escaped(text: str, *, at_start: bool) -> str:
    text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    if at_start and (match := _LINE_START.match(text)):
        place = match.end(1) if match[1] else 0
        text = f"{text[:place]}\\{text[place:]}"
    return text

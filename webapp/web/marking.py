"""Inline marks drawn in a sentence: bold, italic, code and links as elements, of which the text itself never notices."""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from webapp.domain import Mark

_ELEMENTS: Final = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "a": "a"}
_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def marked(text: str, marks: Sequence[Mark]) -> Markup:
    """Draws the marks of a text; its characters stay what and where they are.

    Other marks than those of `_ELEMENTS` are not drawn, nor links that lead elsewhere than to the web or to a mailbox, nor a
    mark that lies partly over another one.
    """
    parts: list[Markup] = []
    open_marks: list[tuple[int, str]] = []  # where each ends, and its element
    at = 0
    for mark in _nested(marks, len(text)):
        at = _close(parts, open_marks, (text, at), mark.start)
        if open_marks and mark.end > open_marks[-1][0]:
            continue
        element = _ELEMENTS[mark.tag]
        if element == "a" and any(name == "a" for _, name in open_marks):
            continue
        parts += [escape(text[at : mark.start]), _opening(element, mark)]
        at = mark.start
        open_marks.append((mark.end, element))
    at = _close(parts, open_marks, (text, at), len(text))
    return Markup("").join([*parts, escape(text[at:])])


def _nested(marks: Iterable[Mark], length: int) -> list[Mark]:
    drawn = (m for m in marks if m.tag in _ELEMENTS and m.start < m.end <= length and (m.tag != "a" or _href(m)))
    return sorted(drawn, key=lambda m: (m.start, -m.end))


def _close(parts: list[Markup], open_marks: list[tuple[int, str]], reached: tuple[str, int], until: int) -> int:
    """Ends the elements that end up to a place; returns how far the text is written."""
    text, at = reached
    while open_marks and open_marks[-1][0] <= until:
        end, element = open_marks.pop()
        parts += [escape(text[at:end]), Markup("</{}>").format(element)]
        at = end
    return at


def _opening(element: str, mark: Mark) -> Markup:
    if element != "a":
        return Markup("<{}>").format(element)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer nofollow">').format(_href(mark))


def _href(mark: Mark) -> str:
    """The address of a link, "" for one that is not to be followed."""
    href = dict(mark.attributes).get("href", "")
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return ""
    return href if scheme in _SCHEMES and all(letter > " " for letter in href) else ""

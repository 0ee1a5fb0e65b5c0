"""A paragraph of Word: runs of letters that look alike, links around some, and things that are no letters among them.

The look that most letters of a paragraph have is the paragraph's own; every run that looks otherwise is a mark. What is no
letter (a note's number, a picture, a field, a tab) is a point. Bookmarks and ranges of remarks go around the paragraph.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from webapp.domain import Mark
from webapp.text.readers.base import Rich, Step, steps
from webapp.text.readers.builder import TextBuilder
from webapp.text.readers.notes import is_figure, is_of_the_word

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CONTAINERS: Final = frozenset(
    f"{W}{name}" for name in ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "customXml", "dir", "bdo")
)
_GONE: Final = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "proofErr", "sdtPr", "sdtEndPr", "rPr", "smartTagPr"))
_NOT_SEEN: Final = ("lang", "noProof", "webHidden", "kern", "proofErr")
_TAGS: Final = (("b", "b"), ("i", "i"), ("u", "u"), ("strike", "s"))
_HYPHENS: Final = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": ""}


@dataclass(slots=True)
class WordRun:
    """A paragraph with its text; `items[n]` is what stands behind the mark numbered n, `base` the look of most letters."""

    paragraph: Any
    base: Any = None
    text: str = ""
    marks: tuple[Mark, ...] = ()
    items: list[Any] = field(default_factory=list)
    around: tuple[list[Any], list[Any]] = field(default_factory=lambda: ([], []))


Piece = tuple[str, Any, Any, Any]
"""What a paragraph is made of, in order: ("text" | "point" | "around", what, its run's look, the link around it)."""


def read_paragraph(paragraph: Any) -> WordRun | None:
    """Reads a paragraph; None when there is nothing in it to translate, or a field begins or ends in its middle."""
    pieces = list(_pieces(paragraph))
    if any(kind == "broken" for kind, *_ in pieces):
        return None
    run = WordRun(paragraph, base=_base(pieces))
    builder = TextBuilder()
    base, opened_link, opened_look = _key(run.base), None, None
    for kind, what, look, link in pieces:
        if kind == "around":
            run.around[0 if not builder.is_visible else 1].append(what)
            continue
        wanted = None if kind == "point" or _key(look) == base else _key(look)
        if link is not opened_link or wanted != opened_look:
            opened_link, opened_look = _change(builder, run, (opened_link, opened_look), (link, wanted), look)
        if kind == "text":
            builder.add(what)
        else:
            _add_point(builder, run, what, look)
    _change(builder, run, (opened_link, opened_look), (None, None), None)
    run.text, run.marks = builder.finish()
    return run if builder.is_visible else None


def _change(builder: TextBuilder, run: WordRun, old: tuple[Any, Any], new: tuple[Any, Any], look: Any) -> tuple[Any, Any]:
    """Ends the marks of before and begins those of now: the link outside, the look inside."""
    if old[1] is not None:
        builder.close()
    if old[0] is not new[0]:
        if old[0] is not None:
            builder.close()
        if new[0] is not None:
            builder.open("a")
            run.items.append(new[0])
    if new[1] is not None:
        builder.open(_tag(look))
        run.items.append(look)
    return new


def _add_point(builder: TextBuilder, run: WordRun, what: Any, look: Any) -> None:
    is_break = what[0].tag == f"{W}br" and what[0].get(f"{W}type", "textWrapping") == "textWrapping"
    if what[0].tag == f"{W}tab" and builder.is_visible:
        builder.add(" ")
    name = what[0].tag.rpartition("}")[2]
    builder.point({"t": "sup"}.get(name, "br" if is_break else name))
    run.items.append((what, look))
    if is_break:
        builder.line_break()


def _pieces(paragraph: Any) -> Iterator[Piece]:
    """Takes a paragraph apart; a field is one point, unless it only is a link by other means."""
    field_depth, parts, before = 0, [], ""
    for child, link in _children(paragraph, None):
        if child.tag == f"{W}hyperlink":  # one around a picture: a thing of its own
            yield "point", [child], None, None
            continue
        if child.tag != f"{W}r":
            yield "around", child, None, None
            continue
        look = child.find(f"{W}rPr")
        for part in child:
            change = _field_change(part)
            if field_depth or change:
                field_depth += change
                parts.append(_alone(child, part))
                if field_depth < 0:
                    yield "broken", None, None, None
                    return
                if not field_depth:
                    yield "point", parts, look, link
                    parts = []
            elif part.tag == f"{W}t":
                text = part.text or ""
                is_note = _tag(look) == "sup" and is_figure(text) and not is_of_the_word(text, before)
                yield ("point", [part], look, link) if is_note else ("text", text, look, link)
                before = text
            elif part.tag in _HYPHENS:
                yield "text", _HYPHENS[part.tag], look, link
            elif part.tag not in _GONE and part.tag != f"{W}lastRenderedPageBreak":
                yield "point", [part], look, link
    if field_depth:
        yield "broken", None, None, None


def _children(element: Any, link: Any) -> Iterator[tuple[Any, Any]]:
    """Yields the runs of a paragraph with the link around them, and whatever stands between runs."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _GONE or child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}hyperlink" and child.find(f".//{W}t") is not None:
            yield from _children(child, child)
        elif child.tag in _CONTAINERS:
            yield from _children(child, link)
        else:
            yield child, link


def _field_change(part: Any) -> int:
    if part.tag != f"{W}fldChar":
        return 0
    return {"begin": 1, "end": -1}.get(part.get(f"{W}fldCharType", ""), 0)


def _alone(run: Any, part: Any) -> Any:
    """A copy of a run with only one of its parts."""
    copy = run.makeelement(run.tag, dict(run.attrib), dict(run.nsmap))
    look = run.find(f"{W}rPr")
    if look is not None:
        copy.append(deepcopy(look))
    copy.append(deepcopy(part))
    return copy


def _base(pieces: Sequence[Piece]) -> Any:
    """The look that most letters have."""
    weights: dict[str, tuple[int, Any]] = {}
    for kind, what, look, link in pieces:
        if kind == "text" and link is None:
            weight, first = weights.get(_key(look), (0, look))
            weights[_key(look)] = (weight + len(what), first)
    return max(weights.values(), key=lambda pair: pair[0], default=(0, None))[1]


def _key(look: Any) -> str:
    """What can be seen of a look, spelled so that equal looks are equal."""
    if look is None:
        return ""
    parts = [(child.tag, tuple(sorted(child.attrib.items()))) for child in look if isinstance(child.tag, str)]
    seen = sorted(part for part in parts if part[0].rpartition("}")[2] not in _NOT_SEEN)
    return repr(seen) if seen else ""


def _tag(look: Any) -> str:
    """HTML's name for a look."""
    for name, tag in _TAGS:
        found = None if look is None else look.find(f"{W}{name}")
        if found is not None and found.get(f"{W}val", "1") not in {"0", "false", "none"}:
            return tag
    return "span" if look is None else _height(look)


def _height(look: Any) -> str:
    """`sup` and `sub` for what stands above and below the line: Word says so, LibreOffice gives half points."""
    for name in ("vertAlign", "position"):
        found = look.find(f"{W}{name}")
        value = "" if found is None else found.get(f"{W}val", "")
        if value == "superscript" or (value.isdecimal() and int(value) > 0):
            return "sup"
        if value == "subscript" or value.startswith("-"):
            return "sub"
    return "span"


# --- writing ----------------------------------------------------------------------------------------------------------


def write_paragraph(run: WordRun, texts: Sequence[Rich]) -> None:
    """Puts other texts in the place of a paragraph: the first in it, others in copies after it; none: it goes."""
    paragraph = run.paragraph
    properties = paragraph.find(f"{W}pPr")
    original = None if properties is None else deepcopy(properties)
    for child in list(paragraph):
        if child is not properties:
            paragraph.remove(child)
    if not texts:
        _remove(paragraph)
        return
    home = paragraph
    for n, rich in enumerate(texts):
        if n:
            copy = paragraph.makeelement(paragraph.tag, dict(paragraph.attrib), dict(paragraph.nsmap))
            if original is not None:
                copy.append(deepcopy(original))
            home.addnext(copy)
            home = copy
        else:
            home.extend(run.around[0])
        _fill(home, run, rich, first=not n)
        if not n:
            home.extend(run.around[1])


def _remove(paragraph: Any) -> None:
    """Takes an empty paragraph away, unless it holds a section's end or is the last one where one has to be."""
    parent = paragraph.getparent()
    siblings = 0 if parent is None else sum(child.tag == paragraph.tag for child in parent)
    if parent is not None and siblings > 1 and paragraph.find(f"{W}pPr/{W}sectPr") is None:
        parent.remove(paragraph)


def _fill(home: Any, run: WordRun, rich: Rich, *, first: bool) -> None:
    known = Rich(rich.text, tuple(mark for mark in rich.marks if mark.number < len(run.items)))
    place, look = home, run.base
    opened: list[tuple[Any, Any]] = []
    for step, number, text in steps(known):
        if step == Step.TEXT:
            place.append(_text_run(home, look, text))
        elif step == Step.CLOSE:
            place, look = opened.pop()
        elif step == Step.OPEN:
            opened.append((place, look))
            item = run.items[number]
            if item is not None and item.tag == f"{W}hyperlink":
                link = home.makeelement(item.tag, dict(item.attrib), dict(item.nsmap))
                place.append(link)
                place, look = link, _look_of(item, run.base)
            else:
                look = item
        elif isinstance(run.items[number], tuple) and (first or run.items[number][0][0].tag == f"{W}br"):
            place.extend(_point_runs(home, *run.items[number], again=not first))


def _look_of(link: Any, base: Any) -> Any:
    """Inside a link letters look as its first run does."""
    found = link.find(f"{W}r/{W}rPr")
    return base if found is None else found


def _text_run(home: Any, look: Any, text: str) -> Any:
    made = home.makeelement(f"{W}r", None, dict(home.nsmap))
    if look is not None:
        made.append(deepcopy(look))
    letters = home.makeelement(f"{W}t", None, dict(home.nsmap))
    letters.text = text
    letters.set(_XML_SPACE, "preserve")
    made.append(letters)
    return made


def _point_runs(home: Any, parts: Sequence[Any], look: Any, *, again: bool) -> Iterator[Any]:
    if parts[0].tag in {f"{W}r", f"{W}hyperlink"}:  # a field, or a link around a picture, as it was
        yield from parts
        return
    made = home.makeelement(f"{W}r", None, dict(home.nsmap))
    if look is not None:
        made.append(deepcopy(look))
    made.extend(deepcopy(part) if again else part for part in parts)
    yield made

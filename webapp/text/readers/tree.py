"""Inline content of a tree of elements: HTML, XHTML and OpenDocument keep their markup in the same way.

A `Run` is a stretch of text and inline elements inside one element, between two of its blocks. Reading gives text with marks;
writing takes a text with marks and puts the same elements around it. Elements are known by what a `Dialect` says of them.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from webapp.domain import Mark, ParagraphKind
from webapp.text.readers.base import Rich, Step, steps
from webapp.text.readers.builder import TextBuilder
from webapp.text.readers.labels import Label

Element = Any
"""An element of lxml, which ships no types."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the elements of a kind of document are read.

    `text_of` gives the characters an element stands for by itself (a line break, several spaces), None if it is to be looked
    into, "" for something that is no text. `mark_of` gives tag and attributes of an element that holds text.
    """

    text_of: Callable[[Element], str | None]
    mark_of: Callable[[Element], tuple[str, tuple[tuple[str, str], ...]]]


@dataclass(slots=True)
class Run:
    """Inline content of `parent` after its child `anchor` (None: from its start): first its text, then `nodes`.

    `items[n]` is the element behind the mark numbered n. `is_text`: there is something to translate in it; a run without holds
    `labels` alone, as one with a picture and nothing else.
    """

    parent: Element
    anchor: Element | None
    nodes: list[Element] = field(default_factory=list)
    kind: ParagraphKind | None = None
    main: bool = True
    text: str = ""
    marks: tuple[Mark, ...] = ()
    items: list[Element] = field(default_factory=list)
    around: tuple[str, str] = ("", "")
    is_text: bool = True
    labels: list[Label] = field(default_factory=list)

    @property
    def first(self) -> str:
        """The characters before the first inline element."""
        return (self.parent.text if self.anchor is None else self.anchor.tail) or ""

    @property
    def fills_its_parent(self) -> bool:
        """Whether nothing else is in the element."""
        return self.anchor is None and len(self.nodes) == len(self.parent)


def read_run(run: Run, dialect: Dialect) -> bool:
    """Reads text and marks of a run; returns whether it is text, with anything in it to translate."""
    builder = TextBuilder()
    builder.add(run.first)
    for element, step in _walk(run.nodes, dialect):
        if step == Step.OPEN:
            tag, attributes = dialect.mark_of(element)
            builder.open(tag, attributes)
            run.items.append(element)
            builder.add(element.text or "")
        elif step == Step.CLOSE:
            builder.close()
            builder.add(element.tail or "")
        else:
            _read_point(builder, run, element, dialect.text_of(element) or "")
            builder.add(element.tail or "")
    run.text, run.marks = builder.finish()
    run.around = _around(run)
    run.is_text = builder.is_visible
    return run.is_text


def _read_point(builder: TextBuilder, run: Run, element: Element, text: str) -> None:
    if text and text != "\n":
        builder.add(text)  # spaces: they are written as spaces again
        return
    run.items.append(element)
    builder.point("br" if text else local_name(element))
    if text:
        builder.line_break()


def _around(run: Run) -> tuple[str, str]:
    """The white space at both ends as it was written."""
    first = run.first
    last = run.nodes[-1].tail or "" if run.nodes else first
    before = first[: len(first) - len(first.lstrip())]
    after = last[len(last.rstrip()) :] if last.strip() or run.nodes else ""
    return before, after


def _walk(nodes: Sequence[Element], dialect: Dialect) -> Iterator[tuple[Element, str]]:
    """Yields inline elements in document order: opened, closed, or as a point when they are not looked into."""
    stack: list[Iterator[Element]] = [iter(nodes)]
    parents: list[Element] = []
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            if parents:
                yield parents.pop(), Step.CLOSE
        elif dialect.text_of(element) is not None:
            yield element, Step.POINT
        else:
            yield element, Step.OPEN
            parents.append(element)
            stack.append(iter(element))


def local_name(element: Element) -> str:
    """The name of an element without its namespace, in lower case; "comment" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else "comment"


# --- writing ----------------------------------------------------------------------------------------------------------


def write_run(run: Run, texts: Sequence[Rich], *, line_break: Callable[[], Element]) -> None:
    """Puts other texts in the place of a run: the first in its place, others after it; none: it goes.

    Other texts get a copy of the element when the run is all that is in it, else they follow after a `line_break`.
    """
    if not texts:
        _remove(run)
        return
    used: set[int] = set()
    if run.fills_its_parent:
        _empty(run.parent)
        home = run.parent
        for n, rich in enumerate(texts):
            if n:
                copy = deepcopy(run.parent)
                _empty(copy)
                copy.attrib.pop("id", None)
                copy.tail = None
                home.addnext(copy)  # takes over what followed
                home.tail = "\n"
                home = copy
            _put(home, None, run, rich, used)
        return
    for node in run.nodes:
        node.tail = None
        run.parent.remove(node)
    for n, rich in reversed(list(enumerate(texts))):
        if n:
            mark = line_break()
            _insert(run.parent, run.anchor, [mark])
            _put(run.parent, mark, run, rich, used)
        else:
            _put_first(run, rich, used, keep=len(texts) > 1)


def _remove(run: Run) -> None:
    for node in run.nodes:
        node.tail = None
        run.parent.remove(node)
    _set_text(run.parent, run.anchor, "")
    stays = local_name(run.parent) in {"td", "th", "body", "table-cell"} or (run.parent.tail or "").strip()
    if run.anchor is None and not len(run.parent) and not stays and (home := run.parent.getparent()) is not None:
        run.parent.tail = None
        home.remove(run.parent)


def _put_first(run: Run, rich: Rich, used: set[int], *, keep: bool) -> None:
    before, after = run.around
    lead, nodes = _nodes(run, rich, used)
    tail = "" if keep else after
    if nodes:
        nodes[-1].tail = (nodes[-1].tail or "") + tail
    else:
        lead += tail
    _set_text(run.parent, run.anchor, before + lead)
    _insert(run.parent, run.anchor, nodes)


def _put(parent: Element, anchor: Element | None, run: Run, rich: Rich, used: set[int]) -> None:
    lead, nodes = _nodes(run, rich, used)
    before, after = run.around if anchor is None else ("", "")
    if nodes:
        nodes[-1].tail = (nodes[-1].tail or "") + after
    else:
        lead += after
    _set_text(parent, anchor, before + lead)
    _insert(parent, anchor, nodes)


def _set_text(parent: Element, anchor: Element | None, text: str) -> None:
    if anchor is None:
        parent.text = text
    else:
        anchor.tail = text


def _insert(parent: Element, anchor: Element | None, nodes: Sequence[Element]) -> None:
    place = 0 if anchor is None else parent.index(anchor) + 1
    lead = None
    for n, node in enumerate(nodes):
        lead = node.tail
        parent.insert(place + n, node)
        node.tail = lead


def _nodes(run: Run, rich: Rich, used: set[int]) -> tuple[str, list[Element]]:
    """Makes the inline content of a marked text: the characters before the first element, and the elements."""
    lead: list[str] = []
    nodes: list[Element] = []
    opened: list[Element] = []
    known = Rich(rich.text, tuple(mark for mark in rich.marks if mark.number < len(run.items)))
    for step, number, text in steps(known):
        if step == Step.TEXT:
            _add_text(lead, nodes, opened, text)
        elif step == Step.CLOSE:
            opened.pop()
        else:
            element = _element(run.items[number], step, again=number in used)
            used.add(number)
            (opened[-1].append if opened else nodes.append)(element)
            if step == Step.OPEN:
                opened.append(element)
    return "".join(lead), nodes


def _element(original: Element, step: str, *, again: bool) -> Element:
    """The element itself, emptied if it is a mark; a copy without its id where it was used before.

    Never made by its name: HTML allows names that lxml does not make.
    """
    if again:
        element = deepcopy(original)
        if isinstance(element.tag, str):
            for name in [name for name in element.attrib if name == "id" or name.endswith("}id")]:
                del element.attrib[name]
    else:
        element = original
        if (parent := original.getparent()) is not None:
            original.tail = None
            parent.remove(original)
    element.tail = None
    if step == Step.OPEN:
        _empty(element)
    return element


def _empty(element: Element) -> None:
    for child in list(element):
        child.tail = None
        element.remove(child)
    element.text = None


def _add_text(lead: list[str], nodes: list[Element], opened: list[Element], text: str) -> None:
    home = opened[-1] if opened else None
    if home is None:
        if nodes:
            nodes[-1].tail = (nodes[-1].tail or "") + text
        else:
            lead.append(text)
    elif len(home):
        home[-1].tail = (home[-1].tail or "") + text
    else:
        home.text = (home.text or "") + text

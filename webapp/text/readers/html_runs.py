"""Finds the paragraphs of a tree of HTML: the runs of text and inline elements between its blocks."""

from collections.abc import Iterator

from webapp.errors import FileTooComplex
from webapp.text.readers.base import MAX_BLOCKS, MAX_DEPTH
from webapp.text.readers.html_rules import BLOCKS, HTML, WITHOUT_TEXT, keeps_its_words, kind_of, label_names
from webapp.text.readers.labels import Label, labels_of
from webapp.text.readers.tree import Element, Run, local_name, read_run


def find_runs(root: Element) -> list[Run]:
    """Finds every run with something to translate, in reading order. Raises FileTooComplex."""
    return [run for run in find_runs_and_labels(root) if run.is_text]


def find_runs_and_labels(root: Element) -> list[Run]:
    """The same with what stands beside the text: runs have their labels, and some have nothing else. Raises FileTooComplex."""
    holders = _holders_of_blocks(root)
    runs: list[Run] = []
    seen: dict[tuple[int, str], Label] = {}
    count = texts = 0
    for run in _runs(root, holders):
        found = [(e, name) for node in run.nodes for e in _reached(node) for name in label_names(e)]
        is_text = read_run(run, HTML)
        run.labels = [label for label in labels_of(found, texts + is_text) if not _is_known(label, seen)]
        if is_text or run.labels:
            run.kind = kind_of(run.parent)
            runs.append(run)
        texts += is_text
        count += is_text + len(run.labels)
        if count > MAX_BLOCKS:
            raise FileTooComplex(name="", detail=f"more than {MAX_BLOCKS} paragraphs")
    return runs


def _is_known(label: Label, seen: dict[tuple[int, str], Label]) -> bool:
    """Whether the same words stand there already: a picture is often there twice, for browsers without scripts."""
    first = seen.setdefault((label.place, label.text), label)
    if first is not label:
        first.holders += label.holders
    return first is not label


def _reached(node: Element) -> Iterator[Element]:
    """An inline element and those inside it, but what asks to be left as it is."""
    waiting = [node]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and not keeps_its_words(element):
            yield element
            waiting += reversed(element)


def _holders_of_blocks(root: Element) -> set[Element]:
    """The elements that have a block somewhere inside: they cannot be inline content themselves."""
    holders: set[Element] = set()
    for element in root.iter():
        if isinstance(element.tag, str) and local_name(element) in BLOCKS:
            parent = element.getparent()
            while parent is not None and parent not in holders:
                holders.add(parent)
                parent = parent.getparent()
    return holders


def _runs(root: Element, holders: set[Element]) -> Iterator[Run]:
    """Walks the blocks without recursion: yields the runs between them as it comes to their ends."""
    run = Run(root, None)
    stack: list[tuple[Element, Iterator[Element], Run]] = []
    children = iter(root)
    while True:
        child = next(children, None)
        if child is None:
            yield run
            if not stack:
                return
            element, children, run = stack.pop()
            run = Run(run.parent, element)
        elif not _is_block(child, holders):
            run.nodes.append(child)
        else:
            yield run
            if _is_closed(child):
                run = Run(run.parent, child)
                continue
            if len(stack) > MAX_DEPTH:
                raise FileTooComplex(name="", detail=f"more than {MAX_DEPTH} elements inside each other")
            stack.append((child, children, run))
            children, run = iter(child), Run(child, None)


def _is_block(element: Element, holders: set[Element]) -> bool:
    return isinstance(element.tag, str) and (local_name(element) in BLOCKS or element in holders)


def _is_closed(element: Element) -> bool:
    return local_name(element) in WITHOUT_TEXT or keeps_its_words(element)

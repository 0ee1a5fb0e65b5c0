"""Finds the paragraphs of a tree of HTML: the runs of text and inline elements between its blocks."""

from collections.abc import Iterator

from webapp.errors import FileTooComplex
from webapp.text.readers.base import MAX_BLOCKS, MAX_DEPTH
from webapp.text.readers.html_rules import BLOCKS, HTML, WITHOUT_TEXT, keeps_its_words, kind_of
from webapp.text.readers.tree import Element, Run, local_name, read_run


def find_runs(root: Element) -> list[Run]:
    """Finds every run with something to translate, in reading order. Raises FileTooComplex."""
    holders = _holders_of_blocks(root)
    runs: list[Run] = []
    for run in _runs(root, holders):
        if read_run(run, HTML):
            run.kind = kind_of(run.parent)
            runs.append(run)
            if len(runs) > MAX_BLOCKS:
                raise FileTooComplex(name="", detail=f"more than {MAX_BLOCKS} paragraphs")
    return runs


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

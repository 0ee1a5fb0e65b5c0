"""What stands beside the text of a Word document: the words for pictures, drawings and tables, and the tables of contents.

Word makes a table of contents from the headings when it is asked to, and no other program does. So its entries take over what
became of the headings, which every program shows; and Word is asked to make it anew, for the numbers of the pages.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from webapp.domain import ParagraphKind
from webapp.text.readers.contents import Entries, Node
from webapp.text.readers.docx_runs import W, WordRun
from webapp.text.readers.labels import Holder, Label, labels_of, plain

MADE_BY_WORD: Final = ("toc", "table of", "index")
"""The names of the styles of lists that Word makes begin with these."""
OF_TABLES: Final = (f"{W}tblCaption", f"{W}tblDescription")
_DRAWINGS: Final = frozenset({"docPr", "cNvPr"})
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_VML_TITLE: Final = "{urn:schemas-microsoft-com:office:office}title"
_CONTENTS: Final = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)


def beside(paragraph: Any, run: WordRun | None) -> Iterator[Holder]:
    """The words for the pictures of a paragraph; `run` is what was read of it, with copies of what stands in fields."""
    for element in paragraph.iter():
        if _paragraph_of(element) is paragraph:
            yield from _words_of(element)
    for item in run.items if run is not None else ():
        for part in item[0] if isinstance(item, tuple) else ():
            if part.getparent() is None:  # a copy
                yield from (holder for element in part.iter() for holder in _words_of(element))


def _words_of(element: Any) -> Iterator[Holder]:
    if not isinstance(element.tag, str):
        return
    if element.tag.startswith(_VML):
        names: tuple[str, ...] = ("alt", "title", _VML_TITLE)
    elif element.tag.rpartition("}")[2] in _DRAWINGS:
        names = ("title", "descr")
    else:
        return
    yield from ((element, name) for name in names if element.get(name))


def _paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(f"{W}p"), None)


def title_of_contents(paragraph: Any, style: str, place: int) -> list[Label]:
    """The words over a list that Word makes: they are nobody's heading, and not made by Word."""
    letters = [t for t in paragraph.iter(f"{W}t") if t.text]
    if not style.endswith("heading") or not letters:
        return []
    found = labels_of([(letters[0], "")], place)
    for label in found:
        label.text = plain("".join(t.text for t in letters))
        label.kind, label.pieces = ParagraphKind.BODY, letters[1:]  # a heading would be the article's title
    return found


def write_entries(paragraphs: Iterable[Any], entries: Entries) -> None:
    """Writes the lines of lists that Word makes."""
    for paragraph in paragraphs:
        for nodes in _columns(paragraph):
            entries.write(nodes)


def _columns(paragraph: Any) -> Iterator[list[Node]]:
    """The letters of a line between its tabs: a number, the words, the number of a page."""
    nodes: list[Node] = []
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}fldChar"):
        if element.tag == f"{W}t":
            nodes.append((element, "text"))
        else:
            yield nodes
            nodes = []
    yield nodes


def ask_for_contents(root: Any) -> None:
    """Marks the tables of contents as out of date: Word asks its reader whether to make them anew."""
    opened: list[Any] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            if _CONTENTS.match(element.get(f"{W}instr", "")):
                element.set(f"{W}dirty", "true")
        elif element.tag == f"{W}instrText":
            if opened and _CONTENTS.match(element.text or ""):
                opened[-1].set(f"{W}dirty", "true")
        elif element.get(f"{W}fldCharType") == "begin":
            opened.append(element)
        elif element.get(f"{W}fldCharType") == "end" and opened:
            opened.pop()

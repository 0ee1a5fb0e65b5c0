"""The table of formats, found by looking: every file of this room that defines FORMAT is one."""

import pkgutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module

import webapp.exports
from webapp.domain import Document
from webapp.errors import RequestInvalid, TargetUnknown
from webapp.exports.paper import Layout, Paper, make_paper


class Include(StrEnum):
    """Whose texts a file for translation tools holds as translations: approved ones, or the rest as well, marked."""

    APPROVED = "approved"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an article down.

    `name` is what people type and the key of the table; `render` takes the document and the targets wanted, in order
    (None: all of the document's), and returns the whole file. `render_all` does the same with the unreviewed texts in it,
    marked; a format without it shows every text anyway, together with its state or as what it is.
    `bilingual`: one target a file, to be named when there are several. `multilingual`: naming several is possible as well.
    `linked`: it shows word links, so the document should bring them.
    `print_` writes an article in any layout for people who read it on paper or in a word processor.
    """

    name: str
    media_type: str
    extension: str
    render: Callable[[Document, Sequence[str] | None], str | bytes]
    render_all: Callable[[Document, Sequence[str] | None], str] | None = None
    bilingual: bool = False
    multilingual: bool = True
    print_: Callable[[Paper], str | bytes] | None = None
    linked: bool = False

    @property
    def is_binary(self) -> bool:
        """Whether the file is something else than text, and not to be printed on a terminal."""
        return not self.media_type.startswith("text/") and not self.media_type.endswith(("xml", "json", "x-tmx"))

    def file_name(self, document: Document, targets: Sequence[str], include: Include) -> str:
        """A safe name for the file: the article, its targets, and `unreviewed` where texts are in it that only then are."""
        parts = [document.id or "article", *targets]
        if include is Include.ALL and self.render_all:
            parts.append("unreviewed")
        return "-".join(parts) + self.extension

    def write(
        self, document: Document, targets: Sequence[str] | None, include: Include = Include.APPROVED, layout: Layout | None = None
    ) -> bytes:
        """The whole file, with the unreviewed texts where the format tells them apart and they are asked for.

        Without a `layout` it is the format's own. Raises RequestInvalid when the format has no other, and what `render` raises.
        """
        if layout is not None and self.print_ is not None:
            content = self.print_(make_paper(document, targets, layout))
        elif layout is not None:
            raise RequestInvalid(detail=f"A file of the format {self.name} has one layout only.")
        elif include is Include.ALL and self.render_all:
            content = self.render_all(document, targets)
        else:
            content = self.render(document, targets)
        return content if isinstance(content, bytes) else content.encode()

    def check_targets(self, targets: Sequence[str], *, named: bool, layout: Layout | None = None) -> None:
        """`named`: somebody asked for just these. Raises RequestInvalid when one file cannot hold them."""
        if layout is Layout.VERSION and len(targets) > 1:
            raise RequestInvalid(detail=f"A version alone is in one language. Name one of {', '.join(targets)}.")
        if not self.bilingual or len(targets) == 1 or (named and self.multilingual):
            return
        raise RequestInvalid(
            detail=f"A file of the format {self.name} holds one target language. Name one of {', '.join(targets)}."
        )


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(webapp.exports.__path__))
    modules = [import_module(f"webapp.exports.{name}") for name in names]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {one.name: one for one in found}


def targets_of(document: Document, named: Collection[str]) -> tuple[str, ...]:
    """Those targets of the document that are named, in its order; all where none is. Raises TargetUnknown."""
    for code in named:
        if code not in document.targets:
            raise TargetUnknown(target=code, known=", ".join(document.targets))
    return tuple(t for t in document.targets if t in named) or document.targets

"""The table of formats, found by looking: every file of this room that defines FORMAT is one."""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module

import webapp.exports
from webapp.domain import Document
from webapp.errors import RequestInvalid


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
    """

    name: str
    media_type: str
    extension: str
    render: Callable[[Document, Sequence[str] | None], str]
    render_all: Callable[[Document, Sequence[str] | None], str] | None = None
    bilingual: bool = False
    multilingual: bool = True

    def write(self, document: Document, targets: Sequence[str] | None, include: Include) -> str:
        """The whole file, with the unreviewed texts where the format tells them apart and they are asked for."""
        chosen = self.render_all if include is Include.ALL and self.render_all else self.render
        return chosen(document, targets)

    def check_targets(self, targets: Sequence[str], *, named: bool) -> None:
        """`named`: somebody asked for just these. Raises RequestInvalid when one file cannot hold them."""
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

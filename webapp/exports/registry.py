"""The table of formats, found by looking: every file of this room that defines FORMAT is one."""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import webapp.exports
from webapp.domain import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an article down.

    `name` is what people type and the key of the table; `render` takes the document and the targets wanted, in order
    (None: all of the document's), and returns the whole file.
    """

    name: str
    media_type: str
    extension: str
    render: Callable[[Document, Sequence[str] | None], str]


@cache
def formats() -> dict[str, Format]:
    """Every format by its name, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(webapp.exports.__path__))
    modules = [import_module(f"webapp.exports.{name}") for name in names]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {one.name: one for one in found}

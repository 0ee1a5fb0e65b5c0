"""A fragment of HTML in memory, as programs send it: a few words with tags, or a whole page."""

from typing import Final

from lxml import etree

from webapp.text.readers.base import Block, Replacements
from webapp.text.readers.html import HOLDER, inner_html, parse, replace_runs
from webapp.text.readers.html_runs import find_runs
from webapp.text.readers.tree import Run

_PAGE: Final = ("<!doctype", "<html")


class HtmlFragment:
    """A fragment with its blocks. `text` is what was given."""

    def __init__(self, text: str) -> None:
        """Raises FileTooComplex or FileDamaged."""
        self.text = text
        self._is_page = text.lstrip()[:9].lower().startswith(_PAGE)
        self._runs: list[Run] = []
        self.blocks: list[Block] = []
        inside = text.strip()
        start = text.find(inside)
        self._around = (text[:start], text[start + len(inside) :])  # the parser would drop it
        if not inside:
            return
        self._root = parse(inside if self._is_page else f"<html><body><{HOLDER}>{inside}</{HOLDER}></body></html>")
        self._runs = find_runs(self._root if self._is_page else self._root.find(f".//{HOLDER}"))
        self.blocks = [Block(run.text, run.kind, run.marks) for run in self._runs]

    def written(self, replacements: Replacements) -> str:
        """The fragment with other texts; can be asked once."""
        if not self._runs:
            return self.text
        replace_runs(self._runs, replacements, lambda: self._root.makeelement("br"))
        if self._is_page:
            page: str = etree.tostring(self._root.getroottree(), method="html", encoding="unicode")
            return page
        before, after = self._around
        return f"{before}{inner_html(self._root)}{after}"

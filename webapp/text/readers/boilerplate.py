"""Tells the article in a saved web page from what is around it: trafilatura finds the text, the page's own shape the rest.

trafilatura gives the text alone, and leaves out headlines, captions and short lines. So its answer only says where the article
is: the smallest element that holds nearly all of it. Everything in there is the article but what is marked as navigation,
forms, lists of other articles; and the headline with what is under it, if it stands before.
"""

import logging
import re
from collections.abc import Sequence
from typing import Final

from trafilatura import extract

from webapp.domain import ParagraphKind
from webapp.text.readers.tree import Element, Run, local_name

_log = logging.getLogger(__name__)

_ASIDE: Final = frozenset(["nav", "footer", "aside", "form", "menu", "dialog", "noscript", "select", "fieldset"])
_ASIDE_ROLES: Final = frozenset(
    ["navigation", "contentinfo", "complementary", "search", "banner", "dialog", "menu", "menubar", "alert", "form"]
)
_ASIDE_WORDS: Final = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|ariane|footer|sidebar|share|sharing|partage[rz]?|social|related|"
    r"recommend(?:ed|ations?)?|lire-aussi|a-lire|newsletter|subscribe|subscription|abonne\w*|paywall|cookies?|consent|comment(?:s|aires?)|promo|"
    r"advert\w*|ads?|publicite|pub|popular|trending|tags?|pagination|skip(?:-?link)?|login|toolbar|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SHARE: Final = 0.9
_ENOUGH: Final = 200
"""Characters; what is found of less is not taken for an article."""


def mark_boilerplate(root: Element, text: str, runs: Sequence[Run]) -> None:
    """Sets `main` of every run. Where no article can be told from the rest, only what is marked as navigation is none."""
    found = _found_by_trafilatura(text)
    inside = [run for run in runs if _squeezed(run.text) and _squeezed(run.text) in found] if len(found) >= _ENOUGH else []
    place = _home(root, inside)
    for run in runs:
        run.main = not _is_aside(run.parent, place) and (place is None or place in (run.parent, *run.parent.iterancestors()))
    if place is not None:
        _take_headline(runs)
    if not any(run.main for run in runs):
        for run in runs:
            run.main = True


def _found_by_trafilatura(text: str) -> str:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = extract(text, include_comments=False, include_tables=True, favor_recall=True, output_format="txt")
    except Exception:  # noqa: BLE001 — whatever it makes of a strange page, the page itself is still there
        _log.exception("a web page was read without telling its article from the rest")
        found = None
    return _squeezed(found or "")


def _squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _home(root: Element, inside: Sequence[Run]) -> Element | None:
    """The smallest element that holds nearly all of the text that was found."""
    total = sum(len(run.text) for run in inside)
    if not total:
        return None
    weights: dict[Element, int] = {}
    for run in inside:
        for element in (run.parent, *run.parent.iterancestors()):
            weights[element] = weights.get(element, 0) + len(run.text)
    home = root
    while True:
        heavy = next((child for child in home if weights.get(child, 0) >= _SHARE * total), None)
        if heavy is None:
            return home
        home = heavy


def _is_aside(element: Element, place: Element | None) -> bool:
    """Whether an element around the text, up to the article's own, says that it is no part of it."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor is place or local_name(ancestor) in {"body", "html"}:
            return False
        if local_name(ancestor) in _ASIDE or ancestor.get("role", "") in _ASIDE_ROLES:
            return True
        if _ASIDE_WORDS.search(f"{ancestor.get('class', '')} {ancestor.get('id', '')}"):
            return True
    return False


def _take_headline(runs: Sequence[Run]) -> None:
    """The last first-level heading before the article belongs to it, and what stands between the two."""
    first = next((n for n, run in enumerate(runs) if run.main), len(runs))
    if any(run.main and local_name(run.parent) == "h1" for run in runs):
        return
    heading = next((n for n in range(first - 1, -1, -1) if _is_headline(runs[n])), None)
    if heading is None:
        return
    for run in runs[heading:first]:
        run.main = not _is_aside(run.parent, None)
    runs[heading].main = True


def _is_headline(run: Run) -> bool:
    return run.kind is ParagraphKind.HEADING and any(
        local_name(element) == "h1" for element in (run.parent, *run.parent.iterancestors())
    )

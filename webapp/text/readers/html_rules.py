"""What the elements of HTML are: which make paragraphs and of what kind, which are no text, which markup is worth keeping."""

import re
from collections.abc import Iterator
from typing import Any, Final

from webapp.domain import ParagraphKind
from webapp.text.readers.notes import is_figure, is_of_the_word, text_before
from webapp.text.readers.tree import Dialect, Element, local_name

BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
OPAQUE: Final = frozenset(
    [
        "applet",
        "area",
        "audio",
        "base",
        "button",
        "canvas",
        "comment",
        "datalist",
        "embed",
        "frame",
        "iframe",
        "img",
        "input",
        "link",
        "map",
        "math",
        "meta",
        "noembed",
        "noframes",
        "object",
        "param",
        "picture",
        "progress",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "track",
        "video",
        "wbr",
    ]
)
"""Kept as they are, wherever they stand."""
WITHOUT_TEXT: Final = OPAQUE | {"head", "title", "pre", "listing", "xmp", "plaintext", "dialog"}
"""As blocks they are not looked into."""
_VERBATIM: Final = frozenset(["code", "kbd", "samp", "var", "tt"])
_TAGS: Final = {"strong": "b", "em": "i", "cite": "i", "dfn": "i", "del": "s", "strike": "s", "ins": "u"}
_FOOTNOTE: Final = re.compile(r"\b(?:foot)?note[-_]?(?:ref|call|anchor|link|marker)|reference\b|noteref", re.IGNORECASE)
_SIGNATURE: Final = re.compile(r"(?:^|[\s_-])(?:by-?line|auth?or|auteurs?|signature|credits?)(?:$|[\s_-])", re.IGNORECASE)
_CONTAINERS: Final = {
    "blockquote": ParagraphKind.QUOTE,
    "li": ParagraphKind.ITEM,
    "dt": ParagraphKind.ITEM,
    "dd": ParagraphKind.ITEM,
    "td": ParagraphKind.ITEM,
    "th": ParagraphKind.ITEM,
    "caption": ParagraphKind.BYLINE,
    "figcaption": ParagraphKind.BYLINE,
    "address": ParagraphKind.BYLINE,
    "summary": ParagraphKind.HEADING,
    "legend": ParagraphKind.HEADING,
    **{f"h{n}": ParagraphKind.HEADING for n in range(1, 7)},
}


def keeps_its_words(element: Element) -> bool:
    """Whether the page asks that the element not be translated (`translate="no"`, the class of translation services)."""
    if not isinstance(element.tag, str):
        return False
    return element.get("translate", "").lower() == "no" or "notranslate" in element.get("class", "").split()


def text_of(element: Element) -> str | None:
    """The characters an inline element stands for; see `Dialect`."""
    name = local_name(element)
    if name == "br":
        return "\n"
    if name in OPAQUE or is_note(element) or not _has_text(element):
        return ""
    return None


def _has_text(element: Element) -> bool:
    return any(text.strip() for text in element.itertext(with_tail=False))


def is_note(element: Element) -> bool:
    """Whether the element is the mark of a footnote: its figure is not part of the sentence."""
    name = local_name(element)
    if name not in {"sup", "a", "span"} or len(element) > 3:
        return False
    said = f"{element.get('class', '')} {element.get('role', '')} {element.get('{http://www.idpf.org/2007/ops}type', '')}"
    if name != "sup" and not _FOOTNOTE.search(said):
        return False
    text = "".join(element.itertext(with_tail=False))
    return is_figure(text) and not is_of_the_word(text, text_before(element))


def mark_of(element: Element) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The tag by which the mark is known, and what of its attributes is worth keeping."""
    name = local_name(element)
    if name in _VERBATIM or keeps_its_words(element):
        return _TAGS.get(name, name), (("translate", "no"),)
    if name == "a" and (href := element.get("href")):
        return "a", (("href", href[:2000]),)
    return _TAGS.get(name, name), ()


HTML: Final = Dialect(text_of, mark_of)
_WITH_ALT: Final = frozenset({"img", "area", "input", "applet"})


def label_names(element: Element) -> Iterator[str]:
    """The attributes of an inline element that hold words for a reader: what translators are given by their tools, too."""
    if local_name(element) in _WITH_ALT and element.get("alt"):
        yield "alt"
    if element.get("title"):
        yield "title"


def kind_of(element: Element) -> ParagraphKind | None:
    """The kind of a paragraph in `element`: by the nearest element around it that says so; None: its form may tell."""
    for ancestor in (element, *_ancestors(element)):
        found = _CONTAINERS.get(local_name(ancestor))
        if found is not None:
            return found
        if _SIGNATURE.search(f"{ancestor.get('class', '')} {ancestor.get('rel', '')} {ancestor.get('itemprop', '')}"):
            return ParagraphKind.BYLINE
        if local_name(ancestor) in {"article", "main", "section", "body"}:
            return None
    return None


def _ancestors(element: Element) -> Iterator[Any]:
    yield from element.iterancestors()

"""Raised figures: those of footnotes stand beside the sentence, those of powers and ordinals (m², 10⁶, XIXe) in it.

Never here: a format.
"""

import re
from typing import Any, Final

_FIGURE: Final = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§a-z])[\])]?\Z")
_ORDINAL: Final = re.compile(r"(?:[IVXLCDM]|\d)\Z")
_RAISED: Final = re.compile(r"(?:(?<![^\W\d_])(?:[kcmdhµ]?m|ha|s|h|sec)|\b10|[x×·*/^])\s*\Z")
_LONGEST: Final = 6


def is_figure(text: str) -> bool:
    """Whether a text looks like the mark of a footnote: a number of up to three digits, a letter or a sign, bracketed or not."""
    return len(text.strip()) <= _LONGEST and _FIGURE.match(text.strip()) is not None


def is_of_the_word(text: str, before: str) -> bool:
    """Whether something raised belongs to the word right `before` it: a power of a unit or of ten, an ordinal’s end."""
    if text.strip() == "e":
        return _ORDINAL.search(before) is not None
    return text.strip() in {"2", "3", "6", "9"} and _RAISED.search(before) is not None


def text_before(element: Any) -> str:
    """The characters right before an lxml element in its parent, "" where another element ends there."""
    sibling = element.getprevious()
    if sibling is not None:
        return sibling.tail or ""
    parent = element.getparent()
    return "" if parent is None else parent.text or ""

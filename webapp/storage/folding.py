"""Texts without what a search should not care about: case, accents, ligatures, kinds of quotes, dashes and spaces."""

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_ALIKE: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)


def fold(text: str) -> str:
    """Folds a text for the search: `fold("Œuvres d’Été")` is `"oeuvres d'ete"`; folding twice changes nothing.

    The same on every database, because it happens before the text gets there.
    """
    bare = _MARKS.sub("", _caseless(_caseless(text))).translate(_ALIKE)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def _caseless(text: str) -> str:
    # Twice: a compatibility form may hide a capital (U+1D2C). The Unicode Standard, section 3.13, definition D146.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text).casefold())

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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = _MARKS.sub("", decomposed).translate(_ALIKE)
    return " ".join(unicodedata.normalize("NFC", bare).split())

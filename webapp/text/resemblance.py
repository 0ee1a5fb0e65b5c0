"""How alike two French sentences are, for the translation memory, and by which few numbers a like one is found again.

Lives here: the form in which sentences are compared, their key, their marks, the percentage. Never here: a store of them.
"""

import re
import unicodedata
import zlib
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from webapp.text.normalise import normalise
from webapp.text.wordlists import word_set

EXACT: Final = 100
IN_CONTEXT: Final = 101
"""Exact, between the same two neighbours, as translation tools count it."""
LEAST: Final = 70

_ALIKE: Final = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "‐": "-", "…": "...", "\u200b": None, "\u200d": None, "\u2060": None}
)
_FREE_SPACE: Final = re.compile(r" (?=[;:!?»%])|(?<=«) ")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FIGURES: Final = re.compile(r"\d+(?:[ .,]\d+)*")
_MARKED: Final = 5  # letters of a word that count: rouvre, rouvrent and rouvert leave the same mark
_ENOUGH: Final = 3  # marks of words that say something; with fewer, every word leaves one
_COMMON: Final = word_set(
    "les des une aux dans par pour sur avec sans sous entre vers chez qui que quoi dont est son ses sont ont ete etre avoir "
    "avait etait fait plus pas tout tous toute toutes cette ces leur leurs nos vos mes tes nous vous ils elles elle lui mais "
    "donc car comme ainsi aussi alors apres avant depuis encore deja meme tres bien peut sera"
)


@lru_cache(maxsize=4096)
def plain_form(text: str) -> str:
    """The sentence as the memory compares it: kinds of spaces, apostrophes and hyphens do not count, nor French spacing.

    Letters with their case and accents, figures, quotation marks and punctuation do. Twice changes nothing more.
    """
    return _FREE_SPACE.sub("", " ".join(normalise(text).translate(_ALIKE).split()))


def key_of(form: str) -> int:
    """A number of 64 bits with its sign, the same for the same form; of a million sentences two share one once in 37 million."""
    return int.from_bytes(blake2b(form.encode(), digest_size=8).digest(), "big", signed=True)


def marks_of(form: str) -> frozenset[int]:
    """The marks that the words of a sentence leave, 32 bits with their sign: sentences that are alike share some of them.

    Words that stand in every sentence leave none, unless there is little else. Never empty.
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if not "\u0300" <= c <= "\u036f")
    found = _WORD.findall(bare)
    telling = {word[:_MARKED] for word in found if len(word) > 2 and word not in _COMMON}
    if len(telling) < _ENOUGH:
        telling = {word[:_MARKED] for word in found} or {"#"}
    return frozenset(zlib.crc32(word.encode()) - (1 << 31) for word in telling)


def lengths_near(length: int) -> tuple[int, int]:
    """The shortest and the longest form that can be alike enough to one of `length` code points."""
    return -(-length * LEAST // 100), length * 100 // LEAST


def likeness(one: str, other: str) -> int:
    """How alike two forms are: 100 when they are the same, else what their edits leave of the longer one, 0..99, rounded down.

    That is rapidfuzz's normalised Levenshtein similarity; 0 stands for anything under `LEAST`.
    """
    if one == other:
        return EXACT
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415  (only who looks for a match loads it)

    share = Levenshtein.normalized_similarity(one, other, score_cutoff=LEAST / 100)
    return min(EXACT - 1, int(100 * share + 1e-9))


def same_figures(one: str, other: str) -> bool:
    """Whether two forms hold the same numbers, in whatever order; spaces inside them do not count."""
    return _figures(one) == _figures(other)


def _figures(form: str) -> Counter[str]:
    return Counter(found.replace(" ", "") for found in _FIGURES.findall(form))

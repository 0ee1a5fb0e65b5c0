"""Words of a text with their places, and simple facts about letters and scripts."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+")
HANGUL: Final = re.compile(r"[가-힣ㄱ-ㆎ]")
CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
LATIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")


class Word(NamedTuple):
    """A run of letters; `start` and `end` are code points."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """Cuts a text into its runs of letters; apostrophes and hyphens separate."""
    return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text))


@lru_cache(maxsize=4096)
def lower_words(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(word.text.lower() for word in words(text))


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A text in lower case without accents, so that Hélène and Helene are one."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))

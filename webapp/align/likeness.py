"""How much two words of different languages look alike: numbers by value, names by their sound, the rest not at all."""

import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from webapp.align.tokens import key_of

_SHORTEST: Final = 3  # letters; shorter words look alike by chance


def _spelled(sounds: str) -> list[str]:
    """Sounds with a space between them; two spaces hold a mute one."""
    return sounds.split(" ")


_CYRILLIC: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _spelled("a b v g d e e j z i i k l m n o p r s t u f h ts ch ch ch  i  e iu ia"),
        strict=True,
    )
)
# Revised Romanization, without what French and English spellings do not tell apart.
_INITIALS: Final = _spelled("k k n t t r m p p s s  j j ch k t p h")
_VOWELS: Final = _spelled("a e ia e o e io e o oa oe oe io u uo ue ui iu u ui i")
_FINALS: Final = _spelled(" k k k n n n t l k m l l l p l m p p s s n j ch k t p h")
_HANGUL_BASE: Final = 0xAC00
_HANGUL_COUNT: Final = 11172


@lru_cache(maxsize=65536)
def likeness(a: str, b: str) -> float:
    """Says from 0 to 1 how likely two words are the same number or the same name in two spellings."""
    one, other = _number(a), _number(b)
    if one or other:
        return 1.0 if one == other else 0.0
    if key_of(a) == key_of(b):
        return 1.0 if len(key_of(a)) >= _SHORTEST or a.isupper() else 0.5
    left, right = _sound(a), _sound(b)
    if min(len(left), len(right)) < _SHORTEST:
        return 0.0
    # A particle or an ending may follow the name; compare with as much of the longer word as the shorter has, and one more.
    short, long = sorted((left, right), key=len)
    return SequenceMatcher(None, short, long[: len(short) + 1], autojunk=False).ratio()


def _number(word: str) -> str:
    """The digits of a word that is, or begins with, a number in digits; "" for others."""
    if not word[:1].isdigit() and not word[1:2].isdigit():
        return ""
    return "".join(c for c in unicodedata.normalize("NFKC", word) if c.isdigit())


@lru_cache(maxsize=16384)
def _sound(word: str) -> str:
    """A rough Latin spelling of the sound: doubled letters once, without accents and mute vowels' differences."""
    written = "".join(_latin(c) for c in unicodedata.normalize("NFKC", word).casefold())
    plain = "".join(c for c in unicodedata.normalize("NFKD", written) if c.isascii() and c.isalnum())
    for before, after in _ALIKE:
        plain = plain.replace(before, after)
    return "".join(c for n, c in enumerate(plain) if n == 0 or c != plain[n - 1])


# In this order: groups of letters first, then single letters that stand for sounds which other scripts write alike.
_ALIKE: Final = tuple(
    pair.split(">")
    for pair in _spelled("ph>f ch>s sh>s ou>u oo>u eo>o eu>u qu>k c>k q>k w>u y>i j>s g>k b>p v>p d>t z>s l>r f>p x>ks")
)


def _latin(c: str) -> str:
    place = ord(c) - _HANGUL_BASE
    if 0 <= place < _HANGUL_COUNT:
        return _INITIALS[place // 588] + _VOWELS[place % 588 // 28] + _FINALS[place % 28]
    return _CYRILLIC.get(c, c)

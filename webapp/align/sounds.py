"""How words sound, roughly, whatever they are written in: the consonants of a name survive from Latin to Cyrillic to Hangul.

A word becomes a row of consonant classes: “Macron”, «Макрон» and “마크롱” all give `mkrn`. Voiced and voiceless are one
class, so are l and r, and all that hisses; vowels are left out, because Korean has to add some and Russian and French write them
each in its own way.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# fmt: off
_LATIN_GROUPS: Final = (
    ("tsch", "S"), ("tch", "S"), ("sch", "S"), ("dj", "S"), ("sh", "S"), ("ch", "S"), ("ph", "P"), ("th", "T"), ("gh", "K"),
    ("kh", "K"), ("gn", "N"), ("qu", "K"), ("ck", "K"), ("ge", "S"), ("gi", "S"), ("ce", "S"), ("ci", "S"), ("cy",
    "S"), ("ts", "S"),
    ("ks", "KS"), ("x", "KS"),
)
_LATIN: Final = {
    "b": "P", "p": "P", "f": "P", "v": "P", "w": "P", "d": "T", "t": "T", "g": "K", "k": "K", "c": "K", "q": "K",
    "h": "", "j": "S",
    "s": "S", "z": "S", "l": "L", "r": "L", "m": "M", "n": "N",
}
_CYRILLIC: Final = {
    "б": "P", "в": "P", "п": "P", "ф": "P", "д": "T", "т": "T", "г": "K", "к": "K", "х": "K", "ж": "S", "ч": "S",
    "ш": "S", "щ": "S",
    "с": "S", "з": "S", "ц": "S", "л": "L", "р": "L", "м": "M", "н": "N",
}
# The letters of Hangul in the order of Unicode: 19 that begin a syllable, 27 that end it (the vowels are left out).
_INITIALS: Final = ("K", "K", "N", "T", "T", "L", "M", "P", "P", "S", "S", "", "S", "S", "S", "K", "T", "P", "")
_FINALS: Final = (
    "K", "K", "KS", "N", "NS", "N", "T", "L", "LK", "LM", "LP", "LS", "LT", "LP", "L", "M", "P", "PS", "S", "S", "N",
    "S", "S", "K",
    "T", "P", "",
)
# fmt: on
_REPEATED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Gives the consonant classes of a word; "" for one without letters that we know."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    text = decomposed
    for group, classes in _LATIN_GROUPS:
        text = text.replace(group, classes)
    return _REPEATED.sub(r"\1", "".join(_class_of(char) for char in text))


def _class_of(char: str) -> str:
    code = ord(char)
    if 0x1100 <= code <= 0x1112:
        return _INITIALS[code - 0x1100]
    if 0x11A8 <= code <= 0x11C2:
        return _FINALS[code - 0x11A8]
    if char.isupper():
        return char  # a class already
    return _LATIN.get(char) or _CYRILLIC.get(char, "")

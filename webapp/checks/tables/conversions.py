"""Nouns after which a number may be said otherwise in the other language: 18 mois is полтора года, huit siècles 800년.

`CONVERSIONS[language]` maps the noun's stem (the beginning of the word, in lower case) to (factor, offset) pairs: the number may
also stand for number × factor + offset.
"""

from fractions import Fraction
from typing import Final

_Change = tuple[Fraction, int | Fraction]

_CENTURY: Final[tuple[_Change, ...]] = ((Fraction(100), 0),)
_DECADE: Final[tuple[_Change, ...]] = ((Fraction(10), 0),)
_MONTH: Final[tuple[_Change, ...]] = ((Fraction(1, 12), 0),)
_HOUR: Final[tuple[_Change, ...]] = ((Fraction(1, 24), 0),)
_DAY: Final[tuple[_Change, ...]] = ((Fraction(1, 7), 0), (Fraction(1, 7), Fraction(-1, 7)))  # quinze jours are two weeks
_CENTIMETRE: Final[tuple[_Change, ...]] = ((Fraction(1, 100), 0),)
_FLOOR: Final[tuple[_Change, ...]] = ((Fraction(1), 1),)  # the French first floor is the second in Russia, Korea and America
_TIMES: Final[tuple[_Change, ...]] = ()  # handled as 1/n

CONVERSIONS: Final[dict[str, dict[str, tuple[_Change, ...]]]] = {
    "fr": {
        "siècle": _CENTURY, "décennie": _DECADE, "mois": _MONTH, "heure": _HOUR, "jour": _DAY,
        "centimètre": _CENTIMETRE, "étage": _FLOOR, "fois": _TIMES, "centaine": _CENTURY, "dizaine": _DECADE,
    },
    "en": {
        "centur": _CENTURY, "decade": _DECADE, "month": _MONTH, "hour": _HOUR, "day": _DAY,
        "centimet": _CENTIMETRE, "times": _TIMES, "dozen": ((Fraction(10), 0), (Fraction(12), 0)),
    },
    "ru": {
        "век": _CENTURY, "столети": _CENTURY, "десятилети": _DECADE, "месяц": _MONTH, "час": _HOUR, "дн": _DAY,
        "сантиметр": _CENTIMETRE, "раз": _TIMES, "сот": _CENTURY, "десятк": _DECADE,
    },
}  # fmt: skip

LONGEST_STEM: Final = 12

"""Figures: `1 234,5` in French and Russian, `1,234.5` in English and Korean, ranges, dates, times in digits."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from webapp.checks.reading.values import Key, Number, Strength

NO_BREAK: Final = "\u00a0\u202f\u2009\u2007"
SPACES: Final = " " + NO_BREAK
LITERAL: Final = re.compile(rf"[0-9]+(?:[.,'’{SPACES}][0-9]+)*")
_GROUP: Final = re.compile(r"[0-9]+")
_MOST_DIGITS: Final = 18  # beyond, a figure is compared by its digits: no arithmetic on what is not a quantity

NUMERIC_DATE: Final = re.compile(r"(?<![0-9./-])([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{2,4})(?![0-9./-]?[0-9])")
CLOCK: Final = re.compile(r"(?<![0-9:.,])([01]?[0-9]|2[0-4])[:.]([0-5][0-9])(?![0-9:%]|[.,][0-9])")

_THOUSANDS: Final = {"fr": SPACES + ".'’", "ru": SPACES + ".'", "en": NO_BREAK + ",'", "ko": ","}
_DECIMAL: Final = {"fr": ",", "ru": ",", "en": ".", "ko": "."}


def whole(digits: str) -> Key:
    """The value of plain digits."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits.lstrip("0")


def decimal(digits: str, fraction: str) -> Key:
    """The value of digits with decimals; `3,0` is 3."""
    if len(digits) + len(fraction) > _MOST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return f"{digits}.{fraction}"  # 00.92 is a slip: it equals nothing
    value = Fraction(int(digits + fraction), 10 ** len(fraction))
    return int(value) if value.denominator == 1 else value


def read_literal(match: re.Match[str], language: str) -> Iterator[Number]:
    """Reads one run of digits and separators, as LITERAL finds it, as the one or more numbers that it holds."""
    groups = list(_GROUP.finditer(match.string, match.start(), match.end()))
    first = 0
    while first < len(groups):
        last = _thousands_end(groups, first, language)
        number = _with_decimals(groups, first, last, language)
        yield number
        first = last + 1
        if first < len(groups) and groups[first].end() <= number.end:
            first += 1


def _separator(groups: list[re.Match[str]], index: int) -> str:
    """What stands after a group: one character, "" after the last."""
    return groups[index].string[groups[index].end()] if index + 1 < len(groups) else ""


def _thousands_end(groups: list[re.Match[str]], first: int, language: str) -> int:
    """The last group of a number whose thousands are set apart."""
    separator = _separator(groups, first)
    last = first
    if len(groups[first].group()) > 3 or not separator or separator not in _THOUSANDS[language]:
        return first
    while last + 1 < len(groups) and _separator(groups, last) == separator and len(groups[last + 1].group()) == 3:
        last += 1
    return last


def _with_decimals(groups: list[re.Match[str]], first: int, last: int, language: str) -> Number:
    texts = [group.group() for group in groups[first : last + 1]]
    start, end = groups[first].start(), groups[last].end()
    digits = "".join(texts)
    separator = _separator(groups, last)
    if separator and separator in ".," and _is_decimal(groups, last, separator, language, plain=last == first):
        fraction = groups[last + 1].group()
        return _decimal_number(start, groups[last + 1].end(), digits, fraction)
    if last == first:
        return Number(start, end, (whole(digits),))
    keys: tuple[Key, ...] = (whole(digits),)
    if last == first + 1 and groups[first].string[groups[first].end()] == "." and len(digits) <= _MOST_DIGITS:
        keys = (*keys, decimal(*texts))  # 1.500 in French: thousands, or an English decimal
    if any(text.startswith("0") for text in texts[1:]):
        return Number(start, end, keys)
    return Number(start, end, keys, parts=(tuple(whole(text) for text in texts),))  # or numbers that only stand side by side


def _is_decimal(groups: list[re.Match[str]], last: int, separator: str, language: str, *, plain: bool) -> bool:
    """Whether the separator after `last` opens decimals: the language's mark, or the other where it cannot mean thousands."""
    if separator == _DECIMAL[language]:
        return True
    return plain and last + 2 == len(groups) and len(groups[last + 1].group()) != 3


def _decimal_number(start: int, end: int, digits: str, fraction: str) -> Number:
    value = decimal(digits, fraction)
    parts: list[tuple[Key, ...]] = [(whole(digits), whole(fraction))]  # article 49.3 is the French 49-3
    if fraction.rstrip("0") == "5":
        parts.append((whole(digits), Fraction(1, 2)))
    keys: tuple[Key, ...] = (value,)
    if len(fraction) == 2 and int(fraction) < 60 and len(digits) <= 2 and int(digits) <= 24:
        keys = (value, clock(int(digits), int(fraction)))
    return Number(start, end, keys, parts=tuple(parts))


def clock(hour: int, minute: int = 0) -> str:
    """The key of a time of day."""
    return f"{hour % 24}:{minute:02}"


def read_numeric_date(match: re.Match[str]) -> tuple[Number, ...]:
    """12/05/2024 or 2024-05-12: the day and the month are the date check's; here they may answer, the year must."""
    numbers = []
    for index in (1, 3, 4):
        text = match.group(index)
        is_year = len(text) == 4
        strength = Strength.FIGURE if is_year else Strength.HINT
        keys: tuple[Key, ...] = (int(text), int(text) % 100) if is_year else (int(text),)
        numbers.append(Number(match.start(index), match.end(index), keys, strength))
    return tuple(numbers)


_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CYRILLIC_ROMAN: Final = str.maketrans("ХІМ", "XIM")


def roman_value(text: str) -> int:
    """The value of a well-formed Roman numeral; Cyrillic look-alikes count."""
    values = [_ROMAN_VALUES[letter] for letter in text.translate(_CYRILLIC_ROMAN)]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))

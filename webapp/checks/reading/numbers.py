"""Reads the numbers of a text in one of our languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Final

from webapp.checks.reading.korean import read_korean
from webapp.checks.reading.literals import CLOCK, LITERAL, NUMERIC_DATE, clock, read_literal, read_numeric_date, roman_value
from webapp.checks.reading.spelled import Composer, Token
from webapp.checks.reading.values import Key, Number, Strength
from webapp.checks.tables.clock_words import HOUR
from webapp.checks.tables.conversions import CONVERSIONS, LONGEST_STEM
from webapp.checks.tables.korean_numbers import SCALES
from webapp.checks.tables.number_words import RUSSIAN_PREFIXES, RUSSIAN_SCALE_STEMS, WORDS, Role, Word

_ROMAN: Final = r"(?P<roman>[IVXLCDMХІМ]+)(?:-?(?:e|er|re|ère|ème|th|st|nd|rd|го|й|м))?(?![^\W_])"
_SCAN: Final = re.compile(rf"(?P<figure>[0-9])|(?<![^\W_]){_ROMAN}|(?P<word>[^\W\d_]+)")
_WELL_FORMED: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_AROUND_RANGE: Final = re.compile(r"\s?(?:[-–—~/]|à|et|ou|to|and|or|до|и|или)\s?")
_DECADE_BEFORE: Final = re.compile(r"(?:années|décennies?) (?:\d\d(?:\d\d)?[-, et]+)*$", re.IGNORECASE)
_DECADE_AFTER: Final = re.compile(r"['’]?s\b|-?(?:е|х|ые|ых|годы|годов)\b|-е| (?:годы|годов|годах)\b")
_NEXT_WORD: Final = re.compile(r"[\s\u00a0\u202f-]?(?:(?:autre|dernière?)s?\s)?([^\W\d_]+)")
_SPAN: Final = re.compile(r"\s?(?:[-–—~]|au|à|to|по|до)\s?")
_CENTURY: Final = re.compile(r"(?:e|ème)?[\s\u00a0\u202f](?:siècle|век)", re.IGNORECASE)
_DIVIDED: Final = re.compile(r"divis\w+ par $", re.IGNORECASE)
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ]")


@lru_cache(maxsize=4096)
def read_numbers(text: str, language: str) -> tuple[Number, ...]:
    """Reads every number of a text, in reading order; never raises, takes time linear in the text.

    `language` is fr, en, ru or ko; any other is read like English, figures only.
    """
    if language == "ko":
        return tuple(_in_context(text, language, list(read_korean(text))))
    composer = Composer(text, language)
    composed: list[Number] = []
    for item in _scan(text, language):
        if isinstance(item, Number):
            composed.append(item)
        elif item.number is not None:
            composer.figure(item)
        else:
            composer.word(item)
    numbers = sorted([*composed, *composer.finish()], key=lambda n: n.start)
    return tuple(_in_context(text, language, numbers))


def _scan(text: str, language: str) -> Iterator[Token | Number]:
    words = WORDS.get(language, {})
    position = 0
    while match := _SCAN.search(text, position):
        position = match.end()
        if match["figure"]:
            found, position = _figures(text, match.start(), language)
            yield from found
        elif match["roman"] and (roman := _roman(match)) is not None:
            yield roman
        else:
            word = match.group().lower()
            entry = words.get(word) or (_russian_compound(word) if language == "ru" else None)
            yield Token(word, match.start(), match.end(), entry=entry)


def _figures(text: str, start: int, language: str) -> tuple[list[Token | Number], int]:
    """Reads what begins with a digit, and says where to go on."""
    if date := NUMERIC_DATE.match(text, start):
        return [*read_numeric_date(date)], date.end()
    time = CLOCK.match(text, start)
    if time and (":" in time.group() or language == "ru"):
        hour, minute = int(time[1]), int(time[2])
        parts: tuple[tuple[Key, ...], ...] = ((hour, minute), (hour, Fraction(minute, 60)))
        return [Number(time.start(), time.end(), (clock(hour, minute),), parts=parts)], time.end()
    literal = LITERAL.match(text, start)
    if literal is None:  # pragma: no cover # it begins with a digit
        return [], start + 1
    tokens: list[Token | Number] = []
    for number in read_literal(literal, language):
        weaker = number.keys[0] == 1 or _is_code(text, number)  # 1 sur 4 is каждый четвёртый
        read = replace(number, strength=Strength.WORD) if weaker else number
        tokens.append(Token("", read.start, read.end, number=read))
    return tokens, literal.end()


def _is_code(text: str, number: Number) -> bool:
    """Whether the figure is part of a name: F-16, Covid-19, G20, 5G."""
    before = text[max(0, number.start - 2) : number.start]
    if _LATIN.match(before[-1:]) or (before[-1:] in {"-", "\u2011"} and _LATIN.match(before)):
        return True
    after = text[number.end : number.end + 2]
    return after[:1].isupper() and not after[1:].isalpha()


def _roman(match: re.Match[str]) -> Number | None:
    text = match["roman"].translate(str.maketrans("ХІМ", "XIM"))
    if not _WELL_FORMED.fullmatch(text) or (len(text) > 1 and not set(text) & set("IVX")):
        return None
    alone = len(match.group()) == 1
    strength = Strength.HINT if alone or set(text) & set("LCDM") else Strength.WORD
    if strength is Strength.WORD and _CENTURY.match(match.string, match.end()):
        strength = Strength.FIGURE
    return Number(match.start(), match.end(), (roman_value(text),), strength)


def _russian_compound(word: str) -> Word | None:
    """Reads двадцативосьмичасового as 28, 20-миллиардный as its scale, десятимиллионный as ten millions."""
    if len(word) < 7:
        return None
    rest, above = word, 10_000
    value: int | Fraction = 0
    while found := next(
        ((p, v) for p, v in RUSSIAN_PREFIXES if v < above and rest.startswith(p) and len(rest) - len(p) >= 3), None
    ):
        rest, above = rest[len(found[0]) :], 10 if found[1] >= 20 else 1
        value += found[1]
    scale = next((scale for stem, scale in RUSSIAN_SCALE_STEMS if rest.startswith(stem)), 0)
    if scale:
        return Word(Role.HINT, (value * scale,)) if value else Word(Role.SCALES, (scale,))
    return Word(Role.HINT, (value,)) if value else None


def _in_context(text: str, language: str, numbers: list[Number]) -> Iterator[Number]:
    """Adds what a number may stand for because of what is around it, and drops minutes that its hour has taken."""
    hour = HOUR.get(language)
    taken = -1
    for index, number in enumerate(numbers):
        if number.start < taken:
            continue
        read = number
        if hour is not None and (match := hour.match(text, number.end)):
            read = _as_time(number, match, strict=language == "fr" and number.strength is Strength.FIGURE)
            taken = read.end
        yield _near_others(text, _before_noun(text, language, read), numbers, index)
        if index + 1 < len(numbers):
            yield from _between(text, read, numbers[index + 1])


def _before_noun(text: str, language: str, number: Number) -> Number:
    """Adds what the number may become in another unit: 18 mois, huit siècles, trois fois moins."""
    value = number.keys[0]
    stems = CONVERSIONS.get(language)
    match = _NEXT_WORD.match(text, number.end)
    if isinstance(value, str) or not value:
        return number
    if language == "fr" and _DIVIDED.search(text[max(0, number.start - 14) : number.start]):
        return number.also(Fraction(1, value))
    if not stems or not match:
        return number
    word = match[1].lower()
    for length in range(2, min(len(word), LONGEST_STEM) + 1):
        changes = stems.get(word[:length])
        if changes is not None:
            values = [value * factor + offset for factor, offset in changes] or [1 / Fraction(value)]
            return number.also(*(v for v in values if (v * 2).denominator == 1 or not changes))
    return number


def _between(text: str, number: Number, following: Number) -> Iterator[Number]:
    """The days between 21 and 23, which the other language may name one by one."""
    low, high = number.keys[0], following.keys[0]
    if not isinstance(low, int) or not isinstance(high, int) or not 1 < high - low < 5:
        return
    if _SPAN.fullmatch(text[number.end : following.start][:12]):
        for value in range(low + 1, high):
            yield Number(number.end, following.start, (value,), Strength.HINT)


def _as_time(number: Number, match: re.Match[str], *, strict: bool) -> Number:
    """Adds the time of day; `strict` takes the hour as the French write it in figures, from 0 to 24."""
    groups = match.groupdict()
    value = number.keys[0]
    if isinstance(value, str) and ":" in value:
        before, _, after = value.partition(":")
        value, minute = int(before), int(after)
    else:
        minute = int(groups.get("minutes") or 0)
    if not isinstance(value, int) or value > 24:
        return number
    morning = groups.get("am") or groups.get("am2")
    afternoon = groups.get("pm") or groups.get("pm2")
    hours = (value,) if strict and not afternoon else hours_meant(value, morning=bool(morning), afternoon=bool(afternoon))
    times: tuple[Key, ...] = tuple(clock(hour, minute) for hour in hours)
    parts: tuple[tuple[Key, ...], ...] = ((value, minute), (value, Fraction(minute, 60))) if minute else ()
    sure = bool(minute or groups.get("am") or groups.get("pm"))  # два дня are two days, or two in the afternoon
    keys = times if sure else (value, *times)
    end = match.end() if minute or morning or afternoon else number.end
    return Number(number.start, end, keys, number.strength, parts)


def hours_meant(hour: int, *, morning: bool, afternoon: bool) -> tuple[int, ...]:
    """The hours of the day that a spoken hour may mean: 6 in the evening is 18, 6 alone both."""
    if afternoon:
        return (hour % 12 + 12,)
    if morning:
        return (hour % 12,)
    return (hour, hour + 12) if 0 < hour < 12 else (hour, hour - 12) if hour == 12 else (hour,)


def _near_others(text: str, number: Number, numbers: list[Number], index: int) -> Number:
    value = number.keys[0]
    if not isinstance(value, int):
        return number
    extra: list[Key] = []
    if 10 <= value <= 2100 and value % 10 == 0 and _is_decade(text, number):
        extra.append(value % 100 if value >= 1000 else 1900 + value)
    if index and 0 <= value < 100:
        before = numbers[index - 1]
        year = before.keys[0]
        if isinstance(year, int) and 1000 <= year < 2200 and text[before.end : number.start] in {"-", "–", "/", "\u2011"}:
            extra.append(year // 100 * 100 + value)
    if index + 1 < len(numbers) and value < 1000:
        extra += _shared_scale(text, number, numbers[index + 1])
    return number.also(*extra) if extra else number


def _shared_scale(text: str, number: Number, following: Number) -> list[Key]:
    """2 à 3 millions: the 2 may be two millions."""
    gap = text[number.end : following.start]
    if len(gap) > 6 or not _AROUND_RANGE.fullmatch(gap):
        return []
    words = text[following.start : following.end].lower().split()
    if following.end and (scale := SCALES.get(text[following.end - 1])):
        return [number.keys[0] * scale] if not isinstance(number.keys[0], str) else []
    scales = [w.values[0] for word in words[1:] for table in WORDS.values() if (w := table.get(word)) and w.role in _SCALE_ROLES]
    value = number.keys[0]
    return [value * scale for scale in dict.fromkeys(scales) if not isinstance(value, str)]


_SCALE_ROLES: Final = (Role.SCALE, Role.SCALES)


def _is_decade(text: str, number: Number) -> bool:
    return bool(_DECADE_AFTER.match(text, number.end) or _DECADE_BEFORE.search(text[max(0, number.start - 40) : number.start]))

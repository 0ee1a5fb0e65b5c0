"""Reads the months, with their days where they have one, out of a text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from webapp.checks.reading.literals import NUMERIC_DATE
from webapp.checks.tables.calendar_words import MONTHS

_DAY: Final = r"(?<![0-9])(?P<{name}>[12][0-9]|3[01]|0?[1-9])"
_PATTERNS: Final = {
    "fr": re.compile(
        rf"(?:{_DAY.format(name='day')}(?:er)?[\s\u00a0\u202f-]|(?P<first>premier) )?(?<![^\W_])(?:{MONTHS['fr']})(?![^\W_])",
        re.IGNORECASE,
    ),
    "en": re.compile(
        rf"(?:{_DAY.format(name='day')}(?:st|nd|rd|th)?(?: of)?[\s\u00a0])?(?<![^\W_])(?:{MONTHS['en']})(?![^\W_])"
        r"(?:[\s\u00a0](?P<day2>[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9]|[.,][0-9]|:))?"
    ),
    "ru": re.compile(
        rf"(?:{_DAY.format(name='day')}(?:-?го|-?е|-?му)?[\s\u00a0]|(?P<first>перв\w+) )?(?<![^\W_])(?:{MONTHS['ru']})(?![^\W_])",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?<![0-9.])(?:(?P<from>1[0-2]|0?[1-9])(?:월)?\s?[~∼–-]\s?)?(?P<month>1[0-2]|"
        r"0?[1-9])월(?!드)(?:\s?(?P<day>[12][0-9]|3[01]|0?[1-9])일)?"
    ),
}
_SHORT: Final = re.compile(r"(?<![0-9/·.])(1[0-2]|[1-9])[·/]([12][0-9]|3[01]|[1-9])(?![0-9/·])")
_AUTUMN: Final = re.compile(r"\brentrée\b", re.IGNORECASE)  # the school year begins in September
_SURE_BEFORE: Final = re.compile(
    r"(?:\b(?:in|of|since|until|by|from|to|on|early|late|mid|last|next|this|between|and|before|after|through|every)[\s-])$",
    re.IGNORECASE,
)


class DateMention(NamedTuple):
    """A month of 1 to 12 with its day of 1 to 31, if any; `sure` is false for what may be no date at all (May, 9/11)."""

    start: int
    end: int
    month: int
    day: int | None
    sure: bool = True


@lru_cache(maxsize=4096)
def read_dates(text: str, language: str) -> tuple[DateMention, ...]:
    """Reads the months that a text names, in reading order; takes time linear in the text."""
    found = [*_numeric(text, language), *_named(text, language)]
    return tuple(sorted(found))


def _named(text: str, language: str) -> Iterator[DateMention]:
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        groups = match.groupdict()
        day = groups.get("day") or groups.get("day2") or ("1" if groups.get("first") else None)
        if language == "ko":
            month = int(match["month"])
            if groups["from"]:
                yield DateMention(match.start(), match.end(), int(groups["from"]), None, sure=False)
                yield DateMention(match.start(), match.end(), month, int(day) if day else None, sure=bool(day))
                continue
        else:
            month = next(number for number in range(1, 13) if groups[f"m{number}"])
        yield DateMention(
            match.start(), match.end(), month, int(day) if day else None, _is_sure(text, language, match, month, day)
        )


def _is_sure(text: str, language: str, match: re.Match[str], month: int, day: str | None) -> bool:
    """May opens questions, mars is a planet, March walks: without a day they need a preposition."""
    if day or language == "ko":
        return True
    word = match.group()
    if language == "en":
        return month not in {3, 5} or bool(_SURE_BEFORE.search(text[max(0, match.start() - 12) : match.start()]))
    if language == "fr":
        return word[0].islower()
    return word[0].islower() and (len(word) > 3 or word in {"мая", "май", "мае"})


def _numeric(text: str, language: str) -> Iterator[DateMention]:
    for match in NUMERIC_DATE.finditer(text):
        first, second, last = int(match[1]), int(match[3]), int(match[4])
        if len(match[1]) == 4:
            yield from _mention(match, second, last, sure=True)
        elif language == "en":
            yield from _mention(match, first, second, sure=second > 12)
            if first != second:
                yield from _mention(match, second, first, sure=first > 12)
        elif language != "ko":
            yield from _mention(match, second, first, sure=True)
    if language == "fr":
        for match in _AUTUMN.finditer(text):
            yield DateMention(match.start(), match.end(), 9, None, sure=False)
    for match in _SHORT.finditer(text):
        yield from _mention(match, int(match[1]), int(match[2]), sure=False)


def _mention(match: re.Match[str], month: int, day: int, *, sure: bool) -> Iterator[DateMention]:
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield DateMention(match.start(), match.end(), month, day, sure)

"""Reads the numbers of Korean: figures with 만, 억 and 조, Sino-Korean and native numerals before a counter, hours, fractions."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from webapp.checks.reading.literals import CLOCK, NUMERIC_DATE, clock, decimal, read_numeric_date, whole
from webapp.checks.reading.values import Key, Number, Strength
from webapp.checks.tables.clock_words import KOREAN_AFTERNOON, KOREAN_MORNING
from webapp.checks.tables.korean_numbers import (
    COUNTERS,
    HINTS,
    NATIVE_TENS,
    NATIVE_UNITS,
    SCALES,
    SINO_DIGITS,
    SINO_PLACES,
)

_COUNTER: Final = "|".join(sorted(COUNTERS, key=len, reverse=True))
_DAYTIME: Final = "|".join(KOREAN_MORNING | KOREAN_AFTERNOON)
_TENS: Final = "|".join(NATIVE_TENS)
_FULL: Final = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉"
_SINO: Final = "일이삼사오육륙칠팔구십백천만억조"
_BEFORE: Final = r"(?<![가-힣0-9])"
_HINT: Final = "|".join(sorted(HINTS, key=len, reverse=True))

_PIECE: Final = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?(?:\s?여)?\s?(?P<scale>[십백천]?[만억조]|[십백천])?(?:\s?여)?"
)
_FRACTION: Final = re.compile(r"(?P<below>[0-9]{1,4})(?P<scale>[만억])?\s?분의\s?(?P<above>[0-9]{1,4})")
_HOUR: Final = re.compile(
    rf"(?:(?P<part>{_DAYTIME})\s?)?(?:(?P<digits>[0-9]{{1,2}})|{_BEFORE}(?P<native>열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉))\s?시(?![간가-힣])"
    r"(?:\s?(?:(?P<minutes>[0-5]?[0-9])분|(?P<half>반)))?"
    rf"|(?:(?P<part2>{_DAYTIME})\s?)?(?P<digits2>[0-9]{{1,2}})시(?!간)(?:\s?(?:(?P<minutes2>[0-5]?[0-9])분|(?P<half2>반)))?"
)
_MONTH: Final = re.compile(r"(?:1[0-2]|0?[1-9])(?:\s?[~∼\-–·,]\s?(?:1[0-2]|0?[1-9])){0,4}월(?!드)")
_PAIR: Final = re.compile(r"([0-9]{1,2})·([0-9]{1,2})(?![0-9])")
_TIGHT: Final = "명|개|번|배|달|시|살|곳|차례|가지|사람|마리|여"  # counters that are also written without a space
_NATIVE: Final = re.compile(
    rf"{_BEFORE}(?:(?P<tens>{_TENS})\s?(?P<units>{_FULL}|(?:한|두|세|네)(?=\s|{_TIGHT}))|(?P<ten>열)(?=\s|여|{_TIGHT})|"
    rf"(?P<tens2>(?!열){_TENS})"
    rf"|(?P<small>두|세|네|한)(?=\s|{_TIGHT})|(?P<old>석|넉)(?=\s?(?:달|장|자)))"
)
_WORD_ALONE: Final = re.compile(rf"{_BEFORE}(?:{_FULL})")
_SPELLED: Final = re.compile(rf"{_BEFORE}(?P<sino>[{_SINO}]{{2,12}}|[십백천만])(?:\s?여)?(?=\s?(?:{_COUNTER}))")
_HINTED: Final = re.compile(rf"(?:{_BEFORE}|(?<=[0-9년간일]))(?P<hint>{_HINT})")
_SCAN: Final = re.compile(r"[0-9]|[가-힣]")


def read_korean(text: str) -> Iterator[Number]:
    """Reads every number of a Korean text, in reading order."""
    position = 0
    chain: list[Number] = []
    for number in _pieces(text, position):
        if chain and _continues(text, chain[-1], number):
            chain.append(number)
            continue
        yield from _joined(chain)
        chain = [number]
    yield from _joined(chain)


def _pieces(text: str, position: int) -> Iterator[Number]:
    while match := _SCAN.search(text, position):
        start = match.start()
        numbers, end = _at(text, start)
        yield from numbers
        position = max(end, start + 1)


def _at(text: str, start: int) -> tuple[tuple[Number, ...], int]:
    """Reads the number that begins at `start`, if any, and says where to go on."""
    for pattern, read in _READERS:
        if match := pattern.match(text, start):
            return read(match), match.end()
    return (), start + 1


def _date(match: re.Match[str]) -> tuple[Number, ...]:
    return read_numeric_date(match)


def _month(match: re.Match[str]) -> tuple[Number, ...]:
    return ()  # the date check reads months


def _pair(match: re.Match[str]) -> tuple[Number, ...]:
    """9·11 is a date, 1·2위 two ranks."""
    return tuple(Number(match.start(i), match.end(i), (int(match[i]),), Strength.HINT) for i in (1, 2))


def _fraction(match: re.Match[str]) -> tuple[Number, ...]:
    below, above = int(match["below"]) * SCALES.get(match["scale"] or "", 1), int(match["above"])
    if not below:
        return (Number(match.start(), match.end(), (above,)),)
    parts: tuple[tuple[Key, ...], ...] = ((above, below), (above, Fraction(1, below)))
    return (Number(match.start(), match.end(), (Fraction(above, below),), parts=parts),)


def _clock(match: re.Match[str]) -> tuple[Number, ...]:
    hour, minute = int(match[1]), int(match[2])
    return (Number(match.start(), match.end(), (clock(hour, minute),), parts=((hour, minute),)),)


def _hour(match: re.Match[str]) -> tuple[Number, ...]:
    digits = match["digits"] or match["digits2"]
    part = match["part"] or match["part2"]
    minutes = int(match["minutes"] or match["minutes2"] or (30 if match["half"] or match["half2"] else 0))
    native = match["native"]
    hour = int(digits) if digits else NATIVE_TENS.get(native[0], 0) + NATIVE_UNITS.get(native.removeprefix("열"), 0)
    if hour > 24:
        return (Number(match.start(), match.end(), (hour,)),)
    hours: tuple[int, ...] = (hour, hour + 12) if 0 < hour < 12 else (hour, hour - 12) if hour == 12 else (hour,)
    if part in KOREAN_AFTERNOON and hour <= 12:
        hours = (hour % 12 + 12, hour % 12) if part in {"밤", "낮"} else (hour % 12 + 12,)
    elif part in KOREAN_MORNING:
        hours = (hour % 12,)
    times: tuple[Key, ...] = tuple(clock(h, minutes) for h in hours)
    parts: tuple[tuple[Key, ...], ...] = ((hour, minutes), (hour, Fraction(minutes, 60))) if minutes else ()
    strength = Strength.FIGURE if digits else Strength.WORD
    keys = times if minutes or part else (hour, *times)
    return (Number(match.start(), match.end(), keys, strength, parts),)


def _piece(match: re.Match[str]) -> tuple[Number, ...]:
    digits, decimals = match["digits"].replace(",", ""), match["decimals"]
    value = decimal(digits, decimals[1:]) if decimals else whole(digits)
    scale = 1
    for letter in match["scale"] or "":
        scale *= SINO_PLACES.get(letter) or SCALES[letter]
    text, start = match.string, match.start()
    if isinstance(value, str):
        return (Number(start, match.end(), (value,)),)
    keys: tuple[Key, ...] = (value * scale,)
    if match["scale"] == "조":
        keys = (*keys, value)  # 제5조 is Article 5
    if text.startswith("분", match.end()) and value in {15, 30, 45}:
        keys = (*keys, Fraction(value, 60))
    if text.startswith(("년대", "대"), match.end()) and 10 <= value <= 2100:
        keys = (*keys, value % 100 if value >= 1000 else 1900 + value)
    before = text[max(0, start - 2) : start]
    is_code = before[-1:].isascii() and (
        before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha() and before[:1].isascii())
    )
    hint = value == 1 and scale == 1  # 1위, 1분, 1유로당: written where the others write nothing
    strength = Strength.HINT if hint else Strength.WORD if is_code else Strength.FIGURE
    parts: tuple[tuple[Key, ...], ...] = ()
    if decimals and scale == 1:
        parts = ((whole(digits), whole(decimals[1:])), *([(whole(digits), Fraction(1, 2))] if decimals == ".5" else []))
    return (Number(start, match.end(), keys, strength, parts),)


def _native(match: re.Match[str]) -> tuple[Number, ...]:
    tens = match["tens"] or match["ten"] or match["tens2"] or ""
    value = NATIVE_TENS.get(tens, 0) + NATIVE_UNITS.get(match["units"] or match["small"] or match["old"] or "", 0)
    return (Number(match.start(), match.end(), (value,), Strength.HINT if match["small"] == "한" else Strength.WORD),)


def _alone(match: re.Match[str]) -> tuple[Number, ...]:
    return (Number(match.start(), match.end(), (NATIVE_UNITS[match.group()],), Strength.WORD),)


def _sino(match: re.Match[str]) -> tuple[Number, ...]:
    value = sino_value(match["sino"])
    return (Number(match.start(), match.start() + len(match["sino"]), (value,), Strength.HINT),) if value is not None else ()


def sino_value(text: str) -> int | None:
    """The value of a Sino-Korean numeral such as 삼십오만, None when it is not one."""
    total = section = digit = 0
    for letter in text:
        if letter in SINO_DIGITS:
            if digit:
                return None
            digit = SINO_DIGITS[letter]
        elif letter in SINO_PLACES:
            section += (digit or 1) * SINO_PLACES[letter]
            digit = 0
        else:
            total += (section + digit or 1) * SCALES[letter]
            section = digit = 0
    return total + section + digit


def _hint(match: re.Match[str]) -> tuple[Number, ...]:
    keys = HINTS[match["hint"]]
    return (Number(match.start(), match.end(), keys, Strength.HINT),) if keys else ()


_READERS: Final = (
    (NUMERIC_DATE, _date),
    (_FRACTION, _fraction),
    (CLOCK, _clock),
    (_HOUR, _hour),
    (_MONTH, _month),
    (_PAIR, _pair),
    (_PIECE, _piece),
    (_NATIVE, _native),
    (_WORD_ALONE, _alone),
    (_SPELLED, _sino),
    (_HINTED, _hint),
)


_LAW_PART: Final = re.compile(r"\s?[항호목]")


def _continues(text: str, before: Number, number: Number) -> bool:
    """Whether a piece goes on with the number before it: 1억 2,500만, 3만 5천."""
    if (
        before.strength is not Strength.FIGURE
        or not (number.strength is Strength.FIGURE or text[number.start].isdecimal())  # 1조 1개: a hint by itself
        or text[before.end - 1] not in "만억조천백"
    ):
        return False
    if text[before.end - 1] == "조" and _LAW_PART.match(text, number.end):
        return False  # 49조 3항 is Article 49, paragraph 3
    gap = text[before.end : number.start]
    value, above = number.keys[0], before.keys[0]
    if gap.strip() or len(gap) > 1 or isinstance(value, str) or isinstance(above, str):
        return False
    is_year = gap and text.startswith("년", number.end) and 1000 <= value < 2200
    return not is_year and value < {"만": 10**4, "억": 10**8, "조": 10**12, "천": 1000, "백": 100}[text[before.end - 1]]


def _joined(chain: list[Number]) -> Iterator[Number]:
    if len(chain) < 2:
        yield from chain
        return
    values = [number.keys[0] for number in chain]
    total = sum(value for value in values if not isinstance(value, str))
    yield Number(chain[0].start, chain[-1].end, (total,), Strength.FIGURE, (tuple(values),))

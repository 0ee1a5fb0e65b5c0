"""Plants wrong figures and dates; see `checks_planting`."""

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from bench.checks_planting import Row, broken, kind, replaced
from webapp.checks.base import CheckInput
from webapp.checks.reading.dates import read_dates
from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Strength


def _figures(row: Row, language: str) -> list[re.Match[str]]:
    """Runs of digits that no date reading claims (Korean writes months in digits)."""
    dates = read_dates(row[language], language)
    return [
        m for m in re.finditer(r"(?<![A-Za-z0-9])[0-9]+", row[language]) if not any(d.start <= m.start() < d.end for d in dates)
    ]


# --- numbers ----------------------------------------------------------------------------------------------------------


@kind("a digit changed", "numbers")
def _digit_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for match in _figures(row, language):
        place = random.randrange(match.start(), match.end())
        digit = str((int(row[language][place]) + random.randint(1, 8)) % 9 + 1)
        if digit != row[language][place]:
            yield broken(row, language, replaced(row[language], place, place + 1, digit))


@kind("digits doubled", "numbers")
def _digits_doubled(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for match in _figures(row, language):
        yield broken(row, language, replaced(row[language], match.start(), match.end(), match.group() * 2))


@kind("a decimal mark lost", "numbers")
def _decimal_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    mark = "," if language == "ru" else r"\."
    for match in re.finditer(rf"(?<=[0-9]){mark}(?=[0-9])", row[language]):
        yield broken(row, language, replaced(row[language], match.start(), match.end(), ""))


_SCALES: Final = {
    "en": (("billion", "million"), ("million", "billion")),
    "ru": (("млрд", "млн"), ("млн", "тыс.")),
    "ko": (("억", "만"), ("만", "천")),
}


@kind("million for billion", "numbers")
def _scale_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for old, new in _SCALES[language]:
        if match := re.search(rf"(?<=[0-9]){old}|(?<=[0-9][ \u00a0]){old}(?=[ ,.])", row[language]):
            yield broken(row, language, replaced(row[language], match.start(), match.end(), new))


@kind("a figure left out", "numbers")
def _figure_lost(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    french = {key for n in read_numbers(row["fr"], "fr") if n.strength is Strength.FIGURE for key in n.keys[:1]}
    for number in read_numbers(row[language], language):
        text = row[language][number.start : number.end]
        if number.strength is Strength.FIGURE and text[0].isdigit() and number.keys[0] in french - {1}:
            start = number.start - (number.start > 0 and row[language][number.start - 1] in " \u00a0")
            yield broken(row, language, replaced(row[language], start, number.end, ""))


@kind("a figure added", "numbers")
def _figure_added(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    added = {"en": ", including 37 on Monday", "ru": ", из них 37 в понедельник", "ko": " 이 중 37명은 월요일이다."}[language]
    yield broken(row, language, row[language].rstrip(".") + added)


_WORDS: Final = {
    "en": "two:five three:eight four:nine seven:four eleven:thirteen sixty:ninety thirty:forty "
    "twenty-seven:twenty-nine forty-eight:thirty-eight",
    "ru": "двое:пятеро три:восемь четыре:девять семеро:четверо одиннадцати:тринадцати шестьдесят:девяносто тридцать:сорок "
    "два:шесть сорок:двадцать",
    "ko": "두:다섯 세:여덟 네:아홉",
}


@kind("a spelled number changed", "numbers")
def _word_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    for pair in _WORDS[language].split():
        old, new = pair.split(":")
        if match := re.search(rf"(?<![^\W_-]){old}(?= )", row[language], re.IGNORECASE):
            yield broken(row, language, replaced(row[language], match.start(), match.end(), new))


@kind("another time of day", "numbers")
def _time_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    swaps = {"en": (("p.m.", "a.m."), ("a.m.", "p.m.")), "ru": (("18:30", "8:30"), ("20:00", "8:00"), ("утра", "вечера"))}
    for old, new in {**swaps, "ko": (("오후 ", "오전 "), ("오전 ", "오후 "), ("새벽 ", "오후 "))}[language]:
        if old in row[language] and re.search(r"\d ?h|heures", row["fr"]):
            yield broken(row, language, row[language].replace(old, new, 1))


# --- dates ------------------------------------------------------------------------------------------------------------

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
}


@kind("another month", "dates")
def _month_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    months = _MONTHS[language].split()
    for index, month in enumerate(months):
        if match := re.search(rf"(?<![^\W_]){month}(?![^\W\d_])", row[language]):
            other = months[(index + random.randint(1, 11)) % 12]
            yield broken(row, language, replaced(row[language], match.start(), match.end(), other))


@kind("another day of the month", "dates")
def _day_changed(row: Row, language: str, random: Random) -> Iterator[CheckInput]:
    pattern = {"en": r"(?<=[a-z] )\d{1,2}(?=,? \d{4})", "ru": r"\d{1,2}(?= [а-я]+ \d{4})", "ko": r"(?<=월 )\d{1,2}(?=일)"}[
        language
    ]
    for match in re.finditer(pattern, row[language]):
        day = (int(match.group()) + random.randint(1, 26)) % 28 + 1
        if day != int(match.group()) and len(read_dates(row["fr"], "fr")) == 1 and " au " not in row["fr"]:
            yield broken(row, language, replaced(row[language], match.start(), match.end(), str(day)))

"""Months and weekdays: regular expressions whose group names the month (m1 … m12) or the weekday (d1, Monday … d7)."""

import re
from typing import Final

_MONTHS: Final = {
    "fr": r"janvier|janv\. février|févr?\. mars avril|avr\. mai juin juillet|juil\. août|aout septembre|sept\. octobre|oct\. "
    r"novembre|nov\. décembre|déc\.",
    "en": r"January|Jan\. February|Feb\. March|Mar\. April|Apr\. May June July August|Aug\. September|Sept?\. October|Oct\. "
    r"November|Nov\. December|Dec\.",
    "ru": r"январ[ьяюе]\w* феврал[ьяюе]\w* март[ауеo]?|мартом|мартовск\w+ апрел[ьяюе]\w* ма[йяюе]|маем|майск\w+ июн[ьяюе]\w* "
    r"июл[ьяюе]\w* август[ауе]?|августом|августовск\w+ сентябр[ьяюе]\w* октябр[ьяюе]\w* ноябр[ьяюе]\w* декабр[ьяюе]\w*",
}  # fmt: skip
_WEEKDAYS: Final = {
    "fr": "lundis? mardis? mercredis? jeudis? vendredis? samedis? dimanches?|dominical\\w*",
    "en": "Mondays? Tuesdays? Wednesdays? Thursdays? Fridays? Saturdays? Sundays?",
    "ru": r"понедельник\w* вторник\w* сред[аыуе]|средам|средой четверг\w* пятниц\w*|пятничн\w* "
    r"суббот\w* воскресен[ьи]\w*|воскресн\w+",
    "ko": r"월요|\(월\) 화요|\(화\) 수요(?=일)|\(수\) 목요|\(목\) 금요|\(금\) 토요|\(토\) 일요|\(일\)",
}  # fmt: skip


def _named(prefix: str, row: str) -> str:
    return "|".join(f"(?P<{prefix}{number}>{forms})" for number, forms in enumerate(row.split(" "), start=1))


MONTHS: Final = {language: _named("m", row) for language, row in _MONTHS.items()}
WEEKDAYS: Final = {
    language: re.compile(
        _named("d", row) if language == "ko" else rf"\b(?:{_named('d', row)})\b", 0 if language == "en" else re.IGNORECASE
    )
    for language, row in _WEEKDAYS.items()
}

# what English and Russian may call a day by its name: (day, month)
HOLIDAYS: Final = frozenset(
    {(1, 1), (1, 5), (8, 5), (9, 5), (6, 6), (4, 7), (14, 7), (11, 11), (25, 12), (24, 12), (31, 12), (8, 3)}
)

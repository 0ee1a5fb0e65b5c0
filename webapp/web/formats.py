"""Figures, dates and names as readers of the interface's language write them."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final

from babel import Locale, dates, numbers
from flask_babel import get_locale, gettext

from webapp.languages import LANGUAGES, SOURCE
from webapp.web.marking import marked

_MINUTE: Final = 60
_HOUR: Final = 3600
_IN_FIGURES: Final = re.compile(r"(?<=\d) (?=%|€|\d{3}(?!\d))")


def _locale() -> Locale:
    return get_locale() or Locale("en")


def number(value: float) -> str:
    """`1048576` ▸ `1 048 576` with the separators of the interface's language."""
    return str(numbers.format_decimal(value, locale=_locale()))


def size(value: int) -> str:
    """Bytes in the unit that suits them, decimal units as file managers show them."""
    for limit, divisor, pattern in (
        (1000, 1, gettext("%(n)s bytes")),
        (10**6, 10**3, gettext("%(n)s kB")),
        (10**9, 10**6, gettext("%(n)s MB")),
        (math.inf, 10**9, gettext("%(n)s GB")),
    ):
        if value < limit:
            return str(pattern % {"n": number(round(value / divisor, 1 if value / divisor < 10 else None))})
    raise AssertionError("the last limit is infinite")


def duration(seconds: float) -> str:
    """An estimate in words: `9 s`, `4 min`, `2 h`; never below one second."""
    if seconds < 2 * _MINUTE:
        return str(gettext("%(n)s s", n=number(max(1, math.ceil(seconds)))))
    if seconds < 2 * _HOUR:
        return str(gettext("%(n)s min", n=number(math.ceil(seconds / _MINUTE))))
    return str(gettext("%(n)s h", n=number(math.ceil(seconds / _HOUR))))


def moment(value: datetime) -> str:
    """Day and time on the server's clock."""
    local = value.astimezone()
    day = dates.format_date(local.date(), "long", locale=_locale())
    return str(gettext("%(day)s, %(time)s", day=day, time=dates.format_time(local.time(), "short", locale=_locale())))


def day(value: datetime) -> str:
    """The day on the server's clock, short."""
    return dates.format_date(value.astimezone().date(), "medium", locale=_locale())


def language_name(code: str) -> str:
    """What a language is called in the interface's language; the code itself if nobody knows."""
    if not code:
        return str(gettext("nothing certain"))
    return _locale().languages.get(code) or code


def pair_arrow(pair: str) -> str:
    """`fr-en` ▸ `fr→en`."""
    return pair.replace("-", "→")


def fine_spaces(text: str, code: str) -> str:
    """Puts no-break spaces where the language's typography has them and the text has plain ones; for the eye only."""
    text = _IN_FIGURES.sub("\u00a0", text)
    language = LANGUAGES.get(code)
    if language is None or not language.inner_space:
        return text
    opening, closing = language.quotes
    text = text.replace(f"{opening} ", opening + language.inner_space).replace(f" {closing}", language.inner_space + closing)
    for mark in language.spaced_marks:
        text = text.replace(f" {mark}", language.space_before + mark)
    return text


def source_spaces(text: str) -> str:
    """`fine_spaces` for the French."""
    return fine_spaces(text, SOURCE)


def plain_line(text: str) -> str:
    """Text for a place that knows no isolation (a page's title): without control and direction characters."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\u200d\u200c")


def css_text(text: str) -> str:
    """Text for a quoted string of a style sheet: whatever is not a letter or a digit is written as its number."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in plain_line(text))


def first_capital(text: str) -> str:
    """A name at the beginning of a line, as every one of our languages writes it."""
    return text[:1].upper() + text[1:]


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "number": number,
    "marked": marked,
    "size": size,
    "duration": duration,
    "moment": moment,
    "day": day,
    "language_name": language_name,
    "pair_arrow": pair_arrow,
    "source_spaces": source_spaces,
    "plain_line": plain_line,
    "css_text": css_text,
    "first_capital": first_capital,
}

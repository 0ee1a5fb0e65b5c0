"""Months and days of the month are the same on both sides."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.dates import DateMention, read_dates
from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Key
from webapp.checks.tables.calendar_words import HOLIDAYS
from webapp.errors import N_


class Dates(Check):
    """A month lost, added or changed; a day moved to another month."""

    slug = "dates"
    severity = Severity.ERROR
    title = N_("A date differs")
    message = N_("The French has the date %(missing)s, the translation has %(added)s.")
    lost: ClassVar[str] = N_("The date %(missing)s of the French is not in the translation.")
    extra: ClassVar[str] = N_("The date %(added)s of the translation is not in the French.")

    good = (
        Example("en", "Le 12 mai 2024, à Rome", "In Rome on May 12, 2024"),
        Example("en", "Les 17 et 18 septembre", "September 17 and 18"),
        Example("en", "Le 03/05/2024", "On 5/3/2024"),
        Example("ru", "Le 12 mai 2024, à Rome", "12 мая 2024 года в Риме"),
        Example("ru", "Du 4 au 6 octobre", "С 4 по 6 октября"),
        Example("ko", "Le 12 mai 2024, à Rome", "2024년 5월 12일 로마에서"),
        Example("ko", "Du 4 au 6 octobre", "10월 4일부터 6일까지"),
        Example("ko", "Les attentats du 11-Septembre", "9·11 테러"),
    )
    bad = (
        Example("en", "Le 12 mai 2024, à Rome", "In Rome on March 12, 2024", ("March 12",)),
        Example(
            "en",
            "Du 5 juin au 12 mai",
            "From May 5 to June 12",
            (
                "May 5",
                "June 12",
            ),
        ),
        Example("ru", "Le 12 mai 2024, à Rome", "12 марта 2024 года в Риме", ("12 марта",)),
        Example("ru", "Il est né en août.", "Он родился."),
        Example("ko", "Le 12 mai 2024, à Rome", "2024년 6월 12일 로마에서", ("6월 12일",)),
        Example("ko", "Il est né.", "그는 3월에 태어났다.", ("3월",)),
    )
    ignored = (
        Example("en", "Peut-être viendra-t-il.", "He may come. May he?"),
        Example("en", "La fête du 14 juillet", "Bastille Day"),
        Example("en", "depuis la rentrée", "since September"),
        Example("ru", "La fête du 8 mai", "День Победы"),
        Example("ko", "Entre avril et juin", "4~6월"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source, target = read_dates(text.source, "fr"), read_dates(text.target, text.language)
        if not source and not target:
            return
        loose = _loose_days(text.target, text.language, target), _loose_days(text.source, "fr", source)
        missing, added = _alone(source, target, loose[0]), _alone(target, source, loose[1])
        missing = [date for date in missing if (date.day, date.month) not in HOLIDAYS]
        if not missing and not added:
            return
        yield self.finding(
            spans=[(date.start, date.end) for date in added],
            source_spans=[(date.start, date.end) for date in missing],
            message=self.message if missing and added else self.lost if missing else self.extra,
            missing=_shown(text.source, missing),
            added=_shown(text.target, added),
        )


def _alone(dates: Sequence[DateMention], others: Sequence[DateMention], loose: frozenset[Key]) -> list[DateMention]:
    """The sure dates that the other text lacks: no such month there, or the month with other days only."""
    days: dict[int, set[Key | None]] = {}
    for other in others:
        days.setdefault(other.month, set()).add(other.day)
    return [
        date
        for date in dates
        if date.sure and (date.month not in days or (not (days[date.month] | loose) & {date.day, None} and date.day is not None))
    ]


def _loose_days(text: str, language: str, dates: Sequence[DateMention]) -> frozenset[Key]:
    """Numbers that stand beside no month: the second day of “September 17 and 18”."""
    taken = {place for date in dates for place in range(date.start, date.end)}
    return frozenset(number.keys[0] for number in read_numbers(text, language) if number.start not in taken)


def _shown(text: str, dates: Iterable[DateMention]) -> str:
    return ", ".join(text[date.start : date.end] for date in dates)

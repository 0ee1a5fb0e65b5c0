"""The days of the week are the same on both sides."""

from collections.abc import Iterable
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.calendar_words import WEEKDAYS
from webapp.errors import N_


class Weekdays(Check):
    """A day of the week changed or lost."""

    slug = "weekdays"
    severity = Severity.WARNING
    title = N_("A day of the week differs")
    message = N_("The French says %(missing)s, the translation %(added)s.")
    lost: ClassVar[str] = N_("The French says %(missing)s, the translation does not.")

    good = (
        Example("en", "Il arrive lundi.", "He arrives on Monday."),
        Example("ru", "Il arrive mardi.", "Он приедет во вторник."),
        Example("ko", "Il arrive jeudi.", "그는 목요일에 온다."),
    )
    bad = (
        Example("en", "Il arrive lundi.", "He arrives on Tuesday.", ("Tuesday",)),
        Example("ru", "Il arrive mardi.", "Он приедет в среду.", ("среду",)),
        Example("ko", "Il arrive jeudi.", "그는 온다."),
    )
    ignored = (
        Example("en", "Il arrive.", "He arrives on Monday."),
        Example("ru", "Au milieu de la foule", "В среде учёных"),
        Example("ko", "Il arrive.", "그는 월요일에 온다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source, target = _read(text.source, "fr"), _read(text.target, text.language)
        missing = {day: span for day, span in source.items() if day not in target}
        added = {day: span for day, span in target.items() if day not in source}
        if not missing:
            return
        yield self.finding(
            spans=added.values(),
            source_spans=missing.values(),
            message=self.message if added else self.lost,
            missing=", ".join(text.source[start:end] for start, end in missing.values()),
            added=", ".join(text.target[start:end] for start, end in added.values()),
        )


def _read(text: str, language: str) -> dict[str, tuple[int, int]]:
    return {str(match.lastgroup): match.span() for match in WEEKDAYS[language].finditer(text)}

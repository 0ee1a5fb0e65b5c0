"""Figures are written as the language writes them."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.errors import N_

_COMMA_FOR_POINT: Final = r"(?<![0-9.,])[0-9]{1,3},(?:[0-9]{1,2}|[0-9]{4,})(?![0-9,])"
_POINT_FOR_COMMA: Final = (
    r"(?<![0-9.,/:§])[0-9]{1,6}\.[0-9]{1,2}(?=[\s\u00a0]?(?:%|мл[нр]|тыс|трлн|миллион|миллиард))"
    r"|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])"
)
_FOREIGN: Final = {
    "en": re.compile(rf"{_COMMA_FOR_POINT}|(?<![0-9])[0-9]{{1,3}}(?:[\u00a0\u202f ][0-9]{{3}})+(?![0-9])"),
    "ru": re.compile(_POINT_FOR_COMMA),
    "ko": re.compile(rf"{_COMMA_FOR_POINT}|(?<![0-9])[0-9]{{1,3}}(?:[\u00a0\u202f][0-9]{{3}})+(?![0-9])"),
}


class NumberFormat(Check):
    """A decimal comma in English or Korean, a decimal point in Russian, French thousands."""

    slug = "number-format"
    severity = Severity.WARNING
    title = N_("How the figure is written")
    message = N_("“%(figure)s” is not how this language writes figures.")

    good = (
        Example("en", "1 234,5", "1,234.5"),
        Example("ru", "3,5 %", "3,5 %"),
        Example("ko", "3,5 %", "3.5%"),
    )
    bad = (
        Example("en", "3,5 %", "3,5%", ("3,5",)),
        Example("ru", "3,5 %", "3.5 %", ("3.5",)),
        Example("ko", "3,5 %", "3,5%", ("3,5",)),
    )
    ignored = (
        Example("en", "En 2019, 2020", "In 2019, 2020"),
        Example("ru", "À 18h30, version 3.11", "В 18.30, версия 3.11"),
        Example("ko", "1 234 personnes", "1,234명"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        pattern = _FOREIGN.get(text.language)
        found = list(pattern.finditer(text.target)) if pattern else []
        if found:
            yield self.finding(spans=[match.span() for match in found], figure=found[0].group())

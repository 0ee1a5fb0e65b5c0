"""Russian dashes: a dash where French or English leave a hyphen, and a no-break space before it."""

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.repair import repair
from webapp.domain import HouseStyle
from webapp.errors import N_

_HYPHEN: Final = re.compile(r"(?<=\S)[ \u00a0][-–][ \u00a0](?=[^\W\d_«„])")
_BREAKING: Final = re.compile(r"(?<=\S) (?=— )")


class RussianTypography(Check):
    """A hyphen that stands for a dash; where the newsroom wants it, a dash that may open a line."""

    slug = "russian-typography"
    severity = Severity.WARNING
    title = N_("Russian dash")
    message = N_("A hyphen stands where Russian writes a dash.")
    breaking: ClassVar[str] = N_("A dash should have a no-break space before it.")
    languages = ("ru",)

    good = (
        Example("ru", "Il est là.", "Он — здесь."),
        Example("ru", "Sud-est", "Юго-восток"),
    )
    bad = (
        Example("ru", "Il est là.", "Он - здесь.", (" - ",)),
        Example("ru", "Il est là.", "Он – здесь.", (" – ",)),
        Example("ru", "Il est là.", "Он — здесь.", (" ",), {"style": HouseStyle(russian_nbsp=True)}),
    )
    ignored = (
        Example("ru", "De 5 à 6", "5 - 6"),
        Example("ru", "Il est là.", "Он — здесь."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        for pattern, message in ((_HYPHEN, self.message), (_BREAKING if text.style.russian_nbsp else None, self.breaking)):
            if pattern and (spans := [match.span() for match in pattern.finditer(text.target)]):
                mended = repair(text.target, "ru", source=text.source).text
                yield self.finding(message=message, spans=spans, fix=None if mended == text.target else mended)

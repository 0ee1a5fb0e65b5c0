"""Units and currencies that follow a figure are the same on both sides."""

from collections.abc import Iterable

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.numbers import read_numbers
from webapp.checks.reading.values import Strength
from webapp.checks.tables.units import FRENCH_AFTER_NUMBER, UNITS
from webapp.errors import N_


class Units(Check):
    """A unit or a currency lost or changed; a converted one (miles for km) is let through where the table lists it."""

    slug = "units"
    severity = Severity.WARNING
    title = N_("A unit differs")
    message = N_("The French counts in %(unit)s; the translation does not say so.")

    good = (
        Example("en", "Il a payé 300 euros.", "He paid €300."),
        Example("ru", "Une hausse de 3 % sur 12 km", "Рост на 3 процента на 12 километрах"),
        Example("ko", "Un don de 5 millions de dollars", "500만 달러 기부"),
    )
    bad = (
        Example("en", "Il a payé 300 euros.", "He paid 300 dollars."),
        Example("ru", "Une hausse de 3 %", "Рост на 3"),
        Example("ko", "Un poids de 12 tonnes", "무게 12킬로그램"),
    )
    ignored = (
        Example("en", "La bibliothèque a 300 000 livres.", "The library has 300,000 books."),
        Example("ru", "une fissure de trois kilomètres", "трёхкилометровая трещина"),
        Example("ko", "Un terrain de 60 000 mètres carrés", "6만㎡ 부지"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        seen: set[str] = set()
        for number in read_numbers(text.source, "fr"):
            match = FRENCH_AFTER_NUMBER.match(text.source, number.end) if number.strength is not Strength.HINT else None
            unit = match and match.lastgroup
            if not match or not unit or unit in seen:
                continue
            seen.add(unit)
            if not UNITS[unit][text.language].search(text.target):
                span = match.span(unit)
                yield self.finding(source_spans=[span], unit=text.source[span[0] : span[1]])

"""Quotation marks are those of the language, without the French spaces inside, and they come in pairs."""

from collections.abc import Iterable
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.quotations import balance, read_quotations
from webapp.checks.repair import Rule, repair
from webapp.errors import N_


class QuoteStyle(Check):
    """Marks of another language, or one without its counterpart."""

    slug = "quote-style"
    severity = Severity.WARNING
    title = N_("Quotation marks")
    message = N_("The quotation marks are not those of this language.")
    unpaired: ClassVar[str] = N_("A quotation mark has no counterpart.")

    good = (
        Example("en", "« Oui »", "“Yes”"),
        Example("ru", "« Le “oui” »", "«Это „да“»"),
        Example("ko", "« Le “oui” »", "“그 ‘네’라는 말”"),
    )
    bad = (
        Example(
            "en",
            "« Oui »",
            "« Yes »",
            (
                "« ",
                " »",
            ),
        ),
        Example(
            "ru",
            "« Oui »",
            "“Да”",
            (
                "“",
                "”",
            ),
        ),
        Example(
            "ko",
            "« Oui »",
            "«네»",
            (
                "«",
                "»",
            ),
        ),
        Example("en", "« Oui »", "“Yes", ("“",)),
    )
    ignored = (
        Example("en", "« Oui.", "“Yes."),
        Example("ru", "Un écran de 27 pouces", 'Экран 27"'),
        Example("ko", "Il dit oui.", "그는 ‘네’라고 했다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        marks = read_quotations(text.target)
        if not marks:
            return
        mended = repair(text.target, text.language, source=text.source)
        wrong = [change for change in mended.changes if change.rule is Rule.QUOTES]
        if wrong:
            yield self.finding(spans=[(change.start, change.end) for change in wrong], fix=mended.text)
        alone = [mark for mark in marks if mark.partner < 0]
        if alone and balance(text.target) != balance(text.source):
            yield self.finding(message=self.unpaired, spans=[(mark.place, mark.place + 1) for mark in alone])

"""Every sentence of the source has a translation."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.listed import listed
from webapp.errors import N_

_READABLE: Final = re.compile(r"[^\W_]")


class Empty(Check):
    """Nothing readable stands where the French says something."""

    slug = "empty"
    severity = Severity.ERROR
    title = N_("No translation")
    message = N_("The translation of this sentence is empty.")
    covers = frozenset(
        listed("acronyms attribution capitals dates final-mark glossary length names negation numbers quotes-kept units weekdays")
    )

    good = (
        Example("en", "Oui.", "Yes."),
        Example("ru", "Oui.", "Да."),
        Example("ko", "Oui.", "네."),
    )
    bad = (
        Example("en", "Oui.", ""),
        Example("ru", "Oui.", " … "),
        Example("ko", "Oui.", "—"),
    )
    ignored = (
        Example("en", "* * *", ""),
        Example("ru", "…", "…"),
        Example("ko", "—", ""),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if _READABLE.search(text.source) and not _READABLE.search(text.target):
            yield self.finding()

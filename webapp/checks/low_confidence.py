"""The machine was sure of its draft."""

from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.errors import N_

_FLOOR: Final = 0.2
"""The same for every pair; what is usual for one is not learned."""


class LowConfidence(Check):
    """The machine's confidence is very low; on a route of two hops it is the weaker hop's."""

    slug = "low-confidence"
    severity = Severity.WARNING
    title = N_("The machine doubted")
    message = N_("The machine’s confidence was %(percent)s%%. Read the sentence against the French.")

    good = (
        Example("en", "Oui.", "Yes.", context={"confidence": 0.8}),
        Example("ru", "Oui.", "Да.", context={"confidence": 0.8}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.2}),
    )
    bad = (
        Example("en", "Oui.", "Yes.", context={"confidence": 0.05}),
        Example("ru", "Oui.", "Да.", context={"confidence": 0.19}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.01}),
    )
    ignored = (
        Example("en", "Oui.", "Yes."),
        Example("ru", "Oui.", "Да."),
        Example("ko", "Oui.", "네."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if text.confidence is not None and text.confidence < _FLOOR:
            yield self.finding(percent=round(text.confidence * 100))

"""The machine was sure of its draft."""

from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.errors import N_

_FLOOR: Final = 0.2
"""Where it was not learned yet how sure the packages usually are."""


class LowConfidence(Check):
    """The machine's confidence is among the lowest of its packages; on a route of two hops it is the weaker hop's."""

    slug = "low-confidence"
    severity = Severity.WARNING
    title = N_("The machine doubted")
    message = N_("The machine’s confidence was %(percent)s%%. Read the sentence against the French.")

    good = (
        Example("en", "Oui.", "Yes.", context={"confidence": 0.8}),
        Example("ru", "Oui.", "Да.", context={"confidence": 0.8}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.2}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.12, "confidence_floor": 0.11}),
    )
    bad = (
        Example("en", "Oui.", "Yes.", context={"confidence": 0.05}),
        Example("ru", "Oui.", "Да.", context={"confidence": 0.19}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.01}),
        Example("ko", "Oui.", "네.", context={"confidence": 0.3, "confidence_floor": 0.31}),
    )
    ignored = (
        Example("en", "Oui.", "Yes."),
        Example("ru", "Oui.", "Да."),
        Example("ko", "Oui.", "네."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        floor = _FLOOR if text.confidence_floor is None else text.confidence_floor
        if text.confidence is not None and text.confidence < floor:
            yield self.finding(percent=round(text.confidence * 100))

"""Acronyms are those of the target: ONU is UN, ООН, 유엔."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.acronym_forms import ACRONYMS
from webapp.errors import N_

_FRENCH: Final = re.compile(rf"(?<![^\W_])(?:{'|'.join(ACRONYMS)})(?![^\W_])")


class Acronyms(Check):
    """A well-known acronym has neither its counterpart nor its full name in the translation."""

    slug = "acronyms"
    severity = Severity.WARNING
    title = N_("An acronym is not the usual one")
    message = N_("“%(acronym)s” is usually “%(usual)s” here.")

    good = (
        Example("en", "L'ONU et l'OTAN", "The UN and NATO"),
        Example("ru", "L'ONU a voté.", "ООН проголосовала."),
        Example("ko", "L'ONU a voté.", "유엔이 표결했다."),
    )
    bad = (
        Example("en", "L'ONU a voté.", "ONU has voted."),
        Example("ru", "L'OTAN a répondu.", "ОТАН ответил."),
        Example("ko", "Le PIB recule.", "수치가 줄었다."),
    )
    ignored = (
        Example("en", "L'ONU a voté.", "The United Nations has voted."),
        Example("ru", "Le PIB recule.", "Валовой внутренний продукт снижается."),
        Example("ko", "La BCE hésite.", "유럽중앙은행이 망설인다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        for match in {m.group(): m for m in _FRENCH.finditer(text.source)}.values():
            forms = ACRONYMS[match.group()].get(text.language, ())
            lower = text.target.lower()
            if forms and not any(form.lower() in lower if len(form) > 3 else form in text.target for form in forms):
                yield self.finding(source_spans=[match.span()], acronym=match.group(), usual=forms[0])

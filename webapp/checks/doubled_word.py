"""No word stands twice in a row."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.listed import listed
from webapp.errors import N_

_DOUBLED: Final = re.compile(r"(?<![^\W_])([^\W\d_]{2,30})[ \u00a0](\1)(?![^\W_])", re.IGNORECASE)
_RIGHT: Final = frozenset(listed("had that her nous vous"))


class DoubledWord(Check):
    """The same word twice in a row, as it is not in the French."""

    slug = "doubled-word"
    severity = Severity.WARNING
    title = N_("A word twice")
    message = N_("“%(word)s” stands twice in a row.")

    good = (
        Example("en", "Il vient.", "He is coming."),
        Example("ru", "Il vient.", "Он идёт."),
        Example("ko", "Il vient.", "그가 온다."),
    )
    bad = (
        Example("en", "Il vient de la ville.", "He comes from the the city.", ("the the",)),
        Example("ru", "Il vient bientôt.", "Он скоро скоро придёт.", ("скоро скоро",)),
        Example("ko", "Il vient demain.", "그가 내일 내일 온다.", ("내일 내일",)),
    )
    ignored = (
        Example("en", "Il l'avait eu.", "He had had it."),
        Example("ru", "« Bora Bora »", "«Bora Bora»"),
        Example("ko", "Il vit à Bora Bora.", "그는 Bora Bora에 산다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        found = [
            m
            for m in _DOUBLED.finditer(text.target)
            if m[1].lower() not in _RIGHT and m.group().lower() not in text.source.lower()
        ]
        if found:
            yield self.finding(spans=[match.span() for match in found], word=found[0][1])

"""A quotation keeps its speaker."""

from collections.abc import Iterable

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.quotations import has_quotation, outer_pairs
from webapp.checks.tables.speech_words import ANY, FRENCH
from webapp.domain import ParagraphKind
from webapp.errors import N_


class Attribution(Check):
    """The French says who says it; the translation has no word of saying at all."""

    slug = "attribution"
    severity = Severity.WARNING
    title = N_("Who says it?")
    message = N_("The French attributes this (“%(verb)s”); the translation does not seem to.")

    good = (
        Example("en", "« Oui », a déclaré le maire.", "“Yes,” said the mayor."),
        Example("ru", "« Oui », a déclaré le maire.", "«Да», — заявил мэр."),
        Example("ko", "« Oui », a déclaré le maire.", "시장은 “그렇다”고 말했다."),
    )
    bad = (
        Example("en", "« Oui », a déclaré le maire.", "“Yes,” the mayor."),
        Example("ru", "Selon le maire, tout va bien.", "Всё хорошо."),
        Example("ko", "« Nous partons », a déclaré le maire.", "“우리는 떠난다” 시장."),
    )
    ignored = (
        Example("en", "Le maire a expliqué son projet.", "The mayor's project."),
        Example("ru", "Selon toute vraisemblance, il viendra.", "Вероятно, он придёт."),
        Example("ko", "« Oui »", "“그래”"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if text.kind is ParagraphKind.HEADING or text.language not in ANY:
            return
        outside = _outside_quotations(text.source)
        verb = FRENCH.search(outside)
        if verb is None or not (has_quotation(text.source) or verb.group().lower().startswith(("selon", "d'après", "d’après"))):
            return
        if not ANY[text.language].search(_outside_quotations(text.target)):
            yield self.finding(source_spans=[verb.span()], verb=verb.group().strip())


def _outside_quotations(text: str) -> str:
    """The text with its quotations blanked, places kept."""
    for start, end in outer_pairs(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text

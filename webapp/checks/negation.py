"""What the French denies is denied, and nothing else."""

from collections.abc import Iterable
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.negation_words import ANY, CLEAR, FRENCH_ANY, FRENCH_CLEAR
from webapp.errors import N_


class Negation(Check):
    """A denial lost or added. Languages deny with many words; only texts with none at all are reported."""

    slug = "negation"
    severity = Severity.WARNING
    title = N_("A denial is lost or added")
    message = N_("The French denies (“%(source)s”), the translation does not seem to.")
    added: ClassVar[str] = N_("The translation denies (“%(target)s”), the French does not seem to.")

    good = (
        Example("en", "Il ne viendra pas.", "He will not come."),
        Example("ru", "Il n'a jamais parlé.", "Он никогда не говорил."),
        Example("ko", "Il ne viendra pas.", "그는 오지 않는다."),
    )
    bad = (
        Example("en", "Il ne viendra pas.", "He will come."),
        Example("ru", "Il n'a jamais parlé.", "Он часто говорил."),
        Example("ko", "Il viendra demain.", "그는 내일 오지 않는다.", ("지 않",)),
    )
    ignored = (
        Example("en", "Avant qu'il ne parte", "Before he leaves"),
        Example("ru", "Il ne reste que du pain.", "Остался хлеб."),
        Example("en", "Il n'a pas souhaité répondre.", "He declined to answer."),
        Example("ko", "Il n'est pas rare d'attendre.", "기다리는 일은 드물지 않다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if text.language not in ANY:
            return
        denied = FRENCH_CLEAR.search(text.source)
        if denied and not ANY[text.language].search(text.target):
            yield self.finding(source_spans=[denied.span()], source=denied.group().strip())
        elif not denied and (clear := CLEAR[text.language].search(text.target)) and not FRENCH_ANY.search(text.source):
            yield self.finding(message=self.added, spans=[clear.span()], target=clear.group())

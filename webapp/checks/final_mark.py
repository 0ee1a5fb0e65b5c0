"""A question stays a question, and a sentence keeps its full stop."""

from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.domain import ParagraphKind
from webapp.errors import N_

_CLOSERS: Final = " \u00a0\u202f»”’\"')]"
_MARKS: Final = ".?!…。？！:;"


class FinalMark(Check):
    """The mark that ends the sentence is of another kind, or missing."""

    slug = "final-mark"
    severity = Severity.WARNING
    title = N_("The end of the sentence")
    message = N_("The French ends with “%(source)s”, the translation does not.")
    added: ClassVar[str] = N_("The translation asks a question, the French does not.")

    good = (
        Example("en", "Vient-il ?", "Is he coming?"),
        Example("ru", "Il vient.", "Он идёт."),
        Example("ko", "Vient-il ?", "그가 오나?"),
    )
    bad = (
        Example("en", "Vient-il ?", "Is he coming."),
        Example("ru", "Il vient.", "Он идёт"),
        Example("ko", "Il vient.", "그가 오나?"),
    )
    ignored = (
        Example("en", "« Vient-il ? », dit-il.", "“Is he coming?” he says."),
        Example("ru", "Il vient", "Он идёт"),
        Example("ko", "« Vient-il ? »", "“그가 오나?”"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source, target = _end(text.source), _end(text.target)
        if not text.target.strip():
            return
        if "?" in source and "?" not in target + text.target[-30:]:
            yield self.finding(source="?")
        elif "?" in target and "?" not in text.source:
            yield self.finding(message=self.added)
        elif source in {".", "!"} and not target and text.kind is not ParagraphKind.HEADING:
            yield self.finding(source=source)


def _end(text: str) -> str:
    """The marks that end a text, quotation marks and brackets after them left out."""
    text = text.rstrip(_CLOSERS)
    return text[len(text.rstrip(_MARKS)) :].replace("？", "?")

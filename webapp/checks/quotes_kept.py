"""What the French quotes is quoted in the translation."""

from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity, Span
from webapp.checks.reading.quotations import Side, has_quotation, outer_pairs, read_quotations
from webapp.domain import ParagraphKind
from webapp.errors import N_

_MARKS_AND_SPACES: Final = '«»“”„" \u00a0\u202f'
_WORDS_OF_A_TITLE: Final = 4  # « Le Monde », « Charles de Gaulle »: the other language may do without marks


class QuotesKept(Check):
    """A quotation lost its marks: then a newspaper says itself what somebody said."""

    slug = "quotes-kept"
    severity = Severity.ERROR
    title = N_("A quotation is lost")
    message = N_("The French quotes here; the translation has no quotation marks.")
    fewer: ClassVar[str] = N_("The French has %(source)s quotations, the translation %(target)s.")

    good = (
        Example("en", "« Nous partons », dit-elle.", "“We are leaving,” she says."),
        Example("ru", "« Nous partons », dit-elle.", "«Мы уходим», — говорит она."),
        Example("ko", "« Nous partons », dit-elle.", "그는 “우리는 떠난다”고 말한다."),
    )
    bad = (
        Example("en", "« Nous partons demain », dit-elle.", "We are leaving tomorrow, she says."),
        Example("ru", "« Nous partons demain », dit-elle.", "Мы уходим завтра, говорит она."),
        Example("ko", "« Nous partons demain.", "우리는 내일 떠난다."),
    )
    ignored = (
        Example("en", "Il a dit « oui ».", "He said ‘yes.’"),
        Example("ru", "Il l'a dit.", "Он сказал «да»."),
        Example("ko", "Il lit « Le Monde ».", "그는 ‘르몽드’를 읽는다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source = outer_pairs(text.source)
        goes_on = [m for m in read_quotations(text.source) if m.partner < 0]
        if not source and not goes_on:
            return
        target = outer_pairs(text.target)
        if not has_quotation(text.target):
            weak = text.kind is ParagraphKind.HEADING or (not goes_on and all(_is_title(text.source, span) for span in source))
            spans = [*source, *((m.place, m.place + 1) for m in goes_on)]
            yield self.finding(source_spans=sorted(spans), severity=Severity.WARNING if weak else Severity.ERROR)
        elif len(source) > 1 and target and len(target) < len(source) and not _merged(text.target):
            yield self.finding(
                source_spans=source, message=self.fewer, severity=Severity.WARNING, source=len(source), target=len(target)
            )


def _is_title(text: str, span: Span) -> bool:
    """Whether so few words are quoted, the first with a capital, that it may be a name."""
    inside = text[span[0] : span[1]].strip(_MARKS_AND_SPACES)
    return len(inside.split()) <= _WORDS_OF_A_TITLE and inside[:1].isupper() and not inside.endswith((".", "!", "?"))


def _merged(text: str) -> bool:
    """Whether a mark stays open, so that pairs cannot be compared."""
    return any(mark.partner < 0 and mark.side is Side.OPEN for mark in read_quotations(text))

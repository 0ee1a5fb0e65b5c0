"""Bold, italics, links and notes stand around the right words, and what is not to be translated was not."""

from collections.abc import Iterable, Mapping
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, MarkPlace, Severity
from webapp.errors import N_

_NOT_KEPT: Final = N_("“%(words)s” is marked as not to be translated, and is not in the translation.")
_NOTE: Final = N_("The note after “%(words)s” may not stand after the right word here.")

Places = Mapping[str, object]


def _bold(source: tuple[int, int], target: tuple[int, int], *, sure: bool = True, verbatim: bool = False) -> Places:
    return {"marks": (MarkPlace("b", source, target, sure, verbatim),)}


class Markup(Check):
    """The marks of a file are put into a translation by its word links; where these say little, somebody should look."""

    slug = "markup"
    severity = Severity.WARNING
    title = N_("Formatting")
    message = N_("The formatting of “%(words)s” may not be around the right words here.")

    good = (
        Example("en", "Le chat noir dort.", "The black cat sleeps.", context=_bold((3, 12), (4, 13))),
        Example("ru", "Le chat noir dort.", "Чёрный кот спит.", context=_bold((3, 12), (0, 10))),
        Example("ko", "Lancez bac -a.", "bac -a를 실행하세요.", context=_bold((7, 13), (0, 6), verbatim=True)),
    )
    bad = (
        Example("en", "Le chat noir dort.", "It is asleep.", ("It",), _bold((3, 12), (0, 2), sure=False)),
        Example("ru", "Le chat noir dort.", "Он спит.", ("Он",), _bold((3, 12), (0, 2), sure=False)),
        Example("ko", "Lancez bac -a.", "페리를 실행하세요.", (), _bold((7, 13), (0, 3), sure=False, verbatim=True)),
    )
    ignored = (
        Example("en", "Le chat noir dort.", "It is asleep."),
        Example("ru", "Le chat noir dort.", "Он спит.", context={"marks": (MarkPlace("comment", (3, 3), (0, 0), False, False),)}),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        for mark in text.marks:
            start, end = mark.source
            words = text.source[start:end]
            if mark.verbatim and words not in text.target:
                yield self.finding(message=_NOT_KEPT, source_spans=[mark.source], words=words)
            elif not mark.sure and words and not mark.verbatim:
                yield self.finding(spans=[mark.target], source_spans=[mark.source], words=words)
            elif not mark.sure and mark.tag in NOTES:
                before = text.source[:start].split()
                yield self.finding(message=_NOTE, words=before[-1] if before else "…")


NOTES: Final = frozenset({"sup", "note", "footnotereference", "endnotereference"})
"""Points that readers see, and miss when they stand elsewhere."""

"""Capitals stand where the French has them: at the beginning, and not everywhere."""

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.errors import N_

_FIRST: Final = re.compile(r"[^\W_]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 10  # letters; fewer may all be acronyms
_SHOUTED: Final = 0.7


class Capitals(Check):
    """A small letter opens the sentence, or all of it is in capitals."""

    slug = "capitals"
    severity = Severity.WARNING
    title = N_("Capital letters")
    message = N_("The sentence begins with a small letter.")
    shouted: ClassVar[str] = N_("The text is in capitals as the French is not.")
    languages = ("en", "ru")

    good = (
        Example("en", "Le maire parle.", "The mayor speaks."),
        Example("ru", "Le maire parle.", "Мэр говорит."),
    )
    bad = (
        Example("en", "Le maire parle.", "the mayor speaks.", ("t",)),
        Example("ru", "Le maire parle.", "мэр говорит.", ("м",)),
        Example("en", "Le maire parle ce soir.", "THE MAYOR SPEAKS.", ("THE MAYOR SPEAKS.",)),
    )
    ignored = (
        Example("en", "L'iPhone arrive.", "iPhone arrives."),
        Example("ru", "LE MAIRE PARLE CE SOIR", "МЭР ВЫСТУПИТ ВЕЧЕРОМ"),
        Example("ru", "Et puis…", "…и потом"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source, target = _FIRST.search(text.source), _FIRST.search(text.target)
        if source and target and source.group().isupper() and target.group().islower() and not _is_brand(text, target.start()):
            fixed = text.target[: target.start()] + target.group().upper() + text.target[target.end() :]
            yield self.finding(spans=[target.span()], fix=fixed if len(fixed) == len(text.target) else None)
        if _share(text.target) > _SHOUTED > _share(text.source):
            yield self.finding(message=self.shouted, spans=[(0, len(text.target))])


def _is_brand(text: CheckInput, start: int) -> bool:
    """Whether the first word has capitals further on (iPhone, eBay), or an ellipsis goes before it."""
    word = _LETTERS.match(text.target, start)
    return (word is not None and not word.group().islower()) or "…" in text.target[:start]


def _share(text: str) -> float:
    """The share of capitals among the letters, 0 when there are too few to tell."""
    letters = [letter for word in _LETTERS.finditer(text) for letter in word.group()]
    return sum(map(str.isupper, letters)) / len(letters) if len(letters) >= _FEWEST else 0.0

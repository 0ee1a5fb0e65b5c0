"""People that the French names are named in the translation."""

from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.names import Name, find_name, read_names, sounds
from webapp.domain import ParagraphKind
from webapp.errors import N_

_FEWEST_SOUNDS: Final = 2


class Names(Check):
    """Nothing in the translation sounds like the name. Only people are looked for: places often have names of their own."""

    slug = "names"
    severity = Severity.WARNING
    title = N_("A name is missing")
    message = N_("“%(name)s” does not seem to be in the translation.")

    good = (
        Example("en", "Le ministre Sergueï Lavrov parle.", "Minister Sergey Lavrov is speaking."),
        Example("ru", "La mairesse Élise Marchand parle.", "Говорит мэр Элиз Маршан."),
        Example("ko", "La mairesse Élise Marchand parle.", "엘리즈 마르샹 시장이 말한다."),
    )
    bad = (
        Example("en", "Le ministre Sergueï Lavrov parle.", "The minister is speaking."),
        Example("ru", "La mairesse Élise Marchand parle.", "Говорит мэр."),
        Example("ko", "Le ministre Sergueï Lavrov parle.", "장관이 말한다."),
    )
    ignored = (
        Example("en", "Le Premier ministre parle.", "The prime minister speaks."),
        Example("ru", "Une Alliance Nouvelle Contre La Faim", "Новый союз против голода"),
        Example("ko", "La Corée du Sud", "한국"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if text.kind is ParagraphKind.HEADING:
            return
        for name in read_names(text.source):
            if _is_lost(name, text):
                yield self.finding(source_spans=[(name.start, name.end)], name=name.full)


def _is_lost(name: Name, text: CheckInput) -> bool:
    """Whether no part of the name is there: translators drop a first name, machines drop or garble the whole."""
    parts = [part for part in name.full.split() if len(sounds(part)) >= _FEWEST_SOUNDS]
    return bool(parts) and not any(find_name(part, text.target, text.language) for part in [name.last, *parts])

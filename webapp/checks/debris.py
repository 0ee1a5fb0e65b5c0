"""No leftovers of the machinery: entities, unknown-word marks, doubled punctuation, a space before a full stop."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.repair import repair
from webapp.errors import N_

_DEBRIS: Final = re.compile(
    r"&(?:amp;)*(?:#?\w{1,8});|</?(?:unk|s|pad|[biu]|br|p|span|div|em|strong)\b[^<>]{0,80}>|⁇|\u2581|\ufffd|@-@"
    r"|(?<![ \u00a0\u202f])[ \u00a0\u202f]+[.,](?=[\s\u00a0]|$)|,(?:\s*,)+|(?<!\.)\.\.(?!\.)|;;+|,\."
)


class Debris(Check):
    """What only a machine leaves; most of it can be repaired in one step."""

    slug = "debris"
    severity = Severity.ERROR
    title = N_("Machine leftovers")
    message = N_("“%(debris)s” is left over from the machine.")

    good = (
        Example("en", "Oui... peut-être", "Yes... maybe"),
        Example("ru", "Oui.", "Да."),
        Example("ko", "Oui.", "네."),
    )
    bad = (
        Example("en", "L'État", "The state&apos;s", ("&apos;",)),
        Example("ru", "Oui, non.", "Да ,, нет .", (",,", " .")),
        Example("ko", "Oui.", "네 ⁇", ("⁇",)),
        Example(
            "en",
            "Oui.",
            "▁Yes..",
            (
                "▁",
                "..",
            ),
        ),
    )
    ignored = (
        Example("en", "AT&T; oui", "AT&T; yes"),
        Example("ru", "Une note : &nbsp;", "Примечание: &nbsp;"),
        Example("ko", "Hum... oui", "음... 네"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        found = [match for match in _DEBRIS.finditer(text.target) if match.group() not in text.source]
        if not found:
            return
        mended = repair(text.target, text.language, source=text.source).text
        yield self.finding(
            spans=[match.span() for match in found],
            debris=found[0].group().strip() or found[0].group(),
            fix=None if mended == text.target or _DEBRIS.search(mended) else mended,
        )

"""Korean punctuation and spacing."""

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.repair import repair
from webapp.errors import N_

_FULL_WIDTH: Final = re.compile("[。，！？：；（）]")
_NO_SPACE_AFTER: Final = re.compile(r"(?<=[가-힣]{2})[.?!](?=[가-힣]{2})")
# particles that never begin a word; 이 and 가 do (this, …), so they are left alone
_DETACHED: Final = re.compile(r"(?<=[A-Za-z])[ \u00a0](?=(?:은|는|을|를|의|와|과|에서|에게|으로|로)(?![가-힣]))")
_LONG: Final = re.compile(r"[가-힣]{26,}")


class KoreanSpacing(Check):
    """Full-width marks, a missing space after a sentence, a particle torn from a Latin word, words run together."""

    slug = "korean-spacing"
    severity = Severity.WARNING
    title = N_("Korean spacing")
    message = N_("Full-width punctuation is not used in Korean.")
    joined: ClassVar[str] = N_("A space is missing between sentences.")
    detached: ClassVar[str] = N_("The particle belongs to the word before it, without a space.")
    long: ClassVar[str] = N_("Words seem to have run together.")
    languages = ("ko",)

    good = (
        Example("ko", "Il part. Elle reste.", "그는 떠난다. 그녀는 남는다."),
        Example("ko", "L'UE a voté.", "EU는 표결했다."),
    )
    bad = (
        Example("ko", "Il part.", "그는 떠난다。", ("。",)),
        Example("ko", "Il part. Elle reste.", "그는 떠난다.그녀는 남는다.", (".",)),
        Example("ko", "L'UE a voté.", "EU 는 표결했다.", (" ",)),
        Example(
            "ko",
            "Une phrase",
            "가나다라마바사아자차카타파하가나다라마바사아자차카타파",
            ("가나다라마바사아자차카타파하가나다라마바사아자차카타파",),
        ),
    )
    ignored = (
        Example("ko", "Version 3.5", "3.5판"),
        Example("ko", "L'UE, ce bloc", "EU 이 기구"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if spans := [match.span() for match in _FULL_WIDTH.finditer(text.target)]:
            yield self.finding(spans=spans, fix=repair(text.target, "ko", source=text.source).text)
        if spans := [match.span() for match in _NO_SPACE_AFTER.finditer(text.target)]:
            yield self.finding(message=self.joined, spans=spans, fix=_NO_SPACE_AFTER.sub(r"\g<0> ", text.target))
        if spans := [match.span() for match in _DETACHED.finditer(text.target)]:
            yield self.finding(message=self.detached, spans=spans, fix=_DETACHED.sub("", text.target))
        if spans := [match.span() for match in _LONG.finditer(text.target)]:
            yield self.finding(message=self.long, spans=spans)

"""Korean narration keeps one speech level: news is written in 한다체."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import CheckInput, Finding, VersionCheck, VersionExample, VersionInput
from webapp.checks.base import Severity as _Severity
from webapp.checks.reading.quotations import balance
from webapp.domain import ParagraphKind, SpeechLevel
from webapp.errors import N_

# syllables that end in ㅂ, the 17th of 28 finals: 합니다 is formal, 아니다 is not
_WITH_BIEUP: Final = "".join(chr(code) for code in range(0xAC00 + 17, 0xD7A4, 28))
_ENDINGS: Final = (
    (SpeechLevel.FORMAL, re.compile(rf"(?:[{_WITH_BIEUP}]니[다까]|십시오)[.!?…]*$")),
    (SpeechLevel.POLITE, re.compile(r"(?:[어아여해워와져줘봐돼예에세네지게군걸까나든]요|죠)[.!?…]*$")),
    (SpeechLevel.PLAIN, re.compile(r"(?:다|까|가|라|자)[.!?…]*$")),
)
_NAMES: Final = {SpeechLevel.PLAIN: "한다체", SpeechLevel.FORMAL: "합니다체", SpeechLevel.POLITE: "해요체"}


class SpeechLevelMixed(VersionCheck):
    """Sentences that end otherwise than most; quotations and headings may."""

    slug = "speech-level"
    severity = _Severity.WARNING
    title = N_("Another speech level")
    message = N_("This sentence is in %(level)s, the article in %(usual)s.")
    languages = ("ko",)
    good = (
        VersionExample(
            "ko", (("Il part.", "그는 떠난다."), ("Il est parti.", "그는 떠났다."), ("Où va-t-il ?", "그는 어디로 가는가?"))
        ),
        VersionExample("ko", (("Il part.", "그는 떠납니다."), ("Il est parti.", "그는 떠났습니다."))),
    )
    bad = (
        VersionExample(
            "ko", (("Il part.", "그는 떠난다."), ("Il rit.", "그는 웃는다."), ("Il est là.", "그는 여기 있습니다.")), found=(2,)
        ),
        VersionExample(
            "ko", (("Il part.", "그는 떠난다."), ("Il rit.", "그는 웃어요."), ("Il est là.", "그는 여기 있다.")), found=(1,)
        ),
    )
    ignored = (
        VersionExample("ko", (("Il part.", "그는 떠난다."), ("Il rit.", "그는 웃는다."), ("« Je pars. »", "“저는 떠납니다.”"))),
        VersionExample(
            "ko",
            (
                ("Il part.", "그는 떠난다."),
                ("Il rit.", "그는 웃는다."),
                ("« Je pars.", "“저는 떠납니다."),
                ("Adieu. »", "잘 있어요.”"),
            ),
            paragraphs=(0, 0, 1, 1),
        ),
        VersionExample(
            "ko",
            (("Il part.", "그는 떠난다."), ("Il rit.", "그는 웃는다."), ("Le voilà", "여기 있습니다")),
            kinds=(ParagraphKind.BODY, ParagraphKind.BODY, ParagraphKind.HEADING),
        ),
    )

    def find(self, version: VersionInput) -> Iterable[tuple[int, Finding]]:
        levels = list(_levels(version))
        counts = Counter(level for _, level, _ in levels)
        if not counts:
            return
        usual = version.style.korean_level or counts.most_common(1)[0][0]
        for index, level, span in levels:
            if level is not usual:
                yield index, self.finding(spans=[span], level=_NAMES[level], usual=_NAMES[usual])


def _levels(version: VersionInput) -> Iterable[tuple[int, SpeechLevel, tuple[int, int]]]:
    """The level and the ending of each narrated sentence; what stands inside a quotation that goes on is left out."""
    opened, paragraph = 0, -1
    for index, sentence in enumerate(version.sentences):
        if version.paragraph_of(index) != paragraph:
            opened, paragraph = 0, version.paragraph_of(index)
        inside = opened > 0
        opened += balance(sentence.target)
        ended = _ending(sentence)
        if ended and not inside and opened <= 0:
            yield index, *ended


def _ending(sentence: CheckInput) -> tuple[SpeechLevel, tuple[int, int]] | None:
    if sentence.kind is not ParagraphKind.BODY:
        return None
    text = sentence.target.rstrip()
    for level, pattern in _ENDINGS:
        if match := pattern.search(text):
            return level, match.span()
    return None

"""An engine that translates a tiny article well, so that what the checks find there was planted by the test."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tests.fakes import FakeEngine
from webapp.engine.base import Draft, Slice

ARTICLE: Final = "Le bac revient\n\nLe bac revient demain à Kerlann. Il compte 120 places.\n\nLa mairie est contente."
CORRECTED: Final = "Le bac revient\n\nLe bac revient demain à Kerlann. Il compte 150 places.\n\nLe maire parlera ce soir."

_KNOWN: Final = {
    "Le bac revient": ("The ferry is back", "Паром вернулся", "나룻배가 돌아온다"),
    "Le bac revient demain à Kerlann.": (
        "The ferry returns to Kerlann tomorrow.",
        "Паром возвращается в Керланн завтра.",
        "나룻배는 내일 케를란에 돌아온다.",
    ),
    "Il compte 120 places.": ("It has 120 seats.", "В нём 120 мест.", "좌석은 120석이다."),
    "Il compte 150 places.": ("It has 150 seats.", "В нём 150 мест.", "좌석은 150석이다."),
    "Il tient en deux phrases.": ("It fits in two sentences.", "Она умещается в двух предложениях.", "두 문장으로 되어 있다."),
    "La mairie est contente.": ("The town hall is pleased.", "Мэрия довольна.", "시청은 만족한다."),
    "Le maire parlera ce soir.": (
        "The mayor will speak tonight.",
        "Мэр выступит сегодня вечером.",
        "시장은 오늘 저녁에 연설한다.",
    ),
}
_FROM_ENGLISH: Final = {
    "The town hall is delighted.": ("Мэрия в восторге.", "시청은 매우 기뻐한다."),
    "The municipality is happy.": ("Муниципалитет рад.", "시 당국은 기쁘다."),
}
_CHAPTER: Final = re.compile(r"(?:Le chapitre|Chapter) (\d+) .*")
_CHAPTERS: Final = (
    "Chapter {} tells the rest of this story.",
    "Глава {} рассказывает продолжение этой истории.",
    "{}장은 이 이야기의 다음을 전한다.",
)
_PLACE: Final = {"en": 0, "ru": 1, "ko": 2}


@dataclass
class Translator(FakeEngine):
    """Knows the sentences of the article and a few English ones; anything else it repeats with its target in front."""

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        for part in super().draft(sentences, source=source, targets=targets):
            written = zip(part.drafts, sentences[part.start :], strict=False)
            yield replace(part, drafts=tuple(_written(d, s, source, part.target) for d, s in written))

    def alternatives(
        self, sentence: str, *, source: str, target: str, pivot: str | None = None, count: int = 9
    ) -> tuple[Draft, ...]:
        route = self.fingerprints("en" if pivot else source, target)
        first = translated(sentence, source, target)
        return tuple(Draft(f"{first[:-1]} ({n + 1}).", 0.9 - n / 20, pivot, route) for n in range(count))


def translated(sentence: str, source: str, target: str) -> str:
    """What the engine makes of a sentence."""
    if chapter := _CHAPTER.fullmatch(sentence):
        return _CHAPTERS[_PLACE[target]].format(chapter[1])
    if source == "en":
        known = {english: rest for english, *rest in _KNOWN.values()} | {e: list(rest) for e, rest in _FROM_ENGLISH.items()}
        return known[sentence][_PLACE[target] - 1] if sentence in known else f"[{target}] {sentence}"
    return _KNOWN[sentence][_PLACE[target]] if sentence in _KNOWN else f"[{target}] {sentence}"


def _written(draft: Draft, sentence: str, source: str, target: str) -> Draft:
    pivot = translated(sentence, source, "en") if draft.pivot is not None else None
    return replace(draft, text=translated(sentence, source, target), pivot=pivot)

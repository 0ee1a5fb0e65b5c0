"""An engine for the browser tests: text of the right script and length for each target, at the speed of the test's choice."""

import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tests.fakes import FakeEngine
from webapp.engine.base import Draft, Slice

_CYRILLIC: Final = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстуввьыз")
_DOUBTED: Final = "marché"


@dataclass
class Typist(FakeEngine):
    """Drafts in slices of three sentences, one slice in `seconds`; a sentence that holds “marché” is doubted."""

    seconds: float = 0.0

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        for part in super().draft(sentences, source=source, targets=targets):
            if part.target == targets[0] and self.seconds:
                time.sleep(self.seconds)
            written = zip(part.drafts, sentences[part.start :], strict=False)
            yield replace(part, drafts=tuple(_written(draft, sentence, part.target) for draft, sentence in written))


def _written(draft: Draft, sentence: str, target: str) -> Draft:
    pivot = to_english(sentence) if draft.pivot is not None else None
    text = {"en": to_english, "ru": to_russian, "ko": to_korean}[target](sentence)
    return replace(draft, text=text, pivot=pivot, confidence=0.1 if _DOUBTED in sentence else draft.confidence)


def to_english(sentence: str) -> str:
    """The letters without their accents: about as long as English is."""
    plain = "".join(c for c in unicodedata.normalize("NFD", sentence) if not unicodedata.combining(c))
    return plain.replace("« ", "“").replace(" »", "”")


def to_russian(sentence: str) -> str:
    """The same in Cyrillic letters."""
    lower = to_english(sentence).lower().translate(_CYRILLIC)
    return lower[:1].upper() + lower[1:]


def to_korean(sentence: str) -> str:
    """A syllable for every two letters."""
    return " ".join("".join(chr(0xAC00 + ord(c) % 1000 * 7) for c in word[::2]) for word in to_english(sentence).split())

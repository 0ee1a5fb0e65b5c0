"""Which of a few languages a text is most likely in: for clients that want an answer, however short the text.

`detect` would rather say nothing; here the text is known to be in one of the languages that can be translated.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from webapp.text.detect import detect_language, probabilities

_LETTER: Final = re.compile(r"[^\W\d_]")
_SAMPLE: Final = 1500
_ENOUGH_WORDS: Final = 8
"""From so many words on it is worth asking whether the text is in none of the languages."""
_DOUBT: Final = 0.05
_OTHER_SCRIPTS: Final = {"ko": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"), "ru": re.compile("[\u0400-\u04ff]")}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A language a text may be in; `confidence` is 0..1."""

    language: str
    confidence: float


def rank_languages(text: str, languages: Collection[str]) -> tuple[Candidate, ...]:
    """Ranks those of `languages` that a text may be in, the likeliest first; () where it has no letters of any of them.

    A text that is clearly in another language gets the nearest ones with a low confidence.
    """
    sample = text[:_SAMPLE]
    if not _LETTER.search(sample):
        return ()
    if scripted := _by_script(sample):
        return (scripted,) if scripted.language in languages else ()
    latin = [language for language in languages if language not in _OTHER_SCRIPTS]
    known = detect_language(text)
    if known.language in latin and known.probability > 0.5:
        return (Candidate(known.language, known.probability),)
    guesses = probabilities(sample, latin)
    share = 1.0
    if len(sample.split()) >= _ENOUGH_WORDS:
        share = max(_DOUBT, sum(p for language, p in probabilities(sample).items() if language in latin))
    return tuple(Candidate(language, probability * share) for language, probability in guesses.items())


def _by_script(sample: str) -> Candidate | None:
    letters = len(_LETTER.findall(sample))
    for language, pattern in _OTHER_SCRIPTS.items():
        share = len(pattern.findall(sample)) / letters
        if share > 0.5:
            return Candidate(language, min(1.0, share))
    return None

"""Which language a text is in; in doubt, none.

Three witnesses are heard: the script (Hangul, Cyrillic, …), the small words (`function_words.py`) and langdetect with a fixed
seed. Non-Latin scripts speak for themselves. In the Latin alphabet a text is French when its small words are, whatever names
are in it; it is another language only when it is long enough, langdetect is sure, and the small words agree. The same text
always gives the same answer, in any thread.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from webapp.languages import SOURCE
from webapp.text.function_words import FRENCH, WORDS
from webapp.text.wordlists import word_set

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

_SEED: Final = 0
_LATIN: Final = tuple(sorted(word_set("ca cs da de en es fi fr hr hu id it nl no pl pt ro sv tr vi")))
_CYRILLIC: Final = tuple(sorted(word_set("bg mk ru uk")))
_SAMPLE: Final = 1500
"""langdetect hears this many code points at most: it is slow, and more do not change its mind."""
_MOST_ASKED: Final = 500
_FRENCH_SHARE, _TRACE_OF_FRENCH, _OTHER_SHARE = 0.18, 0.08, 0.12
_SURE: Final = 0.9
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUOTED: Final = re.compile('«[^«»]{0,4000}»|“[^“”]{0,4000}”|"[^"]{0,4000}"')
_SCRIPTS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_LOADING: Final = Lock()


@dataclass(frozen=True, slots=True)
class Detection:
    """`language` is an ISO 639-1 code, None when it cannot be told; `probability` is 0..1, 0 for None."""

    language: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class _Need:
    """How much Latin text a verdict other than French needs."""

    letters: int
    words: int


_ARTICLE, _PARAGRAPH = _Need(letters=100, words=15), _Need(letters=40, words=5)
_UNKNOWN: Final = Detection(None, 0.0)


def detect_language(text: str) -> Detection:
    """Tells the language of an article.

    A short text (a headline) in the Latin alphabet is French or cannot be told. A French text stays French however many
    foreign names and quotations it holds.
    """
    sample = _sample(text)
    return _by_script(sample) or _by_words(sample, _ARTICLE)


def detect_paragraph(text: str) -> str | None:
    """Tells the language of a paragraph of a French article if it is clearly another one, else None.

    Korean, Russian and other scripts need ten letters of their own and at most half as many Latin ones; other languages at
    least five words and forty letters. A foreign quotation in a French sentence does not make the paragraph foreign.
    """
    sample = text[:_SAMPLE]
    if scripted := _by_script(sample):
        return scripted.language
    if not _may_be_foreign(sample):
        return None
    found = _by_words(sample, _PARAGRAPH).language
    return None if found == SOURCE else found


def detect_paragraphs(texts: Sequence[str]) -> tuple[str | None, ...]:
    """Tells the languages of the paragraphs of one article, in order, as `detect_paragraph` does.

    langdetect is asked about the first `_MOST_ASKED` doubtful ones, which is more than any article has: nobody can keep a
    server busy with thousands of short foreign lines.
    """
    left = _MOST_ASKED
    found: list[str | None] = []
    for text in texts:
        sample = text[:_SAMPLE]
        doubtful = _may_be_foreign(sample)
        found.append(detect_paragraph(text) if left or not doubtful else None)
        left -= doubtful and left > 0
    return tuple(found)


def _may_be_foreign(sample: str) -> bool:
    """The small words of another language are there, those of French are not, not even around a quotation."""
    words = _words(sample)
    if _share(words, FRENCH) >= _TRACE_OF_FRENCH or not _leading(words):
        return False
    unquoted = _words(_QUOTED.sub(" ", sample))
    return len(unquoted) == len(words) or not any(word in FRENCH for word in unquoted)


def _by_script(sample: str) -> Detection | None:
    """Names the language of a text whose letters are mostly not Latin ones; None for every other text."""
    letters = len(_LETTER.findall(sample))
    counts = (
        Counter({language: len(pattern.findall(sample)) for language, pattern in _SCRIPTS}) if letters >= 10 else Counter[str]()
    )
    foreign = sum(counts.values())
    if foreign < 10 or foreign * 3 < letters * 2:
        return None
    if counts["ja"] * 10 > foreign:
        return Detection("ja", 1.0)
    language = counts.most_common(1)[0][0]
    if language == "ru":
        return _ask(_CYRILLIC, sample) if foreign >= 20 else Detection("ru", 0.5)
    if language == "ar" and re.search("[پچژگ]", sample):
        language = "fa"
    return Detection(language, foreign / letters)


def _by_words(sample: str, need: _Need) -> Detection:
    words = _words(sample)
    french = _share(words, FRENCH)
    if not words or (len(words) < 3 and french == 0):
        return _UNKNOWN
    heard = _ask(_LATIN, sample)
    if french >= _FRENCH_SHARE:
        return heard if heard.language == SOURCE else Detection(SOURCE, 0.5)
    if heard.language == SOURCE and heard.probability >= _SURE and not _leading(words):
        return heard
    if len(words) < need.words or len(_LETTER.findall(sample)) < need.letters:
        return _UNKNOWN
    language = heard.language or ""
    agreed = _share(words, WORDS[language]) >= _OTHER_SHARE if language in WORDS else french < _TRACE_OF_FRENCH / 2
    sure = heard.probability >= _SURE and french < _TRACE_OF_FRENCH
    return heard if language and sure and agreed else _UNKNOWN


def _leading(words: list[str]) -> str:
    """The language, not French, that the small words speak for most; "" for none."""
    shares = {language: _share(words, known) for language, known in WORDS.items()}
    language = max(shares, key=lambda code: shares[code])
    return language if shares[language] >= _OTHER_SHARE else ""


def _words(text: str) -> list[str]:
    return [word.lower() for word in islice(_WORD.findall(text), 400)]


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words) if words else 0.0


def _sample(text: str) -> str:
    """The beginning, the middle and the end of a long text, cut at spaces."""
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    parts = (text[start : start + third] for start in (0, (len(text) - third) // 2, len(text) - third))
    return " ".join(part.partition(" ")[2].rpartition(" ")[0] or part for part in parts)


def probabilities(sample: str, languages: Collection[str] = _LATIN) -> dict[str, float]:
    """Asks langdetect how probable each of some languages is, the likeliest first; those it rules out are missing."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 -- slow to import

    detector = _factory(tuple(sorted(languages))).create()
    detector.append(sample.lower())
    try:
        return {one.lang: min(1.0, one.prob) for one in detector.get_probabilities()}
    except LangDetectException:  # no letters that it knows
        return {}


def _ask(languages: tuple[str, ...], sample: str) -> Detection:
    """Asks langdetect to choose among `languages`."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 -- slow to import

    detector = _factory(languages).create()
    detector.ITERATION_LIMIT = 200  # undecided texts cost five times as much at the default and stay undecided
    detector.append(sample.lower() if sample.isupper() else sample)
    try:
        best = detector.get_probabilities()[:1]
    except LangDetectException:  # no letters that it knows
        return _UNKNOWN
    return Detection(best[0].lang, min(1.0, best[0].prob)) if best else _UNKNOWN


def _factory(languages: tuple[str, ...]) -> "DetectorFactory":
    with _LOADING:
        return _load(languages)


@cache
def _load(languages: tuple[str, ...]) -> "DetectorFactory":
    """Loads the profiles of some languages into a factory of our own: the module's is shared, and seeded by nobody."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory  # noqa: PLC0415 -- slow to import
    from langdetect.utils.lang_profile import LangProfile  # noqa: PLC0415

    factory = DetectorFactory()
    factory.seed = _SEED
    for index, language in enumerate(languages):
        profile = json.loads((Path(PROFILES_DIRECTORY) / language).read_text(encoding="utf-8"))
        factory.add_profile(LangProfile(**profile), index, len(languages))
    return factory

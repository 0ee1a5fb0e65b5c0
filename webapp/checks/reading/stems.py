"""Finds a term in a text although its words are inflected.

French, English and Russian words are compared by their Snowball stems (https://snowballstem.org), Korean terms as they are,
since its particles follow the word and spaces inside compounds are free.
"""

from functools import cache, lru_cache
from typing import Any, Final

from webapp.checks.reading.words import Word, words

_SHORTEST: Final = 3  # shorter stems are shared by too many words: заём and за
_NAMES: Final = {"fr": "french", "en": "english", "ru": "russian"}


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # noqa: PLC0415  (seven megabytes that the web process needs only once it checks a text)

    return snowballstemmer.stemmer(_NAMES[language])


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The stem of one word, in lower case; acronyms and words of other languages are their own stems."""
    if language not in _NAMES or (len(word) > 1 and word.isupper()):
        return word.lower()
    lower = word.lower().replace("ё", "е")
    stemmed = str(_stemmer(language).stemWord(lower))
    return stemmed if len(stemmed) >= _SHORTEST else lower


@lru_cache(maxsize=1024)
def _stems(text: str, language: str) -> tuple[tuple[str, Word], ...]:
    return tuple((stem(word.text, language), word) for word in words(text))


def find_term(text: str, term: str, language: str) -> tuple[int, int] | None:
    """Finds the first place of a term, inflected or not, as (start, end); None when it is not there or empty."""
    if language == "ko":
        return _find_tight(text, term)
    wanted = [s for s, _ in _stems(term, language)]
    if not wanted:
        place = text.find(term) if term else -1
        return (place, place + len(term)) if place >= 0 else None
    have = _stems(text, language)
    for index in range(len(have) - len(wanted) + 1):
        if all(have[index + shift][0] == part for shift, part in enumerate(wanted)):
            return have[index][1].start, have[index + len(wanted) - 1][1].end
    return None


def _find_tight(text: str, term: str) -> tuple[int, int] | None:
    """Finds a term whose spaces may be missing or added."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    tight = "".join(text[place] for place in places)
    wanted = "".join(term.split())
    found = tight.find(wanted) if wanted else -1
    return (places[found], places[found + len(wanted) - 1] + 1) if found >= 0 else None

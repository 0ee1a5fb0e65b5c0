"""Finds the terms of a glossary in French sentences, although their words are inflected there.

Words are compared by their lemmas (simplemma); in terms of several words a plural in -s or -x will do as well, which settles
words whose plural is another word (cour, cours). What is written in capitals may lack its accents. Of terms inside each other
the longest counts. Lives here: matching. Never here: what a term is to be in another language.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN: Final = re.compile(r"[\s'’‑-]{0,3}")
Span = tuple[int, int]


class Word(NamedTuple):
    """A word with its place, and the keys by one of which it is the same as another."""

    text: str
    start: int
    end: int
    keys: frozenset[str]
    loose: frozenset[str]


@cache
def _lemmatizer() -> Any:
    # The small dictionary: ten megabytes and three tenths of a second, only where there is a glossary.
    from simplemma import Lemmatizer  # noqa: PLC0415  (see above)
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415  (see above)
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY  # noqa: PLC0415  (see above)

    strategy = DefaultStrategy(dictionary_factory=LOW_MEMORY_DICTIONARY_FACTORY)
    return Lemmatizer(cache_max_size=1, lemmatization_strategy=strategy)


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """The lemma of a French word, in lower case."""
    return str(_lemmatizer().lemmatize(word.lower(), "fr")).lower()


def bare(text: str) -> str:
    """A text without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


@lru_cache(maxsize=16384)
def _keys(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The strict keys of a word of a text, and those that will do inside a longer term."""
    lower = word.lower()
    keys = {lemma(word)}
    if word[0].isupper():
        keys.add("^" + bare(_singular(lower))[0] + _singular(lower)[1:])
    if len(word) > 1 and word.isupper():
        keys.add("^^" + bare(_singular(lower)))
    return frozenset(keys), frozenset(keys | {"~" + _singular(lower)})


@lru_cache(maxsize=8192)
def _term_keys(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The same of a word of a term: it stands for what a text may write in its place, in capitals too."""
    lower = word.lower()
    single = _singular(lower)
    keys = frozenset({lemma(word), "^" + bare(single)[0] + single[1:], "^^" + bare(single)})
    return keys, keys | {"~" + single}


@lru_cache(maxsize=2048)
def french_words(text: str) -> tuple[Word, ...]:
    """Cuts a sentence into its words; apostrophes and hyphens separate."""
    return tuple(Word(m.group(), m.start(), m.end(), *_keys(m.group())) for m in _WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term to look for; `number` is whatever its owner knows it by."""

    number: int
    source: str
    match_case: bool = False
    words: tuple[tuple[str, frozenset[str]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = _WORD.findall(self.source)
        which = 1 if len(found) > 1 else 0
        object.__setattr__(self, "words", tuple((word, _term_keys(word)[which]) for word in found))

    def at(self, words: Sequence[Word], index: int, text: str) -> Span | None:
        """Tells where the term ends up in the text if it begins with the word numbered `index`; None if it does not."""
        size = len(self.words)
        here = words[index : index + size]
        if len(here) < size or not all(map(self._fits, self.words, here)):
            return None
        if not all(_BETWEEN.fullmatch(text, one.end, other.start) for one, other in pairwise(here)):
            return None
        return here[0].start, here[-1].end

    def _fits(self, wanted: tuple[str, frozenset[str]], word: Word) -> bool:
        term_word, keys = wanted
        if keys.isdisjoint(word.loose if len(self.words) > 1 else word.keys):
            return False
        return not self.match_case or _same_case(term_word, word.text)


def _same_case(wanted: str, found: str) -> bool:
    """Whether a word is written as large as the term's: an acronym in capitals, a name with one (or all in capitals)."""
    if len(wanted) > 1 and wanted.isupper():
        return found.isupper()
    return not wanted[0].isupper() or found[0].isupper()


def case_tells(term: str) -> bool:
    """Whether a term is most likely told apart by its case: a name or an acronym of one word."""
    found = _WORD.findall(term)
    return len(found) == 1 and found[0] != found[0].lower()


class TermFinder:
    """A glossary's terms, ready to be looked for; takes time linear in the sentence, whatever the number of terms."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_key: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            for key in pattern.words[0][1] if pattern.words else ():
                self._by_key.setdefault(key, []).append(pattern)

    def find(self, text: str) -> dict[int, tuple[Span, ...]]:
        """Finds terms: their places by number, in reading order; what stands inside a longer term is left out."""
        if not self._by_key:
            return {}
        words = french_words(text)
        places: dict[Span, set[int]] = {}
        for index, word in enumerate(words):
            for pattern in self._beginning_with(word):
                if (span := pattern.at(words, index, text)) is not None:
                    places.setdefault(span, set()).add(pattern.number)
        found: dict[int, list[Span]] = {}
        for span in _outermost(places):
            for number in sorted(places[span]):
                found.setdefault(number, []).append(span)
        return {number: tuple(spans) for number, spans in found.items()}

    def _beginning_with(self, word: Word) -> list[Pattern]:
        found = {id(pattern): pattern for key in word.loose for pattern in self._by_key.get(key, ())}
        return list(found.values())


def _outermost(places: Iterable[Span]) -> list[Span]:
    """The places that are not inside another one, in reading order."""
    kept: list[Span] = []
    for start, end in sorted(places, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept

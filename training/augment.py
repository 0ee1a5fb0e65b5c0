"""Variants of authored pairs, so that a small corpus is not learnt by heart.

Three changes that keep a pair a translation: figures that stand on both sides get other digits, names that stand on both
sides (Latin script) get another name, nouns of the term lists that stand on both sides are exchanged for another noun of
the same class (gender and number by the French article, vowel or consonant, Korean final consonant).
"""

from __future__ import annotations

import collections
import re
from typing import NamedTuple

import numpy as np

from training.corpus import Direction, TextPair

NUMBER = re.compile(r"(?<![\d.,\u00a0\u202f ])\d+(?![\d.,]*\d)")
NAME = re.compile(r"(?<=[a-zà-ÿ,’'] )[A-ZÀ-Ý][a-zà-ÿ]{3,}(?:-[A-Z][a-zà-ÿ]+)?")
ARTICLE = re.compile(r"(les |le |la )(?=[a-zà-ÿœ])")
WORD = re.compile(r"[A-Za-zÀ-ÿœ'-]+")
VOWEL = re.compile(r"[aeiouyhàâéèêëîïôûœ]")
ALSO_ADJECTIVES = frozenset({"public", "même", "plus", "tout", "premier", "social"})
LONGEST_NOUN = 3
HANGUL_START, HANGUL_COUNT, FINALS, FINAL_RIEUL = 0xAC00, 11_172, 28, 8


def final_consonant(word: str) -> int | None:
    """Return how Korean particles see a word's end: 0 vowel, 2 ㄹ, 1 another consonant, None no Hangul."""
    code = ord(word[-1]) - HANGUL_START
    if not 0 <= code < HANGUL_COUNT:
        return None
    return {0: 0, FINAL_RIEUL: 2}.get(code % FINALS, 1)


class Figures:
    """Gives a figure that stands once on both sides other digits."""

    def __init__(self, direction: Direction, rng: np.random.Generator, rate: float = 0.5) -> None:
        self.russian, self.rng, self.rate = direction.target == "ru", rng, rate

    def __call__(self, pair: TextPair) -> TextPair:
        source, target = pair
        for number in sorted(set(NUMBER.findall(source)) & set(NUMBER.findall(target))):
            if self.rng.random() < self.rate and source.count(number) == target.count(number) == 1:
                new = self.other(number)
                source, target = source.replace(number, new), target.replace(number, new)
        return source, target

    def digits(self, count: int) -> str:
        """Draw digits."""
        return "".join(map(str, self.rng.integers(0, 10, count)))

    def other(self, number: str) -> str:
        """Draw a number of the same kind; in Russian with the same end, which decides the noun's form."""
        if len(number) == 4 and number[:2] in ("19", "20"):
            return str(self.rng.integers(1900, 2030))
        if len(number) == 1 or (self.russian and number[-2] == "1"):
            return number if self.russian or number in "01" else str(self.rng.integers(2, 10))
        if self.russian:
            head = str(self.rng.integers(2, 10))
            return head + (number[-1] if len(number) == 2 else self.digits(len(number) - 3) + number[-2:])
        if len(number) == 2 and int(number) <= 31:
            return str(self.rng.integers(10, 32))
        return str(self.rng.integers(1, 10)) + self.digits(len(number) - 1)


class Names:
    """Gives a name that stands once on both sides another name of the corpus; only between Latin scripts."""

    def __init__(self, pairs: list[TextPair], rng: np.random.Generator, rate: float = 0.25) -> None:
        shared = (set(NAME.findall(source)) & set(NAME.findall(target)) for source, target in pairs)
        self.names = sorted(set().union(*shared) - {"France", "Europe"})
        self.rng, self.rate = rng, rate

    def __call__(self, pair: TextPair) -> TextPair:
        source, target = pair
        for name in sorted(set(NAME.findall(source)) & set(NAME.findall(target))):
            if self.names and self.rng.random() < self.rate and source.count(name) == target.count(name) == 1:
                new = self.names[self.rng.integers(len(self.names))]
                source, target = source.replace(name, new), target.replace(name, new)
        return source, target


class Noun(NamedTuple):
    """A noun's two sides and the class within which it can be exchanged."""

    source: str
    target: str
    kind: tuple[object, ...]


def without_the(text: str) -> tuple[str, bool]:
    """Cut a leading ``the`` off and tell whether there was one."""
    return text.removeprefix("the "), text.startswith("the ")


def noun(row: tuple[str, ...], direction: Direction) -> Noun | None:
    """Read a four-column term as a noun, or None when its class cannot be told."""
    article = ARTICLE.match(row[0])
    english, the = without_the(row[1])
    if not article or not english.isascii() or max(len(row[0].split()), len(english.split())) > LONGEST_NOUN:
        return None
    french = row[0][article.end() :]
    if french in ALSO_ADJECTIVES:
        return None
    vowel = bool(VOWEL.match(english))
    if direction == Direction("fr", "en"):
        return Noun(french, english, (article[1], bool(VOWEL.match(french)), vowel, the))
    final = final_consonant(row[3]) if direction == Direction("en", "ko") else None
    if final is None or len(row[3]) < 2:
        return None
    return Noun(english, row[3], (article[1] == "les ", vowel, the, final))


class Nouns:
    """Exchanges nouns; knows fr-en and en-ko, leaves other directions alone (Russian inflects)."""

    def __init__(self, terms: list[tuple[str, ...]], direction: Direction, rng: np.random.Generator, rate: float) -> None:
        found = [read for read in (noun(row, direction) for row in terms) if read]
        self.korean, self.rng, self.rate = direction.target == "ko", rng, rate
        self.by_source = {read.source: read for read in found}
        self.by_kind: dict[tuple[object, ...], list[Noun]] = collections.defaultdict(list)
        for read in found:
            self.by_kind[read.kind].append(read)

    def hits(self, text: str) -> list[Noun]:
        """Return the known nouns in a text, longer ones first."""
        spans = [match.span() for match in WORD.finditer(text)]
        grams = (
            text[spans[at][0] : spans[at + size - 1][1]]
            for size in range(LONGEST_NOUN, 0, -1)
            for at in range(len(spans) - size + 1)
        )
        return [self.by_source[gram] for gram in grams if gram in self.by_source]

    def pattern(self, target: str) -> re.Pattern[str]:
        """Return what a noun looks like on the target side; Korean particles may follow it."""
        if self.korean:
            return re.compile(rf"(?<![^\s“‘]){re.escape(target)}")
        return re.compile(rf"\b{re.escape(target)}\b")

    def __call__(self, pair: TextPair) -> TextPair:
        source, target = pair
        for hit in self.hits(source):
            here, there = re.compile(rf"\b{re.escape(hit.source)}\b"), self.pattern(hit.target)
            alone = len(here.findall(source)) == len(there.findall(target)) == 1
            if alone and self.rng.random() < self.rate:
                other = self.by_kind[hit.kind][self.rng.integers(len(self.by_kind[hit.kind]))]
                source = other.source.join(here.split(source))
                target = other.target.join(there.split(target))
        return source, target

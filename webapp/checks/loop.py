"""The machine did not get stuck repeating itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity, Span
from webapp.checks.reading.words import Word
from webapp.errors import N_

_LONGEST_UNIT: Final = 4  # words
_TIMES: Final = 3
_SURPLUS: Final = 3  # how many times more often than in the source a word or phrase may come back
_LONGEST_SYLLABLES: Final = 8
_TOKEN: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]{9,}")


class Loop(Check):
    """A word, a phrase or some letters come back again and again, as they do not in the French."""

    slug = "loop"
    severity = Severity.ERROR
    title = N_("Repeats itself")
    message = N_("“%(repeated)s” is repeated as it is not in the French.")
    covers = frozenset({"doubled-word", "length"})

    good = (
        Example("en", "Il a dit oui.", "He said yes."),
        Example("ru", "Il a dit oui.", "Он сказал да."),
        Example("ko", "Il a dit oui.", "그는 그렇다고 말했다."),
    )
    bad = (
        Example("en", "Il a dit oui.", "He said yes yes yes yes.", ("yes yes yes yes",)),
        Example("ru", "La guerre continue.", "Война идёт война идёт война идёт.", ("Война идёт война идёт война идёт",)),
        Example("ko", "Il rit.", "그는 하하하하하하하하하하 웃었다.", ("하하하하하하하하하하",)),
    )
    ignored = (
        Example("en", "Jamais, jamais, jamais !", "Never, never, never!"),
        Example("ru", "Des millions et des millions et des millions", "Миллионы и миллионы и миллионы"),
        Example("ko", "Oui, oui, oui !", "네, 네, 네!"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        allowed = max(_longest_run(text.source), _TIMES - 1)
        spans = [span for span, times in _runs(text.target) if times > allowed]
        spans = spans or [*_letter_loops(text.target)] or [*_frequent(text)]
        if spans:
            first = spans[0]
            yield self.finding(spans=spans, repeated=text.target[first[0] : first[1]][:40])


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Word, ...]:
    """Words and figures; not the groups of noughts in a large number."""
    return tuple(Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text) if m.group() != "000")


@lru_cache(maxsize=4096)
def _runs(text: str) -> tuple[tuple[Span, int], ...]:
    """Runs of one phrase of 1 to 4 words twice and more in a row: (span, how many times)."""
    tokens = _tokens(text)
    lower = [word.text.lower() for word in tokens]
    found: list[tuple[Span, int]] = []
    for size in range(1, _LONGEST_UNIT + 1):
        same = 0
        for index in range(size, len(lower) + 1):
            if index < len(lower) and lower[index] == lower[index - size]:
                same += 1
                continue
            if same >= size:
                first = index - same - size
                found.append(((tokens[first].start, tokens[index - 1].end), 1 + same // size))
            same = 0
    return tuple(sorted(found))


def _longest_run(text: str) -> int:
    return max((times for _, times in _runs(text)), default=1)


def _letter_loops(text: str) -> Iterator[Span]:
    """A syllable that comes back three times and more within one word: 하하하, нананана."""
    for match in _LETTERS.finditer(text):
        word = match.group().lower()
        for size in range(1, _LONGEST_SYLLABLES + 1):
            same = best = 0
            for left, right in zip(word, word[size:], strict=False):
                same = same + 1 if left == right else 0
                best = max(best, same)
            if best >= max(size * _TIMES, 6):
                yield match.span()
                break


def _frequent(text: CheckInput) -> Iterator[Span]:
    """A pair or triple of words that comes back far more often than any in the source."""
    tokens = _tokens(text.target)
    if len(tokens) < 3 * _SURPLUS:
        return
    for size in (2, 3):
        phrases = _phrases(tokens, size)
        most, times = phrases.most_common(1)[0] if phrases else ((), 0)
        highest = max(_phrases(_tokens(text.source), size).values(), default=0)
        if times >= highest + _SURPLUS:
            lower = [word.text.lower() for word in tokens]
            for index in range(len(tokens) - size + 1):
                if tuple(lower[index : index + size]) == most:
                    yield tokens[index].start, tokens[index + size - 1].end
            return


def _phrases(tokens: Sequence[Word], size: int) -> Counter[tuple[str, ...]]:
    lower = [word.text.lower() for word in tokens]
    return Counter(zip(*(lower[shift:] for shift in range(size)), strict=False))

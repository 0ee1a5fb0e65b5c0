"""What two texts share whatever the languages: numbers, names, words of one origin; and words of a draft in the same language.

Everything here becomes rows of counts that may be added up over sentences that follow each other, as the embeddings may.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align.sounds import sound

Rows = NDArray[np.float16]

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'‐-][^\W\d_]+)*")
_PIECE: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?")
_MYRIADS: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s?(조|억|만|천)(?:\s?(\d[\d.,]*)\s?(억|만|천)?)?")
_WORTH: Final = {"조": 10**12, "억": 10**8, "만": 10**4, "천": 10**3, "": 1}
_HANGUL: Final = re.compile("[가-힣]")

NUMBER_COLUMNS, NAME_COLUMNS, WORD_COLUMNS, LETTER_COLUMNS = 128, 256, 256, 512
_MOST_WORDS: Final = 400
"""Words of a sentence that are looked at."""


def numbers(texts: Sequence[str]) -> Rows:
    """Counts the numbers of each text by value, whatever their separators and their magnitude word: (n, 128)."""
    return _rows((_numbers(text) for text in texts), NUMBER_COLUMNS)


def _numbers(text: str) -> Iterator[str]:
    for match in _MYRIADS.finditer(text):
        value = _value(match[1]) * _WORTH[match[2]] + (_value(match[3]) if match[3] else 0) * _WORTH[match[4] or ""]
        yield _digits(f"{value:.6f}")
    for match in _NUMBER.finditer(_MYRIADS.sub(" ", text)):
        yield _digits(match[0])


def _value(digits: str) -> float:
    whole, _, rest = digits.rstrip(".,").partition(".")
    return float(whole.replace(",", "") or 0) if len(rest) == 3 else float(f"{whole.replace(',', '') or 0}.{rest or 0}")


def _digits(number: str) -> str:
    """The digits that count: 12 milliards, 12 billion and 120억 are all 12, because words of magnitude differ."""
    plain = re.sub(r"(?<=\d)[.,]0+$", "", number)
    return re.sub(r"\D", "", plain).strip("0") or "0"


def names(texts: Sequence[str]) -> list[list[str]]:
    """Gives the sounds of what may be a name in each text: capitalised words, in Hangul every word."""
    return [list(_sounds(text, names_only=True)) for text in texts]


def words(texts: Sequence[str]) -> list[list[str]]:
    """Gives the sounds of the longer words of each text: words of one origin sound alike."""
    return [list(_sounds(text, names_only=False)) for text in texts]


def _sounds(text: str, *, names_only: bool) -> Iterator[str]:
    for match in list(_PIECE.finditer(text))[:_MOST_WORDS]:
        word = match[0]
        hangul = _HANGUL.match(word) is not None
        if names_only and not (hangul or word[0].isupper()):
            continue
        if len(word) < (2 if hangul else 3 if names_only else 5):
            continue
        yield from _prefixes(word)


@lru_cache(maxsize=65_536)
def _prefixes(word: str) -> tuple[str, ...]:
    """The first three to five consonants, because an ending or a particle may follow."""
    heard = sound(word)
    if len(heard) < 2:
        return ()
    return tuple(dict.fromkeys(heard[:length] for length in (3, 4, 5)))


def letters(texts: Sequence[str]) -> list[list[str]]:
    """Gives the runs of four letters of each text's words, to compare two texts in one language."""
    return [[gram for match in list(_WORD.finditer(text))[:_MOST_WORDS] for gram in _grams(match[0])] for text in texts]


@lru_cache(maxsize=65_536)
def _grams(word: str) -> tuple[str, ...]:
    if _HANGUL.search(word):
        return tuple(word[k : k + 2] for k in range(max(1, len(word) - 1)))
    padded = f"<{unicodedata.normalize('NFC', word.lower())}>"
    return tuple(padded[k : k + 4] for k in range(max(1, len(padded) - 3)))


def weighted(
    source: Sequence[Sequence[str]], target: Sequence[Sequence[str]], columns: int, *, shared_only: bool = True
) -> tuple[Rows, Rows]:
    """Makes rows of features, the rarer the heavier. `shared_only`: what stands on one side alone is left out."""
    known = _frequencies(source), _frequencies(target)
    size = len(source) + len(target)
    weight = {
        feature: sqrt(log(1 + size / (count + known[1][feature])))
        for feature, count in known[0].items()
        if not shared_only or feature in known[1]
    }
    if not shared_only:
        weight |= {feature: sqrt(log(1 + size / count)) for feature, count in known[1].items() if feature not in weight}
    return _weighted_rows(source, weight, columns), _weighted_rows(target, weight, columns)


def _frequencies(texts: Sequence[Sequence[str]]) -> Counter[str]:
    return Counter(feature for text in texts for feature in set(text))


def _weighted_rows(texts: Sequence[Sequence[str]], weight: dict[str, float], columns: int) -> Rows:
    rows = np.zeros((len(texts), columns), np.float16)
    for row, text in zip(rows, texts, strict=True):
        for feature in set(text):
            if feature in weight:
                column, sign = place(feature, columns)
                row[column] += sign * weight[feature]
    return rows


def _rows(texts: Iterable[Iterable[str]], columns: int) -> Rows:
    made = []
    for features in texts:
        row = np.zeros(columns, np.float16)
        for feature in features:
            row[place(feature, columns)[0]] += 1
        made.append(row)
    return np.array(made, np.float16).reshape(-1, columns)


def place(feature: str, columns: int) -> tuple[int, int]:
    """A column and a sign for a feature, the same in every process; signs make collisions cancel out on average."""
    code = zlib.crc32(feature.encode())
    return code % columns, 1 if code & 0x80000000 else -1

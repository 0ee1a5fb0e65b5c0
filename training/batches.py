"""Which general pairs to read, and batches of about equal cost."""

from __future__ import annotations

import collections
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from training.corpus import TextPair

Ids = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Item = tuple[Ids, Ids]
UNKNOWN, START, END, NONE = 0, 1, 2, -1
LONGEST = 110
PLACEHOLDER = re.compile(r"%\w|[{}$_]")
WORDS = re.compile(r"[^\W\d_]+|[%{$]")


class Batch(NamedTuple):
    """Padded ids: source and where it is real, decoder input, and what to predict (-1 where nothing)."""

    source: npt.NDArray[np.int64]
    real: Bools
    shifted: npt.NDArray[np.int64]
    gold: npt.NDArray[np.int64]


def fits(source: Sequence[int], target: Sequence[int], allowed: frozenset[int]) -> bool:
    """Tell whether a pair is short enough, of plausible lengths, and wholly in the target vocabulary."""
    longest, shortest = max(len(source), len(target)), min(len(source), len(target))
    return shortest > 0 and longest <= LONGEST and longest < 3 * shortest + 6 and allowed.issuperset(target)


def encode(encoder: Callable[[list[str]], list[list[int]]], pairs: list[TextPair], allowed: frozenset[int]) -> list[Item]:
    """Encode pairs and keep those that fit."""
    both = zip(encoder([pair[0] for pair in pairs]), encoder([pair[1] for pair in pairs]), strict=True)
    return [(np.array(s, np.int32), np.array(t, np.int32)) for s, t in both if fits(s, t, allowed)]


def most_like(news: list[TextPair], pairs: list[TextPair], keep: float) -> list[TextPair]:
    """Return the share ``keep`` of the pairs whose source side is most like the news.

    The score is the difference of cross-entropies of Moore and Lewis (2010), with words instead of n-grams.
    """

    def words(text: str) -> list[str]:
        return WORDS.findall(text.lower())

    inside, outside = (collections.Counter(w for source, _ in side for w in words(source)) for side in (news, pairs))
    total_in, total_out = max(1, inside.total()), max(1, outside.total())

    def score(source: str) -> float:
        found = words(source)
        known = [word for word in found if inside[word] or outside[word] > 3]
        logs = (math.log((inside[w] + 0.5) / total_in) - math.log((outside[w] + 0.5) / total_out) for w in known)
        return sum(logs) / (len(found) + 3)

    best = np.argsort([-score(source) for source, _ in pairs], kind="stable")
    return [pairs[number] for number in best[: int(len(pairs) * keep)]]


def split_by_length(pairs: list[TextPair], words: int = 6) -> tuple[list[TextPair], list[TextPair]]:
    """Return sentences and short strings, both without those that hold placeholders."""
    clean = [pair for pair in pairs if not PLACEHOLDER.search(pair[0] + pair[1])]
    sentences = [pair for pair in clean if len(pair[0].split()) >= words]
    return sentences, [pair for pair in clean if len(pair[0].split()) < words]


def joined(first: Item, second: Item) -> Item | None:
    """Return two items as one, or None when that is too long."""
    item = (np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]]))
    return item if max(map(len, item)) <= LONGEST - 10 else None


def grouped(items: list[Item], tokens: int, rng: np.random.Generator) -> Iterator[list[Item]]:
    """Yield groups of items of like length whose padded size stays within ``tokens``, in random order."""
    order = [items[number] for number in rng.permutation(len(items))]
    order.sort(key=lambda item: ((len(item[1]) + 1) // 2, len(item[0])))
    groups: list[list[Item]] = [[]]
    source = target = 0
    for item in order:
        source, target = max(source, len(item[0])), max(target, len(item[1]))
        if groups[-1] and (0.7 * source + target + 1) / 1.7 * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            source, target = len(item[0]), len(item[1])
        groups[-1].append(item)
    for number in rng.permutation(len(groups)):
        if groups[number]:
            yield groups[number]


def padded(items: list[Item]) -> Batch:
    """Return items as one padded batch; every text ends with </s>, the decoder's input starts with <s>."""
    longest = [max(len(item[side]) for item in items) + 1 for side in (0, 1)]
    source, shifted = (np.full((len(items), length), END, np.int64) for length in longest)
    real, gold = np.zeros(source.shape, np.bool_), np.full(shifted.shape, NONE, np.int64)
    for row, (left, right) in enumerate(items):
        source[row, : len(left)], real[row, : len(left) + 1] = left, True
        shifted[row, 0], shifted[row, 1 : len(right) + 1] = START, right
        gold[row, : len(right)], gold[row, len(right)] = right, END
    return Batch(source, real, shifted, gold)


def masked(batch: Batch, rate: float, rng: np.random.Generator) -> Batch:
    """Hide pieces behind <unk>: ``rate`` of the decoder's input, half as many of the source.

    The decoder then cannot lean on what it has written alone, and the encoder learns from context.
    """
    hide_shifted = (rng.random(batch.shifted.shape) < rate) & (batch.shifted > END)
    hide_source = (rng.random(batch.source.shape) < rate / 2) & (batch.source > END)
    shifted = np.where(hide_shifted, UNKNOWN, batch.shifted)
    return batch._replace(shifted=shifted, source=np.where(hide_source, UNKNOWN, batch.source))

"""Word lexicons for the word links, counted from the authored corpus.

usage: python -m training.lexicon OUT_FOLDER

Writes OUT_FOLDER/FROM-TO.tsv.gz for the pairs of `PAIRS`: stem, stem, association in 1/255, sorted, one pair a line. IBM model 1
(Brown et al. 1993) with a diagonal prior (Dyer et al. 2013), trained in both directions; the association is the geometric mean of
both probabilities. The held-out file is never read: the gold set of the word links comes from it.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training import corpus
from webapp.align.lexicon import stem_of
from webapp.align.tokens import split_words

PAIRS = (("fr", "en"), ("en", "ru"), ("en", "ko"), ("fr", "ru"), ("fr", "ko"))
ROUNDS = 8
SHARPNESS = {"en": 4.0, "ru": 4.0, "ko": 1.0}  # of the diagonal; Korean hardly follows it
NULL = 0.08
KEPT_FROM = 0.06

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def main() -> None:
    """Train every pair and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for source, target in PAIRS:
        direction = corpus.Direction(source, target)
        pairs = [p for kind in ("sentences", "terms") for p in corpus.authored(corpus.CORPUS, kind, direction)]
        lines = lexicon(pairs, source, target)
        with gzip.GzipFile(folder / f"{direction}.tsv.gz", "wb", mtime=0) as file:
            file.write("".join(f"{a}\t{b}\t{weight}\n" for a, b, weight in lines).encode())
        print(f"{direction}: {len(pairs)} pairs of texts, {len(lines)} of stems")


def lexicon(pairs: Sequence[tuple[str, str]], source: str, target: str) -> list[tuple[str, str, int]]:
    """Return the associated stems, sorted, with their association in 1/255."""
    left, right = _Stems(source), _Stems(target)
    texts = [(left.numbers(a), right.numbers(b)) for a, b in pairs]
    texts = [(a, b) for a, b in texts if len(a) and len(b)]
    sharpness = SHARPNESS[target]
    onward, back = probabilities(texts, sharpness), probabilities([(b, a) for a, b in texts], sharpness)
    found = []
    for (a, b), probability in onward.items():
        weight = round(255 * float(np.sqrt(probability * back.get((b, a), 0.0))))
        if weight >= 255 * KEPT_FROM:
            found.append((left.names[a], right.names[b], weight))
    return sorted(found)


class _Stems:
    """Numbers for the stems of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.names: list[str] = []
        self._known: dict[str, int] = {}

    def numbers(self, text: str) -> Numbers:
        found = []
        for start, end in split_words(text):
            stem = stem_of(text[start:end], self.language)
            if stem and not stem.isdigit():
                number = self._known.setdefault(stem, len(self.names))
                if number == len(self.names):
                    self.names.append(stem)
                found.append(number)
        return np.array(found, dtype=np.int64)


def probabilities(texts: Sequence[tuple[Numbers, Numbers]], sharpness: float) -> dict[tuple[int, int], float]:
    """Return p(target stem | source stem), estimated by EM with a null word and a prior for the diagonal."""
    lefts, rights, priors, rows = [], [], [], []
    row = 0
    for a, b in texts:
        place = np.abs(np.arange(len(b))[:, None] / len(b) - np.arange(len(a))[None, :] / len(a))
        prior = np.exp(-sharpness * place)
        priors.append(((1 - NULL) * prior / prior.sum(axis=1, keepdims=True)).ravel())
        lefts.append(np.tile(a, len(b)))
        rights.append(np.repeat(b, len(a)))
        rows.append(np.repeat(np.arange(row, row + len(b)), len(a)))
        row += len(b)
    left, right, prior, line = map(np.concatenate, (lefts, rights, priors, rows))
    width = int(right.max()) + 1
    keys, where = np.unique(left * width + right, return_inverse=True)
    heads = keys // width
    table: Floats = np.full(len(keys), 1.0)
    common = np.bincount(np.concatenate([b for _, b in texts]), minlength=width) / row
    first_word = np.unique(line, return_index=True)[1]
    null = NULL * common[right[first_word]]
    for _ in range(ROUNDS):
        weight = table[where] * prior
        total = np.bincount(line, weight, minlength=row) + null
        counts = np.bincount(where, weight / total[line], minlength=len(keys))
        sums = np.bincount(heads, counts)
        # A little is taken off every count: what was seen once, beside many other words, is no evidence (Kneser & Ney 1995).
        table = np.maximum(0.0, counts - 0.15) / np.maximum(1e-9, sums[heads])
    return {(int(k // width), int(k % width)): float(p) for k, p in zip(keys, table, strict=True) if p > 0.005}


if __name__ == "__main__":
    main()

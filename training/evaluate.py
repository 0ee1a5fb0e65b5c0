"""Measure packages: BLEU and chrF, alone or through the pivot, and the lines that went wrong.

usage: python -m training.evaluate PACKAGES ROUTE [--file FOUR_COLUMNS.tsv | --pairs TWO_COLUMNS.tsv] [--lines N]

ROUTE is ``fr-en`` or ``fr-en-ru``; PACKAGES holds unpacked packages (``translate-fr_en`` …).  BLEU is tokenised by
characters for Korean and by 13a otherwise; beam 4, as in the product.
"""

from __future__ import annotations

import argparse
import collections
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import ctranslate2
import sentencepiece

from training import corpus

BEAM = 4
LOOP = 4
UNKNOWN = re.compile("<unk>|⁇")


class Faults(NamedTuple):
    """How many lines repeat themselves, hold letters of a foreign script, or hold an unknown piece."""

    loops: int
    foreign: int
    unknown: int


class Score(NamedTuple):
    """What a package is worth on some lines."""

    bleu: float
    chrf: float
    faults: Faults
    lines: int


def translate(folder: Path, direction: corpus.Direction, texts: list[str]) -> list[str]:
    """Translate texts with an unpacked package, as Argos does: pieces in, pieces out."""
    home = folder / f"translate-{direction.source}_{direction.target}"
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(home / "sentencepiece.model"))
    model = ctranslate2.Translator(str(home / "model"), "cpu", inter_threads=1, intra_threads=1)
    results = model.translate_batch(
        encoder.encode(texts, out_type=str),
        beam_size=BEAM,
        max_batch_size=1024,
        batch_type="tokens",
        max_decoding_length=200,
        replace_unknowns=True,
        length_penalty=0.2,
    )
    return [encoder.decode(result.hypotheses[0]) for result in results]


def along(folder: Path, route: list[str], texts: list[str]) -> list[str]:
    """Translate texts along a route, package by package."""
    for source, target in pairwise(route):
        texts = translate(folder, corpus.Direction(source, target), texts)
    return texts


def loops(text: str, times: int = LOOP) -> bool:
    """Tell whether a word, a pair or a triple of words stands ``times`` times in a row, or a letter ten times."""
    words = text.split()
    for size in (1, 2, 3):
        for at in range(len(words) - size * times + 1):
            if words[at : at + size] * times == words[at : at + size * times]:
                return True
    return bool(re.search(r"([^\W\d])\1{9}", text))


def often(text: str, times: int = 6) -> bool:
    """Tell whether any pair of words stands ``times`` times in a text."""
    return any(count >= times for count in collections.Counter(pairwise(text.split())).values())


def faults(texts: list[str], language: str) -> Faults:
    """Count the lines that went wrong."""
    return Faults(
        sum(loops(text) or often(text) for text in texts),
        sum(corpus.foreign_letters(text, language) for text in texts),
        sum(bool(UNKNOWN.search(text)) for text in texts),
    )


def score(hypotheses: list[str], references: list[str], language: str) -> Score:
    """Score hypotheses against references."""
    import sacrebleu  # group `training`

    tokens = "char" if language == "ko" else "13a"
    bleu = sacrebleu.corpus_bleu(hypotheses, [references], tokenize=tokens).score
    chrf = sacrebleu.corpus_chrf(hypotheses, [references]).score
    return Score(bleu, chrf, faults(hypotheses, language), len(references))


def lines_of(path: Path, route: list[str], columns: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Read sources and references from a file of columns."""
    rows = list(corpus.read_rows(path, len(columns)))
    source, target = columns.index(route[0]), columns.index(route[-1])
    return [row[source] for row in rows], [row[target] for row in rows]


def main() -> None:
    """Print one row of the README's table and two examples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path)
    parser.add_argument("route", type=lambda text: text.split("-"))
    parser.add_argument("--file", type=Path, default=corpus.CORPUS / corpus.HELD_OUT)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--lines", type=int, default=300)
    options = parser.parse_args()
    columns = (options.route[0], options.route[-1]) if options.pairs else corpus.COLUMNS
    sources, references = lines_of(options.pairs or options.file, options.route, columns)
    sources, references = sources[: options.lines], references[: options.lines]
    hypotheses = along(options.packages, options.route, sources)
    result = score(hypotheses, references, options.route[-1])
    print(
        f"{' > '.join(options.route)}: {result.lines} lines, BLEU {result.bleu:.1f}, chrF {result.chrf:.1f}, "
        f"loops {result.faults.loops}, foreign script {result.faults.foreign}, unknown {result.faults.unknown}"
    )
    for number in (0, len(sources) // 2):
        print(f"  {sources[number]}\n  > {hypotheses[number]}")


if __name__ == "__main__":
    main()

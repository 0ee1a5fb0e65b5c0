"""Articles to measure with: as long as news is, every sentence another, the same for the same seed.

The sentences of `sentences.tsv` are invented; each is used with different openings, so that no two sentences of a
run are equal and nothing is gained by translating equal ones once.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from webapp.domain import Paragraph, ParagraphKind, Sentence, SourceText, count_words

WORDS: Final = 495  # of French in one article, as in reference measurements
_OPENINGS: Final = (
    "",
    "Lundi soir, ",
    "Selon la préfecture, ",
    "Dans un communiqué, on précise : ",
    "À Lyon comme ailleurs, ",
    "D’après nos informations, ",
    "Trois ans plus tard, ",
    "Le maire l’a rappelé : ",
    "Malgré tout, ",
    "Pour la deuxième fois cette année, ",
    "Ce que confirme un rapport : ",
    "Sur place, les témoins racontent : ",
)


def french_sentences() -> list[str]:
    """Reads the French sentences of the list, in order."""
    lines = (Path(__file__).parent / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line.strip()]


def make_articles(count: int, *, seed: int, words: int = WORDS) -> list[SourceText]:
    """Makes `count` articles of about `words` French words: a heading and paragraphs of three sentences."""
    rng = random.Random(seed)
    base = french_sentences()
    stock = [(opening, sentence) for opening in _OPENINGS for sentence in base]
    rng.shuffle(stock)
    supply = (f"{opening}{s}" if i < len(stock) else f"{opening}{s} ({i})" for i, (opening, s) in enumerate(stock * (1 + count)))
    return [_article(f"Article {seed}.{n}", supply, words) for n in range(count)]


def _article(title: str, supply: Iterator[str], words: int) -> SourceText:
    paragraphs = [Paragraph(ParagraphKind.HEADING, (Sentence(title),), "\n\n")]
    written = 0
    while written < words:
        texts = [next(supply) for _ in range(3)]
        written += sum(map(count_words, texts))
        sentences = tuple(Sentence(text, " " if n < 2 else "") for n, text in enumerate(texts))
        paragraphs.append(Paragraph(ParagraphKind.BODY, sentences, "\n\n"))
    return SourceText(title, tuple(paragraphs))

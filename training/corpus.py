"""The texts: four-column authored files, two-column general pairs, and the languages they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parent / "corpus"
HELD_OUT = "heldout.tsv"


class Language(NamedTuple):
    """A language's English name and the regular expression of one letter of its script."""

    name: str
    letter: str


LATIN, CYRILLIC, HANGUL = r"[A-Za-z\u00c0-\u024f]", r"[\u0400-\u04ff]", r"[\uac00-\ud7a3]"
LANGUAGES = {
    "fr": Language("French", LATIN),
    "en": Language("English", LATIN),
    "ru": Language("Russian", CYRILLIC),
    "ko": Language("Korean", HANGUL),
    "de": Language("German", LATIN),
    "es": Language("Spanish", LATIN),
    "it": Language("Italian", LATIN),
    "nl": Language("Dutch", LATIN),
    "pl": Language("Polish", LATIN),
    "pt": Language("Portuguese", LATIN),
    "tr": Language("Turkish", LATIN),
}
COLUMNS = ("fr", "en", "ru", "ko")
"""The languages of the authored files' columns, in their order."""

TextPair = tuple[str, str]


class Direction(NamedTuple):
    """From which language into which."""

    source: str
    target: str

    @classmethod
    def parse(cls, text: str) -> Direction:
        """Read ``fr-en``.  Raises ValueError when a language is unknown."""
        source, _, target = text.partition("-")
        if source not in LANGUAGES or target not in LANGUAGES or source == target:
            raise ValueError(f"{text!r} is no direction such as fr-en")
        return cls(source, target)

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"


def read_rows(path: Path, width: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a tab-separated file that have ``width`` columns, none of them empty."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = tuple(cell.strip() for cell in line.rstrip("\n").split("\t"))
            if len(row) == width and all(row):
                yield row


def authored_files(folder: Path, kind: str) -> list[Path]:
    """Return the authored files of a kind (``sentences`` or ``terms``); never the held-out one."""
    return sorted(folder.glob(f"*.{kind}.tsv"))


def rows_of_kind(folder: Path, kind: str, columns: tuple[str, ...] = COLUMNS) -> list[tuple[str, ...]]:
    """Return all rows of all authored files of a kind."""
    return [row for path in authored_files(folder, kind) for row in read_rows(path, len(columns))]


def authored(folder: Path, kind: str, direction: Direction, columns: tuple[str, ...] = COLUMNS) -> list[TextPair]:
    """Return the authored pairs of a kind in a direction.  Raises ValueError when no column has the language."""
    source, target = columns.index(direction.source), columns.index(direction.target)
    return [(row[source], row[target]) for row in rows_of_kind(folder, kind, columns)]


def general(path: Path) -> list[TextPair]:
    """Return the pairs of a two-column file."""
    return [(row[0], row[1]) for row in read_rows(path, 2)]


def leaks(folder: Path, columns: tuple[str, ...] = COLUMNS) -> list[str]:
    """Return the held-out texts that also stand in a training file; a sound corpus has none."""
    trained = {cell for kind in ("sentences", "terms") for row in rows_of_kind(folder, kind, columns) for cell in row}
    return [cell for row in read_rows(folder / HELD_OUT, len(columns)) for cell in row if cell in trained]


def foreign_letters(text: str, language: str) -> bool:
    """Tell whether a text has letters of a script that is neither its language's nor Latin."""
    own = re.compile(f"{LANGUAGES[language].letter}|{LATIN}")
    return any(letter.isalpha() and not own.match(letter) for letter in text)

"""Reads the sentence pairs of tests/data/word-links/, whose README tells the format."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from webapp.align.tokens import split_words

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests" / "data" / "word-links"
_MEMBER: Final = re.compile(r"(\()?([^()#]+)\)?(?:#(\d+))?\)?")

Pair = tuple[int, int]
"""Numbers of words as `split_words` counts them: source, target."""


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two sentences with the links that are sure and those that are at least possible (the sure ones among them).

    `pivot` is the English of the same sentence, None in the English set.
    """

    name: str
    source: str
    target: str
    pivot: str | None
    sure: frozenset[Pair]
    possible: frozenset[Pair]


def read_gold(target: str, folder: Path = FOLDER) -> tuple[GoldPair, ...]:
    """Reads the set of one target: 60 pairs. Raises ValueError, naming the place, where the file breaks the format."""
    english = {} if target == "en" else {pair.source: pair.target for pair in read_gold("en", folder)}
    blocks = (folder / f"fr-{target}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return tuple(_pair(block.split("\n"), target, english) for block in blocks)


def _pair(lines: list[str], target: str, english: dict[str, str]) -> GoldPair:
    name, source, theirs, links = lines
    if not (name.startswith("@ ") and source.startswith("fr: ") and theirs.startswith(f"{target}: ")):
        raise ValueError(f"fr-{target}, {name}: a block is @ NAME, fr: TEXT, {target}: TEXT, links")
    try:
        sure, possible = _links(links, source[4:], theirs[4:])
    except ValueError as error:
        raise ValueError(f"fr-{target}, {name}: {error}") from error
    return GoldPair(name[2:], source[4:], theirs[4:], english.get(source[4:]), sure, possible)


def _links(line: str, source: str, target: str) -> tuple[frozenset[Pair], frozenset[Pair]]:
    left, right = _numbered(source), _numbered(target)
    sure, possible = set[Pair](), set[Pair]()
    for link in line.split():
        sign = "~" if "~" in link else "="
        theirs, ours = link.split(sign)
        for i, is_sure in _members(theirs, left):
            for j, is_sure_too in _members(ours, right):
                possible.add((i, j))
                if is_sure and is_sure_too and sign == "=":
                    sure.add((i, j))
    return frozenset(sure), frozenset(possible)


def _numbered(text: str) -> dict[tuple[str, int], int]:
    """Words by their spelling, the spaces inside written as _, and by which of its kind each is (from 1)."""
    seen, found = Counter[str](), {}
    for n, (start, end) in enumerate(split_words(text)):
        word = re.sub(r"\s", "_", text[start:end]).replace("’", "'")
        seen[word] += 1
        found[word, seen[word]] = n
    return found


def _members(group: str, words: dict[tuple[str, int], int]) -> Iterator[tuple[int, bool]]:
    for written in group.split("+"):
        match = _MEMBER.fullmatch(written)
        place = None if match is None else words.get((match[2], int(match[3] or 1)))
        if match is None or place is None:
            raise ValueError(f"no word {written!r} among {[word for word, _ in words]}")
        yield place, match[1] is None

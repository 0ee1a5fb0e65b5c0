"""Documents to align, with what is right known: parallel sentences of this project, and everything planted that translators do.

The sentences are the corpus of `training/corpus`, in the order in which they stand there, forty to a document. A seeded script
merges, splits, cuts anew, leaves out and adds sentences on either side, joins paragraphs, and puts paragraphs in another order.
One document in five is measured; the weights of the aligner were fitted to others. `heldout.tsv`, which no starter package has
seen, gives the documents on which the machine's drafts are tried as a bridge.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from webapp.align.beads import Bead

CORPUS: Final = Path(__file__).parent.parent / "training" / "corpus"
HELDOUT: Final = CORPUS / "heldout.tsv"
LANGUAGES: Final = ("en", "ru", "ko")
SIZE: Final = 40
MEASURED: Final = 30

Row = dict[str, str]


@dataclass(frozen=True)
class Unit:
    """What belongs together: French sentences and those of the target; one side may be empty."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """A document: paragraphs of sentences on both sides and the beads that are right."""

    name: str
    source: tuple[tuple[str, ...], ...]
    target: tuple[tuple[str, ...], ...]
    gold: frozenset[tuple[tuple[int, ...], tuple[int, ...]]]

    @property
    def sentences(self) -> int:
        return sum(map(len, self.source))


def blocks() -> list[tuple[str, list[Row]]]:
    """The corpus in blocks of forty lines, each with the name of its file and where in it they begin."""
    found = []
    for path in sorted(CORPUS.glob("*.sentences.tsv")):
        rows = read_rows(path)
        found += [(f"{path.stem.split('.')[0]}:{n}", rows[n : n + SIZE]) for n in range(0, len(rows) - SIZE + 1, SIZE)]
    return found


def read_rows(path: Path) -> list[Row]:
    """Reads parallel sentences, one mapping of language to text a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(("fr", *LANGUAGES), line.split("\t"), strict=True)) for line in lines]


def measured(language: str) -> list[Planted]:
    """The thirty documents of a language pair."""
    return [plant(name, rows, language, extra) for name, rows, extra in _chosen(lambda n: n % 5 == 3)][:MEASURED]


def for_fitting(language: str, *, moves: bool = False) -> list[Planted]:
    """The documents that are not measured. They hold more sentences replaced by others than news does, to learn from."""
    return [plant(name, rows, language, extra, moves=moves, replaced=0.4) for name, rows, extra in _chosen(lambda n: n % 5 != 3)]


def french_of(documents: Iterable[Planted]) -> frozenset[str]:
    """The French sentences of the blocks that documents were made of, as they were before anything was planted."""
    names = {document.name for document in documents}
    return frozenset(row["fr"] for name, rows in blocks() if name in names for row in rows)


def held_out(language: str, *, fitting: bool = False, seeds: int = 4) -> list[Planted]:
    """Documents of the sentences that no starter package has seen: three blocks to fit, three to measure.

    Each is planted anew for every seed, because there are so few.
    """
    rows = read_rows(HELDOUT)
    parts = [rows[n : n + SIZE] for n in range(0, len(rows), SIZE)]
    half = range(3) if fitting else range(3, 6)
    return [
        plant(f"heldout:{n}/{seed}", parts[n], language, parts[half[n % 3 - 1]], moves=not fitting)
        for seed in range(seeds)
        for n in half
    ]


def _chosen(wanted: Callable[[int], bool]) -> list[tuple[str, list[Row], list[Row]]]:
    """Blocks with another block of the same file, from which sentences are added: they are of the same subject."""
    listed = blocks()
    chosen = []
    for n, (name, rows) in enumerate(listed):
        if wanted(n):
            file = name.split(":")[0]
            others = [those for other, those in listed if other.split(":")[0] == file and other != name]
            chosen.append((name, rows, others[n % len(others)] if others else listed[n - 1][1]))
    return chosen


# --- planting ---------------------------------------------------------------------------------------------------------


def plant(
    name: str, rows: Sequence[Row], language: str, extra: Sequence[Row], *, moves: bool = True, replaced: float = 0.05
) -> Planted:
    """Makes a document of parallel rows; the same name and language always give the same. `moves`: paragraphs change places.

    `replaced` is how often a sentence that was left out is replaced by another.
    """
    random = Random(f"{name} {language}")
    units = _rework([Unit((row["fr"],), (row[language],)) for row in rows], language, random)
    units = _add(units, [row[language] for row in extra], [row["fr"] for row in extra], replaced, random)
    paragraphs = _paragraphs(units, random)
    return _laid_out(name, paragraphs, _moved(paragraphs, random) if moves else paragraphs, random)


def _rework(units: list[Unit], language: str, random: Random) -> list[Unit]:
    done: list[Unit] = []
    n = 0
    while n < len(units):
        size, made = _operate(units[n : n + 3], language, random)
        done.append(made)
        n += size
    return done


def _operate(units: Sequence[Unit], language: str, random: Random) -> tuple[int, Unit]:  # noqa: PLR0911  (a line a kind)
    """Makes one unit of the first few; gives how many were used."""
    one, chance = units[0], random.random()
    pair = units[:2] if len(units) > 1 else None
    if pair and chance < 0.08:
        return 2, Unit(_sources(pair), (_joined(_targets(pair), language, random),))
    if pair and chance < 0.12:
        return 2, Unit((_joined(_sources(pair), "fr", random),), _targets(pair))
    if chance < 0.19 and (parts := _split(one.target[0], language, random)):
        return 1, Unit(one.source, parts)
    if chance < 0.24 and (parts := _split(one.source[0], "fr", random)):
        return 1, Unit(parts, one.target)
    if pair and chance < 0.27 and (parts := _split(pair[0].target[0], language, random)):
        return 2, Unit(_sources(pair), (parts[0], _joined((parts[1], pair[1].target[0]), language, random)))
    if len(units) > 2 and chance < 0.285:
        return 3, Unit(_sources(units), (_joined(_targets(units), language, random),))
    if len(units) > 2 and chance < 0.295:
        return 3, Unit((_joined(_sources(units), "fr", random),), _targets(units))
    if chance < 0.345:
        return 1, Unit(one.source, ())
    return 1, one


def _sources(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(text for unit in units for text in unit.source)


def _targets(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(text for unit in units for text in unit.target)


def _joined(texts: Sequence[str], language: str, random: Random) -> str:
    """Two sentences as one: with a semicolon, with a conjunction, or (a splitter did not see the end) as they are."""
    link = {"fr": " et ", "en": " and ", "ru": " и ", "ko": " 그리고 "}[language]
    style = random.choice([" ", "; ", link])
    text = texts[0]
    for following in texts[1:]:
        text = text + " " + following if style == " " else text.rstrip(".!?…") + style + _lowered(following)
    return text


def _lowered(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_CLAUSES: Final = {
    "ko": re.compile(r"(?<=고|며|만|데|서|자|어|아|라)\s|(?<=,)\s"),
    "": re.compile(r"(?<=[,;:])\s|\s(?=–|—)|\s(?=et |and |или |и |а |но |but |mais |qui |who |который )"),
}


def _split(text: str, language: str, random: Random) -> tuple[str, str] | None:
    """One sentence as two, cut where a clause ends in its middle; None where it has no such place."""
    cuts = [m.end() for m in _CLAUSES["ko" if language == "ko" else ""].finditer(text) if 0.3 < m.end() / len(text) < 0.7]
    if not cuts:
        return None
    cut = random.choice(cuts)
    rest = text[cut:].lstrip(" –—")
    return text[:cut].rstrip(" ,;:") + ".", rest[:1].upper() + rest[1:]


def _add(units: list[Unit], target: Sequence[str], source: Sequence[str], replaced: float, random: Random) -> list[Unit]:
    done: list[Unit] = []
    spare, spare_source = iter(random.sample(list(target), k=min(8, len(target)))), iter(random.sample(list(source), k=2))
    for unit in units:
        done.append(unit)
        chance = random.random()
        if chance < (0.05 if unit.target else replaced) and (text := next(spare, None)):
            done.append(Unit((), (text,)))
        elif chance > 0.99 and (text := next(spare_source, None)):
            done.append(Unit((text,), ()))
    return done


def _paragraphs(units: list[Unit], random: Random) -> list[list[Unit]]:
    made: list[list[Unit]] = [[]]
    size = random.randint(1, 4)
    for unit in units:
        if len(made[-1]) >= size:
            made.append([])
            size = random.randint(1, 4)
        made[-1].append(unit)
    return made


def _moved(paragraphs: list[list[Unit]], random: Random) -> list[list[Unit]]:
    """The target's order of paragraphs: in six documents of ten one or two of them stand elsewhere."""
    order = list(paragraphs)
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        here = random.randrange(len(order) - 1)
        there = min(len(order) - 1, here + random.choice([1, 1, 1, 2, 3]))
        order[here], order[there] = order[there], order[here]
    return order


def _laid_out(name: str, paragraphs: list[list[Unit]], moved: list[list[Unit]], random: Random) -> Planted:
    sources, first = _sides(paragraphs, 0, random)
    targets, second = _sides(moved, 1, random)
    units = [unit for paragraph in paragraphs for unit in paragraph]
    gold = frozenset((first[id(unit)], second[id(unit)]) for unit in units)
    return Planted(name, sources, targets, gold)


def _sides(
    paragraphs: Sequence[Sequence[Unit]], side: int, random: Random
) -> tuple[tuple[tuple[str, ...], ...], dict[int, tuple[int, ...]]]:
    """One side's paragraphs, some joined with the one before, and the numbers of every unit's sentences."""
    made: list[list[str]] = []
    numbers: dict[int, tuple[int, ...]] = {}
    count = 0
    for paragraph in paragraphs:
        if not made or random.random() > 0.08:
            made.append([])
        for unit in paragraph:
            texts = unit.source if side == 0 else unit.target
            numbers[id(unit)] = tuple(range(count, count + len(texts)))
            count += len(texts)
            made[-1] += texts
    return tuple(tuple(paragraph) for paragraph in made if paragraph), numbers


# --- judging ----------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """Beads counted: those found, those that are right, and those found that are right exactly (strict) or in part (lax)."""

    found: int = 0
    right: int = 0
    strict: int = 0
    lax_found: int = 0
    lax_right: int = 0

    def add(self, beads: Sequence[Bead], gold: frozenset[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
        """Counts one document. Omissions and additions count like any other bead; lax, they have to be exact."""
        found = {(bead.source, bead.target) for bead in beads}
        self.found += len(found)
        self.right += len(gold)
        self.strict += len(found & gold)
        pairs, gold_pairs = _pairs(found), _pairs(gold)
        self.lax_found += sum(bead in gold or bool(_pairs({bead}) & gold_pairs) for bead in found)
        self.lax_right += sum(bead in found or bool(_pairs({bead}) & pairs) for bead in gold)

    @property
    def strict_f1(self) -> float:
        return 2 * self.strict / (self.found + self.right)

    @property
    def lax_f1(self) -> float:
        precision, recall = self.lax_found / self.found, self.lax_right / self.right
        return 2 * precision * recall / (precision + recall)


def _pairs(beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> set[tuple[int, int]]:
    return {(i, j) for source, target in beads for i in source for j in target}

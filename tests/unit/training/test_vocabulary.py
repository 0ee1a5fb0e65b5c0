"""Pruning keeps what two languages need, and splits figures into digits."""

from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from training import batches, corpus, vocabulary


@pytest.mark.parametrize(("piece", "mixed"), [("7", False), ("▁", False), ("▁7", True), ("20", True), ("2%", True), ("a", False)])
def test_a_piece_with_a_digit_beside_anything_is_mixed(piece: str, mixed: bool) -> None:
    assert vocabulary.mixes_digits(piece) is mixed


@pytest.mark.parametrize("text", ["en 2012", "1202 fois", "12 %", "22"])
def test_figures_are_spelt_digit_by_digit(vocabulary_folder: Path, text: str) -> None:
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary_folder / "spm.model"))
    pieces = encoder.encode(text, out_type=str)
    assert not any(vocabulary.mixes_digits(piece) for piece in pieces)
    assert encoder.decode(pieces) == text


def test_the_table_has_a_unit_row_for_each_piece(vocabulary_folder: Path) -> None:
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary_folder / "spm.model"))
    table = np.load(vocabulary_folder / "table.npy").astype(np.float32)
    assert len(table) == encoder.get_piece_size()
    assert np.allclose(np.linalg.norm(table[vocabulary.SPECIAL :], axis=1), 1, atol=0.01)


def test_every_training_pair_can_be_written_with_the_target_pieces(vocabulary_folder: Path, general_file: Path) -> None:
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary_folder / "spm.model"))
    allowed = frozenset(np.load(vocabulary_folder / "target.npy").tolist())
    pairs = corpus.general(general_file)
    assert len(batches.encode(encoder.encode, pairs, allowed)) == len(pairs)


def test_other_scripts_are_foreign() -> None:
    own, foreign = vocabulary.scripts(corpus.Direction("en", "ru"))
    assert own.search("газета")
    assert foreign.search("신문")
    assert foreign.search("新聞")
    assert not foreign.search("journal")

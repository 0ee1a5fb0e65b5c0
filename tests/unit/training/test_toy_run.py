"""From a tiny corpus to a package: vocabulary, some steps of training, conversion, one sentence.

Torch is not among the product's dependencies: ``make training-test`` runs this file in an environment of its own.
"""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="run by make training-test")

from training import convert, corpus, evaluate, train, weights  # needs torch

ARGUMENTS = "--width 32 --inner 64 --heads 2 --encoder 2 --decoder 1 --steps 140 --minutes 5 --pool 600 --tokens 600 --warm 5"
DIRECTION = corpus.Direction("fr", "en")


def test_a_toy_run_learns_its_sentences(
    vocabulary_folder: Path, corpus_folder: Path, general_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--vocabulary", vocabulary_folder, "--general", general_file, "--corpus", corpus_folder, "--out", tmp_path / "run"]
    plain = "--mask 0 --dropout 0 --swap 0 --figures 0 --smoothing 0 --general-share 1"  # nothing that a toy does not need
    small = "--common 40 --drawn 20 --matrix-rate 0.01 --other-rate 0.01"
    train.main(["fr-en", *map(str, given), *ARGUMENTS.split(), *plain.split(), *small.split()])
    said = capsys.readouterr().out
    before, after = float(said.split("measured before: ")[1].split()[0]), float(said.rsplit("measured ", 1)[1])
    assert after < before / 3
    archive = convert.convert(tmp_path / "run" / "average.npz", vocabulary_folder, DIRECTION, tmp_path / "out", "0.2")
    assert archive.stat().st_size < 500_000
    [text] = evaluate.translate(tmp_path / "out", DIRECTION, ["Le chat dort à Rome 12 fois."])
    assert text.startswith("The cat")


def test_a_run_continues_a_checkpoint(vocabulary_folder: Path, corpus_folder: Path, general_file: Path, tmp_path: Path) -> None:
    given = ["--vocabulary", vocabulary_folder, "--general", general_file, "--corpus", corpus_folder, "--out", tmp_path / "run"]
    train.main(["fr-en", *map(str, given), *ARGUMENTS.split(), "--steps", "2"])
    first, _ = weights.load(tmp_path / "run" / "last.npz")
    train.main(["fr-en", *map(str, given), *ARGUMENTS.split(), "--steps", "1", "--init", str(tmp_path / "run" / "last.npz")])
    second, _ = weights.load(tmp_path / "run" / "last.npz")
    assert all(np.abs(first[name] - second[name]).max() < 0.1 for name in first)


def test_sampled_scores_stand_for_all_of_them() -> None:
    plan = train.Plan(common=3, drawn=10)
    candidates = train.Candidates(list(range(50)), np.arange(50, dtype=np.float32), plan)
    scored, correction = candidates.sampled(train.torch.tensor([7, 7, 9]))
    assert scored[:3].tolist() == [0, 1, 2]
    assert {7, 9} <= set(scored.tolist())
    stands_for = correction.exp().sum().item()
    assert stands_for == pytest.approx(50, abs=0.5)

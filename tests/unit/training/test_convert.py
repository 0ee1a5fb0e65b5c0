"""A checkpoint becomes a package that CTranslate2 runs, and a package becomes a checkpoint again."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from training import average, convert, corpus, evaluate, weights

SHAPE = weights.Shape(width=16, inner=32, heads=2, encoder=2, decoder=1)
DIRECTION = corpus.Direction("fr", "en")


def random_arrays(vocabulary: Path, shape: weights.Shape) -> weights.Arrays:
    """Arrays of an untrained model."""
    rng = np.random.default_rng(1)
    table, target = np.load(vocabulary / "table.npy"), np.load(vocabulary / "target.npy")
    sizes = {"qkv": 3, "key_value": 2}
    arrays: weights.Arrays = {}
    for kind, _, name in weights.names(shape):
        last = name.rsplit(".", 1)[-1]
        rows = shape.inner if last == "inner" else sizes.get(last, 1) * shape.width
        columns = shape.inner if last == "outer" else shape.width
        size = (rows, columns) if kind == "linear" else (shape.width,)
        arrays[f"{name}.weight"] = rng.normal(0.5, 0.2, size).astype(np.float32)
        arrays[f"{name}.bias"] = rng.normal(0, 0.1, rows if kind == "linear" else shape.width).astype(np.float32)
    arrays["projection"] = rng.normal(size=(table.shape[1], shape.width)).astype(np.float32)
    arrays["residual"] = rng.normal(0, 0.1, (len(table), shape.width)).astype(np.float32)
    arrays["bias"] = rng.normal(size=len(target)).astype(np.float32)
    return arrays


@pytest.fixture
def package(vocabulary_folder: Path, tmp_path: Path) -> Path:
    """A package with random weights."""
    weights.save(tmp_path / "last.npz", random_arrays(vocabulary_folder, SHAPE), SHAPE)
    return convert.convert(tmp_path / "last.npz", vocabulary_folder, DIRECTION, tmp_path / "out", "0.3")


def test_the_package_translates(package: Path) -> None:
    assert len(evaluate.translate(package.parent, DIRECTION, ["Le chat dort.", "Le chien"])) == 2


def test_a_high_score_of_the_end_ends_at_once(package: Path, vocabulary_folder: Path, tmp_path: Path) -> None:
    convert.convert(tmp_path / "last.npz", vocabulary_folder, DIRECTION, tmp_path / "short", "0.3", end=1000.0)
    assert evaluate.translate(tmp_path / "short", DIRECTION, ["Le chat dort."]) == [""]


def test_the_archive_holds_what_argos_expects(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        described = json.loads(archive.read("translate-fr_en/metadata.json"))
    assert names == sorted(names)
    assert {"translate-fr_en/sentencepiece.model", "translate-fr_en/model/model.bin"} <= set(names)
    assert described == {
        "package_version": "0.3",
        "argos_version": "1.9",
        "from_code": "fr",
        "from_name": "French",
        "to_code": "en",
        "to_name": "English",
        "type": "translate",
    }


def test_a_package_s_weights_come_back_within_the_error_of_int8(package: Path, vocabulary_folder: Path) -> None:
    stored = weights.body_of_package(package.parent / "translate-fr_en", SHAPE)
    for name, array in random_arrays(vocabulary_folder, SHAPE).items():
        if name in stored:
            assert np.abs(stored[name] - array).max() < 0.02, name


def test_a_package_can_be_continued_with_its_own_vocabulary(package: Path, vocabulary_folder: Path) -> None:
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary_folder / "spm.model"))
    table = np.load(vocabulary_folder / "table.npy").astype(np.float32)
    target = np.load(vocabulary_folder / "target.npy").tolist()
    pieces = [encoder.id_to_piece(number) for number in range(len(table))]
    arrays = weights.start_from_package(package.parent / "translate-fr_en", pieces, target, table, SHAPE)
    original = random_arrays(vocabulary_folder, SHAPE)
    assert np.abs(weights.embeddings(arrays, table) - weights.embeddings(original, table)).max() < 0.1
    assert np.allclose(arrays["bias"], original["bias"], atol=1e-5)


def test_a_checkpoint_reads_as_it_was_written(tmp_path: Path) -> None:
    weights.save(tmp_path / "a.npz", {"x": np.ones(3, np.float32)}, SHAPE)
    arrays, shape = weights.load(tmp_path / "a.npz")
    assert shape == SHAPE
    assert arrays["x"].tolist() == [1, 1, 1]
    assert [path.name for path in tmp_path.iterdir()] == ["a.npz"]


def test_checkpoints_of_one_shape_are_averaged(tmp_path: Path) -> None:
    for name, value in (("a", 1.0), ("b", 4.0)):
        weights.save(tmp_path / f"{name}.npz", {"x": np.full(3, value, np.float32)}, SHAPE)
    weights.save(tmp_path / "c.npz", {"x": np.ones(3, np.float32)}, weights.Shape())
    arrays, shape = average.average([tmp_path / "a.npz", tmp_path / "b.npz"])
    assert (arrays["x"].tolist(), shape) == ([2.5, 2.5, 2.5], SHAPE)
    with pytest.raises(ValueError, match="one shape"):
        average.average([tmp_path / "a.npz", tmp_path / "c.npz"])

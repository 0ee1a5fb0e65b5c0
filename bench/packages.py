"""Builds Argos packages of full size for measuring: as heavy as the official ones, saying nothing.

A transformer-base (6+6 layers, 512 wide, 32,000 pieces, embeddings of its own on each side, int8: about 95 MB) with random
weights. A random model has no idea when to stop, so a few weights are set by hand: the decoder counts its steps in one
dimension, reads the average position of the source from another, and ends when it has written as many pieces as it was given.
Words are drawn from the ordinary ones of the target language, so that the next hop gets text it can tokenize.

usage: python -m bench.packages [FOLDER]      builds the three packages (default: the cache folder), prints their paths
"""

import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from platformdirs import user_cache_path

PAIRS: Final = ("fr-en", "en-ru", "en-ko")
VERSION: Final = "0.0.1"  # goes up when what is built changes
WIDTH, INNER, LAYERS, HEADS, VOCABULARY = 512, 2048, 6, 8, 32_000
STEP: Final = 1 / 32  # what one position adds in the counting dimension
STOP: Final = 480.0  # how decidedly the end is chosen once it is due, and not before
RATIO: Final = 2.5  # pieces written per average source position; 2 would be as many as were given, if no norm lay between
CLASSES: Final = 7
_ORDINARY: Final = {"en": r"▁[a-z]{2,}", "ru": r"▁[а-яё]{2,}", "ko": r"▁[가-힣]{1,}"}
_NAMES: Final = {"fr": "French", "en": "English", "ru": "Russian", "ko": "Korean"}
_STARTERS: Final = Path(__file__).parents[1] / "webapp" / "engine" / "starter"


def full_size_packages(folder: Path | None = None) -> tuple[Path, ...]:
    """Builds the packages that are not there yet and gives the paths of the .argosmodel files, in the order of PAIRS."""
    folder = folder or user_cache_path("quatrain") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"translate-{pair.replace('-', '_')}-{VERSION}.argosmodel" for pair in PAIRS]
    for number, (pair, path) in enumerate(zip(PAIRS, paths, strict=True)):
        if not path.exists():
            _build(pair, path, np.random.default_rng(number))
    return tuple(paths)


def _build(pair: str, path: Path, rng: np.random.Generator) -> None:
    from ctranslate2.specs import TransformerSpec

    source, target = pair.split("-")
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        root = Path(name) / f"translate-{source}_{target}"
        (root / "model").mkdir(parents=True)
        vocabulary = _vocabulary(pair, root / "sentencepiece.model")
        spec = TransformerSpec.from_config(LAYERS, HEADS)
        spec.register_source_vocabulary(vocabulary)
        spec.register_target_vocabulary(vocabulary)
        ordinary = _ordinary_words(target)
        _fill(spec, rng, allowed=[piece in ordinary for piece in vocabulary])
        spec.validate()
        spec.optimize(quantization="int8")
        spec.save(str(root / "model"))
        metadata = {
            "package_version": VERSION,
            "argos_version": "1.9",
            "from_code": source,
            "from_name": _NAMES[source],
            "to_code": target,
            "to_name": _NAMES[target],
            "type": "translate",
        }
        (root / "metadata.json").write_text(json.dumps(metadata), "utf-8")
        _zip(root, path)


def _vocabulary(pair: str, tokenizer: Path) -> list[str]:
    """Copies the tokenizer of the starter package and gives its pieces, filled up to the full size with ones never written."""
    proto = _starter_tokenizer(pair)
    tokenizer.write_bytes(proto)
    special = ["<unk>", "<s>", "</s>"]
    known = [piece for piece in _pieces(proto) if piece not in special]
    return [*special, *known, *(f"<filler-{i}>" for i in range(VOCABULARY))][:VOCABULARY]


def _starter_tokenizer(pair: str) -> bytes:
    with zipfile.ZipFile(_STARTERS / f"translate-{pair.replace('-', '_')}-starter.argosmodel") as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith("/sentencepiece.model")))


def _pieces(proto: bytes) -> list[str]:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_proto=proto)
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def _ordinary_words(target: str) -> set[str]:
    """Words of the target that are one piece to every tokenizer concerned: a pivot sentence keeps its number of pieces."""
    concerned = [pair for pair in PAIRS if target in pair.split("-")]
    common = set.intersection(*(set(_pieces(_starter_tokenizer(pair))) for pair in concerned))
    return {piece for piece in common if re.fullmatch(_ORDINARY[target], piece)}


def _fill(spec: Any, rng: np.random.Generator, allowed: list[bool]) -> None:
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = _embeddings(rng)
    decoder.embeddings.weight = _embeddings(rng)
    for side in (encoder, decoder):
        side.position_encodings.encodings = _positions()
        _norm(side.layer_norm)
        for layer in side.layer:
            _fill_layer(layer, rng, has_memory=side is decoder)
    _count(decoder)
    projection = (rng.standard_normal((VOCABULARY, WIDTH)) * 0.1).astype(np.float32)
    projection[:, : 2 + CLASSES] = 0
    # Lest it say the same word over and over, as random models do, every word has its turn among the positions.
    projection[np.arange(VOCABULARY), 2 + np.arange(VOCABULARY) % CLASSES] = 3.0
    projection[2] = 0
    projection[2, :2] = STOP, -STOP
    decoder.projection.weight = projection
    decoder.projection.bias = np.where(allowed, 0, -10_000).astype(np.float32)
    decoder.projection.bias[2] = 0


def _fill_layer(layer: Any, rng: np.random.Generator, *, has_memory: bool) -> None:
    _norm(layer.self_attention.layer_norm)
    _linear(layer.self_attention.linear[0], rng, 3 * WIDTH, WIDTH)
    _linear(layer.self_attention.linear[1], rng, WIDTH, WIDTH, into_stream=True)
    if has_memory:
        _norm(layer.attention.layer_norm)
        _linear(layer.attention.linear[0], rng, WIDTH, WIDTH)
        _linear(layer.attention.linear[1], rng, 2 * WIDTH, WIDTH)
        _linear(layer.attention.linear[2], rng, WIDTH, WIDTH, into_stream=True)
    _norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, rng, INNER, WIDTH)
    _linear(layer.ffn.linear_1, rng, WIDTH, INNER, into_stream=True)


def _count(decoder: Any) -> None:
    """The first head of the last layer attends to everything alike and carries the average position into dimension 1."""
    attention = decoder.layer[-1].attention
    attention.linear[0].weight[: WIDTH // HEADS] = 0
    attention.linear[1].weight[WIDTH] = 0
    attention.linear[1].weight[WIDTH, 0] = 1
    attention.linear[2].weight[1] = 0
    attention.linear[2].weight[1, 0] = RATIO


def _embeddings(rng: np.random.Generator) -> Any:
    weight = rng.standard_normal((VOCABULARY, WIDTH)) / np.sqrt(WIDTH)
    weight[:, : 2 + CLASSES] = 0  # dimensions 0 and 1 count
    return weight.astype(np.float32)


def _positions(count: int = 1200) -> Any:
    steps = np.arange(count)[:, None]
    # Sines begun anywhere, so that their mean over the dimensions, which the norms take away, is about nothing.
    angles = steps / np.power(1000, np.arange(WIDTH)[None] / WIDTH) + np.random.default_rng(0).uniform(0, 2 * np.pi, WIDTH)
    encodings = np.sin(angles)
    encodings[:, 0] = steps[:, 0] * STEP
    encodings[:, 1] = 0
    encodings[:, 2 : 2 + CLASSES] = 6.0 * (np.arange(count)[:, None] % CLASSES == np.arange(CLASSES))
    return encodings.astype(np.float32)


def _norm(spec: Any) -> None:
    spec.gamma, spec.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _linear(spec: Any, rng: np.random.Generator, rows: int, columns: int, *, into_stream: bool = False) -> None:
    weight = (rng.standard_normal((rows, columns)) * 0.5 / np.sqrt(columns)).astype(np.float32)
    if into_stream:
        weight[: 2 + CLASSES] = 0
    spec.weight, spec.bias = weight, np.zeros(rows, np.float32)


def _zip(root: Path, path: Path) -> None:
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file in _files(root):
            archive.write(file, file.relative_to(root.parent).as_posix())
    shutil.move(unfinished, path)


def _files(root: Path) -> Iterator[Path]:
    return (file for file in sorted(root.rglob("*")) if file.is_file())


if __name__ == "__main__":
    for built in full_size_packages(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(built)

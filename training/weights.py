"""Arrays of a model: the checkpoint file, and the binary file of CTranslate2, read and written.

A checkpoint is an ``.npz`` whose ``config`` entry is JSON, so that everything but the training itself works without torch.
The names of its arrays are those of ``training.model.Body`` plus ``projection`` (W), ``residual`` (R) and ``bias``: the
embedding of piece i is ``table[i] @ projection + residual[i]``.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Arrays = dict[str, Floats]
TYPES: dict[int, type[Any]] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


@dataclass(frozen=True)
class Shape:
    """The size of a model: width, inner width, heads, and layers of the encoder and the decoder."""

    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder: int = 6
    decoder: int = 2


def save(path: Path, arrays: Arrays, shape: Shape) -> None:
    """Write a checkpoint, whole or not at all."""
    part = path.with_suffix(".part.npz")
    config: Any = np.array(json.dumps(asdict(shape)))
    np.savez(part, config=config, **arrays)  # type: ignore[arg-type, unused-ignore]  # numpy's stub wants no str keys
    part.replace(path)


def load(path: Path) -> tuple[Arrays, Shape]:
    """Read a checkpoint."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "config"}
        return arrays, Shape(**json.loads(str(stored["config"])))


def embeddings(arrays: Arrays, table: Floats) -> Floats:
    """Return the embedding matrix of a checkpoint."""
    return (table @ arrays["projection"] + arrays["residual"]).astype(np.float32)


class Reader:
    """Reads the little-endian fields of CTranslate2's ``model.bin`` one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self, kind: str) -> int:
        """Read one number of a ``struct`` kind."""
        value: int = struct.unpack_from("<" + kind, self.data, self.at)[0]
        self.at += struct.calcsize(kind)
        return value

    def string(self) -> str:
        """Read a string: its length with the closing zero, then its bytes."""
        length = self.number("H")
        text = self.data[self.at : self.at + length - 1].decode()
        self.at += length
        return text

    def array(self) -> npt.NDArray[Any]:
        """Read an array: rank, sizes, type, bytes."""
        sizes = [self.number("I") for _ in range(self.number("B"))]
        kind = np.dtype(TYPES[self.number("B")])
        length = self.number("I")
        array = np.frombuffer(self.data, kind, length // kind.itemsize, self.at).reshape(sizes)
        self.at += length
        return array


def read_binary(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read CTranslate2's ``model.bin`` (written by ``ctranslate2.specs.model_spec``), int8 weights as floats again."""
    reader = Reader(path.read_bytes())
    reader.number("I"), reader.string(), reader.number("I")  # version, name, revision
    raw = {reader.string(): reader.array() for _ in range(reader.number("I"))}
    for _ in range(reader.number("I")):
        alias = reader.string()
        raw[alias] = raw[reader.string()]
    scales = {name: raw[f"{name}_scale"].reshape(-1, 1) for name in raw if f"{name}_scale" in raw}
    return {name: value.astype(np.float32) / scales[name] if name in scales else value for name, value in raw.items()}


def layer_names(side: str, number: int) -> list[tuple[str, str, str]]:
    """Return (kind, name in CTranslate2, name in the checkpoint) of a layer's norms and linears."""
    theirs, ours = f"{side}/layer_{number}/", f"{side}.{number}."
    names = [
        ("norm", f"{theirs}self_attention/layer_norm", f"{ours}norm1"),
        ("linear", f"{theirs}self_attention/linear_0", f"{ours}self_attention.qkv"),
        ("linear", f"{theirs}self_attention/linear_1", f"{ours}self_attention.out"),
        ("norm", f"{theirs}ffn/layer_norm", f"{ours}norm3"),
        ("linear", f"{theirs}ffn/linear_0", f"{ours}inner"),
        ("linear", f"{theirs}ffn/linear_1", f"{ours}outer"),
    ]
    if side == "decoder":
        names += [("norm", f"{theirs}attention/layer_norm", f"{ours}norm2")]
        pieces = enumerate(("query", "key_value", "out"))
        names += [("linear", f"{theirs}attention/linear_{at}", f"{ours}cross_attention.{piece}") for at, piece in pieces]
    return names


def names(shape: Shape) -> list[tuple[str, str, str]]:
    """Return (kind, name in CTranslate2, name in the checkpoint) of everything but the embeddings."""
    layers = [("encoder", number) for number in range(shape.encoder)] + [("decoder", n) for n in range(shape.decoder)]
    ends = [("norm", f"{side}/layer_norm", f"{side}_norm") for side in ("encoder", "decoder")]
    return ends + [name for side, number in layers for name in layer_names(side, number)]


FIELDS = {"norm": (("gamma", "weight"), ("beta", "bias")), "linear": (("weight", "weight"), ("bias", "bias"))}


def body_of_package(folder: Path, shape: Shape) -> Arrays:
    """Return a package's weights under the checkpoint's names, without its embeddings."""
    stored = read_binary(folder / "model" / "model.bin")
    return {
        f"{ours}.{mine}": np.array(stored[f"{theirs}/{its}"], np.float32)
        for kind, theirs, ours in names(shape)
        for its, mine in FIELDS[kind]
    }


@dataclass(frozen=True)
class PackageEmbeddings:
    """What a package stored of its pieces: rows by piece, output biases by piece."""

    rows: dict[str, Floats]
    bias: dict[str, float]


def embeddings_of_package(folder: Path) -> PackageEmbeddings:
    """Return a package's embedding rows and output biases by piece."""
    stored = read_binary(folder / "model" / "model.bin")
    source = json.loads((folder / "model" / "source_vocabulary.json").read_text(encoding="utf-8"))
    target = json.loads((folder / "model" / "target_vocabulary.json").read_text(encoding="utf-8"))
    name = next(name for name in stored if name.startswith("encoder/embeddings") and name.endswith("weight"))
    rows = dict(zip(source, np.array(stored[name], np.float32), strict=True))
    bias = dict(zip(target, map(float, stored["decoder/projection/bias"]), strict=True))
    return PackageEmbeddings(rows, bias)


def start_from_package(folder: Path, pieces: list[str], target: list[int], table: Floats, shape: Shape) -> Arrays:
    """Return a checkpoint that continues a package, also when the vocabulary has changed.

    Args:
        folder: the unpacked package.
        pieces: the new vocabulary.
        target: the ids of the pieces that the target side may produce.
        table: the new vocabulary's embedding table (pieces x dimensions).
        shape: the package's size.

    Returns:
        Arrays under the checkpoint's names.  ``projection`` is the least-squares map from the table to the package's rows;
        pieces that the package lacks get its projection alone.
    """
    stored = embeddings_of_package(folder)
    known = np.array([number for number, piece in enumerate(pieces) if piece in stored.rows])
    rows = np.stack([stored.rows[pieces[number]] for number in known])
    projection = np.linalg.lstsq(table[known], rows, rcond=None)[0].astype(np.float32)
    residual = np.zeros((len(pieces), rows.shape[1]), np.float32)
    residual[known] = rows - table[known] @ projection
    middle = float(np.mean(list(stored.bias.values())))
    bias = np.array([stored.bias.get(pieces[number], middle) for number in target], np.float32)
    return {**body_of_package(folder, shape), "projection": projection, "residual": residual, "bias": bias}


def sinusoids(length: int, width: int) -> Floats:
    """Return sinusoidal positions, sines first (Vaswani et al. 2017, halves instead of interleaved)."""
    angle = np.arange(length)[:, None] / np.power(10_000.0, 2 * np.arange(width // 2)[None] / width)
    return np.concatenate([np.sin(angle), np.cos(angle)], 1).astype(np.float32)

"""Makes Argos packages for tests: small ones with a real CTranslate2 model of random weights, and broken ones."""

import io
import json
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

STARTERS = Path(__file__).parents[1] / "webapp" / "engine" / "starter"
D, HIDDEN = 16, 32

METADATA = {
    "package_version": "1.0",
    "argos_version": "1.9",
    "from_code": "fr",
    "from_name": "French",
    "to_code": "en",
    "to_name": "English",
    "type": "translate",
}


@cache
def tiny_files(seed: int = 0, heads: int = 2) -> dict[str, bytes]:
    """The files of a package that loads and translates (into gibberish): a tokenizer and a model of random weights.

    With 0 `heads` the engine divides by zero: the process that loads the model is killed by the system.
    """
    with tempfile.TemporaryDirectory() as name:
        tokenizer = _tokenizer(Path(name) / "sentencepiece.model")
        _save_model(Path(name) / "model", tokenizer, seed, heads)
        files = {f"model/{path.name}": path.read_bytes() for path in (Path(name) / "model").iterdir()}
        files["sentencepiece.model"] = (Path(name) / "sentencepiece.model").read_bytes()
    return files


def package_bytes(
    files: Mapping[str, bytes] | None = None,
    *,
    pair: str = "fr-en",
    version: str = "1.0",
    root: str = "translate-fr_en/",
    seed: int = 0,
    metadata: object = None,
) -> bytes:
    """A package as bytes; `files` go beside or in the place of the sound ones, b"" leaves one out."""
    source, target = pair.split("-")
    described = {**METADATA, "from_code": source, "to_code": target, "package_version": version}
    content = {"metadata.json": json.dumps(described if metadata is None else metadata).encode(), **tiny_files(seed)}
    content.update(files or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in content.items():
            if data:
                archive.writestr(zipfile.ZipInfo(root + path, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def write_package(path: Path, data: bytes | None = None, **options: object) -> Path:
    """Writes a package file and gives its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(package_bytes(**options) if data is None else data)  # type: ignore[arg-type] # passed through
    return path


def _tokenizer(path: Path) -> list[str]:
    import sentencepiece

    sentences = ["Le président a signé l’accord lundi.", "The president signed the agreement on Monday."] * 20
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_writer=model, vocab_size=60, hard_vocab_limit=False, minloglevel=2
    )
    path.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def _save_model(folder: Path, pieces: list[str], seed: int, heads: int) -> None:
    import numpy
    from ctranslate2.specs import TransformerSpec
    from ctranslate2.specs.model_spec import visit_spec

    spec = TransformerSpec.from_config(num_layers=(1, 1), num_heads=heads)
    vocabulary = ["<blank>", "<unk>", "<s>", "</s>", *(piece for piece in pieces if not piece.startswith("<"))]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    random = numpy.random.default_rng(seed)
    shapes = {
        "embeddings": (len(vocabulary), D),
        "embeddings_0": (len(vocabulary), D),
        "projection": (len(vocabulary), D),
        "linear_0": (3 * D, D),
        "linear_1": (D, D),
        "attention.linear_0": (D, D),
        "attention.linear_1": (2 * D, D),
        "attention.linear_2": (D, D),
        "ffn.linear_0": (HIDDEN, D),
        "ffn.linear_1": (D, HIDDEN),
    }

    def fill(layer: object, name: str, value: object) -> None:
        if value is not None:
            return
        *_, parent, owner, leaf = ("", "", *name.replace("/", ".").split("."))
        if leaf in {"gamma", "beta"}:
            setattr(layer, leaf, numpy.full(D, 1.0 if leaf == "gamma" else 0.0, dtype="float32"))
        elif leaf == "encodings":
            setattr(layer, leaf, numpy.zeros((512, D), dtype="float32"))
        elif leaf == "weight":
            shape = shapes.get(f"{parent}.{owner}") or shapes[owner]
            setattr(layer, leaf, random.normal(0, 0.5, shape).astype("float32"))

    visit_spec(spec, fill)
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))

"""Checkpoint to CTranslate2 (int8) to Argos package.

usage: python -m training.convert CHECKPOINT.npz VOCABULARY_FOLDER DIRECTION OUT VERSION [--end BIAS]

Writes OUT/translate-FROM_TO/ (metadata.json, sentencepiece.model, model/, README.md) and
OUT/translate-FROM_TO-starter.argosmodel.
"""

from __future__ import annotations

import argparse
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2 import specs

from training import batches, corpus, weights

README = """# {source} to {target}, starter

A small model ({shape.encoder}+{shape.decoder} layers, width {shape.width}) for trying Quatrain where the official Argos package
cannot be had. Its embeddings start from the Universal Sentence Encoder Multilingual table (Apache-2.0); it was trained on
translations that Debian packages ship (free licences) and on a news corpus written for Quatrain. Its quality is far below
the official package: install that as soon as you can.
"""


def specification(arrays: weights.Arrays, shape: weights.Shape, rows: weights.Floats, target: list[int]) -> Any:
    """Return the CTranslate2 specification of a checkpoint with the embedding ``rows``."""
    spec = specs.TransformerSpec.from_config(
        (shape.encoder, shape.decoder),
        shape.heads,
        pre_norm=True,
        activation=specs.common_spec.Activation.RELU,
        alignment_layer=shape.decoder - 1,
        alignment_heads=1,
    )
    positions = weights.sinusoids(1024, shape.width)
    spec.encoder.embeddings[0].weight = rows
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = rows[target]
    spec.decoder.projection.bias = arrays["bias"]
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = positions
    for kind, theirs, ours in weights.names(shape):
        fill(field_at(spec, theirs), kind, arrays, ours)
    return spec


def field_at(spec: Any, name: str) -> Any:
    """Return the part of a specification with a name such as ``encoder/layer_0/ffn/linear_1``."""
    part = spec
    for step in name.split("/"):
        stem, _, number = step.rpartition("_")
        listed = number.isdigit() and not hasattr(part, step)  # layer_0, linear_1; but ffn's linear_0 is a field
        part = getattr(part, stem)[int(number)] if listed else getattr(part, step)
    return part


def fill(part: Any, kind: str, arrays: weights.Arrays, name: str) -> None:
    """Give a norm or a linear its arrays."""
    for its, mine in weights.FIELDS[kind]:
        setattr(part, its, np.ascontiguousarray(arrays[f"{name}.{mine}"], np.float32))


def write_model(spec: Any, pieces: list[str], target: list[int], folder: Path) -> None:
    """Write the int8 model that Argos loads; Argos passes bare pieces, so the end is added and the start is not."""
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary([pieces[number] for number in target])
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    config = spec.config
    config.bos_token, config.eos_token, config.unk_token, config.decoder_start_token = "<s>", "</s>", "<unk>", "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def metadata(direction: corpus.Direction, version: str) -> dict[str, str]:
    """Return an Argos package's metadata."""
    source, target = (corpus.LANGUAGES[language].name for language in direction)
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": direction.source,
        "from_name": source,
        "to_code": direction.target,
        "to_name": target,
        "type": "translate",
    }


def pack(folder: Path) -> Path:
    """Zip a package's folder beside it, in a fixed order."""
    archive = folder.with_name(f"{folder.name}-starter.argosmodel")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(path, path.relative_to(folder.parent))
    return archive


def convert(
    checkpoint: Path, vocabulary: Path, direction: corpus.Direction, out: Path, version: str, *, end: float = 0.0
) -> Path:
    """Write a package from a checkpoint.

    Args:
        checkpoint: the ``.npz`` of a run.
        vocabulary: the folder that ``training.vocabulary`` wrote.
        direction: from which language into which.
        out: where the package's folder and archive go; an older folder of that name is replaced.
        version: the package's version.
        end: added to the score of </s>; a little below zero makes up for the short outputs that label smoothing and Argos's
            length penalty of 0.2 lead to (choose it on lines that are neither trained on nor held out).

    Returns:
        The archive.
    """
    arrays, shape = weights.load(checkpoint)
    arrays["bias"][batches.END] += end  # the first target pieces are <unk> <s> </s>
    table = np.load(vocabulary / "table.npy").astype(np.float32)
    target = np.load(vocabulary / "target.npy").tolist()
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary / "spm.model"))
    pieces = [encoder.id_to_piece(number) for number in range(len(table))]
    folder = out / f"translate-{direction.source}_{direction.target}"
    shutil.rmtree(folder, ignore_errors=True)
    spec = specification(arrays, shape, weights.embeddings(arrays, table), target)
    write_model(spec, pieces, target, folder / "model")
    shutil.copy(vocabulary / "spm.model", folder / "sentencepiece.model")
    names = metadata(direction, version)
    (folder / "metadata.json").write_text(json.dumps(names, indent=1), encoding="utf-8")
    text = README.format(source=names["from_name"], target=names["to_name"], shape=shape)
    (folder / "README.md").write_text(text, encoding="utf-8")
    return pack(folder)


def main() -> None:
    """Convert one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("direction", type=corpus.Direction.parse)
    parser.add_argument("out", type=Path)
    parser.add_argument("version")
    parser.add_argument("--end", type=float, default=0.0, help="added to the score of </s>")
    options = parser.parse_args()
    given = (options.checkpoint, options.vocabulary, options.direction, options.out, options.version)
    archive = convert(*given, end=options.end)
    print(f"{archive} {archive.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

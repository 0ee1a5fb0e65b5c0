"""The committed lock installs what the product needs and none of the gigabytes it does not."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def locked_names() -> set[str]:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    return {package["name"] for package in lock["package"]}


def test_no_torch_stanza_or_spacy_is_installed() -> None:
    heavy = {"torch", "stanza", "spacy", "minisbd", "onnxruntime", "tensorflow", "transformers"}
    assert not [name for name in locked_names() if name in heavy or name.startswith("nvidia-")]


def test_the_given_packages_are_locked() -> None:
    assert {"flask", "argostranslate", "htmx-flask", "langdetect", "gunicorn", "uv"} <= locked_names()


def test_only_the_public_index_is_named() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    registries = {package["source"].get("registry") for package in lock["package"]} - {None}
    assert len(registries) == 1

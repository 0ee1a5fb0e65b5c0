"""Proves that an unpacked package works, in a process of its own: a broken or hostile model may crash the loader.

Run as a program with a JSON request on standard input, it loads the model, translates the sentence and prints JSON.
Imported, it only starts that program: ctranslate2 and sentencepiece never enter the importing process.
"""

import json
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

SECONDS: Final = 120.0
_MEMORY_FLOOR_BYTES: Final = 6 << 30  # address space, most of it never touched: threads, libraries, mapped files
_SENTENCES: Final = {
    "fr": "Le président a signé l’accord lundi.",
    "en": "The president signed the agreement on Monday.",
    "ru": "Президент подписал соглашение в понедельник.",
    "ko": "대통령은 월요일에 협정에 서명했다.",
}


class ProbeFailed(Exception):
    """The package does not load or translate; the message says what the engine said, in one line."""


def translate_one(folder: Path, source: str, target: str, *, seconds: float = SECONDS) -> tuple[str, str]:
    """Loads the package in `folder` and translates one sentence of its source language: gives both texts.

    Raises ProbeFailed when it cannot be loaded, writes nothing, crashes the loader or takes longer than `seconds`.
    """
    sentence = _SENTENCES.get(source, _SENTENCES["en"])
    request = json.dumps({"folder": str(folder), "source": source, "target": target, "sentence": sentence})
    # -P: the script's own folder must not come first on sys.path, where its modules would hide others of the same name.
    command = [sys.executable, "-P", __file__]
    try:
        done = subprocess.run(
            command, input=request, capture_output=True, text=True, timeout=seconds, check=False, encoding="utf-8"
        )
    except subprocess.TimeoutExpired as error:
        raise ProbeFailed(f"not ready after {seconds:.0f} s") from error
    except OSError as error:
        raise ProbeFailed(f"the check could not be started: {error.strerror}") from error
    if done.returncode < 0:
        raise ProbeFailed(f"it crashed the loader, signal {-done.returncode}")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise ProbeFailed(_last_line(done.stderr) or f"the loader ended with {done.returncode}") from error
    if "error" in answer:
        raise ProbeFailed(answer["error"])
    return sentence, answer["text"]


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return _readable(lines[-1]) if lines else ""


def _readable(text: str) -> str:
    """One line without control characters: names of variables in a broken model are broken too."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _main() -> None:
    request = json.load(sys.stdin)
    folder = Path(request["folder"])
    model_bytes = (folder / "model" / "model.bin").stat().st_size
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, _MEMORY_FLOOR_BYTES + 8 * model_bytes),
    ):
        with suppress(OSError, ValueError):  # macOS knows no limit of the address space
            resource.setrlimit(limit, (value, value))
    try:
        answer = {"text": _translate(folder, request["source"], request["target"], request["sentence"])}
    except Exception as error:  # noqa: BLE001 # whatever the libraries raise is the answer
        answer = {"error": _readable(f"{error}") or type(error).__name__}
    json.dump(answer, sys.stdout)


def _translate(folder: Path, source: str, target: str, sentence: str) -> str:
    # Only the program loads these, never a process that imports this module.
    from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer  # noqa: PLC0415
    from ctranslate2 import Translator  # noqa: PLC0415

    tokenizer: Any
    if (folder / "sentencepiece.model").exists():
        tokenizer = SentencePieceTokenizer(folder / "sentencepiece.model")
    else:
        tokenizer = BPETokenizer(folder / "bpe.model", source, target)
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    prefix = metadata.get("target_prefix") or None
    translator = Translator(str(folder / "model"), device="cpu", inter_threads=1, intra_threads=1)
    result = translator.translate_batch(
        [tokenizer.encode(sentence)], target_prefix=[[prefix]] if prefix else None, beam_size=1, max_decoding_length=128
    )
    text = str(tokenizer.decode(result[0].hypotheses[0])).strip()
    if not text:
        raise ValueError("it translates a sentence into nothing")
    return text


if __name__ == "__main__":
    _main()

"""The processes that a measurement runs side by side: each loads one system once and answers requests on a pipe.

Lives here: Quatrain's engine and argostranslate behind the same request. Never here: what is compared.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from webapp.engine import SPIN_VARIABLE

Article = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Measured:
    """One request: French words, seconds on the clock, on the cores, until the first text; the peak of memory so far."""

    words: int
    wall: float
    cpu: float
    first: float
    peak_mb: float


class Child:
    """One system in a process of its own; `close` ends it."""

    def __init__(self, system: str, data: Path, *, environment: Mapping[str, str] | None = None, **options: object) -> None:
        self.name = system
        command = [sys.executable, "-m", "bench.children", system, str(data), json.dumps(options)]
        # What our engine sets for itself is none of argostranslate's settings.
        inherited = {name: value for name, value in os.environ.items() if name != SPIN_VARIABLE}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**inherited, **(environment or {})}
        )

    def translate(self, paragraphs: Article, targets: Sequence[str]) -> Measured:
        """Translates one article into every target."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([paragraphs, targets]) + "\n")
        self._process.stdin.flush()
        return Measured(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def quatrain(data: Path, options: dict[str, Any]) -> Any:
    """The engine as the worker runs it; gives a function that translates an article and tells when its first text was there."""
    from webapp.config import Settings
    from webapp.engine.packages import PackageStore
    from webapp.engine.translator import ArgosEngine

    settings = Settings(data_dir=data, **options)
    engine = ArgosEngine(PackageStore(settings), settings)

    def translate(paragraphs: Article, targets: Sequence[str]) -> float:
        first = 0.0
        for _ in engine.draft([sentence for paragraph in paragraphs for sentence in paragraph], source="fr", targets=targets):
            first = first or time.perf_counter()
        return first

    return translate


def argos(data: Path, options: dict[str, Any]) -> Any:
    """argostranslate's own translate(), text by text, as a program that uses it would call it.

    Its sentence splitters (PyTorch) are not installed: a splitter that costs nothing stands in, to its advantage. Of the pivot,
    whose words mean nothing, it makes as many sentences as the French paragraph had.
    """
    import types

    for name in ("stanza", "spacy", "minisbd"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["minisbd"].SBDetect = None  # type: ignore[attr-defined]
    sys.modules["minisbd"].models = types.SimpleNamespace(cache_dir="", list_models=lambda: ["en"])  # type: ignore[attr-defined]
    from argostranslate import sbd
    from argostranslate.translate import translate as argos_translate

    splitter = _Splitter()
    sbd.MiniSBDSentencizer.split_sentences = lambda self, text: splitter.split(text, self.pkg.from_code)

    def translate(paragraphs: Article, targets: Sequence[str]) -> float:
        splitter.expect(paragraphs)
        text = "\n".join(" ".join(paragraph) for paragraph in paragraphs)
        first = 0.0
        for target in targets:
            splitter.rewind()
            argos_translate(text, "fr", target)
            first = first or time.perf_counter()
        return first

    return translate


class _Splitter:
    """Knows the sentences of the paragraphs that will be asked for, in order."""

    def expect(self, paragraphs: Article) -> None:
        self._french = {" ".join(paragraph): list(paragraph) for paragraph in paragraphs}
        self._counts = [len(paragraph) for paragraph in paragraphs]

    def rewind(self) -> None:
        self._next = iter(self._counts)

    def split(self, text: str, language: str) -> list[str]:
        if language == "fr":
            return self._french[text]
        words, count = text.split(), next(self._next)
        cuts = [len(words) * i // count for i in range(count + 1)]
        return [" ".join(words[a:b]) for a, b in pairwise(cuts)]


def _serve(system: str, data: Path, options: dict[str, Any]) -> None:
    translate = {"quatrain": quatrain, "argos": argos}[system](data, options)
    for line in sys.stdin:
        paragraphs, targets = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        first = translate(paragraphs, targets)
        answer = {
            "words": sum(len(sentence.split()) for paragraph in paragraphs for sentence in paragraph),
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "first": first - wall,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt, BrokenPipeError):
        _serve(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))

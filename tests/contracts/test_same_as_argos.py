"""Each hop writes the very text that argostranslate writes for the same sentences and the same beam.

argostranslate runs in a process of its own, as it comes, with two changes: its sentence splitters are not installed and are
replaced by one that takes a paragraph for one sentence, and its cache is passed over. Runs of spaces count as one. Headings in
Title Case and outputs that loop are left out: there Quatrain means to differ.

In 32-bit floating point nothing differs. In int8, batches matter a little: the order of additions inside the matrix products
changes with the shape of a batch, the last bit of an activation sometimes falls to the other side when it is rounded to 8 bits,
and where two continuations are about equally probable the other one may win. argostranslate's own output depends in the same
way on ARGOS_BATCH_SIZE. So there the test demands that nearly all sentences be the same and the others as probable.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from statistics import mean

import pytest

from webapp.config import Settings
from webapp.engine.batches import make_batches
from webapp.engine.hop import LENGTH_PENALTY, Hop, Hypothesis, Pieces
from webapp.engine.packages import InstalledPackage, PackageStore
from webapp.engine.pool import CorePool
from webapp.engine.repair import sentence_case
from webapp.engine.stage import Stage

ROOT = Path(__file__).parents[2]
PAIRS = ("fr-en", "en-ru", "en-ko")

ARGOS = """
import json, sys, types
for name in ("stanza", "spacy", "minisbd"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["minisbd"].SBDetect = None
sys.modules["minisbd"].models = types.SimpleNamespace(cache_dir="", list_models=lambda: ["en"])

from argostranslate import sbd, translate

sbd.MiniSBDSentencizer.split_sentences = lambda self, text: [text]
request = json.load(sys.stdin)
answer = {}
for pair, sentences in request.items():
    source, target = (translate.get_language_from_code(code) for code in pair.split("-"))
    translation = source.get_translation(target).underlying
    assert type(translation) is translate.PackageTranslation, translation
    found = [translation.hypotheses(sentence, 1)[0] for sentence in sentences]
    answer[pair] = [[hypothesis.value, hypothesis.score] for hypothesis in found]
print(json.dumps(answer))
"""


def ordinary_sentences(language: str, every: int = 1) -> list[str]:
    """Invented news sentences, single-spaced, of the language a hop translates from; no headings; one of `every`."""
    rows = [line.split("\t") for line in (ROOT / "bench" / "sentences.tsv").read_text("utf-8").splitlines()]
    texts = [" ".join(row[{"fr": 0, "en": 1}[language]].split()) for row in rows]
    return [text for text in texts if sentence_case(text) is None][::every]


@dataclass(frozen=True)
class Output:
    """A text with the score that CTranslate2 gives it; whether it came out at the first try."""

    text: str
    score: float
    is_first_try: bool = True


Outputs = dict[str, list[Output]]


def by_argos(store: PackageStore, folder: Path, compute_type: str, every: int = 1) -> Outputs:
    """What argostranslate gives, sentence by sentence."""
    packages = folder / "argos"
    packages.mkdir(parents=True)
    for package in store.installed():
        (packages / package.pair).symlink_to(package.folder, target_is_directory=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ARGOS_")},
        **{f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG", "CACHE")},
        "ARGOS_PACKAGES_DIR": str(packages),
        "ARGOS_COMPUTE_TYPE": compute_type,
        "ARGOS_INTRA_THREADS": "1",
    }
    request = json.dumps({pair: ordinary_sentences(pair[:2], every) for pair in PAIRS})
    command = [sys.executable, "-c", ARGOS]
    done = subprocess.run(
        command, input=request, env=environment, cwd=folder, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    return {pair: [Output(" ".join(text.split()), score) for text, score in answer[pair]] for pair in PAIRS}


def by_quatrain(store: PackageStore, settings: Settings, every: int = 1) -> Outputs:
    """What each hop gives through the product's own stages, batches and threads."""
    pool = CorePool(settings.engine_threads)
    try:
        return {package.pair: one_hop(package, settings, pool, every) for package in store.installed()}
    finally:
        pool.close()


def one_hop(package: InstalledPackage, settings: Settings, pool: CorePool, every: int) -> list[Output]:
    hop = _Recorded(package, settings)
    sentences = ordinary_sentences(package.source, every)
    batches = partial(make_batches, tokens=settings.batch_tokens)
    renderings = Stage(hop, sentences, submit=partial(pool.submit, (0,)), batches=batches).finish()
    hop.unload()
    outputs = []
    for rendering in renderings:
        assert rendering.trace is not None
        steps = len(rendering.trace.target_pieces) + 1
        score = log(rendering.confidence) * steps / steps**LENGTH_PENALTY
        outputs.append(Output(rendering.text, score, rendering.trace.source_pieces not in hop.tried_again))
    return outputs


class _Recorded(Hop):
    """A hop that remembers what it was given a second time, after a loop."""

    def __init__(self, package: InstalledPackage, settings: Settings) -> None:
        super().__init__(package, settings)
        self.tried_again: set[Pieces] = set()

    def translate(self, batch: Sequence[Pieces], *, against_loops: bool = False) -> list[Hypothesis]:
        if against_loops:
            self.tried_again.update(batch)
        return super().translate(batch, against_loops=against_loops)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> PackageStore:
    store = PackageStore(Settings(data_dir=tmp_path_factory.mktemp("same")))
    store.install_starters()
    return store


def side_by_side(ours: Outputs, theirs: Outputs, pair: str, least: int) -> list[tuple[Output, Output]]:
    """The outputs of one pair where Quatrain does not mean to differ; at least `least`, or the test would prove little."""
    both = [(our, their) for our, their in zip(ours[pair], theirs[pair], strict=True) if our.is_first_try]
    assert len(both) >= least
    return both


@pytest.mark.slow
def test_in_floating_point_every_sentence_is_the_same_in_whatever_batches(store: PackageStore, tmp_path: Path) -> None:
    ours = by_quatrain(store, Settings(compute_type="float32", engine_threads=2), every=9)  # argostranslate takes its time
    theirs = by_argos(store, tmp_path, "float32", every=9)
    for pair in PAIRS:
        for our, their in side_by_side(ours, theirs, pair, least=23):
            assert our.text == their.text
            assert our.score == pytest.approx(their.score, abs=1e-3)


@pytest.mark.slow
def test_in_int8_nearly_every_sentence_is_the_same_and_the_others_are_as_probable(store: PackageStore, tmp_path: Path) -> None:
    ours = by_quatrain(store, Settings(compute_type="int8", engine_threads=2), every=3)
    theirs = by_argos(store, tmp_path, "int8", every=3)
    for pair in PAIRS:
        both = side_by_side(ours, theirs, pair, least=66)
        same = [our for our, their in both if our.text == their.text]
        assert len(same) >= 0.95 * len(both), f"{pair}: {len(both) - len(same)} of {len(both)} differ"
        average = mean(their.score for _, their in both)
        assert mean(our.score for our, _ in both) == pytest.approx(average, rel=0.01)

"""One package at work: the shipped fr-en package, and tiny ones for what the shipped ones do not have."""

import math
from pathlib import Path

import numpy as np
import pytest

from tests.packages import METADATA, package_bytes
from webapp.config import Settings
from webapp.engine import probe
from webapp.engine.hop import Hop
from webapp.engine.packages import InstalledPackage, PackageStore
from webapp.errors import PackageModelBroken

SENTENCES = ("Le ministre a signé lundi un accord à Moscou.", "Bonjour.", "Les négociations reprendront en mars.")


@pytest.fixture(scope="module")
def hop(starters: PackageStore, starter_settings: Settings) -> Hop:
    package = next(package for package in starters.installed() if package.pair == "fr-en")
    return Hop(package, starter_settings)


def test_confidence_is_the_probability_of_a_step_as_the_model_itself_scores_the_sentence(hop: Hop) -> None:
    sources = [hop.encode(sentence) for sentence in SENTENCES]
    found = hop.translate(sources)
    scores = hop._translator.score_batch([list(s) for s in sources], [list(h.pieces) for h in found])
    for hypothesis, score in zip(found, scores, strict=True):
        assert hypothesis.steps == len(hypothesis.pieces) + 1 == len(score.log_probs)
        assert hypothesis.log_prob == pytest.approx(sum(score.log_probs), rel=0.03)  # int8: batches matter a little
        assert hypothesis.confidence == pytest.approx(math.exp(hypothesis.log_prob / hypothesis.steps))


def test_attention_says_for_every_piece_which_pieces_of_the_source_it_was_made_from(hop: Hop) -> None:
    source = hop.encode(SENTENCES[0])
    [hypothesis] = hop.translate([source])
    attention = np.frombuffer(hypothesis.attention, np.uint8).reshape(len(hypothesis.pieces), len(source))
    assert source[attention[hypothesis.pieces.index("▁Moscow")].argmax()] == "▁Moscou"
    assert (attention.sum(axis=1) <= 255 + len(source)).all()


def test_an_empty_sequence_between_others_disturbs_nobody(hop: Hop) -> None:
    source = hop.encode(SENTENCES[1])
    empty, hypothesis = hop.translate([(), source])
    assert empty.pieces == ()
    assert hypothesis.pieces == hop.translate([source])[0].pieces


def test_the_second_try_repeats_no_three_pieces(hop: Hop) -> None:
    [hypothesis] = hop.translate([hop.encode("non " * 30)], against_loops=True)
    triples = list(zip(hypothesis.pieces, hypothesis.pieces[1:], hypothesis.pieces[2:], strict=False))
    assert len(triples) == len(set(triples))


def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: dict[str, str]) -> InstalledPackage:
    monkeypatch.setattr(probe, "translate_one", lambda *args: ("bonjour", "hello"))
    path = tmp_path / "tiny.argosmodel"
    path.write_bytes(package_bytes(metadata={**METADATA, **metadata}))
    return PackageStore(Settings(data_dir=tmp_path / "data")).import_file(path)


def test_a_target_prefix_is_given_to_the_model_taken_from_the_text_and_counted_in_no_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = install(tmp_path, monkeypatch, {"target_prefix": "T"})
    hop = Hop(package, Settings(engine_threads=1, compute_type="float32"))
    source = hop.encode("Le président")
    [hypothesis] = hop.translate([source])
    assert hypothesis.pieces[0] == "T"
    [score] = hop._translator.score_batch([list(source)], [list(hypothesis.pieces)])
    assert hypothesis.steps in {len(score.log_probs) - 1, len(score.log_probs) - 2}  # the last, where it was cut off
    assert hypothesis.log_prob == pytest.approx(sum(score.log_probs[1 : hypothesis.steps + 1]), rel=1e-3)
    assert hop.decode(("T", "▁sign", "e")).strip() == "signe"


def test_a_package_that_does_not_load_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = install(tmp_path, monkeypatch, {})
    (package.folder / "model" / "model.bin").write_bytes(b"nothing")
    with pytest.raises(PackageModelBroken, match="does not load"):
        Hop(package, Settings(engine_threads=1))
    (package.folder / "metadata.json").write_text("[", "utf-8")
    with pytest.raises(PackageModelBroken):
        Hop(package, Settings(engine_threads=1))

"""What a hop is given of odd sentences and which of its answers is kept, with a hop that answers from a table."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engine.batches import make_batches
from webapp.engine.hop import MAX_PIECES, Hypothesis, Pieces
from webapp.engine.stage import LONGEST, Rendering, Stage

SURE, UNSURE = -0.1, -2.0  # log-probability of one step


@dataclass
class TableHop:
    """Answers from `answers`, by text: words and the log-probability of one step; what is not there comes back as it is.

    A key that ends with " !" is the answer of the second try, after a loop.
    """

    answers: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)

    def encode(self, text: str) -> Pieces:
        return tuple(text.split())

    def decode(self, pieces: Sequence[str]) -> str:
        return " ".join(pieces)

    def translate(self, batch: Sequence[Pieces], *, against_loops: bool = False) -> list[Hypothesis]:
        texts = [" ".join(pieces) + (" !" if against_loops else "") for pieces in batch]
        self.calls.append(texts)
        return [self._answer(text, len(pieces)) for text, pieces in zip(texts, batch, strict=True)]

    def _answer(self, text: str, width: int) -> Hypothesis:
        words, step = self.answers.get(text, (text, SURE))
        pieces = tuple(words.split())
        return Hypothesis(pieces, step * (len(pieces) + 1), len(pieces) + 1, bytes([200]) * len(pieces) * width)


def render(hop: TableHop, *texts: str) -> list[Rendering]:
    def submit(task: object) -> "Future[list[Hypothesis]]":
        future: Future[list[Hypothesis]] = Future()
        future.set_result(task())  # type: ignore[operator] # a task is a function without arguments
        return future

    stage = Stage(hop, texts, submit=submit, batches=lambda sizes: make_batches(sizes, tokens=1024))  # type: ignore[arg-type] # all that is used of a hop
    return stage.finish()


def test_an_ordinary_sentence_is_given_to_the_model_once_and_as_it_is() -> None:
    hop = TableHop({"Il pleut.": ("It rains.", SURE)})
    [first, second] = render(hop, "Il pleut.", "Il\u00a0pleut. ")
    assert hop.calls == [["Il pleut."]]
    assert first == second
    assert first.text == "It rains."
    assert first.confidence == pytest.approx(np.exp(SURE))
    assert first.trace is not None
    assert (first.trace.source_pieces, first.trace.target_pieces) == (("Il", "pleut."), ("It", "rains."))
    assert len(first.trace.attention) == 4


@pytest.mark.parametrize(("title_score", "kept"), [(UNSURE, "A strategic partnership"), (SURE / 2, "Un Panier Stratégique")])
def test_a_heading_is_written_in_the_way_that_the_model_is_surer_of(title_score: float, kept: str) -> None:
    hop = TableHop(
        {
            "Un Partenariat Stratégique Global": ("Un Panier Stratégique", title_score),
            "Un partenariat stratégique global": ("A strategic partnership", SURE),
        }
    )
    [rendering] = render(hop, "Un Partenariat Stratégique Global")
    assert rendering.text == kept
    assert hop.calls == [["Un Partenariat Stratégique Global", "Un partenariat stratégique global"]]


def test_a_loop_is_decoded_again_and_the_better_text_kept() -> None:
    hop = TableHop({"Il a dit": ("he said he said he said", SURE), "Il a dit !": ("he said", UNSURE)})
    [rendering, other] = render(hop, "Il a dit", "Elle dort")
    assert rendering.text == "he said"
    assert other.text == "Elle dort"
    assert hop.calls == [["Il a dit", "Elle dort"], ["Il a dit !"]]


def test_loops_of_a_slice_are_decoded_again_together() -> None:
    loops = {f"phrase {i}": ("la la la", SURE) for i in range(5)}
    hop = TableHop(loops)
    render(hop, *loops)
    assert len(hop.calls) == 2


def test_a_sentence_that_loops_both_times_is_squeezed_to_one_turn() -> None:
    hop = TableHop({"Il a dit": ("so he said he said he said", SURE), "Il a dit !": ("no no no", SURE)})
    [rendering] = render(hop, "Il a dit")
    assert rendering.text == "so he said"
    assert rendering.trace is not None
    assert len(rendering.trace.attention) == 3 * 3


def test_what_the_source_says_three_times_may_be_said_three_times() -> None:
    hop = TableHop({"non non non": ("no no no", SURE)})
    assert render(hop, "non non non")[0].text == "no no no"
    assert len(hop.calls) == 1


def test_an_output_that_never_ended_is_tried_again() -> None:
    endless = " ".join(f"w{i}" for i in range(MAX_PIECES))
    hop = TableHop({"Une phrase": (endless, SURE), "Une phrase !": ("a sentence", SURE)})
    assert render(hop, "Une phrase")[0].text == "a sentence"


def test_an_over_long_sentence_is_translated_in_parts_and_joined() -> None:
    clause = " ".join(["mot"] * 60)
    text = f"Début {clause}, suite {clause}; fin {clause}."
    hop = TableHop()
    [rendering] = render(hop, text)
    parts = [part for call in hop.calls for part in call]
    assert all(len(part.split()) <= LONGEST for part in parts)
    assert len(parts) == 2 and any(part.endswith(";") for part in parts)
    assert rendering.text == text
    assert rendering.trace is not None
    rows, columns = len(rendering.trace.target_pieces), len(rendering.trace.source_pieces)
    attention = np.frombuffer(rendering.trace.attention, np.uint8).reshape(rows, columns)
    first = next(i for i, piece in enumerate(rendering.trace.source_pieces) if piece == "fin")
    assert attention[:first, :first].all() and attention[first:, first:].all()
    assert not attention[:first, first:].any() and not attention[first:, :first].any()


def test_a_source_of_which_nothing_comes_is_shown_as_it_is_and_trusted_by_nobody() -> None:
    [rendering] = render(TableHop({"Quoi": ("<unk> ⁇", SURE)}), "Quoi")
    assert rendering.text == "Quoi"
    assert rendering.confidence == 0.0


@given(
    st.lists(st.text(st.sampled_from("aé .,;«»⁇▁<unk>0\u00a0\u202f\n")), max_size=8), st.sampled_from(["⁇", "<unk>", "▁x", "a"])
)
def test_whatever_is_asked_and_answered_readers_see_no_marks_and_every_text_has_its_rendering(
    texts: list[str], said: str
) -> None:
    hop = TableHop({" ".join(text.split()): (said, SURE) for text in texts})
    renderings = render(hop, *texts)
    assert len(renderings) == len(texts)
    for text, rendering in zip(texts, renderings, strict=True):
        assert not any(mark in rendering.text for mark in ("<unk>", "⁇", "▁"))
        assert rendering.text == rendering.text.strip()
        assert bool(rendering.text) == bool(text.strip())
        assert 0.0 <= rendering.confidence <= 1.0

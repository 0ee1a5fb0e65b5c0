"""One Argos package at work: text into pieces, pieces through the model, pieces into text.

Lives here: the tokenizer, CTranslate2, the options that make the text the same as argostranslate's own.
Never here: which package to use, in which order batches run, what to do with odd sentences.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import ctranslate2
import numpy as np
from argostranslate.tokenizer import BPETokenizer, SentencePieceTokenizer

from webapp.config import Settings
from webapp.engine.packages import InstalledPackage
from webapp.errors import EngineFailed, PackageModelBroken
from webapp.languages import PIVOT

Pieces = tuple[str, ...]

# argostranslate.translate.apply_packaged_translation; the beam is a setting there too (ARGOS_BEAM_SIZE, 4).
LENGTH_PENALTY: Final = 0.2
MAX_PIECES: Final = 256  # CTranslate2's own max_decoding_length, which argostranslate leaves as it is
# For the second try after a loop: the penalty of Keskar et al. 2019 (arXiv:1909.05858, section 4.1).
REPETITION_PENALTY: Final = 1.2
NO_REPEAT_NGRAM: Final = 3


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the model wrote for one sequence: `log_prob` is the natural logarithm of its probability, end included.

    `steps` is the number of decisions that probability is of (pieces and end). `attention` holds
    len(pieces) × len(source) bytes, row-major, each a probability in 1/255; a row of zeros is not known.
    """

    pieces: Pieces
    log_prob: float
    steps: int
    attention: bytes = b""

    @property
    def confidence(self) -> float:
        """The geometric mean of the probabilities of its steps, 0..1."""
        return min(1.0, math.exp(self.log_prob / max(1, self.steps)))

    @property
    def was_cut_off(self) -> bool:
        """Whether the model had not come to an end when it was stopped."""
        return len(self.pieces) >= MAX_PIECES


class Hop:
    """One loaded package. Every method may be called from several threads at once.

    Raises PackageModelBroken when the package does not load.
    """

    def __init__(self, package: InstalledPackage, settings: Settings) -> None:
        self.package = package
        self._beam_size = settings.beam_size
        try:
            self._prefix = str(json.loads((package.folder / "metadata.json").read_text("utf-8")).get("target_prefix") or "")
            self._tokenizer = _load_tokenizer(package)
            self._translator = ctranslate2.Translator(
                str(package.folder / "model"),
                device="cpu",
                inter_threads=settings.engine_threads,
                intra_threads=_threads_of_a_batch(package, settings),
                compute_type=settings.compute_type,
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise PackageModelBroken(name=package.folder.name, detail=str(error)) from error

    def encode(self, text: str) -> Pieces:
        """Cuts a text into the pieces of the model's vocabulary."""
        return tuple(self._tokenizer.encode(text))

    def decode(self, pieces: Sequence[str]) -> str:
        """Joins pieces into text, as argostranslate does."""
        text = str(self._tokenizer.decode(list(pieces)))
        if self._prefix and text.startswith(self._prefix):
            text = text[len(self._prefix) :]
        return text

    def translate(self, batch: Sequence[Pieces], *, against_loops: bool = False) -> list[Hypothesis]:
        """Translates a batch on the calling thread's core; one hypothesis for each sequence, in order.

        Raises EngineFailed.
        """
        options = {"repetition_penalty": REPETITION_PENALTY, "no_repeat_ngram_size": NO_REPEAT_NGRAM} if against_loops else {}
        results = self._run(batch, beam_size=self._beam_size, num_hypotheses=1, return_attention=True, **options)
        # CTranslate2 4.8.5 gives the first step of a beam search the attention of another sequence of the batch: number n of the
        # batch, longest first, gets that of number n // beam. So that row is not known there.
        known_from = int(self._beam_size > 1 and len(batch) > 1)
        return [
            self._scored(result, 0, _quantise(result.attention[0], (len(result.hypotheses[0]), len(pieces)), known_from))
            for pieces, result in zip(batch, results, strict=True)
        ]

    def n_best(self, pieces: Pieces, count: int) -> list[Hypothesis]:
        """Gives up to `count` hypotheses for one sequence, the most likely first, without attention. Raises EngineFailed."""
        (result,) = self._run([pieces], beam_size=max(count, self._beam_size), num_hypotheses=count)
        return [self._scored(result, n) for n in range(len(result.hypotheses))]

    def attend(self, pairs: Sequence[tuple[Pieces, Pieces]]) -> list[bytes]:
        """Makes the model write given pieces, and gives its attention for each pair, as in `Hypothesis`. Raises EngineFailed.

        Pairs of like lengths go well together: all are written as far as the longest.
        """
        prefix = [self._prefix] if self._prefix else []
        try:
            results = self._translator.translate_batch(
                [list(left) for left, _ in pairs],
                target_prefix=[[*prefix, *right] for _, right in pairs],
                beam_size=1,
                max_decoding_length=max(len(right) for _, right in pairs) + len(prefix),
                return_attention=True,
            )
        except RuntimeError as error:
            raise EngineFailed(detail=str(error)) from error
        return [
            _quantise(result.attention[0][len(prefix) :][: len(right)], (len(right), len(left)))
            for (left, right), result in zip(pairs, results, strict=True)
        ]

    def _run(self, batch: Sequence[Pieces], **options: Any) -> list[Any]:
        try:
            results: list[Any] = self._translator.translate_batch(
                [list(pieces) for pieces in batch],
                target_prefix=[[self._prefix]] * len(batch) if self._prefix else None,
                replace_unknowns=True,
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=MAX_PIECES,
                return_scores=True,
                **options,
            )
        except RuntimeError as error:
            raise EngineFailed(detail=str(error)) from error
        return results

    def _scored(self, result: Any, n: int, attention: bytes = b"") -> Hypothesis:
        """Takes over one hypothesis of a result; the prefix that the model was given is none of its decisions."""
        pieces = tuple(result.hypotheses[n])
        length = len(pieces) if len(pieces) >= MAX_PIECES else len(pieces) + 1
        # CTranslate2's score is the sum of log-probabilities divided by length ** length_penalty.
        log_prob = result.scores[n] * length**LENGTH_PENALTY
        return Hypothesis(pieces, log_prob, length - bool(self._prefix), attention)

    def unload(self) -> None:
        """Frees the model's memory; the hop cannot be used afterwards."""
        self._translator.unload_model()


def _threads_of_a_batch(package: InstalledPackage, settings: Settings) -> int:
    """One core a batch: several batches at once cost less than several threads on one, which wait for each other at every step.

    But while the English of one sentence is written there is nothing else to do, so there two cores share it: one short sentence
    is ready a fifth sooner, and with full batches no difference can be measured. (Russian and Korean then run side by side.)
    """
    return min(2, settings.engine_threads) if package.target == PIVOT else 1


def _quantise(attention: Any, shape: tuple[int, int], known_from: int = 0) -> bytes:
    """Rounds a matrix of probabilities to bytes; b"" where it does not have the expected shape (the end is no column).

    Rows before `known_from` become zeros.
    """
    if 0 in shape:
        return b""
    matrix = np.asarray(attention, dtype=np.float32)
    if matrix.shape != shape:
        return b""
    rounded = np.rint(matrix * 255.0).astype(np.uint8)
    rounded[:known_from] = 0
    return bytes(rounded)


def _load_tokenizer(package: InstalledPackage) -> Any:
    """The tokenizer of a package, warm: argostranslate loads it at its first use, which two threads must not do together."""
    sentencepiece = package.folder / "sentencepiece.model"
    if sentencepiece.exists():
        tokenizer = SentencePieceTokenizer(sentencepiece)
    else:
        tokenizer = BPETokenizer(package.folder / "bpe.model", package.source, package.target)
    tokenizer.decode(tokenizer.encode("1"))
    return tokenizer

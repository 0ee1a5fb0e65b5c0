"""Fits the weights of the aligner: a conditional random field over alignments, by gradient on documents that are not measured.

    python -m bench.align_fit > webapp/align/bead_weights.py          (about ten minutes)

Documents whose paragraphs were put in another order teach nothing about a way through two texts, so they are planted without.
How far to trust a draft is learnt from half of the sentences that no starter package has seen: of the others the packages know
the translation by heart.
"""

import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench import align_documents as documents
from bench.align_documents import Planted
from bench.align_drafts import draft_all
from bench.align_lexicon import lexicons_without
from webapp.align.beads import MATCHES, Shape
from webapp.align.embeddings import load_encoder, one_thread
from webapp.align.evidence import FEATURES, Evidence
from webapp.align.search import NEVER, Band, Lattice
from webapp.align.sides import read_drafts, read_sides, skips

Floats = NDArray[np.float64]

_SIZE: Final = len(FEATURES) + len(MATCHES) + 6
_DOCUMENTS, _SEEDS = 60, 10
_STEPS, _DRAFT_STEPS = 100, 60
_RATE, _RIDGE = 0.15, 0.02
OTHER: Final = ""

_HEAD: Final = '''"""How much each piece of evidence counts, by the target's language, without and with drafts of the machine.

Written by `python -m bench.align_fit`; the order of the figures is that of `evidence.FEATURES`.
"""

from typing import Final

from webapp.align.evidence import Weights

# fmt: off
'''
_FOOT: Final = '''# fmt: on

OTHER: Final = ""
"""The key of the weights for a language without a lexicon: fitted to Russian, whose script and free order teach caution."""


def weights_for(language: str | None, *, drafted: bool) -> Weights:
    """Chooses the weights for a target (ISO 639-1); `drafted`: the machine's drafts are to be used."""
    table = DRAFTED if drafted else PLAIN
    return table.get(language or OTHER, PLAIN[OTHER] if not drafted else table["ru"])
'''


class Case:
    """One document with its features and the beads that are right."""

    def __init__(self, document: Planted, language: str | None, drafts: Sequence[str] | None) -> None:
        source, target = (list(chain.from_iterable(side)) for side in (document.source, document.target))
        starts = [[n == 0 for part in side for n in range(len(part))] for side in (document.source, document.target)]
        encoder = load_encoder()
        sides = read_sides(encoder, source, target, (starts[0], starts[1]), language)
        evidence = Evidence(encoder, *sides, None if drafts is None else read_drafts(encoder, drafts, target))
        self.band = Band.whole(0, len(source), 0, len(target))
        self.features = {shape: (found, possible) for shape, found, possible in evidence.features(self.band)}
        self.skips = skips(evidence.source), skips(evidence.target)
        self.gold: dict[Shape, list[tuple[int, int]]] = {shape: [] for shape in (*MATCHES, (1, 0), (0, 1))}
        for ours, theirs in document.gold:
            self.gold[len(ours), len(theirs)].append(((ours or (-1,))[-1] + 1, (theirs or (-1,))[-1] + 1))

    @property
    def beads(self) -> int:
        return sum(map(len, self.gold.values()))

    def lattice(self, theta: Floats) -> Lattice:
        matches = {}
        for n, shape in enumerate(MATCHES):
            found, possible = self.features[shape]
            weighed = np.tensordot(theta[: len(FEATURES)].astype(np.float32), found, axes=1) + theta[len(FEATURES) + n]
            matches[shape] = np.where(possible, weighed, NEVER).astype(np.float32)
        return Lattice(self.band, matches, self.skips[0] @ theta[-6:-3], self.skips[1] @ theta[-3:])

    def gradient(self, theta: Floats) -> tuple[float, Floats]:
        """The log-likelihood of what is right, and its gradient: what is right less what is expected."""
        lattice = self.lattice(theta)
        ahead, behind = lattice.forward(np.logaddexp), lattice.backward(np.logaddexp)
        total = ahead[-1, self.band.stop]
        grad, score = np.zeros_like(theta), 0.0
        for n, shape in enumerate(MATCHES):
            a, b = shape
            before = np.full_like(ahead, NEVER)
            if a < ahead.shape[0] and b < ahead.shape[1]:
                before[a:, b:] = ahead[: ahead.shape[0] - a, : ahead.shape[1] - b]
            found, possible = self.features[shape]
            through = np.where(possible, np.exp(np.minimum(0, before + lattice.matches[shape] + behind - total)), 0)
            grad[: len(FEATURES)] -= np.tensordot(found, through, axes=2)
            grad[len(FEATURES) + n] -= through.sum()
            for i, j in self.gold[shape]:
                grad[: len(FEATURES)] += found[:, i, j]
                grad[len(FEATURES) + n] += 1
                score += float(lattice.matches[shape][i, j])
        source = np.exp(np.minimum(0, ahead[:-1] + lattice.skip_source[:, None] + behind[1:] - total)).sum(axis=1)
        target = np.exp(np.minimum(0, ahead[:, :-1] + lattice.skip_target[None] + behind[:, 1:] - total)).sum(axis=0)
        grad[-6:-3] -= source @ self.skips[0]
        grad[-3:] -= target @ self.skips[1]
        for i, _ in self.gold[1, 0]:
            grad[-6:-3] += self.skips[0][i - 1]
            score += float(lattice.skip_source[i - 1])
        for _, j in self.gold[0, 1]:
            grad[-3:] += self.skips[1][j - 1]
            score += float(lattice.skip_target[j - 1])
        return score - float(total), grad


def fit(cases: Sequence[Case], first: Floats, steps: int) -> Floats:
    """Climbs from `first`, which it is held near, by Adam (Kingma and Ba 2014)."""
    theta, mean, square = first.copy(), np.zeros_like(first), np.zeros_like(first)
    beads = sum(case.beads for case in cases)
    for step in range(1, steps + 1):
        value, grad = -_RIDGE * float(((theta - first) ** 2).sum()), -2 * _RIDGE * (theta - first)
        for case in cases:
            one, more = case.gradient(theta)
            value, grad = value + one, grad + more
        mean, square = 0.9 * mean + 0.1 * grad, 0.98 * square + 0.02 * grad**2
        rate = _RATE * min(1.0, 3 * (1 - step / (steps + 1)) + 0.05)
        theta = theta + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.98**step)) + 1e-9)
        if step % 20 == 0:
            print(f"  step {step}: {value / beads:.4f} a bead", file=sys.stderr, flush=True)
    return theta


def _start() -> Floats:
    theta = np.zeros(_SIZE)
    theta[0] = 8
    theta[len(FEATURES) + 1 : len(FEATURES) + len(MATCHES)] = -3
    theta[[-6, -3]] = -2
    return theta


def _with_drafts(theta: Floats) -> Floats:
    found = theta.copy()
    found[FEATURES.index("draft-meaning")], found[FEATURES.index("draft-letters")] = 4, 2
    return found


def _written(theta: Floats) -> str:
    figures = [f"{value:.3f}".rstrip("0").rstrip(".") for value in theta]
    shapes = ", ".join(f"{shape}: {figures[len(FEATURES) + n]}" for n, shape in enumerate(MATCHES))
    source, target = ", ".join(figures[-6:-3]), ", ".join(figures[-3:])
    features = [", ".join(figures[k : min(k + 10, len(FEATURES))]) for k in range(0, len(FEATURES), 10)]
    return (
        f"Weights(\n        ({(',' + chr(10) + '         ').join(features)}),\n        {{{shapes}}},\n"
        f"        ({source}), ({target}),\n    )"
    )


def _plain() -> dict[str, Floats]:
    """Fits the weights without drafts, with lexicons that know none of the sentences; OTHER stands for a language without one."""
    found = {}
    fitted = {language: documents.for_fitting(language)[::2][:_DOCUMENTS] for language in documents.LANGUAGES}
    unknown = documents.french_of(fitted["ko"]) | documents.french_of(documents.measured("ko"))
    with lexicons_without(unknown):
        for language, those in fitted.items():
            print(language, file=sys.stderr)
            found[language] = fit([Case(document, language, None) for document in those], _start(), _STEPS)
    print(OTHER, file=sys.stderr)
    found[OTHER] = fit([Case(document, None, None) for document in fitted["ru"]], _start(), _STEPS)
    return found


def _drafted(language: str, plain: Floats, folder: Path) -> Floats:
    print(f"{language}, with drafts", file=sys.stderr)
    unseen = documents.held_out(language, fitting=True, seeds=_SEEDS)
    drafts = draft_all(folder, unseen, language)
    cases = [Case(document, language, drafts[document.name]) for document in unseen]
    return fit(cases, _with_drafts(plain), _DRAFT_STEPS)


def main() -> None:
    """Prints the module with the weights."""
    with one_thread(), TemporaryDirectory() as folder:
        plain = _plain()
        drafted = {language: _drafted(language, plain[language], Path(folder)) for language in documents.LANGUAGES}
    print(_HEAD, end="")
    for name, table in (("PLAIN", plain), ("DRAFTED", drafted)):
        rows = "".join(f'    "{language}": {_written(theta)},\n' for language, theta in table.items())
        print(f"{name}: Final = {{\n{rows}}}")
    print(_FOOT, end="")


if __name__ == "__main__":
    main()

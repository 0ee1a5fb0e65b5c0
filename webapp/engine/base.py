"""What the rest of the house knows of the engine: the protocol `Engine` and the values it gives back.

Importing this module loads no model and none of the engine's libraries.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from webapp.domain import Fingerprint


@dataclass(frozen=True, slots=True)
class HopTrace:
    """The evidence for word links that one hop leaves behind.

    `attention` holds the last decoder layer's attention, row-major, len(target_pieces) × len(source_pieces) bytes, each
    a probability in 1/255; it is empty where there is none (text that passed through untouched). A row of zeros is not known.
    """

    source_pieces: tuple[str, ...]
    target_pieces: tuple[str, ...]
    attention: bytes = b""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the machine proposes for one sentence in one target.

    `pivot` is the English between two hops, None on a direct route. `confidence` is exp of the log-probability per
    target piece, 0..1, of the weaker hop. `fingerprints` and `traces` follow the route, one a hop; they are empty for
    text that passes through (numbers, addresses).
    """

    text: str
    confidence: float
    pivot: str | None = None
    fingerprints: tuple[Fingerprint, ...] = ()
    traces: tuple[HopTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """Drafts in one target for `len(drafts)` sentences in a row, the first being the sentence numbered `start`."""

    target: str
    start: int
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A source text and a translation of it that exists; `pivot` is the English between them, None on a direct route."""

    source: str
    target: str
    pivot: str | None = None


class Engine(Protocol):
    """Translates sentences. One implementation runs Argos packages; tests own a fake one."""

    def fingerprints(self, source: str, target: str) -> tuple[Fingerprint, ...]:
        """The packages of the route from `source` to `target`, in order; () when the two are the same language.

        Raises NoRoute when the installed packages cannot make one.
        """
        ...

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        """Drafts every sentence in every target and yields the results in slices.

        Slices cover the sentences in source order without gaps or overlaps, the same ranges for every target, a range
        in all targets (in the order given) before the next range; the first is small so that readers see text soon. A
        sentence is always translated on its own; equal sentences are translated once. A hop that several targets
        share is computed once. A target equal to `source` gets the sentences unchanged.

        Raises NoRoute before the first slice when any target cannot be reached.
        """
        ...

    def alternatives(
        self, sentence: str, *, source: str, target: str, pivot: str | None = None, count: int = 9
    ) -> tuple[Draft, ...]:
        """Translates one sentence in up to `count` different ways, the most likely first.

        With `pivot`, an English text, the sentence is translated from that instead (`sentence` is then only for reference);
        the drafts carry it as their pivot. No traces. It is wanted at once: it goes before what is being drafted, and may be
        called from another thread than `draft`. Raises NoRoute.
        """
        ...

    def trace(self, passages: Sequence[Passage], *, source: str, target: str) -> list[tuple[HopTrace, ...]]:
        """Reads the attention with which the models would have written translations that exist already.

        One tuple a passage, in order, with one trace a hop of the route; a trace is empty where its text is missing, too long
        or holds nothing to translate. It waits for what is being drafted. Raises NoRoute.
        """
        ...

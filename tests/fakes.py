"""A fake engine for the rooms that do not translate: its drafts say what they were made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from webapp.domain import Fingerprint, PackageKind
from webapp.engine.base import Draft, HopTrace, Passage, Slice
from webapp.errors import NoRoute


@dataclass
class FakeEngine:
    """Drafts `text` as `[target] text` in slices of `slice_size`; sentences holding `poison` raise RuntimeError."""

    slice_size: int = 3
    poison: str = "\N{SKULL}"
    calls: list[tuple[str, ...]] = field(default_factory=list)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    traced: list[tuple[Passage, str]] = field(default_factory=list)

    def fingerprints(self, source: str, target: str) -> tuple[Fingerprint, ...]:
        if source == target:
            return ()
        if source not in {"fr", "en"}:
            raise NoRoute(source=source, target=target, command=f"quatrain models install {source}-en")
        hops = [(source, target)] if "en" in {source, target} else [(source, "en"), ("en", target)]
        return tuple(Fingerprint(f"{a}-{b}", "0.1", PackageKind.STARTER, f"{a}{b}".ljust(64, "0")) for a, b in hops)

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        self.calls.append(tuple(sentences))
        route = {target: self.fingerprints(source, target) for target in targets}
        for start in range(0, len(sentences), self.slice_size):
            part = sentences[start : start + self.slice_size]
            if any(self.poison in sentence for sentence in part):
                raise RuntimeError("poisoned sentence")
            for target in targets:
                yield Slice(target, start, tuple(self._draft(s, source, target, route[target]) for s in part))

    def alternatives(
        self, sentence: str, *, source: str, target: str, pivot: str | None = None, count: int = 9
    ) -> tuple[Draft, ...]:
        self.asked.append((sentence, target, pivot))
        route = self.fingerprints("en" if pivot else source, target)
        if self.poison in sentence:
            raise RuntimeError("poisoned sentence")
        text = pivot or sentence
        return tuple(Draft(f"[{target}] {text} ({n + 1})", 0.9 - n / 20, pivot, route) for n in range(count))

    def trace(self, passages: Sequence[Passage], *, source: str, target: str) -> list[tuple[HopTrace, ...]]:
        self.traced += [(passage, target) for passage in passages]
        route = self.fingerprints(source, target)
        if any(self.poison in passage.target for passage in passages):
            raise RuntimeError("poisoned sentence")
        return [_along(passage, len(route)) for passage in passages]

    @staticmethod
    def _draft(sentence: str, source: str, target: str, route: tuple[Fingerprint, ...]) -> Draft:
        if source == target:
            return Draft(sentence, 1.0)
        pivot = f"[en] {sentence}" if len(route) == 2 else None
        return Draft(f"[{target}] {sentence}", 0.75, pivot, route)


def _along(passage: Passage, hops: int) -> tuple[HopTrace, ...]:
    """Traces in which every word attends to the one at the same place."""
    texts = [passage.source, *([passage.pivot or ""] if hops > 1 else []), passage.target]
    return tuple(_word_by_word(a.split(), b.split()) for a, b in pairwise(texts))


def _word_by_word(left: list[str], right: list[str]) -> HopTrace:
    attention = bytes(255 if i == min(j, len(left) - 1) else 0 for j in range(len(right)) for i in range(len(left)))
    return HopTrace(tuple("\u2581" + word for word in left), tuple("\u2581" + word for word in right), attention)

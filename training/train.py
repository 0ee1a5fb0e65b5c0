"""Train a small translation model whose embeddings start from a cross-lingual table.

The embedding of a piece is ``table[piece] @ projection + residual[piece]``: the table (frozen) already places translations
near each other, the projection (learned) takes it to the model's width, the residual (learned, starts at zero) lets pieces
move.  The same matrix serves encoder, decoder and output, so the model begins with a dictionary and has word order and
grammar to learn.

usage: python -m training.train DIRECTION --vocabulary FOLDER --general PAIRS.tsv --out FOLDER --minutes 120
           [--init CHECKPOINT.npz | --package UNPACKED_PACKAGE] …

On one thread; preload jemalloc (see the README).  Each step computes only the embedding rows that it needs: those of the
batch, of the most frequent target pieces, and of some others drawn at random, which stand for all the rest (their scores
are raised by the log of how many each stands for).  The last part of a run scores the whole target vocabulary.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sentencepiece
import torch
from torch import Tensor
from torch.nn import functional

from training import augment, batches, corpus, figures, optimizers, weights
from training.model import Body


@dataclass(frozen=True)
class Plan:
    """How a run goes; the defaults suit one thread for one to three hours."""

    minutes: float = field(default=60.0, metadata={"help": "length of the run"})
    steps: int = field(default=0, metadata={"help": "stop after so many steps; 0: by the clock alone"})
    tokens: int = field(default=4000, metadata={"help": "padded tokens a batch"})
    matrix_rate: float = field(default=2e-3, metadata={"help": "learning rate of Muon"})
    other_rate: float = field(default=1e-3, metadata={"help": "learning rate of Adam"})
    dropout: float = field(default=0.15, metadata={"help": "dropout after each sublayer"})
    mask: float = field(default=0.08, metadata={"help": "share of the decoder's input hidden, half of it of the source"})
    smoothing: float = field(default=0.1, metadata={"help": "label smoothing"})
    swap: float = field(default=0.5, metadata={"help": "how often a known noun is exchanged"})
    news: float = field(default=0.45, metadata={"help": "share of authored items at first"})
    news_end: float = field(default=0.6, metadata={"help": "share of authored items at the end"})
    general_share: float = field(default=0.6, metadata={"help": "share of general sentences kept, the most news-like"})
    short: int = field(default=150_000, metadata={"help": "short general strings kept"})
    figures: int = field(default=12_000, metadata={"help": "generated lines full of figures"})
    common: int = field(default=2500, metadata={"help": "frequent target pieces scored in each step"})
    drawn: int = field(default=1000, metadata={"help": "rare target pieces scored in each step"})
    flat: float = field(default=0.3, metadata={"help": "part of the run before the learning rate decays"})
    full: float = field(default=0.85, metadata={"help": "part of the run before all target pieces are scored"})
    warm: int = field(default=60, metadata={"help": "steps of warm-up"})
    pool: int = field(default=6000, metadata={"help": "items drawn at once"})
    every: float = field(default=10.0, metadata={"help": "minutes between checkpoints"})
    seed: int = field(default=1, metadata={"help": "seed of all randomness"})


def share_of_news(plan: Plan, progress: float) -> float:
    """Return the share of authored items, which rises in the middle of a run."""
    return plan.news + (plan.news_end - plan.news) * min(1.0, max(0.0, (progress - 0.3) / 0.5))


def rate_factor(plan: Plan, step: int, progress: float) -> float:
    """Return what the learning rates are multiplied by: warm-up, constant, then linear decay to 3 %."""
    decay = 1.0 if progress < plan.flat else max(0.03, 1 - 0.97 * (progress - plan.flat) / (1 - plan.flat))
    return min(1.0, (step + 1) / plan.warm) * decay


class Sources:
    """Where items come from; authored pairs are varied each time they are drawn."""

    def __init__(self, encoder: Any, allowed: frozenset[int], plan: Plan, direction: corpus.Direction) -> None:
        self.encoder, self.allowed, self.plan, self.direction = encoder, allowed, plan, direction
        self.rng = np.random.default_rng(plan.seed)

    def encode(self, pairs: list[corpus.TextPair]) -> list[batches.Item]:
        """Encode pairs."""
        return batches.encode(lambda texts: self.encoder.encode(texts, num_threads=1), pairs, self.allowed)

    def read(self, folder: Path, general: Path) -> None:
        """Read the texts; every fiftieth authored sentence is kept for measuring."""
        sentences = corpus.authored(folder, "sentences", self.direction)
        self.measured = self.encode(sentences[7::50])
        self.sentences = [pair for number, pair in enumerate(sentences) if number % 50 != 7]
        self.terms = self.encode(corpus.authored(folder, "terms", self.direction))
        self.figures = self.encode(figures.pairs(self.plan.figures, self.direction))
        long, short = batches.split_by_length(corpus.general(general))
        self.general = self.encode(batches.most_like(self.sentences, long, self.plan.general_share))
        self.short = self.encode([short[number] for number in self.rng.permutation(len(short))[: self.plan.short]])
        self.variants = self.variants_of(corpus.rows_of_kind(folder, "terms"))

    def variants_of(self, terms: list[tuple[str, ...]]) -> list[Any]:
        """Return the changes that make variants of a pair."""
        changes: list[Any] = [augment.Figures(self.direction, self.rng)]
        if corpus.LANGUAGES[self.direction.source].letter == corpus.LANGUAGES[self.direction.target].letter:
            changes.append(augment.Names(self.sentences, self.rng))
        return [*changes, augment.Nouns(terms, self.direction, self.rng, self.plan.swap)]

    def counts(self, size: int) -> weights.Floats:
        """Count target pieces, authored ones thirty times."""
        total = np.zeros(size, np.float32)
        for items, times in ((self.general, 1.0), (self.encode(self.sentences), 30.0)):
            for _, target in items:
                np.add.at(total, target, times)
        return total

    def varied(self, count: int) -> list[batches.Item]:
        """Draw authored sentences, varied."""
        pairs = [self.sentences[number] for number in self.rng.integers(0, max(1, len(self.sentences)), count)]
        for change in self.variants:
            pairs = [change(pair) for pair in pairs]
        return self.encode(pairs)

    def some(self, items: list[batches.Item], count: float) -> list[batches.Item]:
        """Draw items with replacement; none from an empty list."""
        return [items[number] for number in self.rng.integers(0, len(items), int(count))] if items else []

    def draw(self, progress: float) -> list[batches.Item]:
        """Draw a pool: sentences, terms, figures, two sentences in one, and general pairs."""
        size = self.plan.pool
        news = int(size * share_of_news(self.plan, progress))
        sentences = self.varied(int(news * 0.62))
        doubles = (
            batches.joined(*two) for two in zip(self.some(sentences, news * 0.15), self.some(sentences, news * 0.15), strict=True)
        )
        return [
            *sentences,
            *self.some(self.terms, news * 0.2),
            *self.some(self.figures, news * 0.1),
            *(double for double in doubles if double),
            *self.some(self.general, (size - news) * 0.8),
            *self.some(self.short, (size - news) * 0.2),
        ]


class Chosen(NamedTuple):
    """The rows a batch needs, candidates first, and the batch in terms of them."""

    rows: Tensor
    candidates: Tensor
    correction: Tensor
    source: Tensor
    real: Tensor
    shifted: Tensor
    picked: Tensor
    gold: Tensor


class Candidates:
    """Chooses which target pieces a step scores."""

    def __init__(self, target: list[int], counts: weights.Floats, plan: Plan) -> None:
        self.size, self.plan, self.target = len(counts), plan, torch.tensor(target)
        by_count = [*target[:3], *sorted(target[3:], key=lambda piece: -float(counts[piece]))]
        self.common, self.rare = torch.tensor(by_count[: plan.common]), torch.tensor(by_count[plan.common :], dtype=torch.long)
        self.place = torch.full((self.size,), -1)
        self.place[self.target] = torch.arange(len(target))

    def members(self, ids: Tensor) -> Tensor:
        """Return a mask over all pieces that is True at ``ids``."""
        mask = torch.zeros(self.size, dtype=torch.bool)
        mask[ids] = True
        return mask

    def sampled(self, gold: Tensor) -> tuple[Tensor, Tensor]:
        """Return the pieces to score, and what to add to their scores."""
        wanted = torch.unique(gold)
        wanted = wanted[~self.members(self.common)[wanted]]
        drawn = self.rare[torch.randperm(len(self.rare))[: self.plan.drawn]]
        drawn = drawn[~self.members(wanted)[drawn]]
        candidates = torch.cat([self.common, wanted, drawn])
        correction = torch.zeros(len(candidates))
        if len(drawn):
            correction[-len(drawn) :] = math.log(max(1.0, (len(self.rare) - len(wanted)) / len(drawn)))
        return candidates, correction

    def choose(self, batch: batches.Batch, full: bool) -> Chosen:
        """Choose the rows for a batch; all target pieces when ``full``."""
        source, real, shifted, gold = map(torch.from_numpy, batch)
        picked = (gold.reshape(-1) >= 0).nonzero()[:, 0]
        wanted = gold.reshape(-1)[picked]
        candidates, correction = (self.target, torch.zeros(len(self.target))) if full else self.sampled(wanted)
        local = torch.full((self.size,), -1)
        local[candidates] = torch.arange(len(candidates))
        others = torch.unique(torch.cat([source.reshape(-1), shifted.reshape(-1)]))
        others = others[local[others] < 0]
        local[others] = torch.arange(len(candidates), len(candidates) + len(others))
        rows = torch.cat([candidates, others])
        return Chosen(rows, candidates, correction, local[source], real, local[shifted], picked, local[wanted])


class Trainer:
    """A model, its embeddings and its optimizers."""

    def __init__(self, shape: weights.Shape, table: weights.Floats, candidates: Candidates, plan: Plan) -> None:
        self.shape, self.plan, self.candidates = shape, plan, candidates
        self.body, self.table = Body(shape, plan.dropout), torch.from_numpy(table)
        _, axes = np.linalg.eigh(table.T @ table / len(table))  # principal axes: what a few dimensions keep best
        self.projection = torch.from_numpy(axes[:, ::-1][:, : shape.width].astype(np.float32).copy())
        self.residual, self.bias = torch.zeros(len(table), shape.width), torch.zeros(len(candidates.target))
        self.ready()

    def ready(self) -> None:
        """Make the optimizers for the present parameters."""
        self.projection.requires_grad_(), self.bias.requires_grad_()
        matrices = [parameter for parameter in self.body.parameters() if parameter.ndim == 2]
        rest = [parameter for parameter in self.body.parameters() if parameter.ndim != 2]
        self.trained = [*matrices, *rest, self.projection, self.bias]
        self.muon = optimizers.Muon(matrices, self.plan.matrix_rate)
        rate = self.plan.other_rate
        self.adam = torch.optim.AdamW([*rest, self.projection, self.bias], lr=rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0)
        self.rows = optimizers.RowAdam(self.residual, rate)

    def load(self, arrays: weights.Arrays) -> None:
        """Continue from a checkpoint's arrays."""
        tensors = {name: torch.from_numpy(np.array(array, np.float32)) for name, array in arrays.items()}
        self.projection, self.residual, self.bias = (tensors.pop(name) for name in ("projection", "residual", "bias"))
        self.body.load_state_dict(tensors)
        self.ready()

    def arrays(self) -> weights.Arrays:
        """Return a copy of all arrays."""
        ends = {"projection": self.projection, "residual": self.residual, "bias": self.bias}
        return {name: tensor.detach().numpy().copy() for name, tensor in {**self.body.state_dict(), **ends}.items()}

    def scores(self, chosen: Chosen, residual: Tensor) -> Tensor:
        """Return the candidates' scores, corrected for the draw."""
        rows = self.table[chosen.rows] @ self.projection + residual
        bias = self.bias[self.candidates.place[chosen.candidates]] + chosen.correction
        states = self.body(rows, (chosen.source, chosen.real, chosen.shifted)).reshape(-1, self.shape.width)
        return functional.linear(states[chosen.picked], rows[: len(bias)], bias)

    def step(self, batch: batches.Batch, factor: float, full: bool) -> tuple[float, int]:
        """Learn from a batch; return the loss and how many target tokens it had."""
        chosen = self.candidates.choose(batch, full)
        residual = self.residual[chosen.rows].requires_grad_()
        scores = self.scores(chosen, residual)
        loss = functional.cross_entropy(scores, chosen.gold, label_smoothing=self.plan.smoothing)
        loss.backward()  # type: ignore[no-untyped-call] # PyTorch gives it no types
        assert residual.grad is not None
        optimizers.clip([residual.grad, *(each.grad for each in self.trained if each.grad is not None)])
        self.muon.step(factor)
        self.adam.param_groups[0]["lr"] = self.plan.other_rate * factor
        self.adam.step()
        self.rows.step(chosen.rows, residual.grad, factor)
        for each in self.trained:
            each.grad = None
        return loss.item(), len(chosen.gold)

    @torch.no_grad()
    def measure(self, items: list[batches.Item]) -> float:
        """Return the mean cross-entropy of items, all target pieces scored."""
        self.body.eval()
        loss, tokens = 0.0, 1
        for group in batches.grouped(items, self.plan.tokens, np.random.default_rng(0)):
            chosen = self.candidates.choose(batches.padded(group), True)
            scores = self.scores(chosen, self.residual[chosen.rows])
            loss += functional.cross_entropy(scores, chosen.gold, reduction="sum").item()
            tokens += len(chosen.gold)
        self.body.train()
        return loss / tokens


class Average:
    """A moving average of arrays; empty until the first one comes."""

    def __init__(self, share: float = 0.08) -> None:
        self.share, self.arrays = share, dict[str, weights.Floats]()

    def add(self, arrays: weights.Arrays) -> None:
        """Move towards ``arrays``."""
        old = self.arrays or arrays
        self.arrays = {name: old[name] + np.float32(self.share) * (array - old[name]) for name, array in arrays.items()}


def pool_batches(sources: Sources, plan: Plan, clock: Clock) -> Iterator[batches.Batch]:
    """Yield batches for ever."""
    while True:
        for group in batches.grouped(sources.draw(clock.progress()), plan.tokens, sources.rng):
            yield batches.masked(batches.padded(group), plan.mask, sources.rng)


class Clock:
    """Tells how far a run is, by its minutes or by its steps, whichever is further."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.start, self.steps = plan, time.monotonic(), 0

    def minutes(self) -> float:
        """Return the minutes since the start."""
        return (time.monotonic() - self.start) / 60

    def progress(self) -> float:
        """Return 0 at the start, 1 at the end."""
        return max(self.minutes() / self.plan.minutes, self.steps / self.plan.steps if self.plan.steps else 0.0)


def run(trainer: Trainer, sources: Sources, plan: Plan, out: Path) -> None:
    """Train to the end of the plan; write ``minute-0010.npz`` and so on, at the end ``last.npz`` and ``average.npz``."""
    clock, average, saved, tokens = Clock(plan), Average(), 0.0, 0
    print(f"measured before: {trainer.measure(sources.measured):.3f}", flush=True)
    for batch in pool_batches(sources, plan, clock):
        progress = clock.progress()
        if progress >= 1:
            break
        loss, count = trainer.step(batch, rate_factor(plan, clock.steps, progress), progress > plan.full)
        clock.steps, tokens = clock.steps + 1, tokens + count
        if progress > plan.full and clock.steps % 10 == 0:
            average.add(trainer.arrays())
        if clock.steps % 20 == 0:
            print(f"step {clock.steps}, {clock.minutes():.1f} min, loss {loss:.3f}, {tokens} tokens", flush=True)
        if clock.minutes() - saved > plan.every:
            saved = clock.minutes()
            weights.save(out / f"minute-{int(saved):04}.npz", trainer.arrays(), trainer.shape)
            print(f"measured: {trainer.measure(sources.measured):.3f}", flush=True)
    weights.save(out / "last.npz", trainer.arrays(), trainer.shape)
    weights.save(out / "average.npz", average.arrays or trainer.arrays(), trainer.shape)
    print(f"{clock.steps} steps, {tokens} target tokens, measured {trainer.measure(sources.measured):.3f}", flush=True)


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("direction", type=corpus.Direction.parse)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--general", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=corpus.CORPUS)
    parser.add_argument("--init", type=Path, help="checkpoint to continue")
    parser.add_argument("--package", type=Path, help="unpacked package to continue")
    for group in (weights.Shape, Plan):
        for option in fields(group):
            name, help_text = "--" + option.name.replace("_", "-"), option.metadata.get("help", "of the model")
            parser.add_argument(name, type=type(option.default), default=option.default, help=help_text)
    return parser.parse_args(arguments)


def of(group: Any, options: argparse.Namespace) -> Any:
    """Return a dataclass filled from the options of its fields' names."""
    return group(**{option.name: getattr(options, option.name) for option in fields(group)})


def main(arguments: list[str] | None = None) -> None:
    """Train one direction."""
    options = parse(arguments)
    plan, shape = of(Plan, options), of(weights.Shape, options)
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    encoder = sentencepiece.SentencePieceProcessor(model_file=str(options.vocabulary / "spm.model"))
    table = np.load(options.vocabulary / "table.npy").astype(np.float32)
    target = np.load(options.vocabulary / "target.npy").tolist()
    sources = Sources(encoder, frozenset(target), plan, options.direction)
    sources.read(options.corpus, options.general)
    trainer = Trainer(shape, table, Candidates(target, sources.counts(len(table)), plan), plan)
    if options.package:
        pieces = [encoder.id_to_piece(number) for number in range(len(table))]
        trainer.load(weights.start_from_package(options.package, pieces, target, table, shape))
    if options.init:
        trainer.load(weights.load(options.init)[0])
    run(trainer, sources, plan, options.out)


if __name__ == "__main__":
    main()

"""Muon for the matrices, Adam for rows of which a batch touches few.

torch's own Muon orthogonalises in bfloat16, which a processor without AVX-512 emulates some fifty times slower than
float32; this one stays in float32.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
"""Coefficients of Keller Jordan's Muon (2024)."""


def orthogonal(gradient: Tensor, steps: int) -> Tensor:
    """Return the nearest semi-orthogonal matrix, about, by Newton-Schulz iteration."""
    a, b, c = NEWTON_SCHULZ
    tall = gradient.shape[0] > gradient.shape[1]
    x = gradient.T if tall else gradient
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        square = x @ x.T
        x = torch.addmm(x, torch.addmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x.T if tall else x


class Muon:
    """Momentum, orthogonalised; steps scaled so that their size matches Adam's."""

    def __init__(self, parameters: Iterable[Tensor], rate: float, *, decay: float = 0.01, momentum: float = 0.95, steps: int = 4):
        self.parameters, self.rate, self.decay = list(parameters), rate, decay
        self.momentum, self.steps = momentum, steps
        self.averages = [torch.zeros_like(parameter) for parameter in self.parameters]

    @torch.no_grad()
    def step(self, factor: float) -> None:
        """Update the parameters with ``factor`` times the rate."""
        rate = self.rate * factor
        for parameter, average in zip(self.parameters, self.averages, strict=True):
            assert parameter.grad is not None
            average.lerp_(parameter.grad, 1 - self.momentum)
            direction = orthogonal(parameter.grad.lerp(average, self.momentum), self.steps)
            parameter.mul_(1 - rate * self.decay)
            parameter.add_(direction, alpha=-rate * 0.2 * math.sqrt(max(parameter.shape)))


class RowAdam:
    """Adam on the rows of a table that a batch used; the others keep their state."""

    def __init__(self, table: Tensor, rate: float, betas: tuple[float, float] = (0.9, 0.98)) -> None:
        self.table, self.rate, self.betas = table, rate, betas
        self.first, self.second = torch.zeros_like(table), torch.zeros_like(table)
        self.steps = 0

    @torch.no_grad()
    def step(self, rows: Tensor, gradient: Tensor, factor: float) -> None:
        """Update ``table[rows]`` with ``factor`` times the rate."""
        self.steps += 1
        first_beta, second_beta = self.betas
        first = self.first[rows].mul_(first_beta).add_(gradient, alpha=1 - first_beta)
        second = self.second[rows].mul_(second_beta).addcmul_(gradient, gradient, value=1 - second_beta)
        self.first[rows], self.second[rows] = first, second
        mean, deviation = first / (1 - first_beta**self.steps), (second / (1 - second_beta**self.steps)).sqrt()
        self.table[rows] -= self.rate * factor * mean / (deviation + 1e-9)


def clip(gradients: list[Tensor], longest: float = 1.0) -> float:
    """Scale gradients in place so that their common norm is at most ``longest``; return the norm."""
    norm = math.sqrt(sum(float(gradient.norm()) ** 2 for gradient in gradients))
    if norm > longest:
        for gradient in gradients:
            gradient.mul_(longest / norm)
    return norm

"""The transformer without its embeddings: pre-norm, ReLU, sinusoidal positions (what CTranslate2 runs as it is)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.weights import Shape, sinusoids

LONGEST_INPUT = 512


class SelfAttention(nn.Module):
    """Attention of a sequence to itself."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def forward(self, states: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        """Attend; ``mask`` is True where attention may go."""
        query, key, value = self.qkv(states).chunk(3, -1)
        out: Tensor = self.out(attend((query, key, value), self.heads, mask, causal=causal))
        return out


class CrossAttention(nn.Module):
    """Attention of the decoder to the encoder's states."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key_value, self.out = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)

    def forward(self, states: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend to ``memory`` where ``mask`` is True."""
        key, value = self.key_value(memory).chunk(2, -1)
        out: Tensor = self.out(attend((self.query(states), key, value), self.heads, mask))
        return out


def attend(qkv: tuple[Tensor, Tensor, Tensor], heads: int, mask: Tensor | None = None, *, causal: bool = False) -> Tensor:
    """Return multi-head scaled dot-product attention, heads joined again."""
    query, key, value = qkv

    def split(states: Tensor) -> Tensor:
        return states.reshape(*states.shape[:2], heads, -1).transpose(1, 2)

    mixed = functional.scaled_dot_product_attention(split(query), split(key), split(value), attn_mask=mask, is_causal=causal)
    return mixed.transpose(1, 2).reshape(query.shape)


class Layer(nn.Module):
    """A pre-norm layer; a decoder's has cross attention."""

    def __init__(self, shape: Shape, decoder: bool, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.norm1, self.self_attention = nn.LayerNorm(shape.width), SelfAttention(shape.width, shape.heads)
        if decoder:
            self.norm2, self.cross_attention = nn.LayerNorm(shape.width), CrossAttention(shape.width, shape.heads)
        self.norm3 = nn.LayerNorm(shape.width)
        self.inner, self.outer = nn.Linear(shape.width, shape.inner), nn.Linear(shape.inner, shape.width)

    def drop(self, states: Tensor) -> Tensor:
        """Drop out, while training."""
        return functional.dropout(states, self.dropout, self.training) if self.dropout else states

    def encode(self, states: Tensor, mask: Tensor) -> Tensor:
        """Run as an encoder's layer."""
        states = states + self.drop(self.self_attention(self.norm1(states), mask, False))
        return self.feed_forward(states)

    def decode(self, states: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Run as a decoder's layer."""
        states = states + self.drop(self.self_attention(self.norm1(states), None, True))
        states = states + self.drop(self.cross_attention(self.norm2(states), memory, mask))
        return self.feed_forward(states)

    def feed_forward(self, states: Tensor) -> Tensor:
        """Run the position-wise part."""
        return states + self.drop(self.outer(functional.relu(self.inner(self.norm3(states)))))


class Body(nn.Module):
    """Everything between the embedding of the source and the scores of the target."""

    positions: Tensor

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.width = shape.width
        self.register_buffer("positions", torch.from_numpy(sinusoids(LONGEST_INPUT, shape.width)), persistent=False)
        self.encoder = nn.ModuleList(Layer(shape, False, dropout) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Layer(shape, True, dropout) for _ in range(shape.decoder))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.initialise()

    def initialise(self) -> None:
        """Xavier everywhere, and residual outputs scaled down by depth."""
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        for side in (self.encoder, self.decoder):
            for name, weight in side.named_parameters():
                if name.endswith(("out.weight", "outer.weight")):
                    weight.data *= 1 / math.sqrt(2 * len(side))

    def embed(self, rows: Tensor, ids: Tensor) -> Tensor:
        """Embed ids that index ``rows``."""
        return functional.embedding(ids, rows) * math.sqrt(self.width) + self.positions[: ids.shape[1]]

    def forward(self, rows: Tensor, inputs: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Return the decoder's last states.

        Args:
            rows: embedding rows in use.
            inputs: the source (batch x length, indices into ``rows``), where it is no padding, and the decoder's input.
        """
        source, real, shifted = inputs
        mask = real[:, None, None, :]
        states = self.embed(rows, source)
        for layer in self.encoder:
            states = layer.encode(states, mask)  # type: ignore[operator] # a ModuleList does not say what it holds
        memory, states = self.encoder_norm(states), self.embed(rows, shifted)
        for layer in self.decoder:
            states = layer.decode(states, memory, mask)  # type: ignore[operator] # as above
        out: Tensor = self.decoder_norm(states)
        return out

"""How the sentences of a call are grouped: slices that come back one after the other, batches that run at once.

Lives here: arithmetic on lengths. Never here: text, models, threads.
"""

from collections.abc import Iterator, Sequence
from typing import Final

FIRST_SLICE: Final = 600  # characters: about six sentences of news, a second of work on two cores
GROWTH: Final = 3
LARGEST_SLICE: Final = 8000  # characters: about 2000 pieces, so that batches are full and rows still come every few seconds
MOST_SENTENCES: Final = 512  # in one slice, however short they are

SMALLEST: Final = 16  # pieces that a sequence counts for at least in a batch

WORTHWHILE: Final = 8  # sequences that keep a core busy at beam 4: one alone costs three times as much, four half as much again


def make_slices(lengths: Sequence[int], *, first: int = FIRST_SLICE, largest: int = LARGEST_SLICE) -> Iterator[range]:
    """Yields ranges that cover the sentences in order, given their lengths in characters.

    The first holds about `first` characters, each following one three times as many as the one before up to `largest`; at
    least one sentence each. What would remain for a last small one is taken into the one before.
    """
    left = sum(lengths)
    start, budget = 0, first
    while start < len(lengths):
        stop, size = start + 1, lengths[start]
        while (
            stop - start < MOST_SENTENCES
            and stop < len(lengths)
            and (size + lengths[stop] <= budget or left - size <= budget // 2)
        ):
            size += lengths[stop]
            stop += 1
        yield range(start, stop)
        left -= size
        start, budget = stop, min(GROWTH * budget, largest)


def make_batches(lengths: Sequence[int], *, tokens: int, at_least: int = 1, worthwhile: int = WORTHWHILE) -> list[list[int]]:
    """Groups sequences of like length, given their lengths in pieces; each batch holds indices, the longest sequences first.

    A batch, padded to its longest sequence, has at most `tokens` pieces, unless one sequence alone has more. There are at
    least `at_least` batches, unless that would leave fewer than `worthwhile` sequences to one; all hold about as many pieces.
    """
    # A decoding step costs memory for every sequence (the whole vocabulary, four times over), so short ones count for more.
    sizes = [max(length + 1, SMALLEST) for length in lengths]
    order = sorted(range(len(sizes)), key=lambda i: (-sizes[i], i))
    if not sizes:
        return []
    count = max(min(at_least, len(sizes) // worthwhile), len(_fill(order, sizes, tokens, share=sum(sizes))))
    return _fill(order, sizes, tokens, share=sum(sizes) / count)


def _fill(order: Sequence[int], sizes: Sequence[int], tokens: int, *, share: float) -> list[list[int]]:
    """Fills batches one by one: until `tokens` would be exceeded or the total so far reaches the next multiple of `share`."""
    batches: list[list[int]] = []
    before = 0
    for i in order:
        if not batches or sizes[batches[-1][0]] * (len(batches[-1]) + 1) > tokens or before >= share * len(batches):
            batches.append([])
        batches[-1].append(i)
        before += sizes[i]
    return batches

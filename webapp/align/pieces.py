"""From the pieces of a model to the words of the text as it stands now.

A draft's typography may have been repaired, or a person may have rewritten it, after the pieces were made. So the words of the
pieces are laid beside the words of the text: what is the same word has the evidence of its pieces, what is new has none.
"""

import html
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from webapp.align.tokens import Span, key_of, split_words

Owners = tuple[int, ...]
"""For every piece the number of the word it belongs to, -1 where it belongs to none (punctuation, a word that is gone)."""

_SPACE: Final = "\u2581"
_GOES_ON: Final = "@@"


def owners_of(pieces: Sequence[str], text: str, words: Sequence[Span]) -> Owners:
    """Tells to which of `words`, spans of `text`, each piece of SentencePiece or BPE belongs."""
    written, places = _write(pieces)
    here = split_words(written)
    goals = _same_words([written[a:b] for a, b in here], [text[a:b] for a, b in words])
    owner = [-1] * len(written)
    for (start, end), parts in zip(here, goals, strict=True):
        _own(owner, start, end, parts)
    return tuple(_most(owner[start:end]) for start, end in places)


def joined(pieces: Sequence[str]) -> str:
    """The text that the pieces spell, with single spaces."""
    return " ".join(_write(pieces)[0].split())


def _write(pieces: Sequence[str]) -> tuple[str, list[Span]]:
    """Spells the pieces out; returns where each stands in the text."""
    is_bpe = not any(_SPACE in piece for piece in pieces)
    text, places, length = [], [], 0
    for piece in pieces:
        if is_bpe:
            ends = not piece.endswith(_GOES_ON)
            shown = html.unescape(piece if ends else piece[: -len(_GOES_ON)]) + (" " if ends else "")
        else:
            shown = piece.replace(_SPACE, " ")
        text.append(shown)
        places.append((length, length + len(shown)))
        length += len(shown)
    return "".join(text), places


def _same_words(old: Sequence[str], new: Sequence[str]) -> list[list[tuple[int, int]]]:
    """For every old word the new ones that it became: (number, letters of it), none where it is gone."""
    goals: list[list[tuple[int, int]]] = [[] for _ in old]
    before, after = [key_of(word) for word in old], [key_of(word) for word in new]
    if before == after:
        return [[(n, len(key))] for n, key in enumerate(after)]
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            for n in range(b - a):
                goals[a + n] = [(c + n, len(after[c + n]))]
        elif kind == "replace" and "".join(before[a:b]) == "".join(after[c:d]):
            for n, parts in zip(range(a, b), _shared_out(before[a:b], after[c:d]), strict=True):
                goals[n] = [(c + m, size) for m, size in parts]
    return goals


def _shared_out(before: Sequence[str], after: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """The same letters, divided into words differently."""
    letters = [n for n, key in enumerate(after) for _ in key]
    start = 0
    for key in before:
        mine = letters[start : start + len(key)]
        start += len(key)
        yield [(n, mine.count(n)) for n in dict.fromkeys(mine)]


def _own(owner: list[int], start: int, end: int, parts: Sequence[tuple[int, int]]) -> None:
    place = start
    for n, (word, size) in enumerate(parts):
        stop = end if n == len(parts) - 1 else min(end, place + size)
        owner[place:stop] = [word] * (stop - place)
        place = stop


def _most(owners: Sequence[int]) -> int:
    """The word that most characters of a piece belong to."""
    found = [word for word in owners if word >= 0]
    return max(dict.fromkeys(found), key=found.count) if found else -1

"""The difference of two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from webapp.reviewing import Diff, DiffOp, DiffPart

# A word, a run of spaces, or one mark: Korean words keep their particles, as they are written.
_TOKEN: Final = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
_LONGEST: Final = 4000


def diff_words(old: str, new: str) -> Diff:
    """Compares two texts word by word.

    The pieces that are the same or deleted, joined, are `old` exactly; those the same or inserted are `new`. Neighbouring
    pieces differ in kind. Texts of many thousand words are compared as a whole.
    """
    if old == new:
        return ((DiffOp.SAME, old),) if old else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _LONGEST**2:
        return _joined(iter([(DiffOp.DELETED, old), (DiffOp.INSERTED, new)]))
    return _joined(_steps(before, after))


def _steps(before: list[str], after: list[str]) -> Iterator[DiffPart]:
    matcher = SequenceMatcher(_is_space, before, after, autojunk=False)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            yield DiffOp.SAME, "".join(before[i1:i2])
        else:
            yield DiffOp.DELETED, "".join(before[i1:i2])
            yield DiffOp.INSERTED, "".join(after[j1:j2])


def _is_space(token: str) -> bool:
    return token.isspace()


def _joined(parts: Iterator[DiffPart]) -> Diff:
    """Joins pieces of the same kind that follow each other, and lone spaces between two changes with them."""
    pieces = [(op, text) for op, text in parts if text]
    joined: list[DiffPart] = []
    deleted = inserted = ""
    for n, (op, text) in enumerate(pieces):
        if op is DiffOp.DELETED:
            deleted += text
        elif op is DiffOp.INSERTED:
            inserted += text
        elif text.isspace() and (deleted and inserted) and n + 1 < len(pieces):
            deleted, inserted = deleted + text, inserted + text
        else:
            joined += _flushed(deleted, inserted)
            deleted = inserted = ""
            joined.append((op, text))
    return tuple(joined + _flushed(deleted, inserted))


def _flushed(deleted: str, inserted: str) -> list[DiffPart]:
    return [(op, text) for op, text in ((DiffOp.DELETED, deleted), (DiffOp.INSERTED, inserted)) if text]

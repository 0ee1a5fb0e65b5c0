"""Words: which stretches of a sentence a reader takes for one word, in every language of the house.

A Korean eojeol is one word with its particles. French clitics (l’, d’, qu’ …) and inverted pronouns (-il, -t-elle) are words of
their own. A number is one word with its groups, decimals and its percent or currency sign. Punctuation is no word.
"""

import re
import unicodedata
from typing import Final

Span = tuple[int, int]
"""Start and end of a word, in code points."""

_ELISIONS: Final = frozenset([*"ldjmnstcç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"])
_GAP: Final = "[ \u00a0\u202f\u2009]"
_TOKEN: Final = re.compile(
    rf"[$€£¥₩]?(?:\d{{1,3}}(?:{_GAP}\d{{3}})+(?![^\W_])(?:[.,]\d+)?|\d+(?:[.,:]\d+)*)(?:{_GAP}?[%‰€$£¥₩])(?![^\W_])"
    rf"|[$€£¥₩]?\d{{1,3}}(?:{_GAP}\d{{3}})+(?![^\W_])(?:[.,]\d+)?"
    rf"|[$€£¥₩]?[^\W_](?:[^\W_]|[\u0300-\u036f]|(?<=[^\W_])[-‐‑’'ʼ.](?=[^\W_])|(?<=\d)[,:·](?=\d))*"
)
_INVERSION: Final = re.compile(r"(?:-t)?-(?:il|ils|elle|elles|je|tu|vous|on)$", re.IGNORECASE)
_RUN: Final = re.compile(r"\S+")
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_CUTS_EOJEOL: Final = re.compile(r"[…—–/~―]+|[·,](?!\d)")
_APOSTROPHES: Final = "’'ʼ"


def split_words(text: str) -> tuple[Span, ...]:
    """Finds the words of a sentence in any of our languages, in order and without overlap."""
    if _HANGUL.search(text) is None:
        return tuple(_words(text, 0, len(text)))
    found: list[Span] = []
    start = 0
    for run in _RUN.finditer(text):
        if _HANGUL.search(run.group()):
            found += _words(text, start, run.start())
            found += _eojeols(text, run.start(), run.end())
            start = run.end()
    return (*found, *_words(text, start, len(text)))


def key_of(word: str) -> str:
    """What two spellings of one word share: letters and digits, composed for compatibility, without case."""
    return "".join(c for c in unicodedata.normalize("NFKC", word).casefold() if c.isalnum())


def _words(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    for match in _TOKEN.finditer(text, start, end):
        found += _without_clitics(text, *match.span())
    return found


def _without_clitics(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    for place in range(start + 1, end - 1):
        if text[place] in _APOSTROPHES and text[start:place].casefold() in _ELISIONS:
            found.append((start, place + 1))
            start = place + 1
    inverted = _INVERSION.search(text, start, end)
    if inverted and inverted.start() > start:
        return [*found, (start, inverted.start()), (inverted.start() + 1, end)]
    return [*found, (start, end)]


def _eojeols(text: str, start: int, end: int) -> list[Span]:
    """Cuts a run of characters without spaces only where a mark stands between two words."""
    found: list[Span] = []
    cuts = [match.span() for match in _CUTS_EOJEOL.finditer(text, start, end)]
    for left, right in zip([start, *(cut for _, cut in cuts)], [*(cut for cut, _ in cuts), end], strict=True):
        inside = [place for place in range(left, right) if text[place].isalnum() or text[place] in "%‰€$"]
        if inside and any(text[place].isalnum() for place in inside):
            found.append((inside[0], inside[-1] + 1))
    return found

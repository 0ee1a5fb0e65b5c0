"""The picture of a sentence's word links: words in lines, curves between them; places in pixels, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from webapp.align.tokens import split_words
from webapp.domain import WordLink
from webapp.services.links import Chain

_NARROW, _WIDE = frozenset("fijlrtIJ'’.,-‑1"), frozenset("mwMWœæŒÆжмшщыюфЖМШЩЫЮФ")
_GAP: Final = 18.0
_WIDEST_GAP: Final = 60.0
_MARGIN: Final = 8.0
_LINE: Final = 108.0
_BASELINE: Final = 22.0
STRONG: Final = 0.6
FAIR: Final = 0.3


@dataclass(frozen=True, slots=True)
class WordView:
    """A word in its line; `key` is what curves name it by."""

    key: str
    text: str
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class LineView:
    """A sentence as a line of words."""

    lang: str
    words: tuple[WordView, ...]


@dataclass(frozen=True, slots=True)
class CurveView:
    """A link between a word and one of the line below."""

    start: WordView
    end: WordView
    probability: float

    @property
    def strength(self) -> str:
        return strength_of(self.probability)

    @property
    def path(self) -> str:
        """From under the upper word to above the lower one."""
        top, bottom = self.start.y + 8, self.end.y - 18
        middle = (top + bottom) / 2
        return f"M{self.start.middle} {top}C{self.start.middle} {middle} {self.end.middle} {middle} {self.end.middle} {bottom}"


@dataclass(frozen=True, slots=True)
class PairView:
    """A word of the source with its counterparts in each further line, for those who do not see the picture."""

    word: str
    counterparts: tuple[tuple[str, tuple[str, ...]], ...]
    strength: str


@dataclass(frozen=True, slots=True)
class LinksPicture:
    """All of it; `width` and `height` of the drawing."""

    lines: tuple[LineView, ...]
    curves: tuple[CurveView, ...]
    pairs: tuple[PairView, ...]
    width: float
    height: float


def strength_of(probability: float) -> str:
    """One of three words for how probable a link is."""
    return "strong" if probability >= STRONG else "fair" if probability >= FAIR else "faint"


def picture_of(chain: Chain) -> LinksPicture:
    """Lays the texts of a chain out, all lines as wide as the widest as far as their gaps can be stretched."""
    widths = [_natural(text) for _, text in chain.texts]
    full = max(widths)
    lines = tuple(_line(n, lang, text, full) for n, (lang, text) in enumerate(chain.texts))
    curves = tuple(
        curve
        for n, hop in enumerate(chain.hops)
        for curve in _curves(lines[n], chain.texts[n][1], lines[n + 1], chain.texts[n + 1][1], hop)
    )
    height = _BASELINE + _LINE * (len(lines) - 1) + 12
    return LinksPicture(lines, curves, _pairs(lines, curves, chain), round(full + 2 * _MARGIN, 1), height)


def _letter(character: str) -> float:
    """How wide a letter of a serif at 15 px is, about; too wide rather than too narrow."""
    if character >= "\u1100":  # Hangul, Han: a square
        return 14.0
    if character in _NARROW:
        return 5.6
    if character in _WIDE:
        return 13.4
    return 10.4 if character.isupper() else 8.9 if "\u0400" <= character < "\u0530" else 8.4


def _size(word: str) -> float:
    return max(10.0, sum(map(_letter, word)))


def _natural(text: str) -> float:
    sizes = [_size(text[start:end]) for start, end in split_words(text)]
    return sum(sizes) + _GAP * max(0, len(sizes) - 1)


def _line(number: int, lang: str, text: str, full: float) -> LineView:
    words = [text[start:end] for start, end in split_words(text)]
    sizes = [_size(word) for word in words]
    gap = min(_WIDEST_GAP, (full - sum(sizes)) / max(1, len(sizes) - 1))
    x, y, found = _MARGIN, _BASELINE + number * _LINE, []
    for n, (word, size) in enumerate(zip(words, sizes, strict=True)):
        found.append(WordView(f"{number}-{n}", word, round(x, 1), y, round(size, 1)))
        x += size + gap
    return LineView(lang, tuple(found))


def _curves(upper: LineView, source: str, lower: LineView, target: str, links: Sequence[WordLink]) -> list[CurveView]:
    starts = {span[0]: n for n, span in enumerate(split_words(source))}
    ends = {span[0]: n for n, span in enumerate(split_words(target))}
    return [
        CurveView(upper.words[starts[a]], lower.words[ends[c]], probability)
        for a, _, c, _, probability in links
        if a in starts and c in ends
    ]


def _pairs(lines: Sequence[LineView], curves: Sequence[CurveView], chain: Chain) -> tuple[PairView, ...]:
    """Every word of the source: its English by the first hop, the rest by the links of the whole way."""
    last, source = chain.texts[-1], chain.texts[0][1]
    spans = split_words(source)
    found = []
    for n, word in enumerate(lines[0].words):
        through = [c for c in curves if c.start.key == word.key] if len(lines) > 2 else []
        direct = [link for link in chain.links if link[0] == spans[n][0]]
        between = [(lines[1].lang, tuple(c.end.text for c in through))] if len(lines) > 2 else []
        ends = (last[0], tuple(last[1][link[2] : link[3]] for link in direct))
        best = max((link[4] for link in direct), default=0.0)
        found.append(PairView(word.text, (*between, ends), strength_of(best) if direct else ""))
    return tuple(found)

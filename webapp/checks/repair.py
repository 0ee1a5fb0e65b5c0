"""Repairs typography that needs no opinion: entities, quotation marks, spacing, doubled punctuation.

Letters and digits are never touched (but those that spell an HTML entity), and repairing twice changes nothing more. The caller
keeps the raw text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from webapp.checks.reading.quotations import Side, read_quotations
from webapp.languages import LANGUAGES, SOURCE

Replacement = str | Callable[[re.Match[str]], str]


class Rule(StrEnum):
    """Why something was changed."""

    ENTITIES = "entities"
    DEBRIS = "debris"
    QUOTES = "quotes"
    DOUBLED = "doubled-punctuation"
    WIDTH = "full-width"
    DASH = "dash"
    SPACING = "spacing"


@dataclass(frozen=True, slots=True)
class Change:
    """One repair: `start` and `end` in the raw text, what stood there and what stands there now."""

    rule: Rule
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Repair:
    """The repaired text and what was done, in the order it was done; `changes` is empty when nothing was."""

    text: str
    changes: tuple[Change, ...] = ()


def repair(text: str, language: str, *, source: str = "") -> Repair:
    """Repairs one translation for its language; a French text comes back as it is.

    `source` is the French: punctuation that is doubled there too stays. Takes time linear in the text.
    """
    if language == SOURCE or language not in LANGUAGES:
        return Repair(text)
    draft = _Draft(text)
    for rule, pattern, replacement in _FIRST:
        draft.replace(rule, pattern, replacement)
    if language == "ko":
        draft.replace(Rule.WIDTH, _FULL_WIDTH, lambda m: _NARROW[m.group()])
    _mend_quotes(draft, language)
    draft.replace(Rule.SPACING, _SPACE_BEFORE, "")
    for pattern in _DOUBLED:
        if not pattern.search(source):
            draft.replace(Rule.DOUBLED, pattern, r"\1")
    if language == "ru":
        draft.replace(Rule.DASH, _SPACED_DASH, "\u00a0— ")
    else:
        draft.replace(Rule.SPACING, _SPACED_PERCENT, "")
    for pattern, replacement in _SPACING:
        draft.replace(Rule.SPACING, pattern, replacement)
    return Repair(draft.text, tuple(draft.changes))


_ENTITY: Final = {
    "apos": "'", "#39": "'", "#039": "'", "#x27": "'", "quot": '"', "#34": '"', "nbsp": "\u00a0", "#160": "\u00a0",
    "lt": "<", "gt": ">",
    "laquo": "«", "raquo": "»", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "hellip": "…", "mdash": "—", "ndash": "–",
}  # fmt: skip
_ENTITIES: Final = re.compile(rf"&(?:amp;)*(?:({'|'.join(_ENTITY)});)|&(?:amp;)+", re.IGNORECASE)


def _entity(match: re.Match[str]) -> str:
    return _ENTITY[match[1].lower()] if match[1] else "&"


_FIRST: Final[tuple[tuple[Rule, re.Pattern[str], Replacement], ...]] = (
    (Rule.ENTITIES, _ENTITIES, _entity),
    (Rule.DEBRIS, re.compile(r"(?<!\s)\s*\u2581[\s\u2581]*"), " "),
    (Rule.DEBRIS, re.compile(r"[\u200b\ufeff\u00ad]+"), ""),
)
_NARROW: Final = {
    "。": ".",
    "，": ",",
    "、": ",",
    "！": "!",
    "？": "?",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "％": "%",
    "　": " ",
}
_FULL_WIDTH: Final = re.compile("[" + "".join(_NARROW) + "]")
_DOUBLED: Final = (
    re.compile(r"([,;:])(?:\s*\1)+"),
    re.compile(r"(?<!\.)(\.)\.(?!\.)"),
    re.compile(r"(!)!+"),
    re.compile(r"(\?)\?+"),
)
_SPACE: Final = r"[ \t\u00a0\u202f\u2009]"
_SPACED_DASH: Final = re.compile(
    rf"(?<=\S)(?<![0-9]){_SPACE}+[-–—]{_SPACE}+(?=\S)|(?<=[0-9]){_SPACE}+[-–—]{_SPACE}+(?=[^\s0-9])|"
    rf"(?<=[0-9]){_SPACE}+—{_SPACE}+(?=[0-9])"
)
_SPACE_BEFORE: Final = re.compile(rf"(?<!{_SPACE}){_SPACE}+(?=[,;:!?)\]](?![\w)(-])|\.{{1,2}}(?![\w.]))")
_SPACED_PERCENT: Final = re.compile(rf"(?<=[0-9]){_SPACE}+(?=%)")
_SPACING: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(?<=[(\[])[ \t\u00a0\u202f\u2009]+"), ""),
    (re.compile(r"[ \t]{2,}|[ \t]+(?=[\u00a0\u202f])|(?<=[\u00a0\u202f])[ \t]+"), " "),
    (re.compile(r"\A\s+|(?<!\s)\s+\Z"), ""),
)


class _Draft:
    """A text under repair that remembers where each of its characters stood in the raw text."""

    def __init__(self, text: str) -> None:
        self.raw = self.text = text
        self.places = list(range(len(text) + 1))
        self.changes: list[Change] = []

    def replace(self, rule: Rule, pattern: re.Pattern[str], replacement: Replacement) -> None:
        """Replaces every match, noting what really changed."""
        edits = []
        for match in pattern.finditer(self.text):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            if new != match.group():
                edits.append((match.start(), match.end(), new))
        self.apply(rule, edits)

    def apply(self, rule: Rule, edits: list[tuple[int, int, str]]) -> None:
        """Makes edits (start, end, new text), which are in order and do not overlap."""
        if not edits:
            return
        texts: list[str] = []
        places: list[int] = []
        last = 0
        for start, end, new in edits:
            self.changes.append(Change(rule, self.places[start], self.places[end], self.text[start:end], new))
            texts += [self.text[last:start], new]
            places += self.places[last:start] + [self.places[start]] * len(new)
            last = end
        self.text = "".join([*texts, self.text[last:]])
        self.places = places + self.places[last:]


def _mend_quotes(draft: _Draft, language: str) -> None:
    """Puts the language's marks and takes the French spaces inside them away."""
    marks = read_quotations(draft.text)
    singles = "‘" in draft.text and language != "ru"  # single marks may be the second level already
    edits: list[tuple[int, int, str]] = []
    for mark in marks:
        if singles and mark.depth:
            continue
        outer, inner = LANGUAGES[language].quotes, LANGUAGES[language].inner_quotes
        pair = inner if mark.depth else outer
        start, end = _with_spaces(draft.text, mark.place, mark.side)
        new = pair[0] if mark.side is Side.OPEN else pair[1]
        if edits and start < edits[-1][1]:
            start = edits[-1][1]
        if draft.text[start:end] != new:
            edits.append((start, end, new))
    draft.apply(Rule.QUOTES, edits)


def _with_spaces(text: str, place: int, side: Side) -> tuple[int, int]:
    start, end = place, place + 1
    if side is Side.OPEN:
        while end < len(text) and text[end] in " \u00a0\u202f\u2009":
            end += 1
    else:
        while start and text[start - 1] in " \u00a0\u202f\u2009":
            start -= 1
    return start, end

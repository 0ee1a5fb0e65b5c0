"""Where sentences end in French news: the layer over sentencex.

sentencex proposes (`proposals.py`); this layer says no where French writes on (titles, initials, abbreviations, a following
lower-case letter or dash, quotations and parentheses inside a sentence) and yes where sentencex never does (ellipses, a
sentence that begins with a figure, `etc.` before a capital, a missing space). In doubt it does not cut: two sentences
together translate well, half a sentence does not.

Every look backwards or forwards is bounded or done once, so the time is linear whatever the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from webapp.text.abbreviations import SHOUTS
from webapp.text.following import Following
from webapp.text.glue import PLAIN_WORD, glued
from webapp.text.periods import ABBREVIATIONS, LOOK_BEHIND, period_ends, token_before
from webapp.text.proposals import Proposals
from webapp.text.spans import Span, Spans

_LONG_QUOTATION: Final = 300
"""A quotation or parenthesis in the middle of a sentence is cut inside only when it is longer (code points)."""
_SHORT_QUOTATION: Final = 80
"""A quotation that begins a sentence which then goes on is cut inside only when it is longer."""
_REMARK: Final = 30
"""A quotation of this length that ends with a full stop is a remark, no title; a new sentence may follow it."""

ENDS: Final = ".!?…‼⁇⁈⁉‽。｡．！？"
_TERMINATOR: Final = re.compile(f"[{ENDS}]++")
_GAP: Final = "[^\\S\\n]{0,3}+"
_EMOJI: Final = "[\u2600-\u26ff\u2764\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*+"
_TRAILING: Final = re.compile(
    f"(?P<end>[^\\S\\n]?[{ENDS}]++(?![^\\W_]))"  # « Quoi ? ! », « . . . »
    f"|(?P<quote>{_GAP}[»›”]|[\"’'])|[)\\]}}]"
    f"|{_GAP}\\[\\d{{1,3}}\\]|[¹²³⁴-⁹]++"  # marks of footnotes
    f"|{_GAP}{_EMOJI}"
)
_STRAIGHT: Final = re.compile(f'{_GAP}"')
_FOOTNOTE: Final = re.compile(r"\d{1,2}(?=\s[^\W\d_a-z])")
_VISIBLE: Final = re.compile(r"[^\W_]")
_GOES_ON: Final = re.compile(r"\s{0,3}[a-zà-ÿœ]")
_SPACE: Final = re.compile(r"\s*+")
_ASIDE_DASH: Final = re.compile(r"(?<=[^\s:;])\s[–—-]\s(?=[a-zà-ÿœ\d«“\"(])")


def boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Yields (end of a sentence, start of the next) for each place inside `text` where one ends, in order.

    `text` is a paragraph without blank lines; its own end is not yielded. `text[end:start]` is white space or "".
    """
    return _Scanner(text).boundaries()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where a sentence might end.

    `mark` is the offset of its first terminator, `last` of the last one, `end` is after the closing marks that go with
    it, `start` is where the next visible character stands; `marks` are the terminators
    (".." if there are several groups);
    `quoted`: a quotation closes; `noted`: a figure follows that is the mark of a footnote.
    """

    mark: int
    last: int
    end: int
    start: int
    marks: str
    quoted: bool
    noted: bool


class _Scanner:
    """Walks once over a paragraph; `_begin` is where the sentence it is in begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin = 0
        self._first = self._first_visible(0)
        self._dashes, self._counted = 0, 0

    @cached_property
    def _spans(self) -> Spans:
        return Spans(self._text)

    @cached_property
    def _proposals(self) -> Proposals:
        return Proposals(self._text)

    @cached_property
    def _last_visible(self) -> int:
        return next((i for i in reversed(range(len(self._text))) if self._text[i].isalnum()), -1)

    def boundaries(self) -> Iterator[tuple[int, int]]:
        """Yields the boundaries that hold; a piece without letter or figure stays with its neighbour."""
        position = 0
        while found := _TERMINATOR.search(self._text, position):
            candidate = self._candidate(found)
            position = candidate.end
            if candidate.start > self._last_visible:
                return
            if self._first < candidate.mark and self._ends(candidate):
                yield candidate.end, candidate.start
                self._begin, self._first = candidate.start, self._first_visible(candidate.start)
                self._dashes, self._counted = 0, candidate.start

    def _first_visible(self, offset: int) -> int:
        found = _VISIBLE.search(self._text, offset)
        return found.start() if found else len(self._text)

    def _candidate(self, found: re.Match[str]) -> _Candidate:
        """Takes in everything that closes together with the terminator: more of them, quotation marks, brackets, notes."""
        text, end, last, marks, quoted = self._text, found.end(), found.end() - 1, found[0], False
        note = self._footnote(found)
        if note:
            end = note.end()
        while True:
            if trailing := _TRAILING.match(text, end):
                end = trailing.end()
                quoted = quoted or trailing["quote"] is not None
                if trailing["end"]:
                    marks, last, quoted = "..", end - 1, False
            elif (straight := _STRAIGHT.match(text, end)) and self._spans.closes_at(straight.end() - 1):
                end, quoted = straight.end(), True
            else:
                break
        space = _SPACE.match(text, end)
        return _Candidate(found.start(), last, end, space.end() if space else end, marks, quoted, note is not None)

    def _footnote(self, found: re.Match[str]) -> re.Match[str] | None:
        """A raised figure that lost its height: « établi.12 La », not « art.1 »."""
        note = _FOOTNOTE.match(self._text, found.end())
        word = token_before(self._text[max(0, found.start() - LOOK_BEHIND) : found.start()]) if note else ""
        return note if PLAIN_WORD.match(word) and word.lower() not in ABBREVIATIONS else None

    def _ends(self, candidate: _Candidate) -> bool:
        following = Following.read(self._text, candidate.start)
        if following.lower or not (following.word or following.number or following.bullet):
            return False
        if candidate.end == candidate.start and not self._glued(candidate, following):
            return False
        if following.dash and not self._dash_begins(candidate, following):
            return False
        return self._spans_allow(candidate, following) and self._marks_end(candidate, following)

    def _marks_end(self, candidate: _Candidate, following: Following) -> bool:
        """Judges the terminators themselves: a single full stop may be an abbreviation's."""
        before = self._text[max(self._begin, candidate.mark - LOOK_BEHIND) : candidate.mark]
        if candidate.marks == "!" and token_before(before).lower() in SHOUTS:
            return following.begins_sentence
        if candidate.marks != ".":
            return True
        opening = candidate.mark - self._first < 6
        verdict = period_ends(before, following, opening=opening)
        if verdict is None:
            return (
                candidate.noted
                or candidate.end == candidate.start
                or self._proposals.between(candidate.mark + 1, candidate.start)
            )
        return verdict

    def _spans_allow(self, candidate: _Candidate, following: Following) -> bool:
        """Keeps whole what is quoted or bracketed in the middle of a sentence."""
        return all(self._span_allows(span, candidate, following) for span in self._spans.holding(candidate.last))

    def _span_allows(self, span: Span, candidate: _Candidate, following: Following) -> bool:
        if self._introduced(span):
            return span.stop < candidate.end or span.stop - span.start > _SHORT_QUOTATION or not self._goes_on_after(span)
        if span.stop >= candidate.end:
            return span.stop - span.start > _LONG_QUOTATION
        remark = span.quotes and candidate.marks == "." and span.stop - span.start > _REMARK
        return remark or following.begins_sentence

    def _goes_on_after(self, span: Span) -> bool:
        """« Où ? Quand ? » sont les questions: the quotation is a part of its sentence."""
        return _GOES_ON.match(self._text, span.stop + 1) is not None

    def _introduced(self, span: Span) -> bool:
        """A span that begins the sentence, or follows a colon, holds sentences of its own."""
        if self._first > span.start:
            return True
        return span.quotes and self._text[max(0, span.start - 3) : span.start].rstrip().endswith(":")

    def _glued(self, candidate: _Candidate, following: Following) -> bool:
        behind = self._text[max(self._begin, candidate.mark - LOOK_BEHIND) : candidate.mark]
        ahead = self._text[candidate.start : candidate.start + LOOK_BEHIND]
        return glued(behind, candidate.marks, ahead, following, quoted=candidate.quoted)

    def _dash_begins(self, candidate: _Candidate, following: Following) -> bool:
        """A new turn of a dialogue (— Oui. — Non.), not a repair (nord. -le coréen), a signature or an aside."""
        spaced = _ASIDE_DASH.findall(self._text, self._counted, candidate.mark)
        self._dashes, self._counted = self._dashes + len(spaced), candidate.mark
        if candidate.quoted or not (following.spaced or following.dash != "-"):
            return False
        return self._dashes % 2 == 0

"""Segments that come back in a TMX or XLIFF, and the sentences of an article that they belong to.

Tools rename ids, change white space, cut a sentence in two or spread it over segments of their own: what the French says decides.
Lives here: whose a segment is. Never here: what becomes of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from itertools import groupby
from pathlib import PurePath
from typing import Final

from webapp.domain import State
from webapp.errors import ImportTooLarge, ImportUnreadable
from webapp.services.changing import english_of_held
from webapp.storage.held import Held
from webapp.text.normalise import normalise
from webapp.text.tmx import read_tmx
from webapp.text.xliff import read_xliff
from webapp.text.xliff_review import Review, least

MAX_BYTES: Final = 64 << 20
_TMX: Final = (".tmx",)
_XLIFF: Final = (".xlf", ".xliff", ".xlf2", ".sdlxliff", ".mqxliff", ".mxliff")
_MOST_PARTS: Final = 12
"""Segments that one sentence may have been cut into."""


class Left(StrEnum):
    """Why a segment of the file was not taken."""

    SOURCE_CHANGED = "source-changed"
    UNKNOWN = "unknown"  # no sentence of the article has its id or its French
    NO_TEXT = "no-text"
    UNREVIEWED = "unreviewed"  # a machine's, and nobody looked at it
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file says of one sentence; `number` is its place in the file, `target` the code of its language.

    `unit` is the unit it was cut from, `before` what stood between it and the one before it there, in source and target; it is
    made of `count` segments of the file.
    """

    number: int
    id: str
    source: str
    target: str
    text: str
    review: Review
    unit: int = 0
    before: tuple[str, str] = ("", "")
    count: int = 1


class Sentences:
    """The sentences of an article, by where they stand and by their French."""

    def __init__(self, found: Sequence[Held], article_id: str) -> None:
        self.held = {(h.sentence, h.target): h for h in found}
        self._article_id = article_id
        self._at = {(h.paragraph, h.index): h for h in found}
        self._saying: dict[str, list[int]] = defaultdict(list)
        for h in self._at.values():
            self._saying[_key(h.source)].append(h.sentence)

    def find(self, segment: Segment) -> tuple[list[int], Left | None]:
        """The sentences that a segment belongs to, or why there are none."""
        if not segment.text.strip():
            return [], Left.NO_TEXT
        if segment.review is Review.UNREVIEWED:
            return [], Left.UNREVIEWED
        named = self._named(segment.id)
        if named is not None and _key(named.source) == _key(segment.source):
            return [named.sentence], None
        if same := self._saying.get(_key(segment.source)):
            return same, None
        return [], Left.SOURCE_CHANGED if named is not None else Left.UNKNOWN

    def names(self, segment: Segment | None, sentence: int) -> bool:
        """Whether a segment has the id of a sentence."""
        named = None if segment is None else self._named(segment.id)
        return named is not None and named.sentence == sentence

    def _named(self, unit: str) -> Held | None:
        article, _, place = unit.partition(".")
        paragraph, _, index = place.partition(".")
        if article not in {self._article_id, "article"} or not (paragraph.isdecimal() and index.isdecimal()):
            return None
        return self._at.get((int(paragraph[:9]), int(index[:9])))

    def fitted(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """Puts together again what a tool cut; other segments pass as they are, in their order."""
        for unit, group in groupby(segments, key=lambda segment: segment.unit):
            if not unit:
                yield from group
                continue
            waiting: list[Segment] = []
            for segment in group:
                waiting.append(segment)
                if len(waiting) == _MOST_PARTS:
                    yield self._first(waiting)
            while waiting:
                yield self._first(waiting)

    def _first(self, waiting: list[Segment]) -> Segment:
        """Takes the longest run of segments from the front that together say what a sentence says, else the first alone."""
        for count in range(len(waiting), 1, -1):
            joined = _joined(waiting[:count])
            if _key(joined.source) in self._saying:
                del waiting[:count]
                return joined
        return waiting.pop(0)

    def english(self) -> dict[int, str]:
        """The English that people stand behind, by sentence."""
        texts = ((s, english_of_held(h)) for (s, target), h in self.held.items() if target == "en")
        return {sentence: text for sentence, text in texts if text is not None}


def _joined(parts: Sequence[Segment]) -> Segment:
    """One segment of several; with a part that has no translation it has none, and it has come as far as the last of them."""
    first, *rest = parts
    source, text = first.source, first.text
    for part in rest:
        source += (part.before[0] or " ") + part.source
        text += (part.before[1] or part.before[0] or " ") + part.text
    if not all(part.text.strip() for part in parts):
        text = ""
    return replace(first, source=source, text=text, review=least([part.review for part in parts]), count=len(parts))


def _key(text: str) -> str:
    """Tools change spaces and line ends in passing; that does not make it another sentence."""
    return "".join(normalise(text).split())


# --- the files ------------------------------------------------------------------------------------------------------------


def read_segments(data: bytes, name: str, targets: Sequence[str]) -> Iterator[Segment]:
    """Reads the segments of a TMX or XLIFF file, one a target. Raises ImportTooLarge, ImportUnreadable.

    A file that names no language is in the only target, where there is one.
    """
    if len(data) > MAX_BYTES:
        raise ImportTooLarge(limit_bytes=MAX_BYTES)
    ending = PurePath(name).suffix.lower()
    if ending in _TMX:
        return _from_tmx(data, name)
    if ending in _XLIFF:
        return _from_xliff(data, name, targets[0] if len(targets) == 1 else "")
    raise ImportUnreadable(name=name, detail=f"its name should end in one of {', '.join(_TMX + _XLIFF)}")


def _from_tmx(data: bytes, name: str) -> Iterator[Segment]:
    for unit in read_tmx(BytesIO(data), name):
        source = unit.texts.get("fr", "")
        reviewed = _reviewed(unit.props.get("x-state"))
        for language, text in unit.texts.items():
            if language != "fr":
                yield Segment(unit.number, unit.id, source, language, text, reviewed)


def _reviewed(state: str | None) -> Review:
    """Other tools write no state: a memory holds what people translated."""
    if state is None or state == State.TRANSLATED.value:
        return Review.TRANSLATED
    return Review.REVIEWED if state == State.APPROVED.value else Review.UNREVIEWED


def _from_xliff(data: bytes, name: str, only: str) -> Iterator[Segment]:
    keeps_states = any(found.review is Review.TRANSLATED for found in read_xliff(BytesIO(data), name))
    for found in read_xliff(BytesIO(data), name):
        text = found.target or ""
        review = found.review
        if review is Review.UNSTATED:
            review = _unstated(found.source, text, is_task=found.in_version_2 and keeps_states)
        elif review is Review.UNREVIEWED and found.proposed is not None and _key(found.proposed) != _key(text):
            review = Review.ASKED  # somebody wrote it whose tool keeps no states: it is not what the machine had proposed
        language = found.target_language or only
        yield Segment(
            found.number, found.id, found.source, language, text, review, found.unit, (found.before, found.before_target)
        )


def _unstated(source: str, text: str, *, is_task: bool) -> Review:
    """A target without a word about it: a translation, if it is none of the French that tools put there to begin with.

    `is_task`: it is in the first state of XLIFF 2.x, in a file in which other segments have come further.
    """
    untouched = _key(source) == _key(text) and any(letter.isalpha() for letter in text)
    return Review.UNREVIEWED if untouched or is_task else Review.TRANSLATED

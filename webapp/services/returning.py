"""Translations that come back: a TMX or XLIFF that a translator worked on elsewhere, taken into the article it came from.

A segment belongs to the sentence with its id whose French is still the same; else to those with the same French. What a person
wrote here meanwhile is never replaced unless that is asked for, no state is lowered, machine text is not taken for a person's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import Final

from webapp.domain import Origin, State
from webapp.errors import ImportTooLarge, ImportUnreadable, TargetUnknown
from webapp.reviewing import Diff, Place
from webapp.services import checking
from webapp.services.changing import Outcome, apply, by_person, english_of_held, up_to_date
from webapp.services.diffs import diff_words
from webapp.services.terms import Glossary, glossary_of
from webapp.storage import held
from webapp.storage.held import Held
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change
from webapp.text.normalise import normalise
from webapp.text.tmx import read_tmx
from webapp.text.xliff import Review, read_xliff

MAX_BYTES: Final = 64 << 20
_TMX: Final = (".tmx",)
_XLIFF: Final = (".xlf", ".xliff", ".xlf2", ".sdlxliff", ".mqxliff")
_NAMED: Final = 500


class Left(StrEnum):
    """Why a segment of the file was not taken."""

    SOURCE_CHANGED = "source-changed"
    UNKNOWN = "unknown"  # no sentence of the article has its id or its French
    NO_TEXT = "no-text"
    UNREVIEWED = "unreviewed"  # a machine's, and nobody looked at it
    OTHER_LANGUAGE = "other-language"


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file says of one sentence; `number` is its place in the file, `target` the code of its language."""

    number: int
    id: str
    source: str
    target: str
    text: str
    review: Review


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that a person wrote here and the file has otherwise: `diff` leads from the one here to the file's."""

    place: Place
    state: State
    text: str
    theirs: str
    diff: Diff


@dataclass(frozen=True, slots=True)
class Returned:
    """What was, or would be, taken: counts of translations. `blocked` were not approved because of open errors.

    `kept` stand here as in the file, or further on in their review. `conflicts` are replaced only if that is asked for.
    `left` counts segments by reason. `step` is None where nothing was changed.
    """

    name: str
    read: int
    taken: int
    approved: int
    blocked: int
    kept: int
    conflicts: tuple[Conflict, ...]
    left: dict[Left, int]
    step: int | None = None
    asked: tuple[str, ...] = ()


@dataclass(slots=True)
class _Plan:
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: Counter[Left] = field(default_factory=Counter)
    read: int = 0
    kept: int = 0
    blocked: int = 0


def compare_file(tx: Transaction, article_id: str, data: bytes, name: str, *, replace_human: bool = False) -> Returned:
    """Tells what taking the file would do, and does nothing. Raises what `take_file` raises."""
    plan = _plan(tx, article_id, data, name, replace_human)
    return _told(name, plan, Outcome(None, ()))


def take_file(
    tx: Transaction,
    article_id: str,
    data: bytes,
    name: str,
    *,
    replace_human: bool = False,
    who: str = "local",
    via: str = "web",
) -> Returned:
    """Takes the translations of a file into an article as one step that can be undone.

    Texts become translated, or approved where the file says so and no error is open; their origin is imported. With
    `replace_human` they replace what people wrote here too. The caller wakes the workers where `asked` is not empty.
    Raises ArticleNotFound, ImportTooLarge, ImportUnreadable, or TargetUnknown where no segment of the
    file is in a language of the article.
    """
    plan = _plan(tx, article_id, data, name, replace_human)
    return _told(name, plan, apply(tx, Act("import", who, via), plan.changes))


def _told(name: str, plan: _Plan, outcome: Outcome) -> Returned:
    approved = sum(after.state is State.APPROVED for _, after in plan.changes)
    return Returned(
        name,
        plan.read,
        len(plan.changes),
        approved,
        plan.blocked,
        plan.kept,
        tuple(plan.conflicts),
        dict(plan.left),
        outcome.step,
        outcome.asked,
    )


def _plan(tx: Transaction, article_id: str, data: bytes, name: str, replace_human: bool) -> _Plan:
    article = held.lock(tx, article_id)
    targets = held.targets_of(tx, article)
    plan, by_place = _Plan(), _Sentences(held.held(tx, article), article_id)
    seen: dict[tuple[int, str], Segment] = {}
    languages = set()
    for segment in read_segments(data, name):
        plan.read += 1
        languages.add(segment.target)
        if segment.target not in targets:
            plan.left[Left.OTHER_LANGUAGE] += 1
            continue
        places, reason = by_place.find(segment)
        if reason is not None:
            plan.left[reason] += 1
        for sentence in places:
            seen[sentence, segment.target] = segment
    if plan.read and not languages & set(targets):
        raise TargetUnknown(target=", ".join(sorted(filter(None, languages))) or "—", known=", ".join(targets))
    english = by_place.english()
    glossary = glossary_of(tx, article)
    for (sentence, target), segment in sorted(seen.items()):
        _decide(plan, by_place.held[sentence, target], segment, english.get(sentence), replace_human)
    plan.changes = [_approvable(plan, change, glossary) for change in plan.changes]
    return plan


class _Sentences:
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

    def _named(self, unit: str) -> Held | None:
        article, _, place = unit.partition(".")
        paragraph, _, index = place.partition(".")
        if article not in {self._article_id, "article"} or not (paragraph.isdecimal() and index.isdecimal()):
            return None
        return self._at.get((int(paragraph[:9]), int(index[:9])))

    def english(self) -> dict[int, str]:
        """The English that people stand behind, by sentence."""
        texts = ((s, english_of_held(h)) for (s, target), h in self.held.items() if target == "en")
        return {sentence: text for sentence, text in texts if text is not None}


def _key(text: str) -> str:
    """Tools change spaces and line ends in passing; that does not make it another sentence."""
    return " ".join(normalise(text).split())


_RANK: Final = {State.UNTRANSLATED: 0, State.REJECTED: 0, State.DRAFT: 0, State.TRANSLATED: 1, State.APPROVED: 2}


def _decide(plan: _Plan, before: Held, segment: Segment, english: str | None, replace_human: bool) -> None:
    text = normalise(segment.text).strip()
    state = State.APPROVED if segment.review is Review.REVIEWED else State.TRANSLATED
    if text == before.text and not before.stale:
        if _RANK[before.state] >= _RANK[state]:
            plan.kept += 1
            return
        origin = before.origin if before.origin is not Origin.MT else Origin.IMPORTED
        plan.changes.append((before, replace(up_to_date(before, english), state=state, origin=origin)))
        return
    if not before.is_the_machines and before.state is not State.REJECTED and not replace_human:
        if len(plan.conflicts) < _NAMED:
            plan.conflicts.append(Conflict(before.place, before.state, before.text, text, diff_words(before.text, text)))
        return
    after = replace(up_to_date(by_person(before, text, origin=Origin.IMPORTED), english), state=state)
    plan.changes.append((before, after))


def _approvable(plan: _Plan, change: Change, glossary: Glossary) -> Change:
    """An approval does not pass over open errors: the text is taken as translated, and the errors are shown."""
    before, after = change
    if after.state is not State.APPROVED or not any(f.severity == "E" for f in checking.check_held(after, glossary)):
        return change
    plan.blocked += 1
    return before, replace(after, state=State.TRANSLATED)


# --- the files ------------------------------------------------------------------------------------------------------------


def read_segments(data: bytes, name: str) -> Iterator[Segment]:
    """Reads the segments of a TMX or XLIFF file, one a target. Raises ImportTooLarge, ImportUnreadable."""
    if len(data) > MAX_BYTES:
        raise ImportTooLarge(limit_bytes=MAX_BYTES)
    ending = PurePath(name).suffix.lower()
    if ending in _TMX:
        return _from_tmx(data, name)
    if ending in _XLIFF:
        return _from_xliff(data, name)
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


def _from_xliff(data: bytes, name: str) -> Iterator[Segment]:
    for found in read_xliff(BytesIO(data), name):
        yield Segment(found.number, found.id, found.source, found.target_language, found.target or "", found.review)

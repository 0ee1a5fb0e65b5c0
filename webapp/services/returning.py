"""Translations that come back: a TMX or XLIFF that a translator worked on elsewhere, taken into the article it came from.

A segment belongs to the sentence with its id whose French is still the same; else to those with the same French. What a person
wrote here meanwhile is never replaced unless that is asked for, no state is lowered, machine text is not taken for a person's.
Lives here: what becomes of a segment. Never here: which sentence it belongs to (`returned_segments`), how a file is read.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from webapp.domain import Origin, State
from webapp.errors import TargetUnknown
from webapp.reviewing import Diff, Place
from webapp.services import checking
from webapp.services.changing import Outcome, apply, by_person, up_to_date
from webapp.services.diffs import diff_words
from webapp.services.returned_segments import Left, Segment, Sentences, read_segments
from webapp.services.terms import Glossary, glossary_of
from webapp.services.usual import Usual, usual_of
from webapp.storage import held
from webapp.storage.held import Held
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change
from webapp.text.normalise import normalise
from webapp.text.xliff_review import Review

_NAMED, _SHOWN = 500, 300


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A segment of the file that was not taken, and why: its place in the file, its id there, the beginning of its source."""

    number: int
    id: str
    source: str
    reason: Left


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
    `left` counts segments by reason, `left_out` names the first of them. `step` is None where nothing was changed.
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
    left_out: tuple[LeftOut, ...] = ()


@dataclass(slots=True)
class _Plan:
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: Counter[Left] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)
    read: int = 0
    kept: int = 0
    blocked: int = 0

    def leave(self, segment: Segment, reason: Left) -> None:
        """Notes that a segment, with all that were joined to it, is not taken."""
        self.left[reason] += segment.count
        if len(self.left_out) < _NAMED:
            self.left_out.append(LeftOut(segment.number, segment.id[:_SHOWN], segment.source[:_SHOWN], reason))


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
        tuple(sorted(plan.left_out, key=lambda one: one.number)),
    )


def _plan(tx: Transaction, article_id: str, data: bytes, name: str, replace_human: bool) -> _Plan:
    article = held.lock(tx, article_id)
    targets = held.targets_of(tx, article)
    plan, sentences = _Plan(), Sentences(held.held(tx, article), article_id)
    seen: dict[tuple[int, str], Segment] = {}
    languages = set()
    for segment in sentences.fitted(read_segments(data, name, targets)):
        plan.read += segment.count
        languages.add(segment.target)
        places, reason = sentences.find(segment) if segment.target in targets else ([], Left.OTHER_LANGUAGE)
        if reason is not None:
            plan.leave(segment, reason)
        for sentence in places:
            # The sentence that a segment names is its own; another with the same French only takes it over.
            if sentences.names(segment, sentence) or not sentences.names(seen.get((sentence, segment.target)), sentence):
                seen[sentence, segment.target] = segment
    if plan.read and not languages & set(targets):
        raise TargetUnknown(target=", ".join(sorted(filter(None, languages))) or "—", known=", ".join(targets))
    english = sentences.english()
    glossary, usual = glossary_of(tx, article), usual_of(tx)
    for (sentence, target), segment in sorted(seen.items(), key=lambda pair: pair[0]):
        _decide(plan, sentences.held[sentence, target], segment, english.get(sentence), replace_human)
    plan.changes = [_approvable(plan, change, glossary, usual) for change in plan.changes]
    return plan


_RANK: Final = {State.UNTRANSLATED: 0, State.REJECTED: 0, State.DRAFT: 0, State.TRANSLATED: 1, State.APPROVED: 2}


_BROKEN: Final = re.compile(r"[ \t]*\n\s*")


def _fitted(segment: Segment) -> str:
    """The text as it is kept: some tools break lines and indent, where the sentence has no line breaks."""
    text = normalise(segment.text).strip()
    return text if "\n" in segment.source.strip() and not _BROKEN.search(segment.source.strip()) else _BROKEN.sub(" ", text)


def _decide(plan: _Plan, before: Held, segment: Segment, english: str | None, replace_human: bool) -> None:
    text = _fitted(segment)
    if text == before.text and segment.review is Review.ASKED and before.is_the_machines:
        plan.leave(segment, Left.UNREVIEWED)
        return
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


def _approvable(plan: _Plan, change: Change, glossary: Glossary, usual: Usual) -> Change:
    """An approval does not pass over open errors: the text is taken as translated, and the errors are shown."""
    before, after = change
    if after.state is not State.APPROVED:
        return change
    if not any(f.severity == "E" for f in checking.check_held(after, glossary, usual=usual)):
        return change
    plan.blocked += 1
    return before, replace(after, state=State.TRANSLATED)

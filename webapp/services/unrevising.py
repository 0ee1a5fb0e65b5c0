"""An update of the source taken back as one step, with everything it did; what people wrote since is left to them.

The French, the order and the file are again what they were. A translation that nobody touched since is again what it was; one
that somebody did stays, marked stale, with a new draft of the earlier French beside it, and so does a sentence that came with
the update once somebody worked on it. All other sentences that came with it go to the drawer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.errors import NothingToUndo
from webapp.reviewing import StepView, Undone
from webapp.services import checking, memory
from webapp.services.changing import asked_again
from webapp.services.removed import restore_unnoted
from webapp.storage import findings, held, relaying, revisions, snapshots, writing
from webapp.storage.findings import Scope
from webapp.storage.held import Held
from webapp.storage.revisions import Layout, NewSentence, StoredSource
from webapp.storage.snapshots import Snapshot, Spot
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change


@dataclass(frozen=True, slots=True)
class _Undoing:
    """What is stored, what is to come back, and the translations that people touched since, which stay."""

    old: StoredSource
    kept: Snapshot
    theirs: frozenset[Spot] = frozenset()

    @property
    def came(self) -> list[int]:
        """The sentences that came with the step, in their order."""
        inside = {s.id for p in self.kept.layout.paragraphs for s in p.sentences}
        return [s.id for s in self.old.sentences if s.id not in inside]

    @property
    def worked_on(self) -> set[int]:
        """The sentences of which a translation stays."""
        return {sentence for sentence, _ in self.theirs}

    @property
    def layout(self) -> Layout:
        """The source as it was, on the rows that are left of it."""
        there = {p.id for p in self.old.paragraphs}
        paragraphs = tuple(
            replace(p, sentences=tuple(map(self._sentence, p.sentences)), id=p.id if p.id in there else None)
            for p in self.kept.layout.paragraphs
        )
        return replace(self.kept.layout, paragraphs=paragraphs)

    def _sentence(self, sentence: NewSentence) -> NewSentence:
        """What a person wrote since is compared with the French they wrote it for."""
        now = next((s.text for s in self.old.sentences if s.id == sentence.id), sentence.text)
        stays = sentence.id in self.worked_on and now != sentence.text
        return replace(sentence, previous_text=now) if stays else sentence

    def after(self, now: Held) -> Held:
        """A translation as it is to be."""
        spot = (now.sentence, now.target)
        if spot in self.theirs:
            return asked_again(replace(now, proposal=None, proposal_reason=None), "source")
        return replace(now, **self.kept.translations[spot]) if spot in self.kept.translations else now


def undo_source(
    tx: Transaction, article_id: str, article: int, wanted: StepView, kept: Snapshot, *, who: str, via: str
) -> Undone:
    """Takes a step back that changed the source, which must still be as the step left it; `kept` is what was there before.

    The article (row number) must be locked. Raises NothingToUndo when the source is another by now.
    """
    if snapshots.digest(tx, article) != kept.after:
        raise NothingToUndo
    undoing = _changed_by_people(tx, article, _Undoing(revisions.stored_source(tx, article), kept))
    layout = undoing.layout
    taken = snapshots.take(tx, article, undoing.old, layout, replaces_file=kept.replaces_file)
    relaying.write(tx, article, undoing.old, layout, who=who)
    snapshots.put_file_back(tx, article, kept)
    step = relaying.add_step(tx, article, who=who, size=wanted.size, undoes=wanted.id)
    changes = _write(tx, article, undoing, Act("undo", who, via), step=step)
    for sentence in undoing.came:
        if sentence in undoing.worked_on:
            restore_unnoted(tx, article_id, article, sentence, who=who)
    snapshots.keep(tx, article, step, taken)
    return _undone(tx, article, undoing, (step, wanted), changes)


def _undone(tx: Transaction, article: int, undoing: _Undoing, steps: tuple[int, StepView], changes: Sequence[Change]) -> Undone:
    theirs = undoing.theirs
    skipped = tuple(h.place for h in _held(tx, article, undoing.worked_on) if (h.sentence, h.target) in theirs)
    changed = tuple(before.place for before, _ in changes if (before.sentence, before.target) not in theirs)
    asked = dict.fromkeys(after.target for before, after in changes if after.pending and not before.pending)
    return Undone(*steps, changed, skipped, tuple(asked), source_changed=True)


def _held(tx: Transaction, article: int, only: Iterable[int]) -> list[Held]:
    return held.held(tx, article, only=sorted(only))


def _changed_by_people(tx: Transaction, article: int, undoing: _Undoing) -> _Undoing:
    """Finds the translations of what the step changed, added or brought back that a person touched since."""
    before = undoing.kept.translations
    now = _held(tx, article, {sentence for sentence, _ in before} | set(undoing.came))
    spots = ((h, (h.sentence, h.target)) for h in now)
    return replace(undoing, theirs=frozenset(spot for h, spot in spots if not _is_as_left(h, before.get(spot))))


def _is_as_left(now: Held, before: Mapping[str, Any] | None) -> bool:
    """Whether only the machine came by since: an update replaces the machine's texts, and leaves the people's."""
    if now.is_the_machines:
        return now.corrected_pivot is None
    if before is None:
        return False
    return (now.text, now.state, now.origin) == (before["text"], before["state"], before["origin"])


def _says_more(before: Held, after: Held) -> bool:
    """Whether the checks are asked: not about a draft that waits to be made again, as in an update."""
    waits = after.pending and after.is_the_machines and before.text == after.text
    return bool(after.text) and not waits


def _write(tx: Transaction, article: int, undoing: _Undoing, act: Act, *, step: int) -> list[Change]:
    """Gives every translation back what it had, with a line of history; returns what changed."""
    wanted = [(h, undoing.after(h)) for h in _held(tx, article, {sentence for sentence, _ in undoing.kept.translations})]
    counts = checking.check_again(tx, [after for before, after in wanted if _says_more(before, after)])
    counted = [(before, checking.counted(after, counts)) for before, after in wanted]
    changes = [(before, after) for before, after in counted if before != after]
    rewritten = [(b, a) for b, a in changes if (b.text, b.state, b.origin) != (a.text, a.state, a.origin)]
    flagged = [change for change in changes if change not in rewritten]
    findings.replace(tx, {(b.sentence, b.target): () for b, a in rewritten if b.text != a.text}, Scope.BROUGHT)
    if rewritten:
        writing.write(tx, act, rewritten, step=step)
    writing.mark(tx, flagged)
    spots = [(before.sentence, before.target) for before, _ in flagged if before.text]
    relaying.note_changes(tx, step, act.who, act.via, spots, action=act.action)
    memory.follow(tx, changes, act.who)
    return changes

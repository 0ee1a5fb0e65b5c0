"""The nouns of the review as frozen dataclasses: what pages and the API show beside the document itself.

Lives here: values. Never here: I/O, the clock, rules of the product. Texts are shown through the catalogues by whoever prints
them; `message` is a message key whose places `data` fills.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from webapp.domain import Origin, ParagraphKind, State, Translation

Span = tuple[int, int]
"""Start and end in code points, the end not included."""


class DiffOp(StrEnum):
    """What became of a piece of text: "same" and "del" pieces joined are the old text, "same" and "ins" the new one."""

    SAME = "same"
    DELETED = "del"
    INSERTED = "ins"


DiffPart = tuple[DiffOp, str]
Diff = tuple[DiffPart, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a translation stands: `paragraph` counts within the article, `index` within the paragraph, both from 0."""

    sentence_id: int
    target: str
    paragraph: int
    index: int


@dataclass(frozen=True, slots=True)
class FindingView:
    """What a check found in a translation, as it is kept; `severity` is "E" (blocks approval unless dismissed) or "W".

    `spans` lie in the translation, `source_spans` in the French. `fix` is the whole translation with this repaired, None if
    only a person can. `place` is given in lists over an article.
    """

    id: int
    check: str
    severity: str
    message: str
    data: Mapping[str, str]
    spans: tuple[Span, ...] = ()
    source_spans: tuple[Span, ...] = ()
    fix: str | None = None
    dismissed_by: str | None = None
    dismissed_at: datetime | None = None
    reason: str | None = None
    place: Place | None = None

    @property
    def dismissed(self) -> bool:
        """Whether a person gave a reason to let it stand."""
        return self.dismissed_by is not None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the translation from being approved."""
        return self.severity == "E" and not self.dismissed

    @property
    def text(self) -> str:
        """The message in English with its places filled."""
        return self.message % self.data


@dataclass(frozen=True, slots=True)
class Saved:
    """What a change made of one translation.

    `step` is what `undo` would take to undo it, None when nothing changed. `findings` are all of the new text. `asked` are
    the targets in which the sentence is drafted anew because of it: then the workers are to be woken. `blocked`: approval
    was asked for, and open errors keep it off.
    """

    translation: Translation
    step: int | None = None
    findings: tuple[FindingView, ...] = ()
    asked: tuple[str, ...] = ()
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one translation. `diff` leads word by word from the text before to the text after.

    `undone`: the step it belongs to was undone later; the text may still have been written again since.
    """

    id: int
    revision: int
    at: datetime
    who: str
    action: str
    via: str
    text_before: str
    text_after: str
    state_before: State
    state_after: State
    origin_before: Origin | None
    origin_after: Origin | None
    step: int | None
    undone: bool
    diff: Diff


@dataclass(frozen=True, slots=True)
class StepView:
    """Something a person did at once, on `size` translations, of one target or (None) of several."""

    id: int
    action: str
    who: str
    at: datetime
    size: int
    target: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: `step` is the undoing itself, `skipped` are translations somebody changed since, left as they are.

    `source_changed`: the French changed with it, so that sentences may stand elsewhere.
    """

    step: int
    undid: StepView
    changed: tuple[Place, ...]
    skipped: tuple[Place, ...]
    asked: tuple[str, ...] = ()
    source_changed: bool = False


class Skip(StrEnum):
    """Why approving many translations at once leaves one out."""

    UNTRANSLATED = "untranslated"
    REJECTED = "rejected"
    STALE = "stale"
    ERRORS = "errors"


@dataclass(frozen=True, slots=True)
class BulkApproval:
    """What approving a paragraph or a version did; `done` is False when the open `findings` are to be shown first."""

    done: bool
    step: int | None = None
    approved: tuple[int, ...] = ()
    findings: tuple[FindingView, ...] = ()
    skipped: Mapping[Skip, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftView:
    """What the machine proposed: `raw` is the text before its typography was repaired, None when nothing was."""

    id: int
    text: str
    raw: str | None
    pivot: str | None
    confidence: float | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A draft that stands beside a person's text. `reason`: "source" (the French changed), "pivot" (the English), "asked"."""

    draft_id: int
    text: str
    confidence: float | None
    pivot: str | None
    at: datetime
    reason: str
    diff: Diff


class PivotOrigin(StrEnum):
    """Where the English that a translation is drafted from comes from."""

    MACHINE = "machine"
    ENGLISH = "english"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class PivotView:
    """The English under a translation: `text` is what its next draft is made from, "" when the machine has none yet.

    `english` is the English version's text now, `used` what the current text was made from (None: unknown). `changed`: the
    English changed since, and the translation does not follow it yet.
    """

    text: str
    origin: PivotOrigin
    english: str
    used: str | None
    changed: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    """A remark about a sentence, in one target or (None) in general."""

    id: int
    sentence_id: int
    target: str | None
    who: str
    at: datetime
    text: str
    resolved_by: str | None = None
    resolved_at: datetime | None = None

    @property
    def resolved(self) -> bool:
        """Whether somebody closed it."""
        return self.resolved_at is not None


@dataclass(frozen=True, slots=True)
class UnsavedView:
    """What somebody was typing and did not save; `is_outdated`: the translation changed since typing began."""

    text: str
    base_revision: int
    at: datetime
    who: str
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """Another translation the machine could have given."""

    text: str
    confidence: float
    pivot: str | None = None


@dataclass(frozen=True, slots=True)
class AlternativesView:
    """The alternatives of one translation, the best first; `status` is "waiting", "done" or "failed"."""

    status: str
    items: tuple[AlternativeView, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class TranslationDetail:
    """Everything the open sentence shows of one target. `history` has the newest change first."""

    target: str
    translation: Translation
    draft: DraftView | None
    proposal: ProposalView | None
    history: tuple[HistoryEntry, ...]
    unsaved: UnsavedView | None
    findings: tuple[FindingView, ...]
    alternatives: AlternativesView | None
    pivot: PivotView | None

    @property
    def raw_draft(self) -> str | None:
        """The machine's text before its typography was repaired, None when nothing was."""
        return None if self.draft is None else self.draft.raw


@dataclass(frozen=True, slots=True)
class SentenceDetail:
    """A sentence with everything that is known of it; `source_diff` leads from `previous_text` to `text`."""

    article_id: str
    sentence_id: int
    paragraph: int
    index: int
    kind: ParagraphKind
    language: str | None
    text: str
    previous_text: str | None
    source_diff: Diff
    comments: tuple[CommentView, ...]
    translations: Mapping[str, TranslationDetail]


@dataclass(frozen=True, slots=True)
class ReplaceMatch:
    """One translation that a search hits: `spans` in its text now, `parts` the diff to `text_after`."""

    place: Place
    revision: int
    state: State
    text: str
    text_after: str
    spans: tuple[Span, ...]
    parts: Diff


@dataclass(frozen=True, slots=True)
class ReplacePreview:
    """What a replacement would do; `matches` may be cut short, the counts are of everything."""

    matches: tuple[ReplaceMatch, ...]
    sentences: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a replacement did, by sentence; `conflicts` changed since the preview and were left as they are."""

    step: int | None
    changed: tuple[int, ...]
    conflicts: tuple[int, ...]
    asked: tuple[str, ...] = ()


class SourceChangeKind(StrEnum):
    """What an update of the source did to a sentence."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One sentence that an update of the source touches; `sentence_id` is 0 for one that is only going to be added."""

    kind: SourceChangeKind
    sentence_id: int
    old: str
    new: str
    diff: Diff = ()


@dataclass(frozen=True, slots=True)
class RevisionReport:
    """What an update of the source does, in the order of the new source, removed sentences last.

    `kept` counts sentences that stay as and where they are, `redrafted` translations asked of the machine.
    """

    kept: int
    changes: tuple[SourceChange, ...]
    redrafted: int = 0

    def count(self, kind: SourceChangeKind) -> int:
        """Counts the sentences to which something happened."""
        return sum(change.kind is kind for change in self.changes)

    @property
    def changed(self) -> int:
        return self.count(SourceChangeKind.CHANGED)

    @property
    def added(self) -> int:
        return self.count(SourceChangeKind.ADDED)

    @property
    def removed(self) -> int:
        return self.count(SourceChangeKind.REMOVED)

    @property
    def moved(self) -> int:
        return self.count(SourceChangeKind.MOVED)

    @property
    def restored(self) -> int:
        return self.count(SourceChangeKind.RESTORED)


@dataclass(frozen=True, slots=True)
class RemovedSentence:
    """A sentence in the drawer, with what it had."""

    sentence_id: int
    text: str
    at: datetime
    who: str
    translations: Mapping[str, Translation]

"""What every change of a translation has in common, whoever asks for it: checked, written, and followed by the other versions.

The rules: a change is judged against what is stored under the article's lock; what a person wrote is never replaced by the
machine, only added to; when the English of a sentence changes, the versions that go through it are asked for anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.domain import Origin, State
from webapp.errors import EditConflict, SentenceNotFound, TargetUnknown
from webapp.languages import PIVOT
from webapp.reviewing import FindingView, Saved
from webapp.services import checking, memory
from webapp.storage import findings, held, steps, writing
from webapp.storage.findings import Scope
from webapp.storage.held import Held
from webapp.storage.pivots import english_of
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of changes: `step` is None when nothing differed, `after` are the translations as they are now."""

    step: int | None
    after: tuple[Held, ...]
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A sentence under the lock of its article: `targets` holds its translations."""

    article: int
    targets: dict[str, Held]
    target: str

    @property
    def mine(self) -> Held:
        """The translation that is asked about."""
        return self.targets[self.target]

    @property
    def english(self) -> str | None:
        """The English that a person stands behind, None while the machine's own will do."""
        english = self.targets.get(PIVOT)
        return None if english is None else english_of_held(english)


def english_of_held(translation: Held) -> str | None:
    """The English version's text of a sentence if a person stands behind it (see `storage.pivots`)."""
    return english_of(translation.text, translation.state, translation.origin, translation.stale)


def open_sentence(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Opened:
    """Locks an article and reads a sentence in all targets. Raises ArticleNotFound, SentenceNotFound or TargetUnknown."""
    article = held.lock(tx, article_id)
    found = {h.target: h for h in held.held(tx, article, only=[sentence_id])}
    if not found:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    if target not in found:
        raise TargetUnknown(target=target, known=", ".join(found))
    return Opened(article, found, target)


def apply(tx: Transaction, act: Act, changes: Sequence[Change]) -> Outcome:
    """Writes changes of one article as one step: checks the new texts, keeps the history, asks the other versions to follow.

    Changes that change nothing are left out. The article must be locked.
    """
    real = [(before, _settled(before, after)) for before, after in changes if before != after]
    if not real:
        return Outcome(None, tuple(after for _, after in changes))
    rewritten = [(after.sentence, after.target) for before, after in real if before.text != after.text]
    findings.replace(tx, dict.fromkeys(rewritten, ()), Scope.BROUGHT)  # they were about the text that goes
    counts = checking.check_again(tx, [after for before, after in real if _checks_differ(before, after)])
    real = [(before, checking.counted(after, counts)) for before, after in real]
    step = writing.write(tx, act, real)
    memory.follow(tx, real, act.who)
    asked = follow_english(tx, real)
    written = {(after.sentence, after.target): replace(after, revision=after.revision + 1) for _, after in real}
    asked_here = tuple(dict.fromkeys([*asked, *(a.target for b, a in real if a.pending and not b.pending)]))
    return Outcome(step, tuple(written.get((a.sentence, a.target), a) for _, a in changes), asked_here)


def _checks_differ(before: Held, after: Held) -> bool:
    """Whether the checks may say something else: of another text, or of one that is no longer the machine's to doubt."""
    return before.text != after.text or before.is_the_machines != after.is_the_machines


def saved(tx: Transaction, outcome: Outcome, *, blocked: bool = False) -> Saved:
    """Tells what became of the change of one translation."""
    (after,) = outcome.after
    return Saved(after.translation, outcome.step, findings_of(tx, after), outcome.asked, blocked)


def findings_of(tx: Transaction, translation: Held) -> tuple[FindingView, ...]:
    """Reads the findings of a translation."""
    spot = (translation.sentence, translation.target)
    return findings.of(tx, [spot]).get(spot, ())


def _settled(before: Held, after: Held) -> Held:
    """Decides what the machine is still asked for, now that a person touched the translation."""
    if not after.pending:
        return after if after.wanted_as is None else replace(after, wanted_as=None)
    if after.is_the_machines:
        return replace(after, wanted_as=None)
    if after.wanted_as is not None:
        return after
    reason = "source" if before.stale else "pivot" if before.pivot_changed else "asked" if not before.pending else None
    return replace(after, wanted_as=reason) if reason and after.text else replace(after, pending=False)


def by_person(before: Held, text: str, *, origin: Origin | None = None) -> Held:
    """Gives the translation as a person leaves it who replaces its text."""
    if origin is None:
        edited = before.text and before.origin in {Origin.MT, Origin.MT_EDITED}
        origin = Origin.MT_EDITED if edited else Origin.HUMAN
    confidence = before.confidence if origin in {Origin.MT, Origin.MT_EDITED} else None
    return replace(before, text=text, state=State.TRANSLATED, origin=origin, confidence=confidence)


def up_to_date(translation: Held, english: str | None) -> Held:
    """Gives the translation as one that a person compared with the French and the English of now."""
    pivot = english if translation.pivot_changed and english is not None else translation.pivot
    return replace(translation, stale=False, pivot_changed=False, pivot=pivot, proposal=None, proposal_reason=None)


def asked_again(translation: Held, reason: str) -> Held:
    """Gives a translation for which a new draft is wanted because the French ("source") or the English ("pivot") changed."""
    asked = replace(translation, pending=True, wanted_as=None if translation.is_the_machines else reason)
    flagged = replace(asked, stale=True) if reason == "source" else replace(asked, pivot_changed=True)
    return flagged if translation.text else asked


def check_revision(tx: Transaction, current: Held, revision: int | None, mine: str, *, agrees: bool = False) -> None:
    """Raises EditConflict when the translation moved on since `revision` (None: whatever stands there is to be replaced).

    `agrees`: what is asked for stands there already, so nothing is lost.
    """
    if revision is None or revision == current.revision or agrees:
        return
    who, at = steps.last_change(tx, current.sentence, current.target) or ("", None)
    raise EditConflict(
        mine=mine,
        theirs=current.text,
        who=who,
        at=at.isoformat() if at else "",
        state=current.state.value,
        base=revision,
        revision=current.revision,
    )


# --- the English changed --------------------------------------------------------------------------------------------


def follow_english(tx: Transaction, changes: Sequence[Change]) -> tuple[str, ...]:
    """Asks for new drafts from the English that these changes leave; returns the targets concerned.

    Drafts nobody touched are replaced; beside a person's text the new draft becomes a proposal. Text made from the very
    English that stands now is left alone, and what follows a pivot corrected for it alone.
    """
    moved = {
        after.sentence: after
        for before, after in changes
        if after.target == PIVOT and after.language is None and english_of_held(before) != english_of_held(after)
    }
    if not moved:
        return ()
    article = next(iter(moved.values())).article
    others = [h for h in held.held(tx, article, only=sorted(moved)) if h.target != PIVOT and h.corrected_pivot is None]
    marks = [(other, _following(other, moved[other.sentence])) for other in others if goes_through_english(other)]
    real = [change for change in marks if change[0] != change[1]]
    writing.mark(tx, real)
    return tuple(dict.fromkeys(after.target for _, after in real if after.pending))


def goes_through_english(translation: Held) -> bool:
    """Whether the machine made the text by way of English, or would: a direct route leaves a confidence and no pivot."""
    return translation.language is None and (translation.pivot is not None or translation.confidence is None)


def _following(other: Held, english: Held) -> Held:
    expected = english_of_held(english) or (english.text if english.origin is Origin.MT else None)
    if expected is not None and other.pivot == expected:
        return _undisturbed(other)
    asked = replace(other, pending=True, pivot_changed=bool(other.text))
    if other.proposal_reason == "pivot":
        asked = replace(asked, proposal=None, proposal_reason=None)
    if other.is_the_machines:
        return asked
    return replace(asked, wanted_as=other.wanted_as or "pivot")


def _undisturbed(other: Held) -> Held:
    """Gives a translation that was made from the English that stands now: nothing is asked because of the pivot."""
    calm = replace(other, pivot_changed=False)
    if other.proposal_reason == "pivot":
        calm = replace(calm, proposal=None, proposal_reason=None)
    if other.pending and other.wanted_as == "pivot":
        calm = replace(calm, pending=False, wanted_as=None)
    return calm

"""Review: edited, approved, undone, brought back from the history. Nothing is overwritten in silence.

Every function works under the article's lock, keeps a line of history a change, and never commits. Where `asked` in the
result is not empty the caller wakes the workers once the transaction is committed.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from webapp.domain import Origin, State
from webapp.errors import FindingsOpen, NothingToUndo, TextMissing
from webapp.reviewing import BulkApproval, FindingView, HistoryEntry, Place, Saved, Skip, StepView, Undone
from webapp.services import checking
from webapp.services.changing import apply, asked_again, by_person, check_revision, findings_of, open_sentence, saved, up_to_date
from webapp.services.diffs import diff_words
from webapp.services.terms import glossary_of
from webapp.services.unrevising import undo_source
from webapp.services.usual import usual_of
from webapp.storage import articles, drafts, findings, held, snapshots, steps, stored_drafts, unsaved
from webapp.storage.held import Held
from webapp.storage.steps import Line
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change
from webapp.text.normalise import normalise


def clean_text(text: str) -> str:
    """Gives a typed text as it is kept: one spelling, no space around it. Raises TextMissing when nothing is left."""
    kept = normalise(text).strip()
    if not kept:
        raise TextMissing
    return kept


def edit_translation(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    target: str,
    text: str,
    *,
    revision: int | None,
    who: str = "local",
    via: str = "web",
    approve: bool = False,
    origin: Origin | None = None,
) -> Saved:
    """Saves what a person wrote for one sentence; the result is translated, or approved if they `approve` it at once.

    `origin` says where a text comes from that they did not write themselves.

    `revision` is the one they began from (None: whatever stands there is to be replaced). Where only the machine wrote since,
    nothing is lost: its newer draft stands beside as a proposal. A text that does not differ changes nothing (it may be
    approved all the same).
    Open errors keep the text from being approved, not from being saved: `blocked` says so. Raises EditConflict, TextMissing,
    ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    text = clean_text(text)
    opened = open_sentence(tx, article_id, sentence_id, target)
    before = opened.mine
    newer_draft = _machine_went_on(tx, before, revision, text)
    check_revision(tx, before, revision, text, agrees=text == before.text or newer_draft is not None)
    unsaved.discard(tx, sentence_id, target, who)
    after = before if text == before.text else up_to_date(by_person(before, text, origin=origin), opened.english)
    if newer_draft is not None and text != before.text:
        after = replace(after, proposal=newer_draft, proposal_reason="pivot" if before.pivot else "asked")
    blocked = False
    if approve:
        blocked = _open_errors(tx, before, after)
        after = after if blocked else replace(up_to_date(after, opened.english), state=State.APPROVED)
    act = Act("approve" if after.text == before.text else "edit", who, via)
    return saved(tx, apply(tx, act, [(before, after)]), blocked=blocked)


def _machine_went_on(tx: Transaction, current: Held, revision: int | None, text: str) -> int | None:
    """Gives the number of the draft that came while a person was writing on an older one; None in any other case.

    A text that is the older draft itself is no writing: then the person has to see the newer one first.
    """
    if revision is None or revision >= current.revision or not current.is_the_machines:
        return None
    since = [line for line in steps.of_translation(tx, current.sentence, current.target) if line.revision >= revision]
    by_people = any(line.who != drafts.WORKER for line in since if line.revision > revision)
    if not since or by_people or since[-1].text_after == text:
        return None
    return stored_drafts.of_sentence(tx, current.sentence)[current.target][0].id


def _open_errors(tx: Transaction, before: Held, after: Held) -> bool:
    """Checks ahead whether errors of the new text would be open: those dismissed before and still standing are not."""
    if before.text == after.text:
        return before.errors > 0
    dismissed = {(f.check, f.text) for f in findings_of(tx, before) if f.dismissed}
    new = checking.check_held(after, glossary_of(tx, after.article), usual=usual_of(tx))
    return any(f.severity == "E" and (f.check, f.message % f.data) not in dismissed for f in new)


_ACTIONS: Final = {State.APPROVED: "approve", State.REJECTED: "reject"}


def set_state(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    target: str,
    state: State,
    *,
    revision: int | None = None,
    who: str = "local",
    via: str = "web",
) -> Saved:
    """Approves or rejects a translation, or takes it back to translated or draft; its text stays.

    Raises FindingsOpen when it is to be approved in spite of open errors, EditConflict when `revision` is given and it moved
    on, TextMissing when there is no text, and what `edit_translation` raises.
    """
    opened = open_sentence(tx, article_id, sentence_id, target)
    before = opened.mine
    if not before.text or state is State.UNTRANSLATED:
        raise TextMissing
    check_revision(tx, before, revision, before.text, agrees=before.state is state)
    after = replace(before, state=state)
    if state is State.APPROVED:
        _refuse_errors(tx, before)
        after = up_to_date(after, opened.english)
    return saved(tx, apply(tx, Act(_ACTIONS.get(state, "set-state"), who, via), [(before, after)]))


def _refuse_errors(tx: Transaction, translation: Held) -> None:
    if translation.errors:
        blocking = [f for f in findings_of(tx, translation) if f.blocks]
        listed = [{"id": f.id, "check": f.check, "text": f.text} for f in blocking]
        raise FindingsOpen(count=len(listed), findings=listed)


# --- many at once ---------------------------------------------------------------------------------------------------


def approve_paragraph(
    tx: Transaction, article_id: str, paragraph: int, target: str, *, who: str = "local", via: str = "web"
) -> BulkApproval:
    """Approves the sentences of one paragraph that nothing speaks against, as one step; `skipped` tells about the others.

    `paragraph` is its place in the article. Raises ArticleNotFound.
    """
    article = held.lock(tx, article_id)
    return _approve(tx, held.held(tx, article, targets=[target], paragraph=paragraph), who, via)


def approve_version(
    tx: Transaction, article_id: str, target: str, *, confirmed: bool = False, who: str = "local", via: str = "web"
) -> BulkApproval:
    """Approves every sentence of a version that nothing speaks against, as one step.

    Unless `confirmed`, open findings are given back first and nothing is changed: `done` is False then. Sentences that are
    untranslated, rejected, stale or have open errors are never approved this way. Raises ArticleNotFound.
    """
    article = held.lock(tx, article_id)
    checking.check_version(tx, article_id, target)
    open_findings = _of_unapproved(tx, article, target)
    if open_findings and not confirmed:
        return BulkApproval(False, findings=open_findings)
    return replace(_approve(tx, held.held(tx, article, targets=[target]), who, via), findings=open_findings)


def _of_unapproved(tx: Transaction, article: int, target: str) -> tuple[FindingView, ...]:
    approved = {h.sentence for h in held.held(tx, article, targets=[target]) if h.state is State.APPROVED}
    listed = findings.of_article(tx, article, target, dismissed=False)
    return tuple(f for f in listed if f.place is not None and f.place.sentence_id not in approved)


def _approve(tx: Transaction, translations: Sequence[Held], who: str, via: str) -> BulkApproval:
    skipped: dict[Skip, list[int]] = {}
    changes: list[Change] = []
    for translation in translations:
        reason = _against(translation)
        if reason is not None:
            skipped.setdefault(reason, []).append(translation.sentence)
        elif translation.state is not State.APPROVED:
            changes.append((translation, replace(translation, state=State.APPROVED)))
    outcome = apply(tx, Act("approve", who, via), changes)
    approved = tuple(before.sentence for before, _ in changes)
    return BulkApproval(True, outcome.step, approved, skipped={reason: tuple(those) for reason, those in skipped.items()})


def _against(translation: Held) -> Skip | None:
    """Why a translation is not approved along with many others."""
    if translation.state is State.APPROVED:
        return None
    checks: tuple[tuple[bool, Skip], ...] = (
        (not translation.text, Skip.UNTRANSLATED),
        (translation.state is State.REJECTED, Skip.REJECTED),
        (translation.stale or translation.pivot_changed, Skip.STALE),
        (translation.errors > 0, Skip.ERRORS),
    )
    return next((skip for speaks, skip in checks if speaks), None)


# --- history --------------------------------------------------------------------------------------------------------


def history_of(tx: Transaction, article_id: str, sentence_id: int, target: str) -> tuple[HistoryEntry, ...]:
    """Reads every change of one translation, the newest first. Raises ArticleNotFound."""
    articles.key_of(tx, article_id)
    return tuple(entry_of(line) for line in steps.of_translation(tx, sentence_id, target))


def entry_of(line: Line) -> HistoryEntry:
    """Makes what people see of a line of the history."""
    return HistoryEntry(
        id=line.id,
        revision=line.revision,
        at=line.at,
        who=line.who,
        action=line.action,
        via=line.via,
        text_before=line.text_before,
        text_after=line.text_after,
        state_before=line.state_before,
        state_after=line.state_after,
        origin_before=line.origin_before,
        origin_after=line.origin_after,
        step=line.step,
        undone=line.undone,
        diff=diff_words(line.text_before, line.text_after),
    )


def restore(
    tx: Transaction, article_id: str, history_id: int, *, revision: int | None = None, who: str = "local", via: str = "web"
) -> Saved:
    """Brings back the text that a change had left; it counts as translated, whatever it was then.

    Raises HistoryNotFound, EditConflict when `revision` is given and the translation moved on, TextMissing when there was none.
    """
    line = steps.line(tx, articles.key_of(tx, article_id), history_id)
    opened = open_sentence(tx, article_id, line.sentence, line.target)
    if not line.text_after:
        raise TextMissing
    before = opened.mine
    check_revision(tx, before, revision, line.text_after, agrees=before.text == line.text_after)
    after = by_person(before, line.text_after, origin=line.origin_after or Origin.HUMAN)
    unchanged = before.text == after.text
    return saved(tx, apply(tx, Act("restore", who, via), [(before, before if unchanged else after)]))


def last_step(tx: Transaction, article_id: str, *, who: str = "local") -> StepView | None:
    """Tells what `undo` would undo; None when there is nothing. Raises ArticleNotFound."""
    return steps.undoable(tx, articles.key_of(tx, article_id), who)


def undo(tx: Transaction, article_id: str, *, who: str = "local", via: str = "web", step: int | None = None) -> Undone:
    """Undoes the last step of a person, or the one given, as a new step: every translation gets back what it had.

    Those that anybody changed since are left as they are (`skipped`). Undoing an undoing does the step again. An update of the
    source is taken back whole (`unrevising`). Raises NothingToUndo when there is no such step or nothing of it is left to
    undo, ArticleNotFound.
    """
    article = held.lock(tx, article_id)
    wanted = steps.undoable(tx, article, who, step)
    if wanted is None:
        raise NothingToUndo
    kept = snapshots.read(tx, wanted.id)
    if kept is not None:
        return undo_source(tx, article_id, article, wanted, kept, who=who, via=via)
    lines = {(line.sentence, line.target): line for line in steps.lines_of(tx, wanted.id)}
    current = held.held(tx, article, only=sorted({line.sentence for line in lines.values()}))
    changes: list[Change] = []
    skipped: list[Place] = []
    for before in current:
        line = lines.get((before.sentence, before.target))
        if line is None:
            continue
        if _is_as_left(before, line):
            changes.append((before, _taken_back(before, line)))
        else:
            skipped.append(before.place)
    outcome = apply(tx, Act("undo", who, via, undoes=wanted.id), changes)
    if outcome.step is None:
        raise NothingToUndo
    return Undone(outcome.step, wanted, tuple(before.place for before, _ in changes), tuple(skipped), outcome.asked)


def _is_as_left(current: Held, line: Line) -> bool:
    if line.corrects_pivot:
        return current.corrected_pivot == line.pivot_after
    return (current.text, current.state, current.origin) == (line.text_after, line.state_after, line.origin_after)


def _taken_back(current: Held, line: Line) -> Held:
    """Gives a translation as it was before a change, with everything the change replaced."""
    if line.corrects_pivot:
        return asked_again(replace(current, corrected_pivot=line.pivot_before), "pivot")
    before = replace(current, text=line.text_before, state=line.state_before, origin=line.origin_before, **line.aside_before)
    return before if before.text else replace(before, pending=True)

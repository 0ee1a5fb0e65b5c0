"""The open sentence: everything that is known of one sentence, in a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.domain import Origin
from webapp.errors import SentenceNotFound, TargetUnknown
from webapp.languages import PIVOT
from webapp.reviewing import (
    AlternativesView,
    DraftView,
    FindingView,
    PivotOrigin,
    PivotView,
    Place,
    ProposalView,
    SentenceDetail,
    TranslationDetail,
    UnsavedView,
)
from webapp.services.changing import english_of_held, goes_through_english
from webapp.services.diffs import diff_words
from webapp.services.review import entry_of
from webapp.storage import alternatives, articles, comments, findings, held, revisions, steps, stored_drafts, unsaved
from webapp.storage.alternatives import Request
from webapp.storage.held import Held
from webapp.storage.steps import Line
from webapp.storage.store import Transaction
from webapp.storage.stored_drafts import StoredDraft


def get_sentence(tx: Transaction, article_id: str, sentence_id: int, *, who: str = "local") -> SentenceDetail:
    """Reads a sentence with its translations, their history, what `who` was typing, findings, comments and proposals.

    Raises ArticleNotFound, or SentenceNotFound (also when it is in the drawer).
    """
    article = articles.key_of(tx, article_id)
    translations = held.held(tx, article, only=[sentence_id])
    if not translations:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    one = translations[0]
    known = _read(tx, translations, who)
    previous = revisions.previous_text(tx, sentence_id)
    return SentenceDetail(
        article_id=article_id,
        sentence_id=sentence_id,
        paragraph=one.paragraph,
        index=one.index,
        kind=one.kind,
        language=one.language,
        text=one.source,
        previous_text=previous,
        source_diff=() if previous is None else diff_words(previous, one.source),
        comments=comments.of_sentence(tx, sentence_id),
        translations={h.target: _detail(h, known) for h in translations},
    )


def place_of(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Place:
    """Tells where a translation stands, in two statements. Raises ArticleNotFound, SentenceNotFound or TargetUnknown."""
    found = {h.target: h.place for h in held.held(tx, articles.key_of(tx, article_id), only=[sentence_id])}
    if not found:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    if target not in found:
        raise TargetUnknown(target=target, known=", ".join(found))
    return found[target]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the sentence in every target."""

    english: Held | None
    drafts: dict[str, tuple[StoredDraft, ...]]
    history: dict[str, tuple[Line, ...]]
    unsaved: dict[str, UnsavedView]
    findings: dict[tuple[int, str], tuple[FindingView, ...]]
    alternatives: dict[str, AlternativesView]


def _read(tx: Transaction, translations: Sequence[Held], who: str) -> _Known:
    sentence = translations[0].sentence
    english = next((h for h in translations if h.target == PIVOT), None)
    requests = [Request(sentence, h.target, h.source, h.language, _asked_pivot(h, english)) for h in translations]
    return _Known(
        english,
        dict(stored_drafts.of_sentence(tx, sentence)),
        dict(steps.of_sentence(tx, sentence)),
        unsaved.of_sentence(tx, sentence, who),
        findings.of(tx, [(sentence, h.target) for h in translations]),
        alternatives.views(tx, sentence, requests),
    )


def _asked_pivot(translation: Held, english: Held | None) -> str | None:
    if translation.target == PIVOT or translation.language is not None:
        return None
    if translation.corrected_pivot is not None:
        return translation.corrected_pivot
    return None if english is None else english_of_held(english)


def _detail(translation: Held, known: _Known) -> TranslationDetail:
    target = translation.target
    mine = known.drafts.get(target, ())
    return TranslationDetail(
        target=target,
        translation=translation.translation,
        draft=_draft(mine[0]) if mine else None,
        proposal=_proposal(translation, mine),
        history=tuple(entry_of(line) for line in known.history.get(target, ())),
        unsaved=known.unsaved.get(target),
        findings=known.findings.get((translation.sentence, target), ()),
        alternatives=known.alternatives.get(target),
        pivot=_pivot(translation, known.english),
    )


def _draft(draft: StoredDraft) -> DraftView:
    return DraftView(draft.id, draft.text, draft.raw, draft.pivot, draft.confidence, draft.at)


def _proposal(translation: Held, mine: Sequence[StoredDraft]) -> ProposalView | None:
    draft = next((draft for draft in mine if draft.id == translation.proposal), None)
    if draft is None:
        return None
    return ProposalView(
        draft.id,
        draft.text,
        draft.confidence,
        draft.pivot,
        draft.at,
        translation.proposal_reason or "asked",
        diff_words(translation.text, draft.text),
    )


def _pivot(translation: Held, english: Held | None) -> PivotView | None:
    """What the translation is drafted from; None for English itself and where the route does not go through it."""
    if translation.target == PIVOT or not goes_through_english(translation):
        return None
    text = "" if english is None else english.text
    hers = None if english is None else english_of_held(english)
    if translation.corrected_pivot is not None:
        shown, origin = translation.corrected_pivot, PivotOrigin.CORRECTED
    elif hers is not None:
        shown, origin = hers, PivotOrigin.ENGLISH
    else:
        machine = text if english is not None and english.origin is Origin.MT else ""
        shown, origin = translation.pivot or machine, PivotOrigin.MACHINE
    return PivotView(shown, origin, text, translation.pivot, translation.pivot_changed)

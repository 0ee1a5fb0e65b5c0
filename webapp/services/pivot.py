"""The pivot: the English that Russian and Korean are drafted from, corrected for one of them, and what comes of a correction.

A correction of the English version is followed by `changing.follow_english`; here is what a reviewer does in Russian or
Korean: correct the English under one translation only, go back, take or refuse the proposal that stands beside their text.
"""

from dataclasses import replace

from webapp.domain import Origin, State
from webapp.errors import PivotUnavailable, ProposalGone
from webapp.languages import PIVOT
from webapp.reviewing import Saved
from webapp.services.changing import apply, asked_again, check_revision, goes_through_english, open_sentence, saved, up_to_date
from webapp.services.review import clean_text
from webapp.storage import stored_drafts, writing
from webapp.storage.store import Transaction
from webapp.storage.writing import Act


def set_pivot(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    target: str,
    text: str,
    *,
    who: str = "local",
    via: str = "web",
) -> Saved:
    """Corrects the English that one translation is drafted from, and asks for the draft; the English version stays.

    An untouched draft is replaced by the new one, beside a person's text it becomes a proposal. Raises PivotUnavailable where
    the translation does not go through English, TextMissing, ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    text = clean_text(text)
    opened = open_sentence(tx, article_id, sentence_id, target)
    before = opened.mine
    if target == PIVOT or not goes_through_english(before):
        raise PivotUnavailable(target=target)
    if before.corrected_pivot == text:
        return saved(tx, apply(tx, Act("pivot", who, via), [(before, before)]))
    after = asked_again(replace(before, corrected_pivot=text), "pivot")
    return saved(tx, apply(tx, Act("pivot", who, via), [(before, after)]))


def reset_pivot(
    tx: Transaction, article_id: str, sentence_id: int, target: str, *, who: str = "local", via: str = "web"
) -> Saved:
    """Goes back to the English version, or to the machine's own English, and asks for the draft.

    Changes nothing where the pivot was not corrected. Raises ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    before = open_sentence(tx, article_id, sentence_id, target).mine
    after = before
    if before.corrected_pivot is not None:
        after = asked_again(replace(before, corrected_pivot=None), "pivot")
    return saved(tx, apply(tx, Act("pivot", who, via), [(before, after)]))


def ask_draft(tx: Transaction, article_id: str, sentence_id: int, target: str, *, who: str = "local") -> Saved:
    """Asks the machine for a new draft: instead of an untouched one, beside a person's text. No change of the history.

    Raises ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    del who
    before = open_sentence(tx, article_id, sentence_id, target).mine
    after = before if before.pending else replace(before, pending=True)
    if not after.is_the_machines:
        after = replace(after, wanted_as=before.wanted_as or "asked")
    writing.mark(tx, [(before, after)] if after != before else [])
    return Saved(after.translation, asked=(target,))


def accept_proposal(
    tx: Transaction,
    article_id: str,
    sentence_id: int,
    target: str,
    *,
    revision: int | None,
    who: str = "local",
    via: str = "web",
) -> Saved:
    """Puts the proposal in the place of the text; it counts as translated, for a person stands behind it now.

    Raises ProposalGone, EditConflict, ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    opened = open_sentence(tx, article_id, sentence_id, target)
    before = opened.mine
    draft = stored_drafts.one(tx, before.proposal) if before.proposal is not None else None
    if draft is None:
        raise ProposalGone
    check_revision(tx, before, revision, draft.text)
    after = replace(
        up_to_date(before, opened.english),
        text=draft.text,
        state=State.TRANSLATED,
        origin=Origin.MT,
        pivot=draft.pivot,
        confidence=draft.confidence,
        route=draft.route,
    )
    return saved(tx, apply(tx, Act("accept-proposal", who, via), [(before, after)]))


def reject_proposal(
    tx: Transaction, article_id: str, sentence_id: int, target: str, *, who: str = "local", via: str = "web"
) -> Saved:
    """Keeps the text: it is good for the French and the English of now. The machine's draft stays in the history of drafts.

    Raises ProposalGone, ArticleNotFound, SentenceNotFound or TargetUnknown.
    """
    opened = open_sentence(tx, article_id, sentence_id, target)
    before = opened.mine
    draft = stored_drafts.one(tx, before.proposal) if before.proposal is not None else None
    if draft is None:
        raise ProposalGone
    after = replace(up_to_date(before, opened.english), pivot=draft.pivot or before.pivot)
    return saved(tx, apply(tx, Act("reject-proposal", who, via), [(before, after)]))

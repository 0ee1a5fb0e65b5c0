"""Examples for the operations of the review: real values, of the shapes that a test holds them to."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from webapp.api.examples import ARTICLE_ID, ARTICLE_URL
from webapp.domain import Origin, ParagraphKind, State, Translation
from webapp.reviewing import (
    AlternativesView,
    AlternativeView,
    BulkApproval,
    CommentView,
    DiffOp,
    DraftView,
    FindingView,
    HistoryEntry,
    PivotOrigin,
    PivotView,
    Place,
    RemovedSentence,
    Replaced,
    ReplaceMatch,
    ReplacePreview,
    RevisionReport,
    Saved,
    SentenceDetail,
    SourceChange,
    SourceChangeKind,
    StepView,
    TranslationDetail,
    Undone,
)
from webapp.services.filters import Filter

_AT: Final = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
_FRENCH: Final = "Le musée rouvre ses portes."
_ENGLISH: Final = "The museum is reopening its doors."
_RUSSIAN: Final = "Музей вновь открывает двери."
_PLACE: Final = Place(17, "ru", 0, 0)
_DRAFTED: Final = "Музей открывает свои двери."
_DIFF: Final = (
    (DiffOp.SAME, "Музей "),
    (DiffOp.DELETED, "открывает свои"),
    (DiffOp.INSERTED, "вновь открывает"),
    (DiffOp.SAME, " двери."),
)
_TRANSLATION: Final = Translation(_RUSSIAN, State.TRANSLATED, Origin.MT_EDITED, _ENGLISH, 0.64, 3)
_FINDING: Final = FindingView(
    5, "length", "W", "The translation is much shorter than the French (%(share)s).", {"share": "38 %"}, place=_PLACE
)
_HISTORY: Final = HistoryEntry(
    42,
    3,
    _AT,
    "local",
    "edit",
    "api",
    _DRAFTED,
    _RUSSIAN,
    State.DRAFT,
    State.TRANSLATED,
    Origin.MT,
    Origin.MT_EDITED,
    9,
    False,
    _DIFF,
)
_COMMENT: Final = CommentView(7, 17, "ru", "local", _AT, "«Вновь» или «снова»?")
_STEP: Final = StepView(9, "edit", "local", _AT, 1, "ru")
_ALTERNATIVES: Final = AlternativesView("done", (AlternativeView("Музей снова открывается.", 0.52, _ENGLISH),))
_DETAIL: Final = TranslationDetail(
    target="ru",
    translation=_TRANSLATION,
    draft=DraftView(31, _DRAFTED, None, _ENGLISH, 0.64, _AT),
    proposal=None,
    history=(_HISTORY,),
    unsaved=None,
    findings=(_FINDING,),
    alternatives=_ALTERNATIVES,
    pivot=PivotView(_ENGLISH, PivotOrigin.MACHINE, _ENGLISH, _ENGLISH, False),
)
_SENTENCE: Final = SentenceDetail(
    ARTICLE_ID, 17, 0, 0, ParagraphKind.HEADING, None, _FRENCH, None, (), (_COMMENT,), {"ru": _DETAIL}
)
_STATES: Final = dict.fromkeys(State, 0)
_VERSION: Final = {
    "target": "ru",
    "sentences": 2,
    "words": 13,
    "by_state": {**_STATES, State.TRANSLATED: 1, State.APPROVED: 1},
    "words_by_state": {**_STATES, State.TRANSLATED: 5, State.APPROVED: 8},
    "url": f"{ARTICLE_URL}/versions/ru",
}
_LINE: Final = {
    "id": 17,
    "paragraph": 0,
    "index": 0,
    "kind": ParagraphKind.HEADING,
    "source": _FRENCH,
    "translation": _TRANSLATION,
    "etag": '"3.8d1e2f01"',
    "url": f"{ARTICLE_URL}/sentences/17/translations/ru",
}
_CHANGE: Final = SourceChange(
    SourceChangeKind.CHANGED,
    17,
    "Le musée ouvre ses portes.",
    _FRENCH,
    ((DiffOp.SAME, "Le musée "), (DiffOp.DELETED, "ouvre"), (DiffOp.INSERTED, "rouvre"), (DiffOp.SAME, " ses portes.")),
)
_MATCH: Final = ReplaceMatch(_PLACE, 3, State.TRANSLATED, _DRAFTED, _RUSSIAN, ((6, 20),), _DIFF)


def shown(value: object) -> Any:
    """A value as JSON has it. Not through the models: building those takes a tenth of a second of every start."""
    return json.loads(json.dumps(value, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return {field.name: getattr(value, field.name) for field in fields(value)}


_PART: Final = {"total": 1, "limit": 100, "offset": 0}
VERSIONS: Final = shown({"versions": [_VERSION]})
SENTENCES: Final = shown({"sentences": [_LINE], **_PART})
SENTENCE: Final = shown(_SENTENCE)
TRANSLATION: Final = shown(
    {
        "article_id": ARTICLE_ID,
        "sentence_id": 17,
        "target": "ru",
        "source": _FRENCH,
        "translation": _TRANSLATION,
        "findings": (_FINDING,),
    }
)
SAVED: Final = shown(Saved(_TRANSLATION, 9, (_FINDING,)))
BULK: Final = shown(BulkApproval(True, 10, (17, 18)))
HISTORY: Final = shown({"history": (_HISTORY,)})
UNDONE: Final = shown(Undone(11, _STEP, (_PLACE,), ()))
LAST_STEP: Final = shown({"step": _STEP})
COUNTS: Final = shown({"counts": {wanted: 2 if wanted is Filter.ALL else 1 for wanted in Filter}})
COMMENT: Final = shown(_COMMENT)
COMMENTS: Final = shown({"comments": (_COMMENT,)})
FINDING: Final = shown(_FINDING)
FINDINGS: Final = shown({"findings": [_FINDING], **_PART})
PREVIEW: Final = shown(ReplacePreview((_MATCH,), 1, 1))
REPLACED: Final = shown(Replaced(12, (17,), ()))
REPORT: Final = shown(RevisionReport(1, (_CHANGE,), 3))
REMOVED: Final = shown({"removed": (RemovedSentence(18, "Et puis s’en va.", _AT, "local", {"ru": _TRANSLATION}),)})
PLACE: Final = shown(_PLACE)
ALTERNATIVES: Final = shown(_ALTERNATIVES)
ALTERNATIVES_WAITING: Final = shown(AlternativesView("waiting"))

EDIT_IN: Final = {"text": _RUSSIAN, "approve": True}
STATE_IN: Final = {"state": "approved"}
PIVOT_IN: Final = {"text": "The museum opens its doors again."}
APPROVE_IN: Final = {"confirmed": True}
COMMENT_IN: Final = {"text": "«Вновь» или «снова»?", "target": "ru"}
COMMENT_EDIT_IN: Final = {"text": "Лучше «снова»."}
REASON_IN: Final = {"reason": "The French says it twice."}
SEARCH_IN: Final = {"target": "ru", "text": "вновь", "replacement": "снова", "whole_words": True}
REPLACE_IN: Final = {**SEARCH_IN, "only": {"17": 3}}
UNDO_IN: Final = {"step": 9}
SOURCE_IN: Final = {"text": "Le musée rouvre ses portes lundi."}

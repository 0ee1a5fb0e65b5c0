"""What the operations of the review take and give. What they give are the values of `webapp.reviewing`, member by member."""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import ConfigDict, Field, RootModel

from webapp.api.schemas import Model, Text
from webapp.domain import ParagraphKind, State, Translation
from webapp.reviewing import (
    AlternativesView,
    BulkApproval,
    CommentView,
    FindingView,
    HistoryEntry,
    Place,
    RemovedSentence,
    Replaced,
    ReplacePreview,
    RevisionReport,
    Saved,
    SentenceDetail,
    StepView,
    Undone,
)
from webapp.services.filters import Filter

MAX_TEXT: Final = 50_000
MAX_LIMIT: Final = 500

T = TypeVar("T")


class Shown(RootModel[T]):
    """A value as it is; its schema is built when it is first needed, which keeps starts quick."""

    model_config = ConfigDict(defer_build=True)


ShortText = Annotated[Text, Field(max_length=MAX_TEXT)]


class Page(Model):
    """Which part of a list."""

    limit: int = Field(default=100, ge=1, le=MAX_LIMIT, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=2**31, description="How many to leave out first.")


class SentencesQuery(Page):
    """Which sentences of a version."""

    filter: Filter = Field(default=Filter.ALL, description="Only those of this kind.")


class FindingsQuery(Page):
    """Which findings of an article."""

    target: Annotated[Text, Field(max_length=8)] | None = Field(default=None, description="Only of this version.")
    dismissed: bool = Field(default=False, description="With those that somebody gave a reason to let stand.")


class EditIn(Model):
    """A better translation of a sentence."""

    text: ShortText = Field(description="The whole translation of the sentence.")
    approve: bool = Field(default=False, description="Approve it at once, unless the checks find errors in it.")


class StateIn(Model):
    """A new state of a translation."""

    state: Literal["draft", "translated", "approved", "rejected"]


class PivotIn(Model):
    """The English that a translation is to be drafted from."""

    text: ShortText


class ApproveIn(Model):
    """Approves a whole version."""

    confirmed: bool = Field(default=False, description="Although there are findings.")


class CommentIn(Model):
    """A remark about a sentence."""

    text: ShortText
    target: Annotated[Text, Field(max_length=8)] | None = Field(
        default=None, description="About this translation; else in general."
    )


class CommentEditIn(Model):
    """A changed remark."""

    text: ShortText


class ReasonIn(Model):
    """Why a finding may stand."""

    reason: ShortText


class SearchIn(Model):
    """What to look for in one version, and what to write instead."""

    target: Annotated[Text, Field(max_length=8)]
    text: Annotated[Text, Field(max_length=500)]
    replacement: Annotated[Text, Field(max_length=5000)] = ""
    match_case: bool = False
    whole_words: bool = False
    regex: bool = False


class ReplaceIn(SearchIn):
    """The same, and only where the preview saw it."""

    only: Annotated[dict[str, int], Field(max_length=10_000)] | None = Field(
        default=None, description="Sentence ids with the revision that the preview showed; others stay. All of them without it."
    )


class UndoIn(Model):
    """What to undo."""

    step: int | None = Field(default=None, ge=1, le=2**62, description="One of your steps; your last one without it.")


class SourceIn(Model):
    """A corrected source."""

    text: Text
    title: Annotated[Text, Field(max_length=500)] | None = Field(default=None, description="The same as before without it.")
    any_language: bool = False


class SourceQuery(Model):
    """Whether to only tell what would happen."""

    dry_run: bool = Field(default=False, description="Change nothing; tell what would change.")


class VersionModel(Model):
    """How far one version is: sentences and French words by state."""

    target: str
    sentences: int
    words: int
    by_state: dict[State, int] = Field(description="Sentences.")
    words_by_state: dict[State, int]
    url: str


class VersionsModel(Model):
    """The versions of an article."""

    versions: list[VersionModel]


class SentenceLineModel(Model):
    """A sentence with its translation in one version."""

    id: int
    paragraph: int
    index: int
    kind: ParagraphKind
    source: str
    translation: Translation
    etag: str = Field(description="For `If-Match`.")
    url: str


class SentencesModel(Model):
    """A part of a version, in source order; `total` counts all that the filter keeps."""

    sentences: list[SentenceLineModel]
    total: int
    limit: int
    offset: int


class TranslationModel(Model):
    """A translation as it stands."""

    article_id: str
    sentence_id: int
    target: str
    source: str
    translation: Translation
    findings: tuple[FindingView, ...]


class FindingsModel(Model):
    """Findings, in source order."""

    findings: list[FindingView]
    total: int
    limit: int
    offset: int


class HistoryModel(Model):
    """The history of a translation, the newest change first."""

    history: tuple[HistoryEntry, ...]


class CommentsModel(Model):
    """The comments of a sentence, the oldest first."""

    comments: tuple[CommentView, ...]


class RemovedModel(Model):
    """The sentences that updates of the source removed."""

    removed: tuple[RemovedSentence, ...]


class LastStepModel(Model):
    """What undoing would undo; null when there is nothing."""

    step: StepView | None


class CountsModel(Model):
    """How many sentences each filter keeps."""

    counts: dict[Filter, int]


class SentenceModel(Shown[SentenceDetail]):
    """A sentence with everything that is known of it."""


class SavedModel(Shown[Saved]):
    """What a change made of a translation."""


class BulkModel(Shown[BulkApproval]):
    """What approving many at once did."""


class UndoneModel(Shown[Undone]):
    """What undoing did."""


class CommentModel(Shown[CommentView]):
    """A remark."""


class FindingModel(Shown[FindingView]):
    """What a check found."""


class PreviewModel(Shown[ReplacePreview]):
    """What a replacement would do."""


class ReplacedModel(Shown[Replaced]):
    """What a replacement did."""


class RevisionReportModel(Shown[RevisionReport]):
    """What an update of the source does."""


class PlaceModel(Shown[Place]):
    """Where a sentence stands."""


class AlternativesModel(Shown[AlternativesView]):
    """Other translations the machine could have given."""

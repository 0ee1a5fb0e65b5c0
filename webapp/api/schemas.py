"""What the endpoints take and give, as pydantic models; unknown members are refused with their name."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from webapp.domain import ArticleSummary, JobStatus, VersionProgress
from webapp.exports.document import FailureModel, PackageModel, ProgressModel

DEFAULT_WAIT_SECONDS: Final = 30
MAX_WAIT_SECONDS: Final = 300
MAX_TITLE_LENGTH: Final = 500
MAX_QUERY_LENGTH: Final = 500
MAX_LIMIT: Final = 200


def _can_be_stored(text: str) -> str:
    """Refuses what no database and no file can hold as text: half a surrogate pair (JSON may spell one), and NUL."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds a character that is not text (NUL or half of a surrogate pair)")
    return text


Text = Annotated[str, AfterValidator(_can_be_stored)]


class Model(BaseModel):
    """What all of them have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class ArticleIn(Model):
    """An article to translate."""

    text: Text = Field(description="The French text: paragraphs apart by line breaks or blank lines.")
    title: Annotated[Text, Field(max_length=MAX_TITLE_LENGTH)] | None = Field(
        default=None, description="Taken from the first heading when missing."
    )
    targets: Annotated[list[str], Field(min_length=1, max_length=50)] | None = Field(
        default=None, description="Language codes, see `GET /languages`; the default ones when missing.", examples=[["en", "ko"]]
    )
    any_language: bool = Field(default=False, description="Take the text as if it were French, whatever it looks like.")


class TranslateIn(ArticleIn):
    """An article to translate, and how long to wait for it."""

    wait_seconds: float = Field(
        default=DEFAULT_WAIT_SECONDS, ge=0, le=MAX_WAIT_SECONDS, description="After this the answer is 202 with a Location."
    )


class TextQuery(Model):
    """What is said of a text that is the whole body."""

    title: Annotated[Text, Field(max_length=MAX_TITLE_LENGTH)] | None = Field(
        default=None, description="The first heading without it."
    )
    targets: Annotated[Text, Field(max_length=200)] | None = Field(
        default=None, description="Language codes, separated by commas; the default ones without it.", examples=["en,ko"]
    )
    any_language: bool = Field(default=False, description="Take the text as if it were French, whatever it looks like.")


class ListQuery(Model):
    """Which articles to list."""

    limit: int = Field(default=50, ge=1, le=MAX_LIMIT, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=2**31, description="How many to leave out first.")
    q: Text = Field(default="", max_length=MAX_QUERY_LENGTH, description="Only articles that hold this in title or text.")
    status: JobStatus | None = Field(default=None, description="Only articles whose drafting stands so.")
    target: Annotated[Text, Field(max_length=8)] | None = Field(default=None, description="Only articles with this version.")


class AcceptedModel(Model):
    """An article that was stored and is waiting to be drafted."""

    id: str
    status: JobStatus
    url: str = Field(description="Where the document is, as far as it is; the same as the Location header.")


class JobModel(Model):
    """The drafting of an article."""

    article_id: str
    status: JobStatus
    progress: ProgressModel
    position: int = Field(description="How many articles come before this one while it waits.")
    error: FailureModel | None = Field(description="Null unless it failed.")


class InstallModel(Model):
    """How far the last installation of packages is."""

    status: JobStatus
    pair: str = Field(description="The package under way.", examples=["en-ko"])
    bytes_done: int
    bytes_total: int
    error: FailureModel | None


class InstalledModel(PackageModel):
    """A package that is installed."""

    source: str
    target: str
    size_bytes: int
    installed_at: datetime


class ModelsModel(Model):
    """The packages: installed, still needed by the configured targets, and the last installation."""

    installed: list[InstalledModel]
    missing: list[str] = Field(examples=[["en-ko"]])
    install: InstallModel | None = Field(description="Null when nobody ever asked for one.")


class WebhookIn(Model):
    """Where to send which events."""

    url: Annotated[Text, Field(min_length=1, max_length=2000)] = Field(examples=["https://cms.example/hooks/quatrain"])
    events: Annotated[list[str], Field(min_length=1, max_length=20)] = Field(
        description="article.drafted, article.failed, translation.approved, version.approved."
    )


class WebhookModel(Model):
    """A webhook."""

    id: int
    url: str
    events: list[str]
    created_at: datetime


class NewWebhookModel(WebhookModel):
    """A webhook with its secret."""

    secret: str = Field(description="Signs what is sent. Shown this once.")


class WebhooksModel(Model):
    """The webhooks, the oldest first."""

    webhooks: list[WebhookModel]


class DeliveryModel(Model):
    """A line of the log of deliveries."""

    id: int
    webhook_id: int
    event: str
    status: str = Field(description="waiting, delivered or failed.")
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    next_at: datetime | None = Field(description="When it is tried next, while it waits.")
    last_status: int | None = Field(description="The HTTP status that came back last; null where none did.")
    last_error: str | None


class DeliveriesModel(Model):
    """A part of the log, the newest first."""

    deliveries: list[DeliveryModel]
    total: int
    limit: int
    offset: int


class PageQuery(Model):
    """Which part of a list."""

    limit: int = Field(default=50, ge=1, le=MAX_LIMIT, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=2**31, description="How many to leave out first.")


class VersionProgressModel(Model):
    """How far one version of an article is, in sentences."""

    sentences: int
    drafted: int
    approved: int


class ArticleSummaryModel(Model):
    """One line of the list."""

    id: str
    title: str
    targets: list[str]
    status: JobStatus
    progress: ProgressModel
    error: FailureModel | None
    versions: dict[str, VersionProgressModel]
    words: int
    sentences: int
    created_at: datetime
    url: str


class ArticleListModel(Model):
    """A page of the list, newest first; `total` counts all that match."""

    articles: list[ArticleSummaryModel]
    total: int
    limit: int
    offset: int


class LanguageModel(Model):
    """A language by its code and names."""

    code: str = Field(examples=["ko"])
    name: str = Field(description="In English.", examples=["Korean"])
    endonym: str = Field(description="In the language itself.", examples=["한국어"])


class TargetModel(LanguageModel):
    """A language Quatrain translates into."""

    default: bool = Field(description="Whether it is translated into when a request names no targets.")
    available: bool = Field(description="Whether the installed packages lead there.")
    route: list[PackageModel] = Field(description="The packages used, in order; empty when not available.")


class LanguagesModel(Model):
    """The source language and the targets."""

    source: LanguageModel
    targets: list[TargetModel]


class AliveModel(Model):
    """The process answers."""

    status: str


class CheckModel(Model):
    """One thing that has to be right before work can be taken."""

    ok: bool
    detail: str


class ReadyModel(Model):
    """What was looked at; `ready` when every check is ok."""

    ready: bool
    checks: dict[str, CheckModel]


def summary_model(summary: ArticleSummary, url: str) -> ArticleSummaryModel:
    """Puts one line of the list into its shape."""
    job = summary.job
    return ArticleSummaryModel(
        id=summary.id,
        title=summary.title,
        targets=list(summary.targets),
        status=job.status,
        progress=ProgressModel(done=job.done, total=job.total, seconds_left=job.seconds_left),
        error=FailureModel(type=job.error, detail=job.detail or "") if job.error else None,
        versions={target: _version_progress(progress) for target, progress in summary.progress.items()},
        words=summary.word_count,
        sentences=summary.sentence_count,
        created_at=summary.created_at,
        url=url,
    )


def _version_progress(progress: VersionProgress) -> VersionProgressModel:
    return VersionProgressModel(sentences=progress.sentences, drafted=progress.drafted, approved=progress.approved)

"""THE document: the one shape in which the command line, the API and the JSON export hand out an article.

The shape only ever grows: members may be added, none is renamed, retyped or removed. Every member is always present; what
is not known is null. Programs that read it must ignore members they do not know. `docs/api.md` explains it to people.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from webapp.domain import (
    Document,
    DocumentParagraph,
    DocumentSentence,
    Fingerprint,
    JobStatus,
    JobView,
    Origin,
    PackageKind,
    ParagraphKind,
    State,
    Translation,
)


class Shape(BaseModel):
    """What all parts of the document have in common: they are values, and hold nothing that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PackageModel(Shape):
    """An Argos package that wrote some of the texts."""

    pair: str = Field(description="The languages it leads from and to.", examples=["fr-en"])
    version: str = Field(examples=["1.9"])
    kind: PackageKind = Field(description="`official`, `imported`, or `starter`: the small ones shipped with Quatrain.")
    sha256: str = Field(description="SHA-256 of the package file, 64 hexadecimal digits.")


class VersionTextModel(Shape):
    """A paragraph in one target language."""

    text: str = Field(description="Its translated sentences, joined; those not yet translated are left out.")


class SentenceVersionModel(Shape):
    """A sentence in one target language."""

    text: str = Field(description="Empty while `state` is `untranslated`.")
    pivot: str | None = Field(description="The English sentence between two packages; null on a direct route.")
    confidence: Annotated[float, Field(ge=0, le=1)] | None = Field(description="0 to 1; null where no machine wrote.")
    state: State = Field(description="How far its review has come.")
    origin: Origin | None = Field(description="Where the text comes from; null while there is none.")
    links: list[tuple[int, int, int, int, float]] | None = Field(
        description="Which word says which, approximately: `[source_start, source_end, target_start, target_end, probability]`, "
        "in code points of both sentences, sorted; null while they are not made yet.",
        examples=[[[0, 2, 0, 3, 0.95], [3, 8, 4, 10, 0.98]]],
    )


class SentenceModel(Shape):
    """The unit of translation and review."""

    index: int = Field(ge=0, description="Counts from 0 within the paragraph.")
    text: str = Field(description="The French sentence.")
    versions: dict[str, SentenceVersionModel] = Field(description="By target language.")


class ParagraphModel(Shape):
    """One block of the source."""

    index: int = Field(ge=0, description="Counts from 0 within the article.")
    kind: ParagraphKind
    text: str = Field(description="The French paragraph, exactly as it was read.")
    language: str | None = Field(description="ISO 639-1 code where the paragraph is not in French, else null.")
    versions: dict[str, VersionTextModel] = Field(description="By target language.")
    sentences: list[SentenceModel]


class ProgressModel(Shape):
    """How far drafting has come, counted in sentences × targets."""

    done: int = Field(ge=0)
    total: int = Field(ge=0)
    seconds_left: float | None = Field(description="An estimate; null when there is none or drafting is over.")


class FailureModel(Shape):
    """Why drafting failed."""

    type: str = Field(description="A stable word for programs.", examples=["no-route"])
    detail: str = Field(description="The same for people.")


class DocumentModel(Shape):
    """An article with its versions, aligned by paragraph and sentence."""

    id: str | None = Field(description="Null when the article is not stored (command line).")
    title: str
    source: str = Field(examples=["fr"])
    targets: list[str] = Field(examples=[["en", "ru", "ko"]])
    status: JobStatus = Field(description="How far drafting is: `waiting` and `running` will change by themselves.")
    progress: ProgressModel
    error: FailureModel | None = Field(description="Null unless `status` is `failed`.")
    revision: int = Field(ge=0, description="Grows with every change of anything in the article.")
    created_at: datetime | None = Field(description="Null when the article is not stored.")
    packages: list[PackageModel] = Field(description="Every package that wrote any of the texts.")
    paragraphs: list[ParagraphModel]


def document_model(document: Document) -> DocumentModel:
    """Puts an article with its versions into the shape; paragraphs, sentences and targets keep their order."""
    return DocumentModel(
        id=document.id or None,
        title=document.title,
        source=document.source,
        targets=list(document.targets),
        status=document.job.status,
        progress=_progress(document.job),
        error=_failure(document.job),
        revision=document.revision,
        created_at=document.created_at,
        packages=package_models(document.packages),
        paragraphs=[_paragraph(paragraph, document.targets) for paragraph in document.paragraphs],
    )


def package_models(fingerprints: Sequence[Fingerprint]) -> list[PackageModel]:
    """The packages in the order given."""
    return [PackageModel(pair=f.pair, version=f.version, kind=f.kind, sha256=f.sha256) for f in fingerprints]


def _progress(job: JobView) -> ProgressModel:
    return ProgressModel(done=job.done, total=job.total, seconds_left=job.seconds_left)


def _failure(job: JobView) -> FailureModel | None:
    return FailureModel(type=job.error, detail=job.detail or "") if job.error else None


def _paragraph(paragraph: DocumentParagraph, targets: Sequence[str]) -> ParagraphModel:
    return ParagraphModel(
        index=paragraph.index,
        kind=paragraph.kind,
        text=paragraph.text,
        language=paragraph.language,
        versions={target: VersionTextModel(text=paragraph.version_text(target)) for target in targets},
        sentences=[_sentence(sentence, targets) for sentence in paragraph.sentences],
    )


def _sentence(sentence: DocumentSentence, targets: Sequence[str]) -> SentenceModel:
    versions = {t: _version(sentence.translations[t]) for t in targets if t in sentence.translations}
    return SentenceModel(index=sentence.index, text=sentence.text, versions=versions)


def _version(translation: Translation) -> SentenceVersionModel:
    return SentenceVersionModel(
        text=translation.text,
        pivot=translation.pivot,
        confidence=translation.confidence,
        state=translation.state,
        origin=translation.origin,
        links=None if translation.links is None else list(translation.links),
    )

"""Versions that people bring: aligned with the French by a worker, repaired row by row, taken into the article or dropped."""

from typing import Annotated, Any, Final

from apiflask.fields import UploadFile
from flask import Response, url_for
from pydantic import BaseModel, ConfigDict, Field, RootModel

from webapp.align.repairs import Repair
from webapp.api.access import who
from webapp.api.blueprint import api, context
from webapp.api.guard import takes
from webapp.api.operations import ARTICLE, change, operation, read, reply
from webapp.api.receiving import name_of
from webapp.api.schemas import Model
from webapp.services.bringing import (
    BroughtView,
    RowView,
    Taken,
    bring_version,
    drop_brought,
    get_brought,
    read_brought,
    repair_row,
    take_version,
    undo_repair,
)

TAG: Final = "Review"
ERRORS: Final = (*ARTICLE, "brought-not-found")
CHANGES: Final = (*ERRORS, "brought-changed", "request-invalid")
_ADDRESS: Final = "/articles/<string:article_id>/versions/<string:target>/brought"


class BroughtIn(BaseModel):
    """A translation that somebody made elsewhere."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile = Field(
        description="A .txt, .md, .html, .docx, .odt, .epub, .srt or .vtt file in the language of the version."
    )
    any_language: bool = Field(default=False, description="Take it although it looks like another language.")


class RepairIn(Model):
    """A repair of one row, or the last repair undone."""

    revision: int = Field(ge=0, le=2**31 - 1, description="The `revision` that was looked at.")
    row: int = Field(default=0, ge=0, le=2**31 - 1, description="The `number` of the row.")
    do: Repair | None = Field(default=None, description="What to do with it; null undoes the last repair.")


class TakeIn(Model):
    """What is to be taken."""

    revision: int = Field(ge=0, le=2**31 - 1, description="The `revision` that was looked at.")
    replacing: list[Annotated[int, Field(ge=0, le=2**31 - 1)]] = Field(
        default_factory=list, max_length=50_000, description="Rows that may replace what a person wrote in the article."
    )


class BroughtModel(RootModel[BroughtView]):
    """A version as it is aligned."""


class TakenModel(RootModel[Taken]):
    """What was written."""


_ROW: Final = RowView(0, ("Le musée rouvre lundi.",), ("Музей открывается в понедельник.",), 0.98, "sure", False, False, ())
_EXAMPLE: Final[dict[str, Any]] = BroughtModel(BroughtView("ru", "ready", "musee.ru.txt", 1, (_ROW,), 0, None)).model_dump(
    mode="json"
)
_WAITING: Final[dict[str, Any]] = BroughtModel(BroughtView("ru", "waiting", "musee.ru.txt", 0, (), 0, None)).model_dump(
    mode="json"
)
_TAKEN: Final[dict[str, Any]] = TakenModel(Taken(7, 1, 0, 0, 0)).model_dump(mode="json")


@api.post(_ADDRESS)
@api.input(BroughtIn, location="form_and_files", arg_name="body", example={"file": "Музей открывается в понедельник."})
@api.output(BroughtModel, status_code=202, description="A worker aligns it.", example=_WAITING)
@operation(
    "Bring a version that was translated elsewhere",
    id="bringVersion",
    tag=TAG,
    errors=(
        *ARTICLE,
        "target-unknown",
        "request-invalid",
        "article-empty",
        "article-too-large",
        "file-too-large",
        "language-mismatch",
        "too-many-segments",
        "file-type-unsupported",
    ),
    description="As `multipart/form-data`. It is aligned with the French sentence by sentence, in place of one that was not "
    "taken yet; nothing of the article changes until it is taken.",
)
@takes("multipart/form-data")
def bring(article_id: str, target: str, body: BroughtIn) -> Response:
    name, settings = name_of(body.file), context().settings
    segments = read_brought(
        body.file.read(),
        target,
        max_bytes=settings.max_article_bytes,
        max_file_bytes=settings.max_file_bytes,
        file_name=name,
        any_language=body.any_language,
    )
    change(lambda tx: bring_version(tx, article_id, target, segments, who=who(), name=name))
    address = url_for("api.look_at_brought", article_id=article_id, target=target)
    view = read(lambda tx: get_brought(tx, article_id, target))
    return reply(BroughtModel(view), 202, {"Location": address, "Retry-After": "1"})


@api.get(_ADDRESS)
@api.output(BroughtModel, description="Its rows, once `status` is `ready`.", example=_EXAMPLE)
@operation("Look at a brought version", id="getBrought", tag=TAG, errors=ERRORS)
def look_at_brought(article_id: str, target: str) -> Response:
    return reply(BroughtModel(read(lambda tx: get_brought(tx, article_id, target))))


@api.delete(_ADDRESS)
@api.output({}, status_code=204, description="It is forgotten; the article is as it was.")
@operation("Drop a brought version", id="dropBrought", tag=TAG, errors=ARTICLE)
def drop(article_id: str, target: str) -> Response:
    change(lambda tx: drop_brought(tx, article_id, target))
    return Response(status=204)


@api.post(f"{_ADDRESS}/repairs")
@api.input(RepairIn, location="json", arg_name="body", example={"revision": 1, "row": 0, "do": "merge"})
@api.output(BroughtModel, description="The rows as they are now.", example=_EXAMPLE)
@operation(
    "Repair a row of a brought version",
    id="repairBrought",
    tag=TAG,
    errors=(*CHANGES, "repair-impossible"),
    description="`confirm`, `merge` (with the row below), `split`, `up` (its first sentence to the row above), `down`, "
    "`missing`, `added`; the rows around it are aligned again.",
)
def repair(article_id: str, target: str, body: RepairIn) -> Response:
    how = body.do
    if how is None:
        change(lambda tx: undo_repair(tx, article_id, target, revision=body.revision))
    else:
        change(lambda tx: repair_row(tx, article_id, target, body.row, how, revision=body.revision))
    return reply(BroughtModel(read(lambda tx: get_brought(tx, article_id, target))))


@api.post(f"{_ADDRESS}/take")
@api.input(TakeIn, location="json", arg_name="body", example={"revision": 1})
@api.output(TakenModel, description="What was written, as one step to undo.", example=_TAKEN)
@operation(
    "Take a brought version into the article",
    id="takeBrought",
    tag=TAG,
    errors=(*CHANGES, "target-unknown"),
    description="Texts become translated, their origin imported. What a person wrote in the article stays, but for the rows "
    "named.",
)
def take(article_id: str, target: str, body: TakeIn) -> Response:
    taken = change(
        lambda tx: take_version(
            tx, article_id, target, revision=body.revision, replacing=set(body.replacing), who=who(), via="api"
        )
    )
    return reply(TakenModel(taken))

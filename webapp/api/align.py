"""`POST /align`: a French text and its translation in, pairs out; without an article. A worker does it."""

import time
from typing import Annotated, Any, Final

from flask import Response, current_app, url_for
from pydantic import Field

from webapp.api import examples
from webapp.api.access import needs
from webapp.api.blueprint import api, context
from webapp.api.problems import error_class, members, problems, respond
from webapp.api.schemas import DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS, Model, Text
from webapp.languages import SOURCE
from webapp.services.align_requests import Alignment, alignment_status, ask_alignment, get_alignment
from webapp.services.aligning import MAX_SEGMENTS, Paragraphs, Unit, check_segments, known_language, read_text
from webapp.services.keys import Scope

FIRST_PAUSE_SECONDS: Final = 0.05
LONGEST_PAUSE_SECONDS: Final = 1.0
_FINAL: Final = frozenset({"ready", "failed"})

Texts = Text | Annotated[list[Text], Field(max_length=MAX_SEGMENTS)]


class AlignIn(Model):
    """Two texts that say the same."""

    source: Texts = Field(description="The French: a text, which is cut here, or a list of segments as they are.")
    target: Texts = Field(description="The other text, in the same way.")
    to: str = Field(description="The language of `target`.", examples=["ru"])
    unit: Unit = Field(default=Unit.SENTENCE, description="What texts are cut into; lists stay as they are.")
    any_language: bool = Field(default=False, description="Take the texts as they are, whatever languages they look like.")
    wait_seconds: float = Field(
        default=DEFAULT_WAIT_SECONDS, ge=0, le=MAX_WAIT_SECONDS, description="After this the answer is 202 with a Location."
    )


class BeadModel(Model):
    """Segments that say the same; an empty list is an omission or an addition."""

    source: list[int] = Field(description="Indices into `source`.")
    target: list[int] = Field(description="Indices into `target`.")
    score: float = Field(ge=0, le=1, description="How sure of it one may be.")


class AlignmentModel(Model):
    """Both texts as lists of segments, and the beads in the order of the source; every segment is in exactly one."""

    source: list[str]
    target: list[str]
    beads: list[BeadModel]


class AlignmentAcceptedModel(Model):
    """Two texts that wait for a worker."""

    id: str
    status: str = Field(description="waiting or running.")
    url: str = Field(description="Where the alignment will be; the same as the Location header.")


EXAMPLE_IN: Final[dict[str, Any]] = {
    "source": "Le musée rouvre lundi. « Nous attendons 3 000 visiteurs », dit sa directrice.",
    "target": "The museum reopens on Monday. “We expect 3,000 visitors,” says its director. Entry is free.",
    "to": "en",
}
EXAMPLE: Final[dict[str, Any]] = {
    "source": ["Le musée rouvre lundi.", "« Nous attendons 3 000 visiteurs », dit sa directrice."],
    "target": ["The museum reopens on Monday.", "“We expect 3,000 visitors,” says its director.", "Entry is free."],
    "beads": [
        {"source": [0], "target": [0], "score": 0.999},
        {"source": [1], "target": [1], "score": 0.999},
        {"source": [], "target": [2], "score": 0.996},
    ],
}
EXAMPLE_ACCEPTED: Final[dict[str, Any]] = {
    "id": "3f9c21d07a54be18",
    "status": "waiting",
    "url": "/api/v1/alignments/3f9c21d07a54be18",
}
_ACCEPTED: Final = examples.response(202, "Not done yet.", AlignmentAcceptedModel, EXAMPLE_ACCEPTED)


@api.post("/align")
@api.input(AlignIn, location="json", arg_name="body", examples={"texts": {"summary": "Two texts", "value": EXAMPLE_IN}})
@api.output(AlignmentModel, description="Done: the pairs.", example=EXAMPLE)
@api.doc(
    summary="Align two texts",
    description="Pairs the sentences of a French text with those of its translation. Waits up to `wait_seconds`; when it takes "
    "longer, or when many others are waiting, the answer is 202: ask for the address in `Location` later. It is kept for a day.",
    tags=["Translation"],
    operation_id="align",
    responses={
        **_ACCEPTED,
        **problems("request-invalid", "article-empty", "language-mismatch", "article-too-large", "too-many-segments"),
    },
)
@needs(Scope.TRANSLATE)
def align(body: AlignIn) -> Response:
    language = known_language(body.to)
    source, target = _read(body.source, SOURCE, body), _read(body.target, language, body)
    with context().store.begin() as tx:
        alignment_id = ask_alignment(tx, source, target, language)
    context().wake()
    return _answer(alignment_id, _wait(alignment_id, body.wait_seconds))


@api.get("/alignments/<alignment_id>")
@api.output(AlignmentModel, description="Done: the pairs.", example=EXAMPLE)
@api.doc(
    summary="Read an alignment",
    tags=["Translation"],
    operation_id="getAlignment",
    responses={**_ACCEPTED, **problems("alignment-not-found")},
)
@needs(Scope.TRANSLATE)
def get_one(alignment_id: str) -> Response:
    with context().store.read() as tx:
        status = alignment_status(tx, alignment_id)
    return _answer(alignment_id, status)


def _read(given: str | list[str], language: str, body: AlignIn) -> Paragraphs:
    if isinstance(given, list):
        return check_segments(given, language, any_language=body.any_language)
    limit = context().settings.max_article_bytes
    return read_text(given, language, body.unit, max_bytes=limit, any_language=body.any_language)


def _wait(alignment_id: str, seconds: float) -> str:
    """Looks in longer and longer pauses, as long as there is a place to wait."""
    places = current_app.extensions["quatrain.waiting"]
    deadline = time.monotonic() + (seconds if (got := places.acquire(blocking=False)) else 0)
    pause = FIRST_PAUSE_SECONDS
    try:
        while True:
            with context().store.read() as tx:
                status = alignment_status(tx, alignment_id)
            left = deadline - time.monotonic()
            if status in _FINAL or left <= 0:
                return status
            time.sleep(min(pause, left))
            pause = min(pause * 1.3, LONGEST_PAUSE_SECONDS)
    finally:
        if got:
            places.release()


def _answer(alignment_id: str, status: str) -> Response:
    if status not in _FINAL:
        url = url_for("api.get_one", alignment_id=alignment_id)
        accepted = AlignmentAcceptedModel(id=alignment_id, status=status, url=url).model_dump_json() + "\n"
        return Response(accepted, 202, {"Location": url, "Retry-After": "1"}, mimetype="application/json")
    with context().store.read() as tx:
        found = get_alignment(tx, alignment_id)
    if found.failure is not None:
        return respond(members(error_class(found.failure.slug), found.failure.detail, found.failure.data))
    return Response(_model(found).model_dump_json() + "\n", mimetype="application/json")


def _model(found: Alignment) -> AlignmentModel:
    return AlignmentModel(
        source=[text for paragraph in found.source for text in paragraph],
        target=[text for paragraph in found.target for text in paragraph],
        beads=[BeadModel(source=list(b.source), target=list(b.target), score=round(b.score, 3)) for b in found.answer],
    )

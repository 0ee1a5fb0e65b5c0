"""Translations: read, edited under If-Match, approved and rejected, their history, undoing."""

import zlib
from typing import Any, Final

from flask import Response

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.operations import (
    ARTICLE,
    EDIT,
    IF_MATCH,
    SENTENCE,
    base_revision,
    change,
    described_by,
    operation,
    precondition,
    read,
    reply,
)
from webapp.api.review_schemas import (
    EditIn,
    HistoryModel,
    LastStepModel,
    SavedModel,
    StateIn,
    TranslationModel,
    UndoIn,
    UndoneModel,
)
from webapp.domain import State, Translation
from webapp.errors import TargetUnknown
from webapp.reviewing import Saved
from webapp.services.review import edit_translation, history_of, last_step, restore, set_state, undo
from webapp.services.sentences import get_sentence

TAG: Final = "Review"
PATH: Final = "/articles/<string:article_id>/sentences/<int:sentence_id>/translations/<string:target>"


def tag_of(translation: Translation) -> str:
    """The ETag of a translation: its revision, which edits are judged by, and something of all the rest."""
    return f"{translation.revision}.{zlib.crc32(repr(translation).encode('utf-8', 'surrogatepass')):08x}"


def saved(done: Saved) -> Response:
    """Answers what became of a change, with the ETag for the next one."""
    return reply(SavedModel(done), headers={"ETag": f'"{tag_of(done.translation)}"'})


@api.get(PATH)
@api.output(TranslationModel, description="The translation; its `ETag` is what edits are made of.", example=examples.TRANSLATION)
@operation("Get a translation", id="getTranslation", tag=TAG, errors=SENTENCE)
def get_translation(article_id: str, sentence_id: int, target: str) -> Response:
    detail = read(lambda tx: get_sentence(tx, article_id, sentence_id, who=who()))
    if target not in detail.translations:
        raise TargetUnknown(target=target, known=", ".join(detail.translations))
    mine = detail.translations[target]
    body = TranslationModel(
        article_id=article_id,
        sentence_id=sentence_id,
        target=target,
        source=detail.text,
        translation=mine.translation,
        findings=mine.findings,
    )
    return reply(body, headers={"ETag": f'"{tag_of(mine.translation)}"'})


@api.put(PATH)
@api.input(EditIn, location="json", arg_name="body", example=examples.EDIT_IN)
@api.output(SavedModel, description="Saved. `blocked`: errors keep it from being approved.", example=examples.SAVED)
@described_by(parameters=[IF_MATCH])
@operation(
    "Edit a translation",
    id="editTranslation",
    tag=TAG,
    errors=EDIT,
    description="`If-Match` with the ETag you read is needed (428 without it); 412 with the text of now when somebody changed "
    "the translation meanwhile. Where only the machine wrote since, your text is saved and the newer draft stands beside as a "
    "proposal.",
)
def edit(article_id: str, sentence_id: int, target: str, body: EditIn) -> Response:
    revision = base_revision()

    def act(tx: Any) -> Saved:
        return edit_translation(
            tx, article_id, sentence_id, target, body.text, revision=revision, who=who(), via="api", approve=body.approve
        )

    with precondition():
        return saved(change(act))


@api.put(f"{PATH}/state")
@api.input(StateIn, location="json", arg_name="body", example=examples.STATE_IN)
@api.output(SavedModel, description="The state is as you said.", example=examples.SAVED)
@described_by(parameters=[IF_MATCH])
@operation(
    "Approve or reject a translation, or take it back",
    id="setState",
    tag=TAG,
    errors=(*EDIT, "findings-open"),
    description="`If-Match` is needed. Open errors keep a translation from being approved (409): dismiss each with a reason.",
)
def put_state(article_id: str, sentence_id: int, target: str, body: StateIn) -> Response:
    revision = base_revision()
    wanted = State(body.state)
    with precondition():
        return saved(
            change(lambda tx: set_state(tx, article_id, sentence_id, target, wanted, revision=revision, who=who(), via="api"))
        )


@api.get(f"{PATH}/history")
@api.output(HistoryModel, description="The newest change first.", example=examples.HISTORY)
@operation("Get the history of a translation", id="getHistory", tag=TAG, errors=SENTENCE)
def get_history(article_id: str, sentence_id: int, target: str) -> Response:
    return reply(HistoryModel(history=read(lambda tx: history_of(tx, article_id, sentence_id, target))))


@api.post("/articles/<string:article_id>/history/<int:history_id>/restore")
@api.output(SavedModel, description="The text of then is the text of now.", example=examples.SAVED)
@described_by(parameters=[IF_MATCH])
@operation(
    "Bring a text back from the history",
    id="restoreText",
    tag=TAG,
    errors=(*EDIT, "history-not-found"),
    description="The text that stood there after that change. `If-Match` is needed.",
)
def restore_text(article_id: str, history_id: int) -> Response:
    revision = base_revision()
    with precondition():
        return saved(change(lambda tx: restore(tx, article_id, history_id, revision=revision, who=who(), via="api")))


@api.get("/articles/<string:article_id>/undo")
@api.output(LastStepModel, description="Your last step, or null.", example=examples.LAST_STEP)
@operation("See what undoing would undo", id="getLastStep", tag=TAG, errors=ARTICLE)
def get_last_step(article_id: str) -> Response:
    return reply(LastStepModel(step=read(lambda tx: last_step(tx, article_id, who=who()))))


@api.post("/articles/<string:article_id>/undo")
@api.input(UndoIn, location="json", arg_name="body", example=examples.UNDO_IN)
@api.output(
    UndoneModel,
    description="What was changed back, and what was left because somebody changed it since.",
    example=examples.UNDONE,
)
@operation(
    "Undo your last step, or a given one",
    id="undo",
    tag=TAG,
    errors=(*ARTICLE, "nothing-to-undo", "request-invalid"),
    description="Undoing an undoing brings the step back.",
)
def undo_step(article_id: str, body: UndoIn) -> Response:
    return reply(UndoneModel(change(lambda tx: undo(tx, article_id, who=who(), via="api", step=body.step))))

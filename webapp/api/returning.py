"""Translations that come back from other tools: `POST /articles/ID/translations`, with a TMX or XLIFF file."""

from typing import Final

from apiflask.fields import UploadFile
from flask import Response
from pydantic import BaseModel, ConfigDict, Field, RootModel

from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.guard import takes
from webapp.api.operations import ARTICLE, change, operation, reply
from webapp.api.receiving import name_of, up_to
from webapp.services.returned_segments import Left
from webapp.services.returning import LeftOut, Returned, compare_file, take_file
from webapp.storage.store import Transaction

_EXAMPLE_FILE: Final = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="fr-FR" '
    'target-language="ru-RU" datatype="plaintext"><body><trans-unit id="a.0.0"><source>Le musée rouvre.</source>'
    '<target state="signed-off">Музей снова открыт.</target></trans-unit></body></file></xliff>'
)


class ReturnIn(BaseModel):
    """A file that was worked on elsewhere."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    file: UploadFile = Field(description="A .tmx, .xlf, .xliff, .xlf2, .sdlxliff, .mqxliff or .mxliff file.")
    replace: bool = Field(default=False, description="Also replace texts that people wrote here.")
    dry_run: bool = Field(default=False, description="Only tell what would be taken.")


class ReturnedModel(RootModel[Returned]):
    """What was, or would be, taken, and what was not and why."""


_LEFT_OUT: Final = (LeftOut(3, "a.1.0", "Le musée reste fermé.", Left.SOURCE_CHANGED),)
_EXAMPLE: Final = ReturnedModel(
    Returned("article.ru.xlf", 3, 1, 1, 0, 1, (), {Left.SOURCE_CHANGED: 1}, 12, (), _LEFT_OUT)
).model_dump(mode="json")


@api.post("/articles/<string:article_id>/translations")
@api.input(ReturnIn, location="form_and_files", arg_name="body", example={"file": _EXAMPLE_FILE})
@api.output(ReturnedModel, description="The report.", example=_EXAMPLE)
@operation(
    "Take translations back from a TMX or XLIFF file",
    id="takeTranslations",
    tag="Review",
    errors=(*ARTICLE, "target-unknown", "request-invalid", "import-unreadable", "import-too-large"),
    description="As `multipart/form-data`. Segments are matched by their id, then by their French; where the French has changed "
    "nothing is taken, no state is lowered, and what people wrote here stays unless `replace` is given. `left_out` names the "
    "first 500 segments that were not taken, and why. One step, one undo.",
)
@takes("multipart/form-data")
@up_to("max_import_bytes")
def take_translations(article_id: str, body: ReturnIn) -> Response:
    name, data = name_of(body.file), body.file.read()

    def take(tx: Transaction) -> Returned:
        if body.dry_run:
            return compare_file(tx, article_id, data, name, replace_human=body.replace)
        return take_file(tx, article_id, data, name, replace_human=body.replace, who=who(), via="api")

    return reply(ReturnedModel(change(take)))

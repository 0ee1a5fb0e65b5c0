"""What else the machine could say: pivots, proposals, new drafts, alternatives."""

from typing import Final

from flask import Response, url_for

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.examples import response
from webapp.api.operations import (
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
from webapp.api.review_schemas import AlternativesModel, PivotIn, SavedModel
from webapp.api.translations import PATH, saved
from webapp.services.alternatives import get_alternatives, request_alternatives
from webapp.services.pivot import accept_proposal, ask_draft, reject_proposal, reset_pivot, set_pivot

TAG: Final = "Machine"


@api.put(f"{PATH}/pivot")
@api.input(PivotIn, location="json", arg_name="body", example=examples.PIVOT_IN)
@api.output(SavedModel, description="The draft is asked for.", example=examples.SAVED)
@operation(
    "Correct the English that one translation is drafted from",
    id="setPivot",
    tag=TAG,
    errors=(*SENTENCE, "text-missing", "pivot-unavailable", "request-invalid"),
    description="An untouched draft is replaced by the new one; beside a person's text it becomes a proposal. The English "
    "version stays.",
)
def put_pivot(article_id: str, sentence_id: int, target: str, body: PivotIn) -> Response:
    return saved(change(lambda tx: set_pivot(tx, article_id, sentence_id, target, body.text, who=who(), via="api")))


@api.delete(f"{PATH}/pivot")
@api.output(SavedModel, description="The draft is asked for.", example=examples.SAVED)
@operation("Go back to the English version, or the machine's own English", id="resetPivot", tag=TAG, errors=SENTENCE)
def delete_pivot(article_id: str, sentence_id: int, target: str) -> Response:
    return saved(change(lambda tx: reset_pivot(tx, article_id, sentence_id, target, who=who(), via="api")))


@api.post(f"{PATH}/draft")
@api.output(SavedModel, description="The draft is asked for.", example=examples.SAVED)
@operation(
    "Ask the machine for a new draft",
    id="askDraft",
    tag=TAG,
    errors=SENTENCE,
    description="Instead of an untouched draft, beside a person's text.",
)
def post_draft(article_id: str, sentence_id: int, target: str) -> Response:
    return saved(change(lambda tx: ask_draft(tx, article_id, sentence_id, target, who=who())))


@api.post(f"{PATH}/proposal/accept")
@api.output(SavedModel, description="The proposal is the text now.", example=examples.SAVED)
@described_by(parameters=[IF_MATCH])
@operation(
    "Take the machine's proposal",
    id="acceptProposal",
    tag=TAG,
    errors=(*EDIT, "proposal-gone"),
    description="It counts as translated. `If-Match` is needed.",
)
def take_proposal(article_id: str, sentence_id: int, target: str) -> Response:
    revision = base_revision()
    with precondition():
        return saved(
            change(lambda tx: accept_proposal(tx, article_id, sentence_id, target, revision=revision, who=who(), via="api"))
        )


@api.post(f"{PATH}/proposal/reject")
@api.output(SavedModel, description="The text stays, and is good for the French of now.", example=examples.SAVED)
@operation("Keep the text instead of the proposal", id="rejectProposal", tag=TAG, errors=(*SENTENCE, "proposal-gone"))
def keep_text(article_id: str, sentence_id: int, target: str) -> Response:
    return saved(change(lambda tx: reject_proposal(tx, article_id, sentence_id, target, who=who(), via="api")))


_WAITING: Final = response(202, "A worker is at it; look again soon.", "AlternativesModel", examples.ALTERNATIVES_WAITING)


@api.post(f"{PATH}/alternatives")
@api.output(AlternativesModel, description="They are there already.", example=examples.ALTERNATIVES)
@operation("Ask for other translations", id="askAlternatives", tag=TAG, errors=SENTENCE[:2], more=_WAITING)
def post_alternatives(article_id: str, sentence_id: int, target: str) -> Response:
    found = change(lambda tx: request_alternatives(tx, article_id, sentence_id, target))
    return _alternatives(AlternativesModel(found), article_id, sentence_id, target)


@api.get(f"{PATH}/alternatives")
@api.output(AlternativesModel, description="The likeliest first.", example=examples.ALTERNATIVES)
@operation(
    "Get the other translations that were asked for",
    id="getAlternatives",
    tag=TAG,
    errors=SENTENCE[:2],
    more={**_WAITING, 204: {"description": "Nobody asked for them."}},
)
def list_alternatives(article_id: str, sentence_id: int, target: str) -> Response:
    found = read(lambda tx: get_alternatives(tx, article_id, sentence_id, target))
    if found is None:
        return Response(status=204)
    return _alternatives(AlternativesModel(found), article_id, sentence_id, target)


def _alternatives(body: AlternativesModel, article_id: str, sentence_id: int, target: str) -> Response:
    if body.root.status != "waiting":
        return reply(body)
    url = url_for("api.list_alternatives", article_id=article_id, sentence_id=sentence_id, target=target)
    return reply(body, 202, {"Location": url, "Retry-After": "1"})

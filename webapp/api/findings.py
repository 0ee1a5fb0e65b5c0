"""Findings: what the quality checks report, dismissed with a reason, or mended."""

from typing import Final

from flask import Response

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.operations import (
    ARTICLE,
    EDIT,
    IF_MATCH,
    base_revision,
    change,
    described_by,
    operation,
    page_links,
    precondition,
    read,
    reply,
)
from webapp.api.review_schemas import FindingModel, FindingsModel, FindingsQuery, ReasonIn, SavedModel
from webapp.api.translations import saved
from webapp.services.findings import apply_fix, dismiss_finding, list_findings, reopen_finding

TAG: Final = "Findings"
ONE: Final = "/articles/<string:article_id>/findings/<int:finding_id>"
THERE: Final = (*ARTICLE, "finding-not-found")


@api.get("/articles/<string:article_id>/findings")
@api.input(FindingsQuery, location="query", arg_name="query")
@api.output(FindingsModel, description="In source order; `Link` leads to the others.", example=examples.FINDINGS)
@operation(
    "List the findings of an article",
    id="listFindings",
    tag=TAG,
    errors=(*ARTICLE, "request-invalid"),
    description="`severity` E keeps a translation from being approved, W does not. `message` has places that `data` fills.",
)
def get_findings(article_id: str, query: FindingsQuery) -> Response:
    found = read(lambda tx: list_findings(tx, article_id, target=query.target, dismissed=query.dismissed))
    part = list(found[query.offset : query.offset + query.limit])
    body = FindingsModel(findings=part, total=len(found), limit=query.limit, offset=query.offset)
    kept = {"article_id": article_id, "target": query.target, "dismissed": "true" if query.dismissed else None}
    links = page_links("api.get_findings", total=len(found), limit=query.limit, offset=query.offset, **kept)
    return reply(body, headers={"Link": links})


@api.post(f"{ONE}/dismiss")
@api.input(ReasonIn, location="json", arg_name="body", example=examples.REASON_IN)
@api.output(FindingModel, description="It may stand.", example=examples.FINDING)
@operation("Dismiss a finding", id="dismissFinding", tag=TAG, errors=(*THERE, "reason-missing", "request-invalid"))
def dismiss(article_id: str, finding_id: int, body: ReasonIn) -> Response:
    return reply(FindingModel(change(lambda tx: dismiss_finding(tx, article_id, finding_id, reason=body.reason, who=who()))))


@api.post(f"{ONE}/reopen")
@api.output(FindingModel, description="It counts again.", example=examples.FINDING)
@operation("Reopen a finding", id="reopenFinding", tag=TAG, errors=THERE)
def reopen_one(article_id: str, finding_id: int) -> Response:
    return reply(FindingModel(change(lambda tx: reopen_finding(tx, article_id, finding_id, who=who()))))


@api.post(f"{ONE}/fix")
@api.output(SavedModel, description="Mended.", example=examples.SAVED)
@described_by(parameters=[IF_MATCH])
@operation(
    "Mend what a check found",
    id="fixFinding",
    tag=TAG,
    errors=(*EDIT, "finding-not-found"),
    description="Only where the finding has a `fix`. `If-Match` with the ETag of the translation is needed.",
)
def fix(article_id: str, finding_id: int) -> Response:
    revision = base_revision()
    with precondition():
        return saved(change(lambda tx: apply_fix(tx, article_id, finding_id, revision=revision, who=who(), via="api")))

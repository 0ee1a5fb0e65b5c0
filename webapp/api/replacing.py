"""Search and replace in one version."""

from typing import Final

from flask import Response

from webapp.api import review_examples as examples
from webapp.api.access import who
from webapp.api.blueprint import api
from webapp.api.operations import ARTICLE, change, operation, read, reply
from webapp.api.review_schemas import PreviewModel, ReplacedModel, ReplaceIn, SearchIn
from webapp.services.search_replace import Search, apply_replace, preview_replace

TAG: Final = "Review"
ERRORS: Final = (*ARTICLE, "search-invalid", "request-invalid")


@api.post("/articles/<string:article_id>/replace/preview")
@api.input(SearchIn, location="json", arg_name="body", example=examples.SEARCH_IN)
@api.output(PreviewModel, description="Up to 500 matches; the counts are of all.", example=examples.PREVIEW)
@operation("See what a replacement would do", id="previewReplace", tag=TAG, errors=ERRORS)
def preview(article_id: str, body: SearchIn) -> Response:
    return reply(PreviewModel(read(lambda tx: preview_replace(tx, article_id, body.target, _search(body), body.replacement))))


@api.post("/articles/<string:article_id>/replace")
@api.input(ReplaceIn, location="json", arg_name="body", example=examples.REPLACE_IN)
@api.output(ReplacedModel, description="What was changed, as one step to undo.", example=examples.REPLACED)
@operation(
    "Search and replace in one version",
    id="replace",
    tag=TAG,
    errors=ERRORS,
    description="With `regex` the text is a regular expression, and the replacement may name its groups (`\\1`).",
)
def replace(article_id: str, body: ReplaceIn) -> Response:
    only = None
    if body.only is not None:
        only = {int(number): revision for number, revision in body.only.items() if number.isdecimal() and len(number) < 19}
    done = change(
        lambda tx: apply_replace(tx, article_id, body.target, _search(body), body.replacement, only=only, who=who(), via="api")
    )
    return reply(ReplacedModel(done))


def _search(body: SearchIn) -> Search:
    return Search(body.text, match_case=body.match_case, whole_words=body.whole_words, regex=body.regex)

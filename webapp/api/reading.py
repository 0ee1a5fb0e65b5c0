"""From the body of a request to a stored article."""

from flask import Response, url_for

from webapp.api.blueprint import context
from webapp.api.schemas import AcceptedModel, ArticleIn
from webapp.domain import JobStatus
from webapp.services.articles import create_article, known_targets
from webapp.text.read import read_article


def store_article(body: ArticleIn) -> str:
    """Reads and stores the article, wakes the worker, and returns the id.

    Raises TargetUnknown and whatever reading raises (EmptyArticle, ArticleTooLarge, LanguageUnclear).
    """
    here = context()
    targets = known_targets(here.settings.targets if body.targets is None else body.targets)
    source = read_article(
        body.text, title=body.title, max_bytes=here.settings.max_article_bytes, accept_any_language=body.any_language
    )
    with here.store.begin() as tx:
        article_id = create_article(tx, source, targets)
    here.wake()
    return article_id


def accepted(article_id: str, status: JobStatus = JobStatus.WAITING) -> Response:
    """202 with the address of the document and how soon to look."""
    url = url_for("api.get_article", article_id=article_id)
    body = AcceptedModel(id=article_id, status=status, url=url).model_dump_json() + "\n"
    return Response(body, 202, {"Location": url, "Retry-After": "1"}, mimetype="application/json")

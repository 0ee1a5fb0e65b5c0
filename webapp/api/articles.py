"""Articles: `POST /articles`, `GET /articles`, `GET /articles/ID`, `DELETE /articles/ID`."""

from flask import Response, request, url_for

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.operations import described_by, needs, page_links
from webapp.api.problems import problems
from webapp.api.reading import IDEMPOTENCY_KEY, accepted, store_article
from webapp.api.schemas import AcceptedModel, ArticleIn, ArticleListModel, ListQuery, summary_model
from webapp.domain import Document
from webapp.errors import ArticleNotFound
from webapp.exports.document import DocumentModel, document_model
from webapp.services.articles import delete_article as delete_stored_article
from webapp.services.articles import get_document
from webapp.services.articles import list_articles as list_stored_articles
from webapp.services.keys import Scope
from webapp.services.links import with_links


@api.post("/articles")
@api.input(ArticleIn, location="json", arg_name="body", examples=examples.named(examples.ARTICLE_IN))
@api.output(AcceptedModel, status_code=202, description="Stored; drafting begins at once.", example=examples.ACCEPTED)
@api.doc(
    summary="Store an article and draft it",
    description="Answers at once. Ask for the address in `Location` to follow the drafting.",
    tags=["Articles"],
    operation_id="createArticle",
    responses=problems(
        "request-invalid", "article-empty", "target-unknown", "language-unclear", "article-too-large", "idempotency-key-reused"
    ),
)
@described_by(parameters=[IDEMPOTENCY_KEY])
@needs(Scope.TRANSLATE)
def create_article(body: ArticleIn) -> Response:
    return accepted(store_article(body))


@api.get("/articles")
@api.input(ListQuery, location="query", arg_name="query")
@api.output(ArticleListModel, description="A page of the list; `Link` leads to the others.", example=examples.ARTICLE_LIST)
@api.doc(
    summary="List the articles",
    description="Newest first; those that hold a text, have a version, stand in a state.",
    tags=["Articles"],
    operation_id="listArticles",
    responses=problems("request-invalid"),
)
def list_articles(query: ListQuery) -> Response:
    with context().store.read() as tx:
        page = list_stored_articles(
            tx, query=query.q, limit=query.limit, offset=query.offset, status=query.status, target=query.target
        )
    lines = [summary_model(item, url_for("api.get_article", article_id=item.id)) for item in page.items]
    body = ArticleListModel(articles=lines, total=page.total, limit=query.limit, offset=query.offset)
    response = _json(body.model_dump_json())
    kept = {"q": query.q, "status": query.status.value if query.status else None, "target": query.target}
    response.headers["Link"] = page_links("api.list_articles", total=page.total, limit=query.limit, offset=query.offset, **kept)
    return response


@api.get("/articles/<string:article_id>")
@api.output(DocumentModel, description="The document, as far as it is.", example=examples.DOCUMENT)
@api.doc(
    summary="Get an article with its versions",
    description="Sentences not yet drafted have the state `untranslated` and an empty text. Send the `ETag` back as "
    "`If-None-Match` to get 304 while nothing has changed.",
    tags=["Articles"],
    operation_id="getArticle",
    responses={**problems("article-not-found"), 304: {"description": "Nothing has changed since that ETag."}},
)
def get_article(article_id: str) -> Response:
    with context().store.read() as tx:
        tag = etag(get_document(tx, known_form(article_id), start=0, stop=0))
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        document = with_links(tx, get_document(tx, article_id))
    return document_response(document)


@api.delete("/articles/<string:article_id>")
@api.output({}, status_code=204, description="Deleted, with its versions and their history.")
@api.doc(
    summary="Delete an article",
    description="Drafting that is under way stops. There is no way back.",
    tags=["Articles"],
    operation_id="deleteArticle",
    responses=problems("article-not-found"),
)
@needs(Scope.ADMIN)
def delete_article(article_id: str) -> Response:
    with context().store.begin() as tx:
        delete_stored_article(tx, known_form(article_id))
    return Response(status=204)


def known_form(article_id: str) -> str:
    """The id as it is, if it can be one. Raises ArticleNotFound: what is not letters and digits never reaches the database."""
    if not (article_id.isascii() and article_id.isalnum()):
        raise ArticleNotFound(article_id=article_id)
    return article_id


def document_response(document: Document) -> Response:
    """200 with the whole document and its ETag."""
    return _tagged(_json(document_model(document).model_dump_json()), etag(document))


def etag(document: Document) -> str:
    """Changes with every change of the article and of its drafting; `document` may be any window of it."""
    job = document.job
    return f"{document.revision}-{job.status.value}-{job.done}-{len(document.packages)}"


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _json(body: str) -> Response:
    return Response(body + "\n", mimetype="application/json")

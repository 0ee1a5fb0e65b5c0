"""Home: the articles, newest first, with search; deleting one."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import ArticlePage
from webapp.services.articles import delete_article, get_document, list_articles
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.progress import is_open

pages: Final = Blueprint("home", __name__)

PER_PAGE: Final = 30
MAX_QUERY: Final = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list: `number` counts from 1, `last` is the number of the last page."""

    found: ArticlePage
    query: str
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.found.total // PER_PAGE))

    @property
    def has_open_jobs(self) -> bool:
        """Whether anything on this page is still being drafted, so that it is worth asking again."""
        return any(is_open(item.job) for item in self.found.items)


def read_listing(query: str, number: int) -> Listing:
    """Reads one page of the articles that match; a number beyond the last page gives the last one."""
    query = " ".join(query.split())[:MAX_QUERY]
    with context().store.read() as tx:
        listing = Listing(list_articles(tx, query=query, limit=PER_PAGE, offset=(number - 1) * PER_PAGE), query, number)
        if listing.found.items or number <= listing.last:
            return listing
        last = listing.last
        return Listing(list_articles(tx, query=query, limit=PER_PAGE, offset=(last - 1) * PER_PAGE), query, last)


@pages.get("/")
def show() -> str:
    """The list; htmx gets the list alone while somebody types in the search or drafting goes on."""
    listing = read_listing(request.args.get("q", ""), max(1, min(request.args.get("page", 1, type=int), 10**6)))
    if wants_fragment():
        return Markup("\n").join(
            (fragment("_articles.html", listing=listing), fragment("_found.html", listing=listing, oob=True))
        )
    return render_template("home.html", listing=listing)


@pages.get("/articles/<article_id>/delete")
def ask(article_id: str) -> str:
    """Asks before deleting: it cannot be undone."""
    with context().store.read() as tx:
        document = get_document(tx, article_id, start=0, stop=0)
    if wants_fragment():
        return fragment("_delete.html", article_id=document.id, title=document.title, level=2)
    return render_template("delete.html", document=document)


@pages.post("/articles/<article_id>/delete")
def delete(article_id: str) -> BaseResponse:
    """Deletes an article with its versions and says so."""
    with context().store.begin() as tx:
        title = get_document(tx, article_id, start=0, stop=0).title
        delete_article(tx, article_id)
    flash(gettext("“%(title)s” was deleted.", title=title))
    return redirect(url_for("home.show"), 303)

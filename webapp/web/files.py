"""The file an article came from: given back in a target language, and what was left out of it brought back."""

from typing import Final
from urllib.parse import quote

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import ngettext
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response as BaseResponse

from webapp.exports.registry import Include
from webapp.services.articles import get_job
from webapp.services.files import TranslatedFile, read_whole, translated_file
from webapp.services.revising import update_source
from webapp.web.filtering import WHO
from webapp.web.fragments import context

pages: Final = Blueprint("files", __name__, url_prefix="/articles/<article_id>")


@pages.get("/export/original-format")
def original_format(article_id: str) -> BaseResponse:
    """The file in the language `target`; `include=approved` leaves in French what nobody approved."""
    include = Include.APPROVED if request.args.get("include") == Include.APPROVED.value else Include.ALL
    with context().store.read() as tx:
        get_job(tx, article_id)  # an address of nothing is answered as such, whatever else is wrong with it
        file = translated_file(tx, article_id, request.args.get("target", ""), include=include)
    return file_response(file)


def file_response(file: TranslatedFile) -> BaseResponse:
    """A file to be saved: never shown in the page's own origin."""
    response = make_response(file.data)
    response.headers["Content-Type"] = file.media_type
    plain = file.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    options = {"filename": plain} if plain == file.name else {"filename": plain, "filename*": _extended(file.name)}
    response.headers["Content-Disposition"] = dump_options_header("attachment", options)
    response.headers["Cache-Control"] = "no-store"
    return response


def _extended(name: str) -> str:
    return "UTF-8''" + quote(name, safe="")


@pages.post("/source/whole")
def bring_back(article_id: str) -> BaseResponse:
    """Takes what had been left out of a saved page into the article; what is in it keeps everything it has."""
    settings = context().settings
    with context().store.read() as tx:
        source = read_whole(tx, article_id, max_bytes=settings.max_article_bytes, max_file_bytes=settings.max_file_bytes)
    with context().store.begin() as tx:
        report = update_source(tx, article_id, source, who=WHO)
    context().wake()
    flash(ngettext("%(num)s sentence was brought back.", "%(num)s sentences were brought back.", report.added + report.restored))
    return redirect(url_for("article.show", article_id=article_id), 303)

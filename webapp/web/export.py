"""Files out and back in: the page on which a format is chosen, the file itself, and what a translation tool gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import Document
from webapp.errors import N_, FileUnreadable, InputError, RequestInvalid
from webapp.exports.paper import Layout
from webapp.exports.registry import Format, Include, formats, targets_of
from webapp.services.articles import get_document
from webapp.services.files import get_file
from webapp.services.returned_segments import MAX_BYTES, Left
from webapp.services.returning import Returned, compare_file, take_file
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO
from webapp.web.fragments import context

pages: Final = Blueprint("export", __name__, url_prefix="/articles/<article_id>/export")

FORMAT_WORDS: Final[Mapping[str, str]] = {
    "docx": N_("DOCX: Word and other word processors"),
    "odt": N_("ODT: LibreOffice and other word processors"),
    "pdf": N_("PDF: paper"),
    "html": N_("HTML: one page, to read and send"),
    "markdown": N_("Markdown"),
    "text": N_("Plain text"),
    "xlsx": N_("XLSX: Excel and other spreadsheets, one row a sentence"),
    "csv": N_("CSV: one row a sentence"),
    "xliff": N_("XLIFF 1.2: translation tools; can be taken back"),
    "xliff2": N_("XLIFF 2.1: translation tools; can be taken back"),
    "omegat": N_("OmegaT project: unpack and open; its TMX can be taken back"),
    "tmx": N_("TMX: translation memories; can be taken back"),
    "json": N_("JSON: programs"),
}
LAYOUT_WORDS: Final[Mapping[Layout, str]] = {
    Layout.PARAGRAPHS: N_("side by side, one row a paragraph"),
    Layout.SENTENCES: N_("side by side, one row a sentence"),
    Layout.VERSION: N_("one version alone, to read or publish"),
}
LEFT_WORDS: Final[Mapping[Left, str]] = {
    Left.SOURCE_CHANGED: N_("the French has changed since"),
    Left.UNKNOWN: N_("no sentence of the article is this one"),
    Left.NO_TEXT: N_("without a translation"),
    Left.UNREVIEWED: N_("a machine’s, not reviewed by anybody"),
    Left.OTHER_LANGUAGE: N_("in a language the article does not have"),
}


@dataclass(frozen=True, slots=True)
class ExportView:
    """The page: what can be chosen, and what became, or would become, of a file that came back.

    `file_name` is that of the file the article was read from, which can be had in its other languages; None if it was pasted.
    """

    document: Document
    file_name: str | None = None
    report: Returned | None = None
    problem: Problem | None = None


@pages.get("")
def show(article_id: str) -> str:
    """The choices."""
    return _page(_view(article_id))


def _view(article_id: str, report: Returned | None = None, problem: Problem | None = None) -> ExportView:
    with context().store.read() as tx:
        document = get_document(tx, article_id, start=0, stop=0)
        file = get_file(tx, article_id)
    return ExportView(document, None if file is None else file.name, report, problem)


@pages.get("/file")
def file(article_id: str) -> BaseResponse:
    """The file as chosen. Raises RequestInvalid, TargetUnknown, ArticleNotFound, PdfUnavailable or PdfTooLong."""
    chosen = formats().get(request.args.get("format", ""))
    if chosen is None:
        raise RequestInvalid(detail=f"The format has to be one of {', '.join(formats())}.")
    with context().store.read() as tx:
        document = get_document(tx, article_id)
    named = request.args.getlist("target")
    targets = targets_of(document, named)
    layout = Layout(given) if (given := request.args.get("layout")) in set(Layout) and chosen.print_ else None
    include = Include.ALL if request.args.get("include") == Include.ALL else Include.APPROVED
    chosen.check_targets(targets, named=bool(named), layout=layout)
    return _attachment(chosen, document, targets, include, layout)


def _attachment(
    chosen: Format, document: Document, targets: tuple[str, ...], include: Include, layout: Layout | None
) -> BaseResponse:
    response = Response(chosen.write(document, targets, include, layout), mimetype=chosen.media_type)
    name = chosen.file_name(document, targets, include)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@pages.post("/back")
def take_back(article_id: str) -> BaseResponse | str:
    """Takes the translations of a TMX or XLIFF into the article; texts that people wrote here only if that is ticked."""
    sent = request.files.get("file")
    replace_human = "replace" in request.form
    try:
        if sent is None or not sent.filename:
            raise FileUnreadable(name="", detail=gettext("no file was chosen"))
        data, name = sent.stream.read(MAX_BYTES + 1), sent.filename
        with context().store.begin() as tx:
            if "preview" in request.form:
                report = compare_file(tx, article_id, data, name, replace_human=replace_human)
            else:
                report = take_file(tx, article_id, data, name, replace_human=replace_human, who=WHO)
    except InputError as error:
        return make_response(_page(_view(article_id, problem=problem_of(error))), error.status)
    if report.step is not None:
        context().wake()
    if "preview" not in request.form and not report.conflicts and not report.left:
        flash(_said(report))
        return redirect(url_for("article.show", article_id=article_id), 303)
    return _page(_view(article_id, report))


def _said(report: Returned) -> str:
    return str(
        ngettext("%(num)s translation was taken from the file.", "%(num)s translations were taken from the file.", report.taken)
    )


def _page(view: ExportView) -> str:
    return render_template(
        "export.html", view=view, formats=formats(), format_words=FORMAT_WORDS, layout_words=LAYOUT_WORDS, left_words=LEFT_WORDS
    )

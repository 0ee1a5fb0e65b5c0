"""Glossary: terms listed, added, changed, deleted; files brought and taken away; a term added from the open sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from webapp.errors import N_, ImportUnreadable, RequestInvalid, TermInvalid, TermKnown
from webapp.languages import SOURCE, TARGETS
from webapp.services.articles import get_document, get_revision
from webapp.services.glossary import Given, add_term, change_term, delete_term, get_term, list_terms
from webapp.services.glossary_files import export_glossary, import_glossary
from webapp.services.importing import Report
from webapp.services.rechecking import recheck_sentence
from webapp.services.terms import owner_of
from webapp.storage.glossary import StoredTerm, TermPage
from webapp.storage.store import Transaction
from webapp.text.term_csv import SEPARATOR, split_forms
from webapp.web.errors import Problem, problem_of
from webapp.web.filtering import WHO
from webapp.web.fragments import context
from webapp.web.received import brought
from webapp.web.turns import Spot, Turn, answer

pages: Final = Blueprint("glossary", __name__)

PAGE: Final = 100
CASES: Final[Mapping[str, bool | None]] = {"": None, "yes": True, "no": False}
ADDED: Final = N_("Added to the glossary.")


@dataclass(frozen=True, slots=True)
class TermFields:
    """A form for a term: what stands in its fields."""

    source: str = ""
    policy: str = "translate"
    forms: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    case: str = ""

    @classmethod
    def of(cls, term: StoredTerm) -> "TermFields":
        """The fields of a term that is there."""
        forms = {target: f" {SEPARATOR} ".join(found.all) for target, found in term.targets.items()}
        return cls(term.source, term.policy, forms, term.note, "yes" if term.match_case else "no")

    @classmethod
    def sent(cls) -> "TermFields":
        """The fields as they were sent."""
        form = request.form
        forms = {target: form[target] for target in TARGETS if form.get(target, "").strip()}
        return cls(form.get("source", ""), form.get("policy", "translate"), forms, form.get("note", ""), form.get("case", ""))

    @property
    def given(self) -> Given:
        """The term they give."""
        forms: dict[str, Sequence[str]] = {target: split_forms(cell) for target, cell in self.forms.items()}
        return Given(self.source, self.policy, forms, self.note, CASES.get(self.case))


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The page: the terms asked for, of the installation or of one article (`article_id`, "" without)."""

    found: TermPage
    query: str
    article_id: str
    title: str
    offset: int
    fields: TermFields
    report: Report | None = None
    problem: Problem | None = None

    @property
    def owner(self) -> dict[str, Any]:
        """What addresses name to stay with the same glossary."""
        return {"article": self.article_id} if self.article_id else {}

    @property
    def before(self) -> str:
        """The page before this one, "" on the first."""
        return self._address(max(0, self.offset - PAGE)) if self.offset else ""

    @property
    def after(self) -> str:
        """The page after this one, "" on the last."""
        return self._address(self.offset + PAGE) if self.offset + PAGE < self.found.total else ""

    def _address(self, offset: int) -> str:
        return url_for("glossary.show", q=self.query or None, offset=offset or None, **self.owner)


@pages.get("/glossary")
def show() -> str:
    """The terms by letter: of the installation, or of the article named."""
    return _page(TermFields())


def _page(fields: TermFields, report: Report | None = None, problem: Problem | None = None) -> str:
    query, article_id = request.args.get("q", "")[:200], request.args.get("article", "")
    offset = max(0, min(request.args.get("offset", 0, type=int), 1 << 31))
    with context().store.read() as tx:
        found = list_terms(tx, query=query, article_id=article_id or None, limit=PAGE, offset=offset)
        title = get_document(tx, article_id, stop=0).title if article_id else ""
    view = GlossaryView(found, query, article_id, title, offset, fields, report, problem)
    return render_template("glossary.html", view=view, targets=TARGETS, source=SOURCE)


def _asked_article() -> str | None:
    return request.args.get("article") or None


@pages.post("/glossary")
def add() -> BaseResponse | tuple[str, int]:
    """Adds a term; what cannot be added is given back with the reason."""
    fields = TermFields.sent()
    try:
        with context().store.begin() as tx:
            add_term(tx, fields.given, article_id=_asked_article(), who=WHO)
    except (TermInvalid, TermKnown) as error:
        return _page(fields, problem=problem_of(error)), error.status
    return _changed(gettext(ADDED), _asked_article())


@pages.get("/glossary/<int:term>")
def edit(term: int) -> str:
    """One term, to be changed or deleted."""
    with context().store.read() as tx:
        found = get_term(tx, term)
        owner = owner_of(tx, found)
    return render_template("term.html", term=found, owner=owner, fields=TermFields.of(found), targets=TARGETS, problem=None)


@pages.post("/glossary/<int:term>")
def change(term: int) -> BaseResponse | tuple[str, int]:
    """Changes a term, or deletes it (`delete`)."""
    fields = TermFields.sent()
    with context().store.read() as tx:
        found = get_term(tx, term)
        owner = owner_of(tx, found)
    try:
        with context().store.begin() as tx:
            if "delete" in request.form:
                delete_term(tx, term)
                return _changed(gettext("The term was deleted."), owner)
            change_term(tx, term, fields.given, who=WHO)
    except (TermInvalid, TermKnown) as error:
        page = render_template("term.html", term=found, owner=owner, fields=fields, targets=TARGETS, problem=problem_of(error))
        return page, error.status
    return _changed(gettext("The term was changed. The sentences that hold it are being checked again."), owner)


def _changed(words: str, article_id: str | None) -> BaseResponse:
    context().wake()
    flash(words)
    return redirect(url_for("glossary.show", article=article_id), 303)


# --- files ------------------------------------------------------------------------------------------------------------


@pages.post("/glossary/import")
def bring() -> str | tuple[str, int]:
    """Takes a CSV or TBX file and says what became of it."""
    try:
        with brought() as (stream, name), context().store.begin() as tx:
            report = import_glossary(
                tx, stream, name, article_id=_asked_article(), replace_known="replace" in request.form, who=WHO
            )
    except (ImportUnreadable, RequestInvalid) as error:
        return _page(TermFields(), problem=problem_of(error)), error.status
    context().wake()
    return _page(TermFields(), report=report)


@pages.get("/glossary/glossary.csv")
def take() -> Response:
    """The terms as a table."""
    with context().store.read() as tx:
        table = export_glossary(tx, article_id=_asked_article())
    response = make_response(table)
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="glossary.csv"'
    return response


# --- from the open sentence -------------------------------------------------------------------------------------------


@pages.post("/articles/<article_id>/sentences/<int:sentence_id>/<target>/glossary")
def add_from_sentence(article_id: str, sentence_id: int, target: str) -> BaseResponse | str:
    """Adds a term from the open sentence, which is checked against it at once; the others follow by the worker."""
    here = Spot(article_id, sentence_id, target)
    with context().store.begin() as tx:
        before = get_revision(tx, article_id)
        _add_here(tx, here)
        recheck_sentence(tx, article_id, sentence_id)
    context().wake()
    return answer(here, Turn(since=before, message=ADDED), drawer="glossary")


def _add_here(tx: Transaction, here: Spot) -> None:
    owner = here.article_id if "here" in request.form else None
    add_term(tx, TermFields.sent().given, article_id=owner, who=WHO)

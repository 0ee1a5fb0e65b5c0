"""New: paste a French article or bring a file; what will be read of it; the question when it is not French; the sample."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from htmx_flask import make_response as make_htmx_response
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import SourceText
from webapp.errors import InputError, LanguageUnclear
from webapp.services.articles import create_article
from webapp.services.drafting import estimate_seconds
from webapp.text.read import read_article
from webapp.text.readers.formats import EXTENSIONS, HTML
from webapp.web.errors import Problem, problem_of
from webapp.web.fragments import context, fragment, wants_fragment
from webapp.web.preview import preview_of

pages: Final = Blueprint("new", __name__)

SAMPLE: Final = Path(__file__).with_name("sample.fr.txt")
MAX_TITLE: Final = 300
PASTED: Final = "page.html"
"""The name of what was pasted from a page, when it is given back as a file."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent with the form. `data` is the file's bytes, the pasted text, or (`pasted`) the HTML of the clipboard."""

    data: bytes | str = ""
    file_name: str | None = None
    title: str = ""
    targets: tuple[str, ...] = ()
    any_language: bool = False
    whole: bool = False
    pasted: bool = False
    pasted_text: str = ""

    @property
    def text(self) -> str:
        """What to put back into the form."""
        return self.data if isinstance(self.data, str) else self.pasted_text


@dataclass(frozen=True, slots=True)
class Form:
    """The form as the page shows it: what was written is always there again."""

    targets: tuple[str, ...]
    chosen: tuple[str, ...]
    text: str = ""
    title: str = ""
    whole: bool = False
    problem: Problem | None = None
    question: bool = False
    limit_bytes: int = field(default=0)
    file_limit_bytes: int = field(default=0)
    endings: str = ",".join(EXTENSIONS)


@pages.get("/articles/new")
def show() -> str:
    """The empty form."""
    return _page(_form(chosen=_offered()))


@pages.get("/articles/new/forecast")
def forecast() -> str:
    """How long it will take: for `words` French words into the targets that are ticked."""
    words = max(0, min(request.args.get("words", 0, type=int), 10**8))
    targets = [target for target in request.args.getlist("targets") if target in _offered()]
    with context().store.read() as tx:
        seconds = estimate_seconds(tx, words, len(targets)) if words and targets else None
    return fragment("_forecast.html", words=words, targets=targets, seconds=seconds)


@pages.post("/articles/new/preview")
def preview() -> str:
    """What would be read of the file or of the pasted page, without storing anything; or why it cannot be read."""
    sent = _submission()
    try:
        source = _read(sent, any_language=True)
    except InputError as error:
        return fragment("_preview.html", preview=None, problem=problem_of(error))
    return fragment("_preview.html", preview=preview_of(source), problem=None)


@pages.post("/articles")
def create() -> BaseResponse:
    """Stores the article and goes to its page; otherwise the form again, with everything in it and what is wrong."""
    sent = _submission()
    try:
        source = _read(sent, any_language=sent.any_language)
    except InputError as error:
        return _refuse(sent, error)
    return _store(source, sent.targets or _offered())


@pages.post("/articles/sample")
def create_sample() -> BaseResponse:
    """Stores the built-in sample."""
    return _store(read_article(sample_text(), max_bytes=1 << 20), _offered())


@cache
def sample_text() -> str:
    """The sample that ships with Quatrain: invented news, our own words."""
    return SAMPLE.read_text("utf-8")


def _offered() -> tuple[str, ...]:
    return context().settings.targets


def _submission() -> Submission:
    file = request.files.get("file")
    named = file is not None and bool(file.filename)
    text = request.form.get("text", "").replace("\r\n", "\n")
    page = request.form.get("html", "")
    data: bytes | str = text
    if file is not None and named:
        data = file.read()
    elif page.strip():
        data = page.encode("utf-8", "replace")
    return Submission(
        data=data,
        file_name=file.filename if file is not None and named else PASTED if isinstance(data, bytes) else None,
        pasted=isinstance(data, bytes) and not named,
        title=request.form.get("title", "").strip()[:MAX_TITLE],
        targets=tuple(target for target in _offered() if target in request.form.getlist("targets")),
        any_language="any_language" in request.form,
        whole="whole" in request.form,
        pasted_text=text,
    )


def _read(sent: Submission, *, any_language: bool) -> SourceText:
    settings = context().settings
    return read_article(
        sent.data,
        title=sent.title or None,
        max_bytes=settings.max_article_bytes,
        max_file_bytes=settings.max_file_bytes,
        file_name=sent.file_name,
        accept_any_language=any_language,
        whole=sent.whole or sent.pasted,  # what somebody marked and copied is what they want
        kind=HTML if sent.pasted else None,
    )


def _store(source: SourceText, targets: tuple[str, ...]) -> BaseResponse:
    with context().store.begin() as tx:
        article_id = create_article(tx, source, targets)
    context().wake()
    address = url_for("article.show", article_id=article_id)
    if wants_fragment():
        answer: BaseResponse = make_htmx_response("", 204, redirect=address)
        return answer
    return redirect(address, 303)


def _refuse(sent: Submission, error: InputError) -> BaseResponse:
    """With htmx the form is still there, so the problem alone is sent; without, the form comes back with the text."""
    problem, question = problem_of(error), isinstance(error, LanguageUnclear)
    if wants_fragment():
        return make_response(fragment("_refusal.html", problem=problem, question=question), problem.status)
    form = _form(
        chosen=sent.targets or _offered(),
        text=_text_back(sent, error),
        title=sent.title,
        whole=sent.whole,
        problem=problem,
        question=question,
    )
    return make_response(_page(form), problem.status)


def _text_back(sent: Submission, error: InputError) -> str:
    """The text of a file too, where it was read: a page cannot put a file back into its field."""
    if sent.text or isinstance(sent.data, str) or not isinstance(error, LanguageUnclear):
        return sent.text
    try:
        return _read(sent, any_language=True).text
    except InputError:
        return ""


def _form(
    *,
    chosen: tuple[str, ...],
    text: str = "",
    title: str = "",
    whole: bool = False,
    problem: Problem | None = None,
    question: bool = False,
) -> Form:
    settings = context().settings
    return Form(
        targets=_offered(),
        chosen=chosen,
        text=text,
        title=title,
        whole=whole,
        problem=problem,
        question=question,
        limit_bytes=settings.max_article_bytes,
        file_limit_bytes=settings.max_file_bytes,
    )


def _page(form: Form) -> str:
    return render_template("new.html", form=form, packages=context().packages.installed())

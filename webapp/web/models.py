"""Models: which packages are installed, how good they are, and the button that brings the official ones."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.domain import InstallView, PackageKind
from webapp.engine.packages import InstalledPackage
from webapp.errors import N_
from webapp.languages import LANGUAGES, PIVOT, SOURCE
from webapp.services.models import install_status, request_install
from webapp.web.errors import Problem, problem_of_job
from webapp.web.fragments import context, fragment, wants_fragment

pages: Final = Blueprint("models", __name__)

KIND_WORDS: Final = {
    PackageKind.OFFICIAL: N_("official model"),
    PackageKind.IMPORTED: N_("imported from a file"),
    PackageKind.STARTER: N_("starter model"),
}
QUALITY: Final = {
    PackageKind.OFFICIAL: N_(
        "Published by the Argos project. Good enough to work from: read every sentence before it is published."
    ),
    PackageKind.IMPORTED: N_("Somebody brought this file; Quatrain cannot know how good it is."),
    PackageKind.STARTER: N_(
        "Ships with Quatrain. Understandable, often clumsy; figures and rare names suffer. To try, not to publish."
    ),
}
STARTER_SCORES: Final = {
    "fr-en": N_("Measured on news it had not seen: BLEU 28.8, chrF 52.2."),
    "en-ru": N_("Measured on news it had not seen: BLEU 10.5, chrF 37.0."),
    "en-ko": N_("Measured on news it had not seen: BLEU 20.0 (by characters), chrF 18.3."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step between two languages, with the package that takes it, or None where there is none yet."""

    source: str
    target: str
    package: InstalledPackage | None
    used_for: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.package.kind if self.package else "absent"

    @property
    def kind_word(self) -> str:
        return gettext(KIND_WORDS[self.package.kind]) if self.package else ""

    @property
    def quality(self) -> str:
        """What to expect of it, and what was measured where something was."""
        if self.package is None:
            return ""
        words = [gettext(QUALITY[self.package.kind])]
        if self.package.kind is PackageKind.STARTER and self.package.pair in STARTER_SCORES:
            words.append(gettext(STARTER_SCORES[self.package.pair]))
        return " ".join(words)


def steps(installed: tuple[InstalledPackage, ...], targets: tuple[str, ...]) -> tuple[Step, ...]:
    """Lists every step the targets need, then what else is installed; each says which versions it writes."""
    by_pair = {package.pair: package for package in installed}
    uses: dict[str, list[str]] = {}
    for target in targets:
        for pair in route(target, frozenset(by_pair)):
            uses.setdefault(pair, []).append(LANGUAGES[target].endonym)
    for package in installed:
        uses.setdefault(package.pair, [])
    return tuple(Step(*pair.split("-"), by_pair.get(pair), tuple(uses[pair])) for pair in uses)  # type: ignore[call-arg,arg-type]


def route(target: str, pairs: frozenset[str]) -> tuple[str, ...]:
    """The pairs from French to a target: the direct one if it is installed, else through English."""
    direct = f"{SOURCE}-{target}"
    return (direct,) if target == PIVOT or direct in pairs else (f"{SOURCE}-{PIVOT}", f"{PIVOT}-{target}")


@pages.get("/models")
def show() -> str:
    """What is installed, what is missing, and how to get better ones."""
    with context().store.read() as tx:
        view = install_status(tx)
    return render_template("models.html", install=view, problem=_problem(view), steps=_steps(), offer=_offer())


@pages.get("/models/install")
def progress() -> BaseResponse | str:
    """How far the installation is; with the list, which changes when it ends."""
    if not wants_fragment():
        return redirect(url_for(".show"), 303)
    with context().store.read() as tx:
        view = install_status(tx)
    return Markup("\n").join(
        (
            fragment("_install.html", view=view, problem=_problem(view), offer=_offer()),
            fragment("_packages.html", steps=_steps(), oob=True),
        )
    )


@pages.post("/models/install")
def install() -> BaseResponse | str:
    """Asks the worker to install the official packages that the configured languages need."""
    with context().store.begin() as tx:
        request_install(tx)
    context().wake()
    return progress()


def _steps() -> tuple[Step, ...]:
    return steps(context().packages.installed(), context().settings.targets)


def _problem(view: InstallView | None) -> Problem | None:
    return problem_of_job(view) if view is not None else None


def _offer() -> bool:
    """Whether there is anything an official package could replace."""
    return any(step.package is None or step.package.kind is not PackageKind.OFFICIAL for step in _steps() if step.used_for)

"""`GET /languages`: what this installation translates, and with which packages."""

from collections.abc import Mapping

from webapp.api import examples
from webapp.api.blueprint import api, context
from webapp.api.schemas import LanguageModel, LanguagesModel, TargetModel
from webapp.domain import Fingerprint
from webapp.exports.document import package_models
from webapp.languages import LANGUAGES, PIVOT, SOURCE, TARGETS


@api.get("/languages")
@api.output(LanguagesModel, description="The source language and the targets.", example=examples.LANGUAGES)
@api.doc(
    summary="List the languages",
    description="`available` says whether the installed packages lead there.",
    tags=["Languages"],
    operation_id="listLanguages",
)
def list_languages() -> LanguagesModel:
    here = context()
    installed = {package.pair: package.fingerprint for package in here.packages.installed()}
    source = LANGUAGES[SOURCE]
    return LanguagesModel(
        source=LanguageModel(code=source.code, name=source.english_name, endonym=source.endonym),
        targets=[
            _target(code, find_route(installed, SOURCE, code), is_default=code in here.settings.targets) for code in TARGETS
        ],
    )


def find_route(installed: Mapping[str, Fingerprint], source: str, target: str) -> tuple[Fingerprint, ...]:
    """The packages from `source` to `target`: one that leads there directly, else two through English, else ()."""
    for pairs in ((f"{source}-{target}",), (f"{source}-{PIVOT}", f"{PIVOT}-{target}")):
        if all(pair in installed for pair in pairs):
            return tuple(installed[pair] for pair in pairs)
    return ()


def _target(code: str, route: tuple[Fingerprint, ...], *, is_default: bool) -> TargetModel:
    language = LANGUAGES[code]
    return TargetModel(
        code=code,
        name=language.english_name,
        endonym=language.endonym,
        default=is_default,
        available=bool(route),
        route=package_models(route),
    )

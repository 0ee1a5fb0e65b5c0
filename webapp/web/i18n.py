"""The language of the interface: which one a reader gets, and the catalogues it is read from.

Catalogues are read from their .po files into memory, once a process and language: nothing is compiled, nothing written.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale

from webapp.languages import LANGUAGES
from webapp.web import formats

INTERFACE: Final = ("fr", "en", "ru", "ko")
FALLBACK: Final = "en"
THEMES: Final = ("auto", "light", "dark")
_SESSION_LANGUAGE: Final = "language"
_SESSION_THEME: Final = "theme"


@cache
def load_catalogue(path: Path, locale: str) -> Translations:
    """Reads a .po file as gettext translations; fuzzy entries count as missing, as msgfmt has it."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


class Catalogues(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """The catalogues under `folder`, as Flask-Babel wants them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._folder = folder

    def get_translations(self) -> NullTranslations:
        """The catalogue of the language this request speaks."""
        language = current_language()
        return load_catalogue(self._folder / language / "LC_MESSAGES" / "messages.po", language)


def choose_language() -> str:
    """The language chosen in the menu, else the best one the browser asks for, else English."""
    if not has_request_context():
        return FALLBACK
    chosen = session.get(_SESSION_LANGUAGE)
    return chosen if chosen in INTERFACE else request.accept_languages.best_match(INTERFACE, FALLBACK)


def current_language() -> str:
    """The code of the interface's language in this request; the fallback outside of one."""
    locale: Locale | None = get_locale()
    return locale.language if locale is not None else FALLBACK


def current_theme() -> str:
    """`light` or `dark` if chosen in the menu, else `auto`: as the system has it."""
    chosen = session.get(_SESSION_THEME)
    return chosen if chosen in THEMES else "auto"


def remember(*, language: str | None, theme: str | None) -> None:
    """Keeps choices from the menu in the session; anything unknown changes nothing."""
    session.permanent = True
    if language in INTERFACE:
        session[_SESSION_LANGUAGE] = language
    if theme in THEMES:
        session[_SESSION_THEME] = theme


def init_app(app: Flask, folder: Path) -> None:
    """Sets up Flask-Babel on our catalogues, and the names and filters that templates use."""
    babel = Babel(app, default_locale=FALLBACK, locale_selector=choose_language)
    babel.__dict__["domain_instance"] = Catalogues(folder)  # a cached property: filled before anyone asks
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, language=current_language)
    app.context_processor(_page_names)


def _page_names() -> dict[str, Any]:
    return {
        "interface_language": current_language(),
        "interface_languages": [LANGUAGES[code] for code in INTERFACE],
        "theme": current_theme(),
    }

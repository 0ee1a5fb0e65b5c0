"""The pages, one file a screen, and what concerns every answer: language, forms, headers, access, errors.

Never here: SQL, the engine's libraries, rules of the product.
"""

from pathlib import Path
from typing import Final

from apiflask import APIFlask
from flask_wtf.csrf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined

from webapp.services.context import Context
from webapp.web import (
    article,
    assets,
    bring,
    errors,
    export,
    files,
    fragments,
    glossary,
    guard,
    home,
    i18n,
    keyboard,
    links,
    login,
    memory,
    models,
    new,
    preferences,
    reading,
    remarks,
    review,
    source,
    versions,
)
from webapp.web.session_key import load_session_key

_SCREENS: Final = (
    home,
    new,
    article,
    bring,
    export,
    review,
    remarks,
    versions,
    source,
    files,
    models,
    memory,
    glossary,
    login,
    preferences,
    keyboard,
    links,
    reading,
)
_SESSION_SECONDS: Final = 90 * 24 * 3600
_BODY_MARGIN_BYTES: Final = 1 << 20


def register(app: APIFlask, context: Context) -> None:
    """Adds the pages, and sets what concerns every answer of the application."""
    _configure(app, context)
    Htmx(app)
    i18n.init_app(app, _beside("translations"))
    assets.init_app(app)
    fragments.init_app(app)
    guard.init_app(app)
    app.extensions["quatrain.csrf"] = CSRFProtect(app)
    errors.init_app(app)
    for screen in _SCREENS:
        app.register_blueprint(screen.pages)


def _configure(app: APIFlask, context: Context) -> None:
    app.template_folder = str(_beside("templates"))
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    # An article over the limit is still read, so that the page can give the text back with the explanation; beyond
    # this many bytes it is not.
    text_limit = 4 * context.settings.max_article_bytes + _BODY_MARGIN_BYTES
    body_limit = max(text_limit, context.settings.max_file_bytes + _BODY_MARGIN_BYTES)
    app.config.update(
        SECRET_KEY=load_session_key(context.settings),
        MAX_CONTENT_LENGTH=body_limit,
        MAX_FORM_MEMORY_SIZE=text_limit,
        SESSION_COOKIE_NAME="quatrain_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # a poll under way must not bring back the session of before
        PERMANENT_SESSION_LIFETIME=_SESSION_SECONDS,
        WTF_CSRF_CHECK_DEFAULT=False,  # guard.py checks; the API takes JSON with a token, never a cookie
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over night still works; the token ends with the session
        WTF_CSRF_SSL_STRICT=False,  # guard.py looks at Sec-Fetch-Site instead: referrers get stripped on the way
    )


def _beside(name: str) -> Path:
    """The folder inside the installed package, or at the root of a clone."""
    package = Path(__file__).resolve().parent.parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name

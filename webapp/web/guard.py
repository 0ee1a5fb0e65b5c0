"""What holds for every request before its view runs, and for every answer before it leaves.

The name the server was called by, the access token, forged forms, and the headers that tell browsers what a page may do.
"""

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from htmx_flask import make_response
from werkzeug.wrappers import Response as BaseResponse

from webapp.errors import AccessDenied, CrossSiteRefused, HostRefused
from webapp.services.access import mark_is_valid, token_is_valid
from webapp.web.fragments import context, wants_fragment

SESSION_MARK: Final = "access"
LIBRE: Final = "libretranslate"
"""The routes at the root of the server that LibreTranslate clients call, see `webapp.api.libretranslate`."""
HEALTH: Final = frozenset({"/healthz", "/readyz"})
_OPEN_ENDPOINTS: Final = frozenset({"static", "login.show", "login.enter", "preferences.choose"})
LARGE_UPLOADS: Final = frozenset({"memory.bring", "glossary.bring", "export.take_back"})
"""Forms with files of terms or translations, which may be much larger than an article."""
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Puts the checks before every view, in this order, and the headers on every answer."""
    app.before_request(check_host)
    app.before_request(check_site)
    app.before_request(check_access)
    app.before_request(check_form)
    app.after_request(add_headers)


def host_name(host: str) -> str:
    """The name in a Host header, lower case, without port, brackets or final dot; "" if it cannot be one."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def check_host() -> None:
    """Refuses names nobody gave this server (a page elsewhere that rebinds its name to 127.0.0.1, for one)."""
    if request.path in HEALTH:  # asked by address, from machines that watch this one
        return
    given = request.environ.get("HTTP_HOST", "")
    allowed = {name.lower().strip("[]") for name in context().settings.allowed_hosts}
    if host_name(given) not in allowed:
        raise HostRefused(host=given)


def check_site() -> None:
    """Refuses what another site sends on a reader's behalf; browsers say so themselves in Sec-Fetch-Site."""
    if request.blueprint == LIBRE:  # lets pages of other sites in that have a key, and looks for itself
        return
    if request.method not in _SAFE_METHODS and request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise CrossSiteRefused


def check_access() -> BaseResponse | None:
    """Lets in who gave the access token, in this session or as a bearer; the API looks for itself."""
    expected = context().settings.access_token
    if expected is None or request.endpoint in _OPEN_ENDPOINTS or request.path in HEALTH or is_api():
        return None
    if mark_is_valid(session.get(SESSION_MARK), expected):
        return None
    given = request.authorization
    if given is not None and given.type == "bearer" and token_is_valid(given.token or "", expected):
        return None
    return _ask_for_token()


def _ask_for_token() -> BaseResponse:
    if wants_fragment():
        answer: BaseResponse = make_response("", 401, redirect=url_for("login.show"))
        return answer
    if request.method != "GET":
        raise AccessDenied
    return redirect(url_for("login.show", next=request.full_path.rstrip("?")), 303)


def check_form() -> None:
    """Refuses a form that did not come from one of our pages."""
    if request.endpoint in LARGE_UPLOADS:
        request.max_content_length = context().settings.max_import_bytes
    if not is_api():
        csrf: CSRFProtect = current_app.extensions["csrf"]
        csrf.protect()


def is_api() -> bool:
    """Whether this request is the API's business."""
    return request.path.startswith("/api/") or request.blueprint == LIBRE


def add_headers(response: Response) -> Response:
    """Adds the security headers that the view did not set itself; pages are private and asked for anew."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if not is_api():
            response.vary.update(("HX-Request", "Cookie", "Accept-Language"))
    return response

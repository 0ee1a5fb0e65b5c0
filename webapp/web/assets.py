"""Addresses of the static files: each carries a piece of its hash, so that browsers may keep it for good."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, request, url_for

HTMX: Final = "vendor/htmx-2.0.11.min.js"
STATIC: Final = Path(__file__).resolve().parent.parent / "static"
_KEEP_SECONDS: Final = 365 * 24 * 3600


@cache
def fingerprint(name: str) -> str:
    """The first ten hex digits of the file's SHA-256, read once a process."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file, changing with its content."""
    return url_for("static", filename=name, v=fingerprint(name))


def init_app(app: Flask) -> None:
    """Offers `asset` to the templates and lets browsers keep what it names."""
    app.jinja_env.globals.update(asset=asset, htmx_file=HTMX)
    app.after_request(_keep_static)


def _keep_static(response: Response) -> Response:
    if request.endpoint == "static" and request.args.get("v") and response.status_code == 200:
        response.cache_control.no_cache = None
        response.cache_control.max_age = _KEEP_SECONDS
        response.cache_control.public = True
        response.cache_control.immutable = True
    return response

"""What holds for every route that LibreTranslate clients call: the key among the fields, errors in their words, other origins.

Lives here: the blueprint, and what happens before and after its views. Never here: a route.
"""

import logging
import secrets
from typing import Any, Final

from apiflask import APIBlueprint
from flask import Response, g, json, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from webapp.api.access import identify, is_guarded
from webapp.api.bodies import drain
from webapp.api.libre_reading import Refused, fields
from webapp.api.limits import too_many
from webapp.errors import AccessDenied, CrossSiteRefused, InputError, KeyRefused, QuatrainError, ScopeMissing
from webapp.services.keys import Scope

_log = logging.getLogger(__name__)

libre: Final = APIBlueprint("libretranslate", __name__, enable_openapi=False)

_GUARDED: Final = frozenset({"translate", "detect", "suggest", "translate_file"})
_CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Max-Age": "1728000",
}
NO_KEY: Final = "Please contact the server operator to get an API key"


def check_caller() -> Response | None:
    """Finds out who calls, before anything else is looked at; the key comes with the fields."""
    if request.blueprint != libre.name or request.method == "OPTIONS":
        return None
    name = (request.endpoint or "").removeprefix(f"{libre.name}.")
    if name not in _GUARDED:
        return None
    try:
        g.quatrain_caller = found = identify(_api_key())
        found.check(Scope.TRANSLATE)
        _check_site()
    except (QuatrainError, Refused) as error:
        return _answer(error)
    return None


def _check_site() -> None:
    """Lets pages of other sites in that have a key; where none is needed, any page could make this machine work."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site" and not is_guarded():
        raise CrossSiteRefused


def _api_key() -> str | None:
    given = request.authorization
    if given is not None and given.type == "bearer" and given.token:
        return given.token
    values = fields() if request.mimetype != "multipart/form-data" else request.form
    key = values.get("api_key")
    return key if isinstance(key, str) and key else None


def _answer(error: Exception) -> Response:
    """Every error as `{"error": …}`, in a status that clients do not take for something else."""
    status, headers = 500, {}
    match error:
        case Refused():
            words, status = str(error), error.status
        case KeyRefused():
            words, status = "Invalid API key", 403
        case AccessDenied():
            words, status = NO_KEY, 400
        case ScopeMissing():
            words, status = str(error), 403
        case RequestEntityTooLarge():
            words, status = "Invalid request: the request is too large", 413
            drain()
        case HTTPException(code=429):
            reached = too_many(error)
            words, status = f"Slowdown: {reached.data['limit']}", 429
            headers["Retry-After"] = str(reached.data["retry_after"])
        case InputError():
            words, status = str(error), 400
        case HTTPException():
            words, status = error.description or error.name, error.code or 500
        case QuatrainError():
            words, status = str(error), error.status
        case _:
            reference = secrets.token_hex(4)
            _log.error("unexpected error, reference %s", reference, exc_info=error)
            words = f"Something unexpected happened; the log of the server has it as {reference}"
    if status == 503:
        headers["Retry-After"] = "5"
    return answer_json({"error": words}, status, headers)


def answer_json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answers with JSON."""
    return Response(json.dumps(body) + "\n", status, headers, mimetype="application/json")


@libre.after_request
def allow_other_origins(response: Response) -> Response:
    """Lets pages of any origin read the answers: they hold nothing that is stored here."""
    response.headers.update(_CORS)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


for _kind in (Exception, Refused, QuatrainError, HTTPException):
    libre.register_error_handler(_kind, _answer)

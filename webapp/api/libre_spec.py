"""The contract at the root of the server as Swagger 2.0, which is what `/spec` has always been."""

from typing import Any, Final

_ERROR: Final = {"type": "object", "properties": {"error": {"type": "string"}}}
_TEXT: Final = {"type": "string"}
_CODE: Final = {"type": "string", "example": "fr"}


def _field(name: str, about: str, *, required: bool = True, kind: str = "string", place: str = "formData") -> dict[str, Any]:
    return {"name": name, "in": place, "type": kind, "required": required, "description": about}


def _answers(description: str, schema: dict[str, Any], *errors: int) -> dict[str, Any]:
    found: dict[str, Any] = {"200": {"description": description, "schema": schema}}
    for status in errors:
        found[str(status)] = {"description": _ERRORS[status], "schema": _ERROR}
    return found


_ERRORS: Final = {
    400: "The request cannot be taken",
    403: "The API key is unknown, or may not do this",
    429: "Too much at once",
    500: "The translation failed",
}
_KEY: Final = _field("api_key", "API key, where one is needed", required=False)
_DETECTED: Final = {"type": "object", "properties": {"confidence": {"type": "number"}, "language": _CODE}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _post(summary: str, fields: list[dict[str, Any]], answers: dict[str, Any], *, consumes: str = "") -> dict[str, Any]:
    kinds = [consumes] if consumes else ["application/json", "application/x-www-form-urlencoded"]
    return {"post": {"summary": summary, "tags": ["translate"], "consumes": kinds, "parameters": fields, "responses": answers}}


def _get(summary: str, answers: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"summary": summary, "tags": ["translate"], "responses": answers}}


SPEC: Final[dict[str, Any]] = {
    "swagger": "2.0",
    "info": {
        "title": "Quatrain, in LibreTranslate's words",
        "version": "1.9.6",
        "description": "The routes that LibreTranslate clients call. Quatrain's own API, which says more, is at /api/v1/docs.",
    },
    "basePath": "/",
    "produces": ["application/json"],
    "paths": {
        "/languages": _get("List the languages", _answers("Languages", {"type": "array", "items": {"type": "object"}})),
        "/translate": _post(
            "Translate a text, or (JSON) a list of texts",
            [
                _field("q", "Text; in JSON also a list of texts"),
                _field("source", "Language code, or auto"),
                _field("target", "Language code"),
                _field("format", "text or html", required=False),
                _field("alternatives", "How many other translations", required=False, kind="integer"),
                _KEY,
            ],
            _answers("Translated", _object(translatedText=_TEXT), 400, 403, 429, 500),
        ),
        "/detect": _post(
            "Tell the language of a text",
            [_field("q", "Text"), _KEY],
            _answers("The likeliest first", {"type": "array", "items": _DETECTED}, 400, 403, 429),
        ),
        "/translate_file": _post(
            "Translate a file",
            [
                _field("file", "The file", kind="file"),
                _field("source", "Language code, or auto"),
                _field("target", "Language code"),
                _KEY,
            ],
            _answers("Where to fetch it", _object(translatedFileUrl=_TEXT), 400, 403, 429, 500),
            consumes="multipart/form-data",
        ),
        "/suggest": _post(
            "Send a better translation",
            [
                _field("q", "The text"),
                _field("s", "The better translation"),
                _field("source", "Language code"),
                _field("target", "Language code"),
            ],
            _answers("Kept for the reviewers", _object(success={"type": "boolean"}), 400, 403, 429),
        ),
        "/frontend/settings": _get("What this server offers", _answers("Settings", {"type": "object"})),
        "/health": _get("Is the server alive?", _answers("It is", _object(status=_TEXT))),
    },
}

"""The OpenAPI 3.1 document: APIFlask makes it from the routes; here it gets what all operations share."""

from typing import Any, Final

from apiflask import APIFlask

from webapp.api.blueprint import PREFIX
from webapp.api.problems import problems

DESCRIPTION: Final = (
    "French articles in English, Russian and Korean, translated offline and aligned sentence by sentence.\n\n"
    "Bodies are JSON in UTF-8. Errors are problem+json (RFC 9457): `type` is stable and meant for programs. Where the server "
    "has an access token, send it as `Authorization: Bearer …`. New members may appear in any answer; ignore the unknown."
)

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong, why, and what to do now. Further members carry the data of the error.",
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": True,
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Stable; one word a cause.",
            "examples": ["no-route"],
        },
        "title": {"type": "string", "description": "The same for every problem of this type."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened this time, and what to do."},
    },
}

TAGS: Final = [
    {"name": "Translation", "description": "In one request."},
    {"name": "Articles", "description": "What is stored."},
    {"name": "Languages", "description": "What can be translated."},
    {"name": "Health", "description": "For whatever watches over the server."},
]


def configure_spec(app: APIFlask) -> None:
    """Tells APIFlask what to write and what to leave out."""
    app.title, app.version = "Quatrain", "1"
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        DESCRIPTION=DESCRIPTION,
        TAGS=TAGS,
        LICENSE={"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        SERVERS=[{"url": "/"}],
        SECURITY_SCHEMES={"token": {"type": "http", "scheme": "bearer", "description": "QUATRAIN_ACCESS_TOKEN, if set."}},
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
    )
    app.spec_processor(_finish)  # type: ignore[arg-type]  # we ask for JSON, so it is a dict


def _finish(spec: dict[str, Any]) -> dict[str, Any]:
    """Keeps the API's own paths and adds the answers that every operation shares."""
    spec["paths"] = {
        path: item for path, item in spec["paths"].items() if path.startswith(PREFIX) or path in {"/healthz", "/readyz"}
    }
    spec["components"]["schemas"]["Problem"] = PROBLEM
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            _name_examples(operation)
            if path.startswith(PREFIX):
                _add_shared(operation, has_body=method == "post")
    return spec


def _name_examples(operation: dict[str, Any]) -> None:
    """Writes `example` as a named one: RapiDoc stumbles over a nameless example in which a member is null."""
    for response in operation["responses"].values():
        for content in response.get("content", {}).values():
            if "example" in content:
                content["examples"] = {"example": {"summary": response["description"], "value": content.pop("example")}}


def _add_shared(operation: dict[str, Any], *, has_body: bool) -> None:
    operation["security"] = [{}, {"token": []}]
    shared = problems("access-denied", *(["media-type-unsupported"] if has_body else []), "unexpected")
    for status, response in shared.items():
        operation["responses"].setdefault(str(status), response)
    if has_body:
        operation["requestBody"]["required"] = True
    operation["responses"] = dict(sorted(operation["responses"].items()))

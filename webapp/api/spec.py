"""The OpenAPI 3.1 document: APIFlask makes it from the routes; here it gets what all operations share."""

from typing import Any, Final

from apiflask import APIFlask
from flask import current_app

from webapp.api.access import scope_of
from webapp.api.blueprint import PREFIX
from webapp.api.problems import MEDIA_TYPE, problems

DESCRIPTION: Final = (
    "French articles in English, Russian and Korean, translated offline and aligned sentence by sentence.\n\n"
    "Bodies are JSON in UTF-8. Errors are problem+json (RFC 9457): `type` is stable and meant for programs. Where the server "
    "has an access token or API keys, send one as `Authorization: Bearer …`. New members may appear in any answer; "
    "ignore the unknown."
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
    {"name": "Jobs", "description": "The drafting of an article."},
    {"name": "Versions", "description": "An article in one language, sentence by sentence."},
    {"name": "Review", "description": "Edited, approved, undone."},
    {"name": "Machine", "description": "What else the machine could say."},
    {"name": "Comments", "description": "Remarks of people."},
    {"name": "Findings", "description": "What the quality checks report."},
    {"name": "Memory", "description": "Approved sentences, for the next time."},
    {"name": "Glossary", "description": "What terms are to be."},
    {"name": "Source", "description": "The French, corrected."},
    {"name": "Models", "description": "The Argos packages."},
    {"name": "Webhooks", "description": "Telling other programs what happened."},
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
        SECURITY_SCHEMES={
            "token": {"type": "http", "scheme": "bearer", "description": "An API key, or QUATRAIN_ACCESS_TOKEN, if set."}
        },
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
    scopes, own = _marks(current_app)  # type: ignore[arg-type]  # ours
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            _name_examples(operation)
            if path.startswith(PREFIX):
                name = operation["operationId"]
                _add_own(operation, own[name])
                _add_shared(method, operation)
                about = operation.get("description") or f"{operation['summary']}."
                operation["description"] = f"{about}\n\nAn API key needs the scope `{scopes[name]}`."
    _share_examples(spec)
    return spec


def _name_examples(operation: dict[str, Any]) -> None:
    """Writes `example` as a named one: RapiDoc stumbles over a nameless example in which a member is null."""
    named = [(response["description"], response) for response in operation["responses"].values()]
    if "requestBody" in operation:
        named.append((operation["summary"], operation["requestBody"]))
    for summary, holder in named:
        for content in holder.get("content", {}).values():
            if content.get("schema", {}).get("format") == "binary":
                content.setdefault("example", "(the bytes of the file)")
            if "example" in content:
                content["examples"] = {"example": {"summary": summary, "value": content.pop("example")}}


def _add_shared(method: str, operation: dict[str, Any]) -> None:
    """Adds what every operation may answer, and which scope a key needs for it."""
    operation["security"] = [{}, {"token": []}]
    has_body = "requestBody" in operation
    slugs = ["access-denied", "key-refused", "scope-missing", "cross-site-refused", "page-not-found", "too-many-requests"]
    slugs += ["unexpected", "database-unavailable", "host-refused"]
    slugs += ["media-type-unsupported"] if method in {"post", "put", "patch"} else []
    slugs += ["article-too-large"] if has_body else []
    for status, response in problems(*slugs).items():
        _merge(operation["responses"], str(status), response)
    if method == "get":
        operation["responses"].setdefault("304", {"description": "Nothing has changed since the ETag in `If-None-Match`."})
    if has_body:
        operation["requestBody"]["required"] = True
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _share_examples(spec: dict[str, Any]) -> None:
    """Keeps every example of a problem once: there are a dozen for each operation, and always the same."""
    shared = spec["components"].setdefault("examples", {})
    for item in spec["paths"].values():
        for operation in item.values():
            for response in operation["responses"].values():
                problems_here = response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {})
                for slug, example in problems_here.items():
                    shared[slug] = example
                    problems_here[slug] = {"$ref": f"#/components/examples/{slug}"}


def _merge(responses: dict[str, Any], status: str, response: dict[str, Any]) -> None:
    """Adds the examples of a shared problem to those that the operation has for the same status."""
    known = responses.setdefault(status, response)
    for media_type, content in response["content"].items():
        known.setdefault("content", {}).setdefault(media_type, content)["examples"] |= content["examples"]


def _add_own(operation: dict[str, Any], own: dict[str, Any]) -> None:
    """Adds what a view was marked with."""
    operation.setdefault("parameters", []).extend(own.get("parameters", ()))
    if "requestBody" in own:
        operation["requestBody"] = own["requestBody"]


def _marks(app: APIFlask) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """The scope of every operation and what its view was marked with, by operationId."""
    scopes, own = {}, {}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        name = getattr(view, "_spec", {}).get("operation_id")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if name is not None:
                scopes[name] = scope_of(rule.endpoint, method).value
                own[name] = getattr(view, "quatrain_description", {})
    return scopes, own

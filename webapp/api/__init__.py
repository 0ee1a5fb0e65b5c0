"""The JSON endpoints, one file a resource.

Never here: SQL, the engine's libraries, rules of the product.
"""

from apiflask import APIFlask

from webapp.api import (  # noqa: F401  (each adds its routes to the blueprint)
    align,
    articles,
    bringing,
    comments,
    docs,
    exports,
    files,
    findings,
    glossary,
    health,
    jobs,
    languages,
    libre_guard,
    libretranslate,
    limits,
    memory,
    models,
    rephrasing,
    replacing,
    returning,
    sources,
    translate,
    translations,
    uploads,
    versions,
    webhooks,
)
from webapp.api.answers import Answers
from webapp.api.blueprint import api
from webapp.api.guard import check_request
from webapp.api.health import health_pages
from webapp.api.problems import handle_errors
from webapp.api.spec import configure_spec
from webapp.services.context import Context

handle_errors(api)
handle_errors(health_pages)


def register(app: APIFlask, context: Context) -> None:
    """Adds /api/v1, /healthz, /readyz and LibreTranslate's routes; every error under /api leaves as problem+json."""
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the order of members is part of what people read
    app.extensions["quatrain.waiting"] = translate.waiting_places(context.settings)
    app.extensions["quatrain.event_places"] = jobs.event_places(context.settings.web_threads)
    configure_spec(app)
    app.extensions["quatrain.answers"] = Answers(context.store, places=context.settings.web_threads)
    app.before_request(check_request)
    app.before_request(libre_guard.check_caller)
    limits.init_app(app)
    app.register_blueprint(api)
    app.register_blueprint(health_pages)
    app.register_blueprint(libre_guard.libre)

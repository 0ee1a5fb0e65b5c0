"""LibreTranslate's contract at the root of the server, for the clients that speak it: `/translate`, `/detect`, `/languages`, …

Lives here: its routes, its errors, its headers. Never here: our own API, which says more.
"""

import logging
import re
from typing import Any, Final

from flask import Response, current_app, request, url_for

from webapp.api import libre_files
from webapp.api.access import is_guarded, who
from webapp.api.answers import Answers
from webapp.api.blueprint import context
from webapp.api.libre_guard import answer_json, libre
from webapp.api.libre_reading import (
    Refused,
    alternatives_of,
    char_limit,
    check_sizes,
    code_of,
    code_outside,
    fields,
    language_name,
    offer,
    required,
    texts_of,
)
from webapp.api.libre_spec import SPEC
from webapp.languages import SOURCE
from webapp.services.requests import Answer, Question
from webapp.services.suggestions import suggest as store_suggestion
from webapp.text.candidates import Candidate, rank_languages

_log = logging.getLogger(__name__)


_LETTERS: Final = re.compile(r"[^\W\d_]")
_NOTHING: Final = Candidate("en", 0.0)


@libre.get("/languages")
def languages() -> Response:
    """Lists the languages and where the installed packages lead from each."""
    found = [
        {"code": code_outside(code), "name": language_name(code), "targets": [code_outside(target) for target in targets]}
        for code, targets in offer().targets.items()
    ]
    return answer_json(found)


@libre.post("/translate")
def translate() -> Response:
    """Translates a text or a list of texts."""
    values = fields()
    texts, is_list = texts_of(required(values, "q"))
    source, target = code_of(required(values, "source")), code_of(required(values, "target"))
    alternatives = alternatives_of(values)
    check_sizes(texts)
    form = values.get("format") or "text"
    if _is_probe(texts, source, target):
        return answer_json({"translatedText": texts if is_list else texts[0]})
    routes = offer()
    detected = None
    if source == "auto":
        detected = _detected("\n".join(texts))
        source = detected.language
    for code in (source, target):
        routes.check(code)
    if form not in {"text", "html"}:
        raise Refused(f"{form} format is not supported")
    if target not in routes.targets[source]:
        raise Refused(_no_way(source, target))
    answer = _translated(Question(tuple(texts), source, target, form == "html", alternatives))
    return answer_json(_body(answer, is_list, detected, alternatives))


def _no_way(source: str, target: str) -> str:
    names = [f"{language_name(code)} ({code_outside(code)})" for code in (target, source)]
    return f"{names[0]} is not available as a target language from {names[1]}"


def _is_probe(texts: list[str], source: str, target: str) -> bool:
    """Weblate asks for exactly this before it saves a server, and would not take one that knows no German."""
    if not context().settings.weblate_probe or (texts, source, target) != (["test"], "en", "de"):
        return False
    _log.info("answered Weblate's probe (“test”, en→de) with the text itself: QUATRAIN_WEBLATE_PROBE is on")
    return True


def _translated(question: Question) -> Answer:
    """Asks the workers for what holds a letter, unless it is in the right language already; the rest comes back as it is."""
    asked = [n for n, text in enumerate(question.texts) if _LETTERS.search(text)]
    if question.source == question.target:
        asked = []
    texts = list(question.texts)
    others: list[tuple[str, ...]] = [()] * len(texts)
    if asked:
        answers: Answers = current_app.extensions["quatrain.answers"]
        small = Question(tuple(texts[n] for n in asked), question.source, question.target, question.html, question.alternatives)
        found = answers.ask(small)
        for n, text in zip(asked, found.texts, strict=True):
            texts[n] = text
        for n, those in zip(asked, found.alternatives, strict=False):
            others[n] = those
    return Answer(tuple(texts), tuple(others))


def _body(answer: Answer, is_list: bool, detected: Candidate | None, alternatives: int) -> dict[str, Any]:
    body: dict[str, Any] = {"translatedText": list(answer.texts) if is_list else answer.texts[0]}
    if detected is not None:
        said = _confidence(detected)
        body["detectedLanguage"] = [said] * len(answer.texts) if is_list else said
    if alternatives:
        others = [list(those) for those in answer.alternatives]
        body["alternatives"] = others if is_list else others[0]
    return body


@libre.post("/detect")
def detect() -> Response:
    """Tells the language of a text, the likeliest first."""
    texts, _ = texts_of(required(fields(), "q"))
    check_sizes(texts)
    found = rank_languages("\n".join(texts), offer().targets)
    return answer_json([_confidence(one) for one in found or (_NOTHING,)])


def _detected(text: str) -> Candidate:
    return next(iter(rank_languages(text, offer().targets)), _NOTHING)


def _confidence(found: Candidate) -> dict[str, Any]:
    return {"confidence": round(found.confidence * 100, 1), "language": code_outside(found.language)}


@libre.get("/frontend/settings")
def frontend_settings() -> Response:
    """Tells clients what this server offers."""
    target = context().settings.targets[0]
    guarded = is_guarded()
    body = {
        "apiKeys": guarded,
        "charLimit": char_limit(),
        "filesTranslation": True,
        "frontendTimeout": 500,
        "keyRequired": guarded,
        "language": {
            "source": {"code": SOURCE, "name": language_name(SOURCE)},
            "target": {"code": target, "name": language_name(target)},
        },
        "suggestions": True,
        "supportedFilesFormat": libre_files.extensions(),
    }
    return answer_json(body)


@libre.post("/suggest")
def suggest() -> Response:
    """Takes a better translation: reviewers see it beside the text where an article holds that sentence."""
    values = fields()
    q, better = _text(required(values, "q")), _text(required(values, "s"))
    source, target = code_of(required(values, "source")), code_of(required(values, "target"))
    check_sizes([q, better])
    routes = offer()
    for code in (source, target):
        routes.check(code)
    with context().store.begin() as tx:
        store_suggestion(tx, q, better, source=source, target=target, who=who())
    return answer_json({"success": True})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("Invalid request: a text is needed")
    return value


@libre.post("/translate_file")
def translate_file() -> Response:
    """Translates a file; the answer is where to fetch it."""
    file = request.files.get("file")
    if file is None:
        raise Refused("Invalid request: missing file parameter")
    source, target = code_of(required(request.form, "source")), code_of(required(request.form, "target"))
    if not file.filename:
        raise Refused("Invalid request: empty file")
    if not libre_files.is_readable(file.filename):
        raise Refused("Invalid request: file format not supported")
    routes = offer()
    for code in (target,) if source == "auto" else (source, target):
        routes.check(code)
    if source != "auto" and target not in routes.targets[source]:
        raise Refused(_no_way(source, target))
    answers: Answers = current_app.extensions["quatrain.answers"]
    download = libre_files.translate(file.read(), file.filename, "" if source == "auto" else source, target, answers.ask)
    return answer_json({"translatedFileUrl": url_for("libretranslate.download_file", name=download, _external=True)})


@libre.get("/download_file/<string:name>")
def download_file(name: str) -> Response:
    """Gives a translated file, for the short time it is kept; its address is secret enough."""
    found = libre_files.fetch(name)
    if found is None:
        raise Refused("Invalid filename")
    kept, filename = found
    response = Response(kept.content, content_type=kept.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@libre.get("/health")
def health() -> Response:
    """Says that the server answers."""
    return answer_json({"status": "ok"})


@libre.get("/spec")
def spec() -> Response:
    """Describes this contract (Swagger 2.0); /api/v1/openapi.json describes our own."""
    return answer_json(SPEC)

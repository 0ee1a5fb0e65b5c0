"""The examples of the OpenAPI document; a test holds each against its schema."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

TEXT: Final = "Le musée rouvre ses portes. « Nous attendons 3 000 visiteurs », dit sa directrice."
ARTICLE_ID: Final = "01jd8k3v5m9x2w7q4t6z"
ARTICLE_URL: Final = f"/api/v1/articles/{ARTICLE_ID}"

ARTICLE_IN: Final[dict[str, Any]] = {"title": "Réouverture", "text": TEXT, "targets": ["en", "ko"]}
TRANSLATE_IN: Final[dict[str, Any]] = {**ARTICLE_IN, "wait_seconds": 60}
ACCEPTED: Final[dict[str, Any]] = {"id": ARTICLE_ID, "status": "waiting", "url": ARTICLE_URL}
ACCEPTED_RUNNING: Final[dict[str, Any]] = {**ACCEPTED, "status": "running"}

_FR_EN: Final = {"pair": "fr-en", "version": "1.9", "kind": "official", "sha256": "3f" * 32}
_EN_KO: Final = {"pair": "en-ko", "version": "1.1", "kind": "official", "sha256": "a7" * 32}


def _version(text: str, pivot: str | None, confidence: float, links: list[list[float]] | None = None) -> dict[str, Any]:
    return {"text": text, "pivot": pivot, "confidence": confidence, "state": "draft", "origin": "mt", "links": links}


_SENTENCES: Final[list[dict[str, Any]]] = [
    {
        "index": 0,
        "text": "Le musée rouvre ses portes.",
        "versions": {
            "en": _version("The museum is reopening its doors.", None, 0.81, [[0, 2, 0, 3, 0.93], [3, 8, 4, 10, 0.99]]),
            "ko": _version("박물관이 다시 문을 연다.", "The museum is reopening its doors.", 0.64),
        },
    },
    {
        "index": 1,
        "text": "« Nous attendons 3 000 visiteurs », dit sa directrice.",
        "versions": {
            "en": _version("“We expect 3,000 visitors,” says its director.", None, 0.77),
            "ko": _version("“우리는 3,000명의 방문객을 기대합니다.”", "“We expect 3,000 visitors,” says its director.", 0.58),
        },
    },
]

DOCUMENT: Final[dict[str, Any]] = {
    "id": ARTICLE_ID,
    "title": "Réouverture",
    "source": "fr",
    "targets": ["en", "ko"],
    "status": "done",
    "progress": {"done": 4, "total": 4, "seconds_left": None},
    "error": None,
    "revision": 4,
    "created_at": "2026-11-24T08:30:00Z",
    "packages": [_FR_EN, _EN_KO],
    "paragraphs": [
        {
            "index": 0,
            "kind": "body",
            "text": TEXT,
            "language": None,
            "versions": {
                "en": {"text": "The museum is reopening its doors. “We expect 3,000 visitors,” says its director."},
                "ko": {"text": "박물관이 다시 문을 연다. “우리는 3,000명의 방문객을 기대합니다.”"},
            },
            "sentences": _SENTENCES,
        }
    ],
}

ARTICLE_LIST: Final[dict[str, Any]] = {
    "articles": [
        {
            "id": ARTICLE_ID,
            "title": "Réouverture",
            "targets": ["en", "ko"],
            "status": "done",
            "progress": {"done": 4, "total": 4, "seconds_left": None},
            "error": None,
            "versions": {
                "en": {"sentences": 2, "drafted": 2, "approved": 0},
                "ko": {"sentences": 2, "drafted": 2, "approved": 0},
            },
            "words": 12,
            "sentences": 2,
            "created_at": "2026-11-24T08:30:00Z",
            "url": ARTICLE_URL,
        }
    ],
    "total": 1,
    "limit": 50,
    "offset": 0,
}

JOB: Final[dict[str, Any]] = {
    "article_id": ARTICLE_ID,
    "status": "running",
    "progress": {"done": 2, "total": 4, "seconds_left": 1.5},
    "position": 0,
    "error": None,
}
JOB_DONE: Final[dict[str, Any]] = {**JOB, "status": "done", "progress": {"done": 4, "total": 4, "seconds_left": None}}
JOB_CANCELLED: Final[dict[str, Any]] = {**JOB, "status": "cancelled", "progress": {"done": 2, "total": 4, "seconds_left": None}}

INSTALL: Final[dict[str, Any]] = {
    "status": "running",
    "pair": "en-ko",
    "bytes_done": 52_428_800,
    "bytes_total": 104_857_600,
    "error": None,
}
MODELS: Final[dict[str, Any]] = {
    "installed": [
        {**_FR_EN, "source": "fr", "target": "en", "size_bytes": 104_857_600, "installed_at": "2026-11-24T08:00:00Z"},
    ],
    "missing": ["en-ko"],
    "install": INSTALL,
}

WEBHOOK_IN: Final[dict[str, Any]] = {
    "url": "https://cms.example/hooks/quatrain",
    "events": ["article.drafted", "version.approved"],
}
WEBHOOK: Final[dict[str, Any]] = {"id": 1, **WEBHOOK_IN, "created_at": "2026-11-24T08:30:00Z"}
NEW_WEBHOOK: Final[dict[str, Any]] = {**WEBHOOK, "secret": "5e" * 32}
WEBHOOKS: Final[dict[str, Any]] = {"webhooks": [WEBHOOK]}
DELIVERIES: Final[dict[str, Any]] = {
    "deliveries": [
        {
            "id": 12,
            "webhook_id": 1,
            "event": "article.drafted",
            "status": "waiting",
            "attempts": 1,
            "created_at": "2026-11-24T08:31:00Z",
            "finished_at": None,
            "next_at": "2026-11-24T08:31:10Z",
            "last_status": 502,
            "last_error": "the receiver answered 502",
        }
    ],
    "total": 1,
    "limit": 50,
    "offset": 0,
}

LANGUAGES: Final[dict[str, Any]] = {
    "source": {"code": "fr", "name": "French", "endonym": "Français"},
    "targets": [
        {"code": "en", "name": "English", "endonym": "English", "default": True, "available": True, "route": [_FR_EN]},
        {"code": "ko", "name": "Korean", "endonym": "한국어", "default": True, "available": True, "route": [_FR_EN, _EN_KO]},
    ],
}

_READY_CHECKS: Final[dict[str, Any]] = {
    "database": {"ok": True, "detail": "answers"},
    "packages": {"ok": True, "detail": "en-ko, en-ru, fr-en"},
    "worker": {"ok": True, "detail": "heard of lately: 1"},
}
READY: Final[dict[str, Any]] = {"ready": True, "checks": _READY_CHECKS}
NOT_READY: Final[dict[str, Any]] = {
    "ready": False,
    "checks": {**_READY_CHECKS, "worker": {"ok": False, "detail": "no worker has been heard of lately: quatrain worker"}},
}


def named(example: Mapping[str, Any]) -> dict[str, Any]:
    """The full request and the shortest one, as OpenAPI names them."""
    return {
        "full": {"summary": "With everything", "value": dict(example)},
        "short": {"summary": "The text alone", "value": {"text": example["text"]}},
    }


def response(status: int, description: str, schema: str | type[BaseModel], example: Mapping[str, Any]) -> dict[int | str, Any]:
    """A further answer of an operation, as OpenAPI writes it; `schema` is the name of a component, or a model of its own."""
    shape = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema.model_json_schema()
    content = {"schema": shape, "example": dict(example)}
    return {status: {"description": description, "content": {"application/json": content}}}

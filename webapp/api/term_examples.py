"""The examples of the memory and the glossary in the OpenAPI document; a test holds each against its schema."""

from typing import Any, Final

from webapp.api.examples import ARTICLE_ID

ENTRY: Final[dict[str, Any]] = {
    "id": 7,
    "source": "Le musée rouvre ses portes.",
    "target": "en",
    "text": "The museum is reopening.",
    "previous": "",
    "following": "« Nous attendons 3 000 visiteurs », dit sa directrice.",
    "origin": "article",
    "name": "Réouverture",
    "article": ARTICLE_ID,
    "approved": True,
    "who": "anne",
    "at": "2026-11-24T09:30:00Z",
}
MATCHES: Final[dict[str, Any]] = {"matches": [{"percent": 100, "same_figures": True, "entry": ENTRY}]}
MEMORY: Final[dict[str, Any]] = {"sentences": 1, "by_target": {"en": 1}, "entries": [ENTRY], "more": False}
MEMORY_REPORT: Final[dict[str, Any]] = {
    "name": "news.tmx",
    "read": 1200,
    "added": 1187,
    "changed": 0,
    "known": 9,
    "left": [{"reason": "no-french", "count": 4, "first": [12, 13, 480, 481]}],
}
TERM_IN: Final[dict[str, Any]] = {
    "source": "préfet",
    "policy": "translate",
    "targets": {"en": ["prefect"], "ru": ["префект"], "ko": ["도지사", "지사"]},
    "note": "The State’s representative in a département.",
    "match_case": False,
}
TERM: Final[dict[str, Any]] = {"id": 3, **TERM_IN, "who": "anne", "at": "2026-11-24T09:30:00Z"}
TERMS: Final[dict[str, Any]] = {"terms": [TERM], "total": 1, "limit": 50, "offset": 0}
GLOSSARY_REPORT: Final[dict[str, Any]] = {**MEMORY_REPORT, "name": "terms.csv", "left": []}
TMX: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">…'
CSV: Final = "fr,policy,case,note,en,ru,ko\npréfet,translate,no,,prefect,префект,도지사 | 지사\n"

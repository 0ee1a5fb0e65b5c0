"""A small article with every peculiarity that the formats must carry, and the JSON it has to become."""

from datetime import UTC, datetime
from typing import Any, Final

from webapp.domain import (
    UNTRANSLATED,
    Document,
    DocumentParagraph,
    DocumentSentence,
    Fingerprint,
    JobStatus,
    JobView,
    Origin,
    PackageKind,
    ParagraphKind,
    State,
    Translation,
)

FR_EN: Final = Fingerprint("fr-en", "1.9", PackageKind.OFFICIAL, "3f" * 32)
EN_KO: Final = Fingerprint("en-ko", "0.1", PackageKind.STARTER, "a7" * 32)
FAILED: Final = JobView(JobStatus.FAILED, 3, 4, error="no-route", detail="No package leads to Korean.")


def draft(text: str, pivot: str | None = None) -> Translation:
    """A machine's draft; its confidence is a figure that JSON writes exactly."""
    return Translation(text, State.DRAFT, Origin.MT, pivot, 0.75, 1)


def sample() -> Document:
    """A heading and a paragraph whose second version is not drafted yet; the title tries to be HTML."""
    heading = DocumentParagraph(
        0,
        ParagraphKind.HEADING,
        (
            DocumentSentence(
                0,
                "Le musée rouvre.",
                "",
                {"en": draft("The museum reopens."), "ko": draft("박물관이 다시 문을 연다.", "The museum reopens.")},
                1,
            ),
        ),
        "\n\n",
    )
    body = DocumentParagraph(
        1,
        ParagraphKind.BODY,
        (
            DocumentSentence(
                0, "« 3\u202f000 visiteurs <b>demain</b> »", " ", {"en": draft("“3,000 <b>visitors</b>”"), "ko": UNTRANSLATED}, 2
            ),
            DocumentSentence(1, "Fin & suite.", "", {"en": draft("End & more."), "ko": UNTRANSLATED}, 3),
        ),
    )
    return Document(
        id="a1",
        title="Musée </title><script>alert(1)</script>",
        source="fr",
        targets=("en", "ko"),
        job=JobView(JobStatus.RUNNING, 4, 6, seconds_left=2.5),
        packages=(FR_EN, EN_KO),
        paragraphs=(heading, body),
        paragraph_count=2,
        sentence_count=3,
        word_count=9,
        revision=7,
        created_at=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    )


def _draft(text: str, pivot: str | None = None) -> dict[str, Any]:
    return {"text": text, "pivot": pivot, "confidence": 0.75, "state": "draft", "origin": "mt", "links": None}


_NOTHING: Final = {"text": "", "pivot": None, "confidence": None, "state": "untranslated", "origin": None, "links": None}

ARTICLE: Final[dict[str, Any]] = {
    "id": "a1",
    "title": "Musée </title><script>alert(1)</script>",
    "source": "fr",
    "targets": ["en", "ko"],
    "status": "running",
    "progress": {"done": 4, "total": 6, "seconds_left": 2.5},
    "error": None,
    "revision": 7,
    "created_at": "2026-11-24T08:30:00Z",
    "packages": [
        {"pair": "fr-en", "version": "1.9", "kind": "official", "sha256": "3f" * 32},
        {"pair": "en-ko", "version": "0.1", "kind": "starter", "sha256": "a7" * 32},
    ],
    "paragraphs": [
        {
            "index": 0,
            "kind": "heading",
            "text": "Le musée rouvre.",
            "language": None,
            "versions": {"en": {"text": "The museum reopens."}, "ko": {"text": "박물관이 다시 문을 연다."}},
            "sentences": [
                {
                    "index": 0,
                    "text": "Le musée rouvre.",
                    "versions": {
                        "en": _draft("The museum reopens."),
                        "ko": _draft("박물관이 다시 문을 연다.", "The museum reopens."),
                    },
                }
            ],
        },
        {
            "index": 1,
            "kind": "body",
            "text": "« 3\u202f000 visiteurs <b>demain</b> » Fin & suite.",
            "language": None,
            "versions": {"en": {"text": "“3,000 <b>visitors</b>” End & more."}, "ko": {"text": ""}},
            "sentences": [
                {
                    "index": 0,
                    "text": "« 3\u202f000 visiteurs <b>demain</b> »",
                    "versions": {"en": _draft("“3,000 <b>visitors</b>”"), "ko": _NOTHING},
                },
                {"index": 1, "text": "Fin & suite.", "versions": {"en": _draft("End & more."), "ko": _NOTHING}},
            ],
        },
    ],
}

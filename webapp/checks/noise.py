"""Nothing of the films and web pages that engines learn from."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.tables.listed import one_of
from webapp.checks.tables.noise_words import CREDITS, STAGE_DIRECTIONS
from webapp.errors import N_

_NOISE: Final = re.compile(rf"[♪♫♬]+|[\[(](?:{one_of(STAGE_DIRECTIONS)})[\])]|(?<![^\W_])(?:{one_of(CREDITS)})", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"”»)]{1,500}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.IGNORECASE)


class Noise(Check):
    """Subtitle marks, credits and addresses that the French does not have."""

    slug = "noise"
    severity = Severity.ERROR
    title = N_("Subtitle noise")
    message = N_("“%(noise)s” comes from subtitles or web pages, not from the French.")

    good = (
        Example("en", "Il chante.", "He sings."),
        Example("ru", "Il chante.", "Он поёт."),
        Example("ko", "Il chante.", "그는 노래한다."),
    )
    bad = (
        Example("en", "Merci.", "Thank you. (applause)", ("(applause)",)),
        Example("ru", "Merci.", "Спасибо. Субтитры сделал DimaTorzok", ("Субтитры сделал",)),
        Example(
            "ko",
            "Merci.",
            "♪ 고맙습니다 ♪",
            (
                "♪",
                "♪",
            ),
        ),
        Example("en", "Merci.", "Thank you. www.example.com", ("www.example.com",)),
    )
    ignored = (
        Example("en", "Voir www.lemonde.fr", "See www.lemonde.fr"),
        Example("ru", "♪ La la ♪", "♪ Ля-ля ♪"),
        Example("ko", "Écrire à presse@mairie.fr", "문의: presse@mairie.fr"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        found = [match for match in _NOISE.finditer(text.target) if not _NOISE.search(text.source)]
        found += [
            match for match in _ADDRESS.finditer(text.target) if match.group().lower().rstrip(".,") not in text.source.lower()
        ]
        if found:
            spans = sorted(match.span() for match in found)
            yield self.finding(spans=spans, noise=text.target[spans[0][0] : spans[0][1]])

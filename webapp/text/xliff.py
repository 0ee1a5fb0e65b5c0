"""XLIFF 1.2 and 2.x, as translation tools give them back: every segment with its id, its texts and how far its review has come.

Inline codes are left out, their text kept; what stands in `alt-trans` is a proposal and no translation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from webapp.text.xml_stream import XmlReader, base_language

LONGEST: Final = 100_000
"""Code points of a segment; longer ones are no sentences."""
_VERSION: Final = re.compile(r"(1\.2|2\.[0-9])")
# XLIFF 1.2: what tools write for work that a machine or a memory did and nobody looked at.
_MACHINE: Final = frozenset({"mt-suggestion", "leveraged-mt", "fuzzy-match"})
_REVIEWED_1: Final = frozenset({"signed-off", "final"})
_TRANSLATED_1: Final = frozenset({"translated", "needs-review-translation", "needs-review-adaptation", "needs-review-l10n"})
_REVIEWED_2: Final = frozenset({"reviewed", "final"})
# Elements whose content stands for formatting: <ph>, <bpt>, … of 1.2; in 2.x they are empty.
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "x", "bx", "ex", "sub"})
_ASIDE: Final = frozenset({"alt-trans", "note", "notes", "matches", "metadata", "glossary", "ignorable", "originalData"})


class Review(StrEnum):
    """How far the one who gives a segment back says to have come."""

    UNREVIEWED = "unreviewed"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `id` is the unit's (1.2) or its own (2.x), "" without one; `target` is None where there is none."""

    number: int
    id: str
    source: str
    target: str | None
    review: Review
    target_language: str


def read_xliff(stream: BinaryIO, name: str) -> Iterator[Segment]:
    """Reads the segments one after the other. Raises ImportUnreadable where the file is no XLIFF 1.2 or 2.x, or not safe."""
    return iter(_Reader(stream, name))


class _Reader(XmlReader[Segment]):
    """Keeps one segment at a time."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream, name)
        self._count = 0
        self._is_2 = False
        self._language = ""
        self._id, self._unit_id, self._approved, self._state, self._qualifier = "", "", False, "", ""
        self._texts: dict[str, str] = {}
        self._within = ""
        self._pieces: list[str] = []
        self._aside = self._codes = 0

    def root(self, tag: str) -> None:
        if tag != "xliff":
            self.refuse(f"it is no XLIFF file: it begins with <{tag}>")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "xliff":
            version = attributes.get("version", "")
            if not _VERSION.fullmatch(version):
                self.refuse(f"it is XLIFF {version or 'of no version'}; 1.2 and 2.x can be read")
            self._is_2 = version.startswith("2")
            self._language = attributes.get("trgLang", "")
        elif tag == "file" and not self._is_2:
            self._language = attributes.get("target-language", "")
        elif tag in _ASIDE:
            self._aside += 1
        elif self._aside:
            return
        elif tag == "unit":
            self._unit_id = attributes.get("id", "")
        elif tag in {"trans-unit", "segment"}:
            self._begin(attributes)
        elif tag in {"source", "target"}:
            self._within, self._pieces = tag, []
            if tag == "target" and not self._is_2:
                self._state, self._qualifier = attributes.get("state", ""), attributes.get("state-qualifier", "")
        elif tag in _CODES:
            self._codes += 1

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._count += 1
        self._id = attributes.get("id") or self._unit_id
        self._approved = attributes.get("approved") == "yes"
        self._state = attributes.get("state", "") if self._is_2 else ""
        self._qualifier = attributes.get("subState", "") if self._is_2 else ""
        self._texts = {}

    def text(self, piece: str) -> None:
        if self._within and not self._aside and (not self._codes or self._is_2) and len(self._pieces) < LONGEST:
            self._pieces.append(piece)

    def end(self, tag: str) -> None:
        if tag in _ASIDE:
            self._aside -= 1
        elif self._aside:
            return
        elif tag in {"source", "target"} and self._within == tag:
            self._texts[tag], self._within = "".join(self._pieces)[:LONGEST], ""
        elif tag in _CODES:
            self._codes -= 1
        elif tag in {"trans-unit", "segment"}:
            target = self._texts.get("target")
            review = self._review() if target else Review.UNREVIEWED
            found = Segment(self._count, self._id, self._texts.get("source", ""), target, review, base_language(self._language))
            self.found.append(found)

    def _review(self) -> Review:
        if self._is_2:
            if self._state in _REVIEWED_2:
                return Review.REVIEWED
            return Review.TRANSLATED if self._state == "translated" else Review.UNREVIEWED
        if self._qualifier in _MACHINE:
            return Review.UNREVIEWED
        if self._approved or self._state in _REVIEWED_1:
            return Review.REVIEWED
        # A tool that keeps no states writes a target and nothing else: OmegaT.
        return Review.TRANSLATED if self._state in _TRANSLATED_1 or not self._state else Review.UNREVIEWED

"""How far the review of a segment has come, in the words of XLIFF and of the tools that have words of their own.

memoQ (.mqxliff), Trados (.sdlxliff) and Phrase (.mxliff) write XLIFF 1.2 and say beside it, in attributes of theirs, what
somebody confirmed. Where they do, their word counts: a target alone may be a machine's, or a memory's.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

# XLIFF 1.2: what tools write for work that a machine or a memory did and nobody looked at.
_MACHINE: Final = frozenset({"mt-suggestion", "leveraged-mt", "fuzzy-match"})
_REVIEWED_1: Final = frozenset({"signed-off", "final"})
_NEEDS_REVIEW: Final = frozenset({"needs-review-translation", "needs-review-adaptation", "needs-review-l10n"})
_REVIEWED_2: Final = frozenset({"reviewed", "final"})


class Review(StrEnum):
    """How far the one who gives a segment back says to have come.

    `asked`: the file asks for a review, and does not say who wrote the text. `unstated`: it says nothing.
    """

    UNREVIEWED = "unreviewed"
    ASKED = "asked"
    UNSTATED = "unstated"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


_ORDER: Final = (Review.UNREVIEWED, Review.UNSTATED, Review.ASKED, Review.TRANSLATED, Review.REVIEWED)
_MEMOQ: Final = {
    "manuallyconfirmed": Review.TRANSLATED,
    "confirmedtranslator": Review.TRANSLATED,
    "proofread": Review.REVIEWED,
}
_TRADOS: Final = {
    "translated": Review.TRANSLATED,
    "approvedtranslation": Review.REVIEWED,
    "approvedsignoff": Review.REVIEWED,
}
_PHRASE: Final = {"1": Review.TRANSLATED, "true": Review.TRANSLATED, "2": Review.REVIEWED}


def least(reviews: list[Review]) -> Review:
    """How far a text has come whose parts have come so far."""
    return min(reviews, key=_ORDER.index, default=Review.UNREVIEWED)


def review_1(state: str, qualifier: str, *, approved: bool) -> Review:
    """What XLIFF 1.2 says of a target. A tool that keeps no states writes a target and nothing else (OmegaT)."""
    if qualifier in _MACHINE:
        return Review.UNREVIEWED
    if approved or state in _REVIEWED_1:
        return Review.REVIEWED
    if state == "translated":
        return Review.TRANSLATED
    if state in _NEEDS_REVIEW:
        return Review.ASKED
    return Review.UNREVIEWED if state else Review.UNSTATED


def review_2(state: str, sub_state: str) -> Review:
    """What XLIFF 2.x says of a segment with a target; without a state it is the first one."""
    if state in _REVIEWED_2:
        return Review.REVIEWED
    if state == "translated":
        return Review.TRANSLATED
    return Review.UNREVIEWED if sub_state else Review.UNSTATED


def review_of_tool(attributes: Mapping[str, str]) -> Review | None:
    """What memoQ or Phrase say of a unit, by its attributes; None where neither says anything."""
    for name, value in attributes.items():
        prefix, _, local = name.rpartition(":")
        if (prefix, local) == ("mq", "status"):
            return _by_memoq(value.lower())
        if (prefix, local) == ("m", "confirmed"):
            return _PHRASE.get(value.lower(), Review.UNREVIEWED)
    return None


def _by_memoq(status: str) -> Review:
    if status.startswith("reviewer"):
        return Review.REVIEWED
    return _MEMOQ.get(status, Review.UNREVIEWED)


def review_of_trados(attributes: Mapping[str, str]) -> Review:
    """What Trados says of a segment; without a word of it nobody confirmed it."""
    return _TRADOS.get(attributes.get("conf", "").lower(), Review.UNREVIEWED)

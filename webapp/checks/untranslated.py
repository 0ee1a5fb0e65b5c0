"""The translation is not the French itself."""

from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.words import Word, lower_words, words
from webapp.checks.tables.function_words import FRENCH
from webapp.errors import N_

_SHARE: Final = 0.6
_FEWEST: Final = 3  # words of an unchanged text; a headline of two may well be the same in English
_FEWEST_OF_A_PART: Final = 4


class Untranslated(Check):
    """The French left standing, whole or for the most part."""

    slug = "untranslated"
    severity = Severity.ERROR
    title = N_("Not translated")
    message = N_("Most of the words are still those of the French. Translate the sentence.")
    covers = frozenset({"script", "residue", "negation", "attribution", "names", "units", "acronyms", "length"})

    good = (
        Example("en", "Le ministre a quitté la réunion sans parler.", "The minister left the meeting without speaking."),
        Example("ru", "Le ministre est parti.", "Министр ушёл."),
        Example("ko", "Le ministre est parti.", "장관이 떠났다."),
    )
    bad = (
        Example(
            "en",
            "Le ministre a quitté la réunion sans parler.",
            "Le ministre a quitté la réunion sans speaking.",
            ("Le ministre a quitté la réunion sans speaking.",),
        ),
        Example("ru", "Le ministre est parti hier.", "Le ministre est parti hier.", ("Le ministre est parti hier.",)),
        Example(
            "ko", "Le ministre est parti hier soir.", "Le ministre est parti hier soir.", ("Le ministre est parti hier soir.",)
        ),
    )
    ignored = (
        Example("en", "Paris, Lyon, Marseille", "Paris, Lyon, Marseille"),
        Example("ru", "Paris Match", "Paris Match"),
        Example("ko", "BFM TV", "BFM TV"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        compared = [word.text.lower() for word in _common_words(text.source) if word.text not in text.allowed_words]
        if not compared:
            return
        same = text.source.strip().casefold() == text.target.strip().casefold()
        kept = lower_words(text.target)
        share = sum(word in kept for word in compared) / len(compared)
        if (
            _is_mostly_french(text)
            or (same and (len(compared) >= _FEWEST or _is_french(text.source)))
            or (share > _SHARE and len(compared) >= _FEWEST_OF_A_PART)
        ):
            yield self.finding(spans=[(0, len(text.target))])


def _is_mostly_french(text: CheckInput) -> bool:
    """Whether most words of the translation are French ones of the source, little French words among them."""
    source = lower_words(text.source)
    compared = [word for word in words(text.target) if len(word.text) >= 3 and (word.text.islower() or text.language != "en")]
    kept = [word for word in compared if word.text.lower() in source]
    return len(kept) >= _FEWEST and len(kept) > _SHARE * len(compared) and (text.language != "en" or _is_french(text.target))


def _common_words(text: str) -> list[Word]:
    """The words that are no names: of four letters and more, in lower case or opening the sentence."""
    return [word for index, word in enumerate(words(text)) if len(word.text) >= 4 and (word.text.islower() or index == 0)]


def _is_french(text: str) -> bool:
    return bool(lower_words(text) & FRENCH) or any(letter in "éèêàçùôîœ" for letter in text)

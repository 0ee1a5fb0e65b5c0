"""The translation is about as long as such a sentence is in that language."""

from collections.abc import Iterable
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.length_band import SHORT, widening
from webapp.errors import N_

# What holds until an installation has approved enough to learn its own bands from (`length_band`):
# (usual target/source ratio in code points, factor either way for long sentences, more of it for short ones, so that the
# band is usual × or ÷ (factor + more/length)); fitted on 6,239 sentences of edited news so that 99.9 % lie inside
_USUAL: Final = {"en": (0.91, 1.3, 20.0), "ru": (0.90, 1.35, 20.0), "ko": (0.40, 1.5, 25.0)}
_FACTOR_OF_ERROR: Final = 2.0


class Length(Check):
    """Far too short or far too long; an error beyond twice the band."""

    slug = "length"
    severity = Severity.WARNING
    title = N_("Unusual length")
    message = N_("The translation is much shorter than the French. Is something missing?")
    longer: ClassVar[str] = N_("The translation is much longer than the French. Is something added?")

    good = (
        Example("en", "Le ministre a quitté la réunion sans parler.", "The minister left the meeting without speaking."),
        Example("ru", "Le ministre a quitté la réunion.", "Министр покинул совещание."),
        Example("ko", "Le ministre a quitté la réunion.", "장관은 회의장을 떠났다."),
        Example(  # a newsroom whose English is half as long again, and approved so
            "en",
            "Le ministre a quitté la réunion sans parler à la presse.",
            "The minister then went out of the meeting room straight away and had not one word to say to any of the journalists.",
            context={"length_band": (1.1, 1.9)},
        ),
    )
    bad = (
        Example("en", "Le ministre a quitté la réunion sans dire un seul mot à la presse.", "The minister left."),
        Example("ru", "Le ministre a quitté la réunion sans dire un seul mot à la presse.", "Ушёл."),
        Example(
            "ko",
            "Le ministre est parti.",
            "장관은 회의장을 떠났으며 기자들에게는 한마디도 하지 않은 채 곧바로 차에 올라 자신의 집무실로 돌아갔다고 한다.",
        ),
        Example(
            "en",
            "Le ministre a quitté la réunion sans parler à la presse.",
            "The minister left the meeting silently.",
            context={"length_band": (1.1, 1.9)},
        ),
    )
    ignored = (
        Example("en", "Fin", "The end"),
        Example("ru", "Oui", "Именно так"),
        Example("ko", "À bord d'un avion", "기내에서"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        length = len(text.source.strip())
        band = _band(text, length)
        if not length or not text.target.strip() or band is None:
            return
        ratio = len(text.target.strip()) / length
        low, high = band
        if low <= ratio <= high:
            return
        far = ratio < low / _FACTOR_OF_ERROR or ratio > high * _FACTOR_OF_ERROR
        if length < SHORT and not far:  # there only what is far outside is reported, and never as an error
            return
        is_error = far and length >= SHORT
        yield self.finding(
            message=self.message if ratio < low else self.longer, severity=Severity.ERROR if is_error else Severity.WARNING
        )


def _band(text: CheckInput, length: int) -> tuple[float, float] | None:
    """The ratios that are usual for a source of this length."""
    if text.length_band is not None:
        low, high = text.length_band
        return low / widening(length), high * widening(length)
    if text.language not in _USUAL:
        return None
    usual, factor, more = _USUAL[text.language]
    factor += more / max(length, 1)
    return usual / factor, usual * factor

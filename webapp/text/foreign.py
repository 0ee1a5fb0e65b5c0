"""Sentences of the target languages, for versions that people bring: English, Russian, Korean, and others as well as may be.

A sentence ends after . ! ? or … (with the quotation marks and brackets that close there) before white space, unless what follows
goes on in lower case, the full stop is an abbreviation's or an initial's, or it stands in a quotation in mid-sentence. In doubt
it does not cut. sentencex knows these languages too, but it fails on some texts of more than one byte a letter (see
`proposals.py`) and ends Russian and Korean sentences after a quotation that goes on. The time is linear.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from webapp.text.spans import Spans
from webapp.text.wordlists import word_set

_END: Final = re.compile(r"(?P<mark>[.!?…。？！]+)[»”’\"')\]]*(?P<gap>\s+)")
_GOES_ON: Final = re.compile(r"[–—-]?\s?[^\W\d_A-ZА-ЯЁ]|[,;:)»”…]")
_HANGUL: Final = re.compile("[가-힣]")
_QUOTED_ON: Final = re.compile(r"(?:이?라고|이?라며|이?라는|하고|하며|고|며|라는|면서)(?![가-힣]{2})")
_WORD_BEFORE: Final = re.compile(r"[^\s«“\"'(\[]+\Z")
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_LIST_NUMBER: Final = re.compile(r"\d{1,3}\Z")
_CAPITALISED_AFTER: Final = re.compile(
    r"(?:The|A|An|It|He|She|They|But|In|On|At|This|That|These|His|Her|Its|We|I|You|As|For|If)\b"
)
_LONG_QUOTATION: Final = 300
_LOOK_BEHIND: Final = 40

_ABBREVIATIONS: Final = {
    "en": word_set(
        "mr mrs ms dr prof rev hon gen col maj capt lt sgt sen rep gov pres st jr sr vs etc inc ltd co corp no nos vol fig p pp "
        "ed cf al approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun e.g i.e"
    ),
    "ru": word_set(
        "г гг в вв н э т д е п пп им ул пр пл д стр корп кв руб коп тыс млн млрд трлн чел шт кг км м см мм га ст гл рис табл см "
        "ср напр проф акад доц др тов гр г-н г-жа ред сост изд мин сек час обл р-н пос дер св янв февр мар апр авг сент окт "
        "нояб дек долл"
    ),
    "ko": word_set("mr mrs dr no vol p pp"),
}
_ENDING_TOO: Final = word_set("etc inc ltd co corp jr sr г гг руб коп чел др долл")
"""Abbreviations with which a sentence may well end: a capital after them begins one."""


def split_foreign(text: str, language: str) -> tuple[str, ...]:
    """Cuts a paragraph in `language` (ISO 639-1) into its sentences, in order, without the white space between them."""
    cuts = [0, *_cuts(text, language), len(text)]
    parts = (text[start:stop].strip() for start, stop in pairwise(cuts))
    return tuple(" ".join(part.split()) for part in parts if part)


def _cuts(text: str, language: str) -> Iterator[int]:
    spans, begin = Spans(text), 0
    for found in _END.finditer(text):
        if any(c.isalnum() for c in text[begin : found.start()][-_LOOK_BEHIND:]) and _ends(text, found, begin, language, spans):
            begin = found.end()
            yield begin


def _ends(text: str, found: re.Match[str], begin: int, language: str, spans: Spans) -> bool:
    following = text[found.end() : found.end() + 20]
    if not following or _goes_on(following, found, language):
        return False
    inside = [span for span in spans.holding(found.start()) if span.stop >= found.start("gap")]
    if any(not _may_cut_inside(text, span.start, span.stop, begin) for span in inside):
        return False
    before = text[max(begin, found.start() - _LOOK_BEHIND) : found.start()]
    return found["mark"] != "." or _is_full_stop(before, following, language)


def _goes_on(following: str, found: re.Match[str], language: str) -> bool:
    if language == "ko" and _HANGUL.match(following):
        closed = found.group().rstrip()[-1] not in ".!?…。？！"
        return closed and _QUOTED_ON.match(following) is not None
    return _GOES_ON.match(following) is not None and _HANGUL.match(following) is None


def _may_cut_inside(text: str, start: int, stop: int, begin: int) -> bool:
    """A quotation that is a sentence's beginning, or follows a colon, holds sentences of its own; so does a long one."""
    before = text[begin:start].rstrip()
    return not before or before.endswith(":") or stop - start > _LONG_QUOTATION


def _is_full_stop(before: str, following: str, language: str) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    plain = word[0].lower().strip(".")
    known = _ABBREVIATIONS.get(language, _ABBREVIATIONS["en"])
    if plain in known:
        return plain in _ENDING_TOO and following[:1].isupper()
    if _INITIAL.fullmatch(word[0]) and word[0][0].isalpha():
        return "." in word[0] and (language != "en" or _CAPITALISED_AFTER.match(following) is not None)
    return not (_LIST_NUMBER.fullmatch(word[0]) and before.strip() == word[0])

"""The translation is written in the letters of its language."""

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity, Span
from webapp.checks.reading.words import CYRILLIC, HANGUL, LATIN, fold, lower_words
from webapp.checks.tables.listed import listed
from webapp.errors import N_

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LATIN_WORD: Final = re.compile(r"(?<![\u0400-\u04ffA-Za-zÀ-ɏ])[A-Za-zÀ-ÖØ-öø-ɏ]+(?![\u0400-\u04ff])")
_MIXED: Final = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
_KANA_HANJA: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_ROMAN: Final = re.compile(r"[IVXLCDM]+")
_OWN: Final = {"ru": (CYRILLIC, 0.6), "ko": (HANGUL, 0.5)}
_SHORTEST_PART: Final = 4
_LONGEST_ACRONYM: Final = 5
_UNITS: Final = frozenset(
    listed("km m cm mm kg g mg t l ml ha h kw mw gw kwh mwh gwh twh w v hz ghz mhz db c x co nm ppm bp hp pcs")
)


class Script(Check):
    """Letters of another script: whole sentences, single words, single letters."""

    slug = "script"
    severity = Severity.ERROR
    title = N_("Letters of another script")
    message = N_("“%(letters)s” is not written in the letters of this language.")
    mostly: ClassVar[str] = N_("Most of the text is not written in the letters of this language.")
    covers = frozenset({"residue"})

    good = (
        Example("en", "Le maire de Kiev", "The mayor of Kyiv"),
        Example("ru", "Il a un iPhone.", "У него iPhone."),
        Example("ko", "L'ONU et l'OMS", "유엔과 세계보건기구(WHO)"),
    )
    bad = (
        Example("en", "Le gouvernement", "The правительство", ("правительство",)),
        Example(
            "ru", "Le gouvernement a parlé.", "Мocква и другие столицы, сообщает government, заявили.", ("Мocква", "government")
        ),
        Example("ko", "Le gouvernement a parlé aujourd'hui.", "정부는 오늘 спросил 말했다.", ("спросил",)),
        Example("ko", "Le gouvernement a parlé.", "The government spoke.", ("The government spoke.",)),
    )
    ignored = (
        Example("en", "Le mot russe « мир »", "The Russian word “мир”"),
        Example("ru", "Le journal Le Monde, 5 km, Louis XIV", "Газета Le Monde, 5 km, Людовик XIV"),
        Example("ko", "Le Monde l'écrit.", "르몽드(Le Monde)가 썼다."),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        if text.language in _OWN and _is_foreign(text):
            yield self.finding(spans=[(0, len(text.target))], message=self.mostly)
            return
        spans = sorted(set(_strange(text)))
        if spans:
            yield self.finding(spans=spans, letters=", ".join(text.target[start:end] for start, end in spans[:5]))


def _is_foreign(text: CheckInput) -> bool:
    """Whether too few letters are the language's own; Latin words that the French has too are not counted."""
    own, least = _OWN[text.language]
    source = fold(text.source)
    counted = [m.group() for m in _LETTERS.finditer(text.target) if not _is_latin_by_right(m.group(), source)]
    total = sum(map(len, counted))
    return total > 0 and sum(len(own.findall(word)) for word in counted) < least * total


def _is_latin_by_right(word: str, folded_source: str) -> bool:
    """Whether it is a word that the French has too, an acronym or a unit."""
    if not word.isascii() and not LATIN.match(word):
        return False
    is_acronym = word.isascii() and word.isupper() and len(word) <= _LONGEST_ACRONYM
    return is_acronym or word.lower() in _UNITS or bool(LATIN.match(word) and _is_kept(word, folded_source))


def _strange(text: CheckInput) -> Iterator[Span]:
    if text.language == "en":
        for pattern in (CYRILLIC, HANGUL):
            yield from (
                m.span() for m in _LETTERS.finditer(text.target) if pattern.search(m.group()) and m.group() not in text.source
            )
        return
    if text.language == "ru":
        yield from (m.span() for m in _LETTERS.finditer(text.target) if _MIXED.search(m.group()) and not m.group().isupper())
    other = HANGUL if text.language == "ru" else CYRILLIC
    yield from (m.span() for m in _LETTERS.finditer(text.target) if other.search(m.group()) and m.group() not in text.source)
    if text.language == "ko":
        yield from (m.span() for m in _KANA_HANJA.finditer(text.target) if not _in_brackets(text.target, m.span()))
    yield from _latin_words(text)


def _latin_words(text: CheckInput) -> Iterator[Span]:
    """Latin words that are no acronym, no unit, and not in the French."""
    source = fold(text.source)
    for match in _LATIN_WORD.finditer(text.target):
        word = match.group()
        if not (
            word.isupper()
            or word.lower() in _UNITS
            or word in text.allowed_words
            or _is_kept(word, source)
            or _in_brackets(text.target, match.span())
        ):
            yield match.span()


def _is_kept(word: str, folded_source: str) -> bool:
    """Whether the French has the word, or Latin numerals say it; a short word must not merely be part of another."""
    if _ROMAN.fullmatch(word):
        return True
    folded = fold(word)
    return folded in lower_words(folded_source) if len(folded) < _SHORTEST_PART else folded in folded_source


def _in_brackets(text: str, span: Span) -> bool:
    """Whether the word stands in brackets, where names are given in their own letters: 르몽드(Le Monde)."""
    opened = text.rfind("(", max(0, span[0] - 60), span[0])
    return opened >= 0 and ")" not in text[opened : span[0]] and text.find(")", span[1], span[1] + 60) >= 0

"""No words of the pivot or of the French are left in the translation."""

import re
from collections.abc import Iterable
from typing import Final

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity
from webapp.checks.reading.words import Word, lower_words, words
from webapp.checks.tables.function_words import ENGLISH, FRENCH, NATURALISED
from webapp.errors import N_

_SHORTEST: Final = 3
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_ADDRESS: Final = re.compile(r"\w[@.]\w")


class Residue(Check):
    """English left in Russian or Korean, French left in any target."""

    slug = "residue"
    severity = Severity.ERROR
    title = N_("Words of another language")
    message = N_("“%(words)s” is left from another language.")
    good = (
        Example("en", "Il part avec elle.", "He leaves with her."),
        Example("ru", "Il part avec elle.", "Он уходит с ней."),
        Example("ko", "Il part avec elle.", "그는 그녀와 떠난다."),
    )
    bad = (
        Example("en", "Il part avec elle.", "He leaves avec her.", ("avec",)),
        Example("en", "La municipalité a refusé.", "The municipalité refused.", ("municipalité",)),
        Example("ru", "Il part avec elle.", "Он уходит with ней.", ("with",)),
        Example("ru", "Le gouvernement a refusé.", "Правительство, gouvernement, отказалось.", ("gouvernement",)),
        Example("ko", "Il part avec elle.", "그는 the 그녀와 떠난다.", ("the",)),
        Example("ko", "Le gouvernement a refusé.", "gouvernement은 거부했다.", ("gouvernement",)),
    )
    ignored = (
        Example("en", "Il écoute « Avec le temps ».", "He listens to “Avec le temps.”"),
        Example("en", "L'Académie française a publié un communiqué.", "The Académie française issued a communiqué."),
        Example("ru", "Il écoute The Who.", "Он слушает The Who."),
        Example("ru", "Voir www.lemonde.fr et l'iPhone", "См. www.lemonde.fr и iPhone"),
        Example("ko", "Selon l'OMS", "세계보건기구(WHO)에 따르면"),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        source = lower_words(text.source)
        foreign = FRENCH if text.language == "en" else FRENCH | (ENGLISH - source)
        names = text.allowed_words | {word.text for word in words(text.source) if word.text[0].isupper()}
        common = {word.text for word in words(text.source) if word.text.islower()} - text.allowed_words
        tokens = _latin_words(text.target)
        before = (Word("", 0, 0), *tokens)
        found = [
            word
            for word, last in zip(tokens, before, strict=False)
            if (_is_little(word, text.language) and word.text.lower() in foreign and word.text not in names)
            or (word.text in common and last.text not in names and _is_left(text, word))
        ]
        if found:
            yield self.finding(spans=[(w.start, w.end) for w in found], words=", ".join(w.text for w in found[:5]))


def _latin_words(text: str) -> tuple[Word, ...]:
    """The words in Latin letters; Korean writes particles against them."""
    return tuple(Word(m.group(), m.start(), m.end()) for m in _LATIN.finditer(text))


def _is_little(word: Word, language: str) -> bool:
    """Whether it can be a little word: no acronym, and in English no name."""
    return word.text.islower() or (language != "en" and not word.text.isupper())


def _is_left(text: CheckInput, word: Word) -> bool:
    """Whether a common noun of the French was left standing: in English only accents tell; names and addresses may stand."""
    if len(word.text) < _SHORTEST:
        return False
    around = text.target[max(0, word.start - 1) : word.start] + text.target[word.end : word.end + 1]
    if set(around) & set("@/.") and _ADDRESS.search(text.target):
        return False
    if text.language != "en":
        return True
    return not word.text.isascii() and word.text not in NATURALISED

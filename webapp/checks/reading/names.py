"""Finds people's names in French and what stands for them in a translation, by the sound of their consonants."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from webapp.checks.reading.words import fold, words
from webapp.checks.tables.not_names import NOT_NAMES
from webapp.checks.tables.sound_classes import CYRILLIC, KOREAN_FINALS, KOREAN_INITIALS, LATIN

_LATIN_CLASSES: Final = dict(LATIN)
_LATIN: Final = re.compile("|".join(re.escape(letters) for letters, _ in LATIN))
_PART: Final = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+)*"
_PARTICLE: Final = r"(?:de|du|von|van|der|den|la|le|Le|La|De|Van|ben|bin|al|el|dos|da|di|Mac|Mc)"
_FULL: Final = re.compile(
    rf"(?<![^\W_])(?P<first>{_PART}|[A-Z]\.(?:-[A-Z]\.)?)[ \u00a0](?:{_PARTICLE}[ \u00a0])?(?P<last>{_PART})(?:[ "
    rf"\u00a0](?P<more>{_PART}))?(?![^\W_])"
)
_TITLED: Final = re.compile(rf"(?:(?<![^\W_])(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|maître|Me)[ \u00a0])(?P<last>{_PART})(?![^\W_])")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'·][^\W\d_]+)*")
_NEAR_ENOUGH: Final = 0.26
_SILENT: Final = re.compile(r"(?:[tdxzp]|[^s]s)$")  # at the end of a French name often not heard: Benoît, Marchand, Deschamps


class Name(NamedTuple):
    """A name of the source: `last` is what the other sentences call the person by."""

    full: str
    last: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def read_names(text: str) -> tuple[Name, ...]:
    """Finds full names (Sergueï Lavrov) and titled ones (Mme Han) in a French text; places and institutions may be among them."""
    if _is_title_case(text):
        return ()
    found = [
        Name(m.group(), m["more"] or m["last"], m.start(), m.end())
        for m in _FULL.finditer(text)
        if not {m["first"], m["last"], m["more"]} & NOT_NAMES
    ]
    found += [Name(m["last"], m["last"], m.start("last"), m.end("last")) for m in _TITLED.finditer(text)]
    return tuple(sorted(found, key=lambda name: name.start))


def _is_title_case(text: str) -> bool:
    """Whether it is a headline That Capitalises Its Words, as English ones do."""
    long_words = [word.text for word in words(text) if len(word.text) > 3]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) > 0.6 * len(long_words)


@lru_cache(maxsize=16384)
def sounds(word: str) -> str:
    """The consonants of a name as classes, no class twice in a row: LPLP for Lavrov, Лавров and 라브로프."""
    classes = []
    folded = fold(word)
    place = 0
    while place < len(folded):
        letter = folded[place]
        match = _LATIN.match(folded, place)
        if match:
            classes.append(_LATIN_CLASSES[match.group()])
            place = match.end()
            continue
        place += 1
        if letter in CYRILLIC:
            classes.append(CYRILLIC[letter])
        elif "가" <= letter <= "힣":
            code = ord(letter) - 0xAC00
            classes += [KOREAN_INITIALS[code // 588], KOREAN_FINALS[code % 28]]
    return re.sub(r"(.)\1+", r"\1", "".join(classes))


def distance(name: str, word: str) -> float:
    """How far a word's sounds are from those of a name, 0 for the same; what follows in the word (endings, particles) is free.

    The words are short: at most some tens of classes, so that the quadratic comparison costs microseconds.
    """
    pattern, text = sounds(name)[:24], sounds(word)[:32]
    if _SILENT.search(name) and len(pattern) > 2:
        return min(_edits(pattern, text), _edits(pattern[:-1], text))
    return _edits(pattern, text)


def _edits(pattern: str, text: str) -> float:
    """The edits from the pattern to the nearest beginning of the text, as a share of the pattern."""
    if not pattern:
        return 0.0
    row = list(range(len(text) + 1))
    for i, wanted in enumerate(pattern, start=1):
        before, row[0] = row[0], i
        for j, have in enumerate(text, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (wanted != have))
    return min(row) / len(pattern)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a translation, hyphenated ones whole and in their parts."""
    found = _TOKEN.findall(text)
    return (*found, *(part for token in found if "-" in token for part in token.split("-")))


def find_name(name: str, text: str, language: str, *, nearness: float = _NEAR_ENOUGH) -> str | None:
    """Finds the word of a translation that sounds most like a name; None when none comes near."""
    candidates = [token for token in tokens(text) if token and (language == "ko" or token[0].isupper())]
    best = min(candidates, key=lambda token: distance(name, token), default=None)
    return best if best is not None and distance(name, best) <= nearness else None

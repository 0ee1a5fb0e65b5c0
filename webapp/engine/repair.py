"""Recognises sentences that a model will stumble over and outputs in which it stumbled; pure functions.

Lives here: cutting over-long sentences, the sentence case of headings, loops. Never here: calling a model.
Nothing here touches an ordinary sentence: each function answers "nothing to do" for it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Final

# --- over-long sentences ---------------------------------------------------------------------------------------------

_STRONG: Final = frozenset(";:")
_DASHES: Final = frozenset({"-", "–", "—"})
_WEAK: Final = frozenset(",)»”")
_LONGEST_WORD: Final = 40  # characters; what is longer is no word and may be cut anywhere


def cut(words: Sequence[str], sizes: Sequence[int], limit: int) -> list[str]:
    """Cuts a sentence, given as its words and the pieces of each, into parts of at most `limit` pieces, joined by spaces.

    Every part is halved until it fits, each time at the best mark near its middle: ; and : first, then dashes, then commas,
    then between words. A word that alone is above the limit stays a part of its own (see `split_giants`).
    """
    total = [0, *accumulate(sizes)]
    parts: list[str] = []
    waiting = [(0, len(words))]
    while waiting:
        start, stop = waiting.pop()
        if total[stop] - total[start] <= limit or stop - start < 2:
            parts.append(" ".join(words[start:stop]))
            continue
        middle = _best_cut(words, total, start, stop)
        waiting += [(middle, stop), (start, middle)]
    return parts


def _best_cut(words: Sequence[str], total: Sequence[int], start: int, stop: int) -> int:
    """The index of the word that begins the second half: weighs the mark before it against the distance from the middle."""
    size = total[stop] - total[start]

    def cost(i: int) -> float:
        off_centre = abs(total[i] - total[start] - size / 2) / size  # 0 in the middle, 1/2 at the ends
        return off_centre + _mark_cost(words[i - 1], words[i])

    return min(range(start + 1, stop), key=cost)


def _mark_cost(before: str, after: str) -> float:
    if before[-1] in _STRONG:
        return 0.0
    if before in _DASHES or after in _DASHES:
        return 0.15
    return 0.35 if before[-1] in _WEAK else 0.7


def split_giants(text: str) -> list[str]:
    """Splits a text at spaces, and what is too long for a word into stretches of characters."""
    words: list[str] = []
    for word in text.split():
        words += [word[i : i + _LONGEST_WORD] for i in range(0, len(word), _LONGEST_WORD)]
    return words


def join(sources: Sequence[str], translations: Sequence[str]) -> str:
    """Joins the translations of the parts of a sentence; takes back a full stop that a model put where the source goes on."""
    texts = []
    for i, (source, text) in enumerate(zip(sources, translations, strict=True)):
        goes_on = i < len(sources) - 1 and source[-1] not in ".!?…"
        if goes_on and text.endswith(".") and not text.endswith(".."):
            mark = source[-1] if source[-1] in ",;:" else ""
            text = text[:-1].rstrip(" ,;:") + mark  # noqa: PLW2901 # the part as it is joined
        texts.append(text)
    return " ".join(text for text in texts if text)


# --- headings --------------------------------------------------------------------------------------------------------


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD: Final = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*")
_SMALL: Final = 3  # letters; shorter words (de, du, la, of, the) are small in a title too
_TITLE_WORDS: Final = 3
_CAPITAL_LETTERS: Final = 8
# Longer words that titles write small, French and English.
_GRAMMATICAL: Final = _set(
    "dans pour avec sans sous vers chez entre contre depuis pendant durant après avant selon comme mais donc leur leurs cette"
    " delà dont lors malgré parmi hors with from into over upon about after before between against under towards during than"
    " that their this amid within"
)
_SENTENCE_END: Final = (".", "…", ";", ",", ":")
# Pronounced or spelled, these stay capitals when a heading in capitals is written small.
_ACRONYMS: Final = _set(
    "ONU OTAN UE UNESCO UNICEF OMS OMC FMI BCE AIEA OCDE OPEP CPI CEI BRICS ASEAN USA URSS RDC RPDC PIB TVA SNCF RATP EDF CGT"
    " CFDT PS LR RN LFI AFP VIH ADN SMIC CAC TGV RER IA G7 G20 UN NATO EU US UK IMF WHO WTO IAEA OECD GDP AI DPRK"
)


def sentence_case(text: str) -> str | None:
    """Writes a heading in Title Case or in capitals as a sentence would be; None for everything that does not look like one.

    Names cannot be told from other words there, so the caller lets the model's own score decide between the two.
    """
    if text.endswith(_SENTENCE_END):
        return None
    words = _WORD.findall(text)
    if _is_capitals(words):
        lowered = _lower_words(text, keep=_ACRONYMS.__contains__)
    elif _is_title(words):
        lowered = _lower_words(text, keep=lambda word: len(word) > 1 and word.isupper())
    else:
        return None
    return lowered if lowered != text else None


def _is_capitals(words: Sequence[str]) -> bool:
    return len(words) > 1 and all(w.isupper() for w in words) and sum(map(len, words)) >= _CAPITAL_LETTERS


def _is_title(words: Sequence[str]) -> bool:
    """Every word that is neither short nor a grammatical one begins with a capital, and so do three words after the first."""
    large = [word for word in words if len(word) > _SMALL and word.lower() not in _GRAMMATICAL]
    capitals = [word for word in words[1:] if word[0].isupper() and not word.isupper()]
    return len(capitals) >= _TITLE_WORDS and all(word[0].isupper() for word in large)


def _lower_words(text: str, keep: Callable[[str], bool]) -> str:
    first = True

    def lower(match: re.Match[str]) -> str:
        nonlocal first
        word = match.group()
        is_first, first = first, False
        if keep(word):
            return word
        return word[0].upper() + word[1:].lower() if is_first else word.lower()

    return _WORD.sub(lower, text)


# --- loops -----------------------------------------------------------------------------------------------------------

_LOOP: Final = 3  # times in a row
_LOOP_WITHOUT_LETTERS: Final = 6  # “2000” may be four pieces, three of them alike; a rule of dots is a loop all the same


def loops(pieces: Sequence[str], source: Sequence[str]) -> bool:
    """Tells whether an n-gram of any length stands three times in a row in `pieces`, and less often so in `source`."""
    times = repeats(pieces)
    return times >= _LOOP and times > repeats(source)


def repeats(pieces: Sequence[str]) -> int:
    """Counts how often an n-gram stands in a row at most, over all lengths n; 1 where nothing is repeated."""
    most = 1
    if len(pieces) - len(set(pieces)) < _LOOP - 1:
        return most
    for n in range(1, len(pieces) // 2 + 1):
        if n * (most + 1) > len(pieces):
            break
        for start, times in _runs(pieces, n):
            if times > most and _counts(pieces[start : start + n], times):
                most = times
    return most


def squeeze(pieces: Sequence[str]) -> list[int]:
    """Gives the indices of the pieces that remain when every n-gram that loops stands only once, in order."""
    kept = list(range(len(pieces)))
    for n in range(1, len(pieces) // _LOOP + 1):
        while True:
            current = [pieces[i] for i in kept]
            runs = [(s, t) for s, t in _runs(current, n) if t >= _LOOP and _counts(current[s : s + n], t)]
            if not runs:
                break
            start, times = runs[0]
            del kept[start + n : start + n * times]
    return kept


def _runs(pieces: Sequence[str], n: int) -> Iterator[tuple[int, int]]:
    """Yields (start, times) of every stretch in which the n pieces before are said again, at least once."""
    matched = 0
    for i in range(n, len(pieces) + 1):
        if i < len(pieces) and pieces[i] == pieces[i - n]:
            matched += 1
            continue
        if matched >= n:
            yield i - matched - n, 1 + matched // n
        matched = 0


def _counts(ngram: Sequence[str], times: int) -> bool:
    """Whether a repetition is one at all: without letters it must be longer, lest figures be taken for stammering."""
    return times >= _LOOP_WITHOUT_LETTERS or any(c.isalpha() for piece in ngram for c in piece)

"""Whether a full stop ends a sentence, told from the words on both sides of it."""

import re
from typing import Final

from webapp.text import abbreviations as words
from webapp.text.following import Following
from webapp.text.spans import CLOSING, OPENING

LOOK_BEHIND: Final = 60
"""How many code points before a full stop matter: no abbreviation with the noun before it is longer."""

_OUTSIDE: Final = frozenset(f"{OPENING}{CLOSING}…—–/,;:!?")
_WORD_BEFORE: Final = re.compile(r"(?:[^\W\d_]+|\d+)(?=[\W_]*\Z)")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z][a-zà-ÿ]?[.‑-]{1,2})*[^\W\d_]\Z")
_SHORT_FIRST_NAMES: Final = frozenset({"Ch", "Ph", "Th", "Cl", "Fr", "Gr", "Chr", "Jq"})
ABBREVIATIONS: Final = words.NEVER_ENDS | words.BEFORE_A_NAME | words.BEFORE_A_NUMBER | words.MAY_END
_DOTTED: Final = re.compile(r"\.[^\W_]{2,}\Z")  # www.exemple.fr, notes.txt: no abbreviation ends like this
_ORDER_MARK: Final = re.compile(r"(?:\d{1,3}|[IVX]{1,5}|[^\W\d_])\Z")


def token_before(before: str) -> str:
    """The last unbroken run of characters of `before`, without quotation marks and elided articles."""
    start = len(before)
    while start and not (before[start - 1] in _OUTSIDE or before[start - 1].isspace()):
        start -= 1
    return before[start:]


def period_ends(before: str, following: Following, *, opening: bool) -> bool | None:
    """Says whether the full stop after `before` ends a sentence; None when only sentencex can tell.

    `before` holds up to LOOK_BEHIND code points of the sentence; `opening` says that it is all of it, so that a lone
    figure or letter is the mark of an enumeration. The word that follows is capitalised or a figure.
    """
    token = token_before(before)
    rest, low = before[: len(before) - len(token)], token.lower()
    if opening and _ORDER_MARK.match(token) and not _WORD_BEFORE.search(rest):
        return False
    if token.isdigit():
        return _number_ends(token, rest, following)
    if len(token) == 1 and token.islower():
        return _small_letter_ends(low, rest, following)
    if token in _SHORT_FIRST_NAMES or (low in ABBREVIATIONS and (len(token) > 1 or low == "m")):
        return _abbreviation_ends(low, following)
    if _INITIALS.match(token) and token[0].isupper():
        return _initial_ends(token, rest, following)
    return True if following.number or following.opened or _DOTTED.search(token) else None


def _number_ends(number: str, rest: str, following: Following) -> bool:
    """En 2024., le score est de 3. against 10. 000 euros and the marks in « le banc : 16. Mauvaka 17. Aldegheri »."""
    if following.number:
        return len(following.number) != 3
    found = _WORD_BEFORE.search(rest)
    counted = rest.rstrip().endswith(":") or (found is not None and found[0][0].isupper())
    return len(number) > 2 or not counted or following.begins_sentence


def _abbreviation_ends(low: str, following: Following) -> bool:
    """Follows the lists of `abbreviations.py`; a shortened first name (Ph.) is in none of them and never ends."""
    if low in words.MAY_END or low in words.BEFORE_A_NUMBER:
        return not following.number
    return low in words.BEFORE_A_NAME and following.begins_sentence


def _initial_ends(token: str, rest: str, following: Following) -> bool:
    """S. Lavrov, J.-P. Dupont, O.N.U. against vitamine C., le plan B., le procès de Karim B."""
    found = _WORD_BEFORE.search(rest)
    before = found[0].lower() if found else ""
    if len(token) == 1 and before in words.LABELS:
        return True
    return bool(found) and following.begins_sentence


def _small_letter_ends(letter: str, rest: str, following: Following) -> bool:
    """10 h., 5 m., Il n’y a. against p. 12, t. II, s. d."""
    if letter in "ayàô":
        return True
    found = _WORD_BEFORE.search(rest)
    if found and found[0].isdigit():
        return not following.number
    return following.begins_sentence

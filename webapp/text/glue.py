"""Sentences between which the space is missing (« parti.Elle »), as in text copied from pages."""

import re
from typing import Final

from webapp.text.following import Following
from webapp.text.periods import token_before
from webapp.text.wordlists import word_set

PLAIN_WORD: Final = re.compile(r"[^\W\d_]+[^\W\d_A-Z]{2}\Z")
"""At least three letters, the last two small: no initial, no acronym, no abbreviation of one or two letters."""

_UNSPACED_ENDS: Final = "。｡．！？"
_WHOLE_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]+[\s,’'-]|[’'\s])")
_ADDRESS: Final = re.compile(r"[/@=&_\\\d]|www\.")
_DOMAINS: Final = word_set("com fr org net eu be ch ca info tv ru kr io ai gouv co uk de es it js")


def glued(behind: str, marks: str, ahead: str, following: Following, *, quoted: bool) -> bool:
    """Says whether a sentence ends between `behind` with its `marks` and `ahead` though no space is between them.

    Not in an address (lemonde.fr, Node.js), a file name or a figure; `quoted`: the marks are followed by a closing
    quotation mark. Chinese and Japanese never have a space there.
    """
    if marks[-1] in _UNSPACED_ENDS:
        return True
    if following.opened[:1] not in {"«", "“"} and not _WHOLE_WORD.match(ahead):
        return False
    behind = behind.rstrip()
    if _ADDRESS.search(behind[max(behind.rfind(" "), behind.rfind("\n")) + 1 :]):
        return False
    if marks == ".":
        return quoted or _plain_words_meet(behind, following)
    return quoted or marks[0] in "!?" or following.begins_sentence


def _plain_words_meet(behind: str, following: Following) -> bool:
    word = token_before(behind)
    if behind.endswith(("»", "”", ")")):
        return True
    if not PLAIN_WORD.match(word) or following.word.lower() in _DOMAINS:
        return False
    return word[0].islower() or following.begins_sentence

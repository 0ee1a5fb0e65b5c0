"""Sentences that are not finished: a line that was broken, a translation cut in two, a mark taken for a full stop.

Their rest follows; who answers one of them alone answers half a sentence. Korean tells by its last syllable, since its verb
stands last; other languages by the mark at the end or the small letter that follows.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import numpy as np
from numpy.typing import NDArray

_HANGING: Final = tuple(",;:–—-(«“‘")
_CLOSING: Final = "\"'”’»)]』」》〉 \u00a0\u202f"
_FINITE: Final = frozenset("다까요죠오라자네지나가군음함임됨")
"""How a Korean sentence with a full stop ends: the verb, or the noun that is made of it."""
_PARTICLES: Final = re.compile("(?:[은는을를에며]|에서|에게|으로|면서|지만|는데|[다라]고)$")
"""How it never ends, with a full stop or without (headlines have none, and end in nouns)."""
_SYLLABLE: Final = re.compile("[가-힣]")


def unfinished(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Says of every sentence of a text whether the next one goes on with it."""
    return np.array([_is_unfinished(text, after or "") for text, after in zip_longest(texts, texts[1:])], np.bool_)


def _is_unfinished(text: str, after: str) -> bool:
    shown = text.rstrip()
    if shown.endswith(_HANGING) or after[:1].islower():
        return True
    bare = shown.rstrip(_CLOSING)
    word = bare.rstrip("." + _CLOSING)
    if not word or not _SYLLABLE.match(word[-1]):
        return False
    stopped = bare.endswith(".") and not bare.endswith("..")
    return bool(_PARTICLES.search(word[-3:])) or (stopped and word[-1] not in _FINITE)

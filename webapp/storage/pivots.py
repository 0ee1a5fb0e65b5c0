"""Which English a translation is drafted from, where the machine's own does not stand any more."""

from typing import Any

from webapp.domain import Origin, State


def english_of(text: str, state: str, origin: str | None, stale: bool) -> str | None:
    """The English version's text of a sentence if a person stands behind it, None while the machine's own will do.

    Text the machine wrote needs no mention, approved or not: it is what the next hop was given anyway. Rejected text, and
    text of an earlier French, is no ground to build on.
    """
    hers = origin is not None and origin != Origin.MT.value and state not in {State.UNTRANSLATED.value, State.REJECTED.value}
    return text if hers and text and not stale else None


def pivot_for(row: Any, english: Any | None) -> str | None:
    """The English that `row` (a translation, not the English one) is to be drafted from; None: the machine makes its own.

    `english` is the English translation of the same sentence, None where the article has no English version. Both have the
    columns of `translations` as attributes.
    """
    if row.corrected_pivot is not None:
        return str(row.corrected_pivot)
    if english is None:
        return None
    return english_of(english.text, english.state, english.origin, english.stale)

"""Words that must stay as they are, hidden from the machine behind a mark that it hands through.

Only for terms to be kept: what stands in their place needs no ending. How often the packages keep the mark was measured,
see docs/decisions/0005-glossary-in-drafts.md.
"""

from collections.abc import Sequence

from webapp.checks.base import Span, Term, TermPolicy


def masked(text: str, places: Sequence[tuple[Span, str]]) -> tuple[str, tuple[str, ...]] | None:
    """Puts `[1]`, `[2]`, … in the places of words; returns the text with what stands for each, None where it holds such marks.

    `places` are (place, what is to stand there in the end); places that overlap are left out.
    """
    pieces: list[str] = []
    kept: list[str] = []
    reached = 0
    for (start, end), word in sorted(places):
        if start >= reached:
            kept.append(word)
            pieces += [text[reached:start], f"[{len(kept)}]"]
            reached = end
    marked = "".join([*pieces, text[reached:]])
    unchanged = any(f"[{number}]" in text for number in range(1, len(kept) + 1))
    return None if unchanged or not kept else (marked, tuple(kept))


def unmasked(text: str, kept: Sequence[str]) -> str | None:
    """Puts the words back; None where a mark was lost or doubled."""
    for number, word in enumerate(kept, 1):
        mark = f"[{number}]"
        if text.count(mark) != 1:
            return None
        text = text.replace(mark, word)
    return text


def places_to_mask(terms: Sequence[Term], text: str, *, is_source: bool) -> list[tuple[Span, str]]:
    """Where the terms to be kept stand: in the source as they were found there, in its English letter by letter."""
    kept = [term for term in terms if term.policy is TermPolicy.KEEP]
    if is_source:
        return [(place, term.source) for term in kept for place in term.places]
    found = [(text.find(term.source), term.source) for term in kept]
    return [((start, start + len(word)), word) for start, word in found if start >= 0]

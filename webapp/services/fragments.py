"""Fragments of HTML translated as text: what programs send that speak to a translation service in HTML."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webapp.engine.base import Draft
from webapp.services.markup import place_marks_in_draft
from webapp.text.readers.base import Rich, joined
from webapp.text.readers.fragment import HtmlFragment
from webapp.text.readers.paragraphs import sentences_of

Drafter = Callable[[Sequence[str]], Sequence[Draft]]
"""Drafts sentences in one target; gives as many drafts, in the same order."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands: the number of its fragment, and of its block there."""

    fragment: int
    block: int


def translate_fragments(fragments: Sequence[str], draft: Drafter) -> list[str]:
    """Translates fragments of HTML; returns as many, in the same order, with the same elements around the same words.

    `draft` is called once, with the plain text of all sentences in order (not at all when there are none). Comments, scripts,
    styles, code and whatever says `translate="no"` come back as they were; text that only looks like a tag stays text.
    Raises FileTooComplex for a fragment that no page is built like, and whatever `draft` raises.
    """
    opened = [HtmlFragment(fragment) for fragment in fragments]
    places, sentences = [], []
    for n, one in enumerate(opened):
        for b, block in enumerate(one.blocks):
            for sentence in sentences_of(block.text, block.marks):
                places.append(_Place(n, b))
                sentences.append(sentence)
    if not sentences:
        return [one.text for one in opened]
    drafts = draft([sentence.text for sentence in sentences])
    found: dict[tuple[int, int], list[Rich]] = {}
    for place, sentence, made in zip(places, sentences, drafts, strict=True):
        rich = place_marks_in_draft(sentence.text, sentence.marks, made).rich
        found.setdefault((place.fragment, place.block), []).append(rich)
    return [one.written({b: [joined(found[n, b])] for b in range(len(one.blocks))}) for n, one in enumerate(opened)]

"""Strings translated at once: each cut into sentences, all sentences of all strings drafted in one call, each put together again.

Lives here: what becomes of a string around its sentences (white space, placeholders). Never here: who asked, the database.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from webapp.checks.repair import repair
from webapp.engine.base import Draft, Engine
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs

Drafting = Callable[[Sequence[str]], Sequence[Draft]]
"""Drafts sentences in one target; as many drafts as sentences, in their order."""

MOST_SENTENCES_VARIED: Final = 8
"""A longer string gets no alternatives: each sentence costs as much as a page of plain drafts."""

_PLACEHOLDER: Final = re.compile(r"\[X\d+X\s?\]")
"""What Weblate puts in the place of what must not be translated."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A string as white space and sentences: `leading` comes first, then each sentence with what follows it."""

    leading: str
    sentences: tuple[tuple[str, str], ...]

    def join(self, texts: Iterator[str]) -> str:
        """Puts as many texts as there are sentences in their places."""
        return self.leading + "".join(next(texts) + separator for _, separator in self.sentences)


def drafting(engine: Engine, source: str, target: str) -> Drafting:
    """Makes the function that drafts sentences from one language into another, typography repaired as in articles."""
    return partial(_draft, engine, source, target)


def translate_strings(texts: Sequence[str], draft: Drafting) -> list[str]:
    """Translates strings, as many as there are and in their order; the white space around and between sentences stays.

    All sentences go into one call of `draft`; a second one follows where placeholders got lost. Raises what `draft` raises.
    """
    cuts = [_cut(text) for text in texts]
    sentences = [sentence for cut in cuts for sentence, _ in cut.sentences]
    written = iter(_keep_placeholders(sentences, [one.text for one in draft(sentences)], draft) if sentences else [])
    return [cut.join(written) for cut in cuts]


def vary_strings(
    texts: Sequence[str], best: Sequence[str], vary: Callable[[str, int], Sequence[str]], count: int
) -> list[list[str]]:
    """Gives up to `count` other translations of each string than the `best`, the likelier first; none of a long one.

    `vary` gives up to so many translations of one sentence, the likeliest first.
    """
    return [_variants(text, known, vary, count) for text, known in zip(texts, best, strict=True)]


def _variants(text: str, best: str, vary: Callable[[str, int], Sequence[str]], count: int) -> list[str]:
    cut = _cut(text)
    if not 0 < len(cut.sentences) <= MOST_SENTENCES_VARIED:
        return []
    ways = [list(vary(sentence, count + 1)) or [sentence] for sentence, _ in cut.sentences]
    whole = (cut.join(iter([way[min(n, len(way) - 1)] for way in ways])) for n in range(max(map(len, ways))))
    wanted = Counter(_PLACEHOLDER.findall(text))
    return [
        other
        for other in dict.fromkeys(whole)
        if other.strip() and other != best and Counter(_PLACEHOLDER.findall(other)) == wanted
    ][:count]


def _cut(text: str) -> _Cut:
    leading, paragraphs = split_paragraphs(normalise(text))
    sentences = [
        (sentence.text, sentence.separator + (paragraph.separator if last is sentence else ""))
        for paragraph in paragraphs
        for last in paragraph.sentences[-1:]
        for sentence in paragraph.sentences
    ]
    return _Cut(leading, tuple(sentences))


def _draft(engine: Engine, source: str, target: str, sentences: Sequence[str]) -> list[Draft]:
    found = [draft for part in engine.draft(sentences, source=source, targets=(target,)) for draft in part.drafts]
    return [_mended(draft, sentence, target) for draft, sentence in zip(found, sentences, strict=True)]


def _mended(draft: Draft, sentence: str, target: str) -> Draft:
    text = repair(draft.text, target, source=sentence).text
    if not text or text == draft.text:
        return draft
    return Draft(text, draft.confidence, draft.pivot, draft.fingerprints, draft.traces)


# --- placeholders ---------------------------------------------------------------------------------------------------


def _keep_placeholders(sentences: Sequence[str], written: Sequence[str], draft: Drafting) -> list[str]:
    """Gives the translations with every placeholder of their sentences; where one got lost, made from the parts between them."""
    kept = [_respelled(sentence, text) for sentence, text in zip(sentences, written, strict=True)]
    lost = [n for n, text in enumerate(kept) if text is None]
    parts = {n: re.split(f"({_PLACEHOLDER.pattern})", sentences[n]) for n in lost}
    texts = [part.strip() for n in lost for part in parts[n][::2] if part.strip()]
    drafted = iter([one.text for one in draft(texts)] if texts else [])
    again = {n: "".join(_around(part, drafted) if i % 2 == 0 else part for i, part in enumerate(parts[n])) for n in lost}
    return [again[n] if text is None else text for n, text in enumerate(kept)]


def _respelled(sentence: str, text: str) -> str | None:
    """The translation if it holds just the placeholders of the sentence; None if any was lost, changed or doubled."""
    expected = sorted(_PLACEHOLDER.findall(sentence))
    if not expected:
        return text
    found = sorted(_PLACEHOLDER.findall(text))
    return text if [one.replace(" ", "") for one in found] == [one.replace(" ", "") for one in expected] else None


def _around(part: str, drafted: Iterator[str]) -> str:
    """A part between two placeholders, translated, with the white space it had at either end."""
    inside = part.strip()
    return part.replace(inside, next(drafted), 1) if inside else part

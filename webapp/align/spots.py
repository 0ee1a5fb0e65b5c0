"""Where the words of a mark went in the translation, and between which words a point stands: see `markup`."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from webapp.align.tokens import Span, key_of, split_words
from webapp.align.words import Link
from webapp.domain import Mark

_OPENING: Final = "«“”„\"'‘‹(["
_CLOSING: Final = "»”“\"'’›)]"
_FINAL: Final = ".!?…,;:。"
_AFTER_A_WORD: Final = frozenset({"sup", "note", "a", "span", "footnotereference", "endnotereference", "annotation"})
# Chosen by `python -m bench.marks`: with these 84 to 86 of 100 marks said to be sure are on the right words, of the others 34 to
# 47; stricter ones reach 90 and send a third more to a person.
_SURE: Final = 0.3
"""The strongest link of a mark, at least."""
_STRONG: Final = 0.25
"""A link from which on a word counts as led somewhere."""
_SHARE: Final = 0.5
"""The share of a mark's words that must be led into its place."""


class Spots:
    """Two sentences with their words and the links between these."""

    def __init__(self, source: str, target: str, links: Sequence[Link]) -> None:
        self.source, self.target, self.links = source, target, links
        self.source_words = split_words(source)
        self.target_words = split_words(target)

    # --- marks that hold words ------------------------------------------------------------------------------------

    def span(self, mark: Mark) -> tuple[Span, bool] | None:
        """The place of a mark in the translation, and whether it is sure."""
        inside = [word for word in self.source_words if word[0] < mark.end and word[1] > mark.start]
        same = self._same_letters(mark)
        if same is not None:
            return same, True
        if mark.tag in {"sup", "sub"} and self._cuts_a_word(mark):
            part = self._part_of_a_word(mark)
            return None if part is None else (part, True)
        if not self.target_words:
            return ((0, len(self.target)), False) if self.target else None
        if inside and len(inside) == len(self.source_words) and not self._cuts_a_word(mark):
            return self._with_edges(mark, (self.target_words[0][0], self.target_words[-1][1])), True
        found, sure = self._linked(mark, inside)
        return self._with_edges(mark, found), sure and not self._cuts_a_word(mark)

    def _cuts_a_word(self, mark: Mark) -> bool:
        text = self.source
        before = mark.start > 0 and text[mark.start - 1].isalnum() and text[mark.start].isalnum()
        after = mark.end < len(text) and text[mark.end - 1].isalnum() and text[mark.end].isalnum()
        return before or after

    def _part_of_a_word(self, mark: Mark) -> Span | None:
        """The same letters of the same word (m2), if the translation has it as often."""
        word = next((w for w in self.source_words if w[0] <= mark.start and mark.end <= w[1]), None)
        if word is None:
            return None
        written = self.source[word[0] : word[1]]
        before = [w for w in self.source_words if self.source[w[0] : w[1]] == written]
        places = [w for w in self.target_words if self.target[w[0] : w[1]] == written]
        if len(places) != len(before):
            return None
        start = places[before.index(word)][0]
        return start + mark.start - word[0], start + mark.end - word[0]

    def _same_letters(self, mark: Mark) -> Span | None:
        """Where the very letters of the mark stand in the translation, if that can be no accident."""
        words = self.source[mark.start : mark.end]
        if self._cuts_a_word(mark):
            return None
        if not mark.is_verbatim:
            return self._same_words(mark, words)
        places = [m.start() for m in re.finditer(re.escape(words), self.target)]
        before = [m.start() for m in re.finditer(re.escape(words), self.source)]
        if not places:  # in other letters, perhaps
            return self._same_words(mark, words)
        if len(places) != len(before) and len(before) > 1:
            return None
        place = places[before.index(mark.start)] if len(places) == len(before) and mark.start in before else places[0]
        return place, place + len(words)

    def _same_words(self, mark: Mark, words: str) -> Span | None:
        """The same words in the same order, whatever is between them: names, figures, titles in quotation marks."""
        if len(words) < 5 and not mark.is_verbatim and not any(c.isdigit() or c.isupper() for c in words):
            return None
        held = [n for n, word in enumerate(self.source_words) if mark.start <= word[0] and word[1] <= mark.end]
        keys = [key_of(self.source[a:b]) for a, b in self.source_words]
        wanted = [keys[n] for n in held]
        places = _runs(wanted, [key_of(self.target[a:b]) for a, b in self.target_words])
        before = _runs(wanted, keys)
        if not places or (len(places) != len(before) and len(before) > 1):
            return None
        first = places[before.index(held[0])] if len(places) == len(before) else places[0]
        found = (self.target_words[first][0], self.target_words[first + len(wanted) - 1][1])
        return self._with_edges(mark, found)

    def _linked(self, mark: Mark, inside: Sequence[Span]) -> tuple[Span, bool]:
        """The stretch of target words that the words of the mark lead to."""
        own, others = self._weights(mark)
        mine = {word: weight for word, weight in own.items() if weight >= others.get(word, 0.0)}
        if not mine:
            return self._nearest(mark), False
        clusters = self._clusters(mine, others)
        best = max(clusters, key=lambda cluster: (sum(mine.get(word, 0.0) for word in cluster), -cluster[0][0]))
        if mark.is_verbatim:  # what the machine made of it goes, all of it
            best = self._grown_to(len(inside), best, others)
        held = set(best)
        covered = {
            (link.source_start, link.source_end)
            for link in self.links
            if (link.target_start, link.target_end) in held and link.probability >= _STRONG
        }
        share = sum(word in covered for word in inside) / max(1, len(inside))
        weight = sum(mine.get(word, 0.0) for word in best) / sum(mine.values())
        strongest = max((own.get(word, 0.0) for word in best), default=0.0)
        return (best[0][0], best[-1][1]), share >= _SHARE and weight >= 0.7 and strongest >= _SURE

    def _grown_to(self, size: int, cluster: Sequence[Span], others: Mapping[Span, float]) -> list[Span]:
        """Takes in words beside a cluster that no other word leads to, up to a number of words."""
        first, last = self.target_words.index(cluster[0]), self.target_words.index(cluster[-1])
        while last - first + 1 < size:
            if first > 0 and others.get(self.target_words[first - 1], 0.0) < _STRONG:
                first -= 1
            elif last + 1 < len(self.target_words) and others.get(self.target_words[last + 1], 0.0) < _STRONG:
                last += 1
            else:
                break
        return list(self.target_words[first : last + 1])

    def _weights(self, mark: Mark) -> tuple[dict[Span, float], dict[Span, float]]:
        """For every target word its strongest link into the mark, and out of it."""
        own: dict[Span, float] = {}
        others: dict[Span, float] = {}
        for link in self.links:
            into = link.source_start < mark.end and link.source_end > mark.start
            side = own if into else others
            word = (link.target_start, link.target_end)
            side[word] = max(side.get(word, 0.0), link.probability)
        return own, others

    def _clusters(self, mine: Mapping[Span, float], others: Mapping[Span, float]) -> list[list[Span]]:
        """Words that belong to the mark, with those between them that belong to nothing else."""
        clusters: list[list[Span]] = []
        between: list[Span] = []
        for word in self.target_words:
            if word in mine:
                if clusters and len(between) <= 2 and not any(others.get(w, 0.0) >= _STRONG for w in between):
                    clusters[-1] += [*between, word]
                else:
                    clusters.append([word])
                between = []
            else:
                between.append(word)
        return clusters

    def _nearest(self, mark: Mark) -> Span:
        """The word whose place in the translation is most like that of the mark in the source."""
        middle = (mark.start + mark.end) / 2 / max(1, len(self.source)) * len(self.target)
        return min(self.target_words, key=lambda word: abs((word[0] + word[1]) / 2 - middle))

    def _with_edges(self, mark: Mark, found: Span) -> Span:
        """Takes in the quotation marks and final marks around the words, if the mark held them in the source."""
        start, end = found
        first, last = self.source[mark.start], self.source[mark.end - 1]
        if first in _OPENING:
            start = _grown(self.target, start, -1, _OPENING)
        if last in _FINAL:
            end = _grown(self.target, end, 1, _FINAL + _CLOSING)
        elif last in _CLOSING:
            end = _grown(self.target, end, 1, _CLOSING)
        return start, end

    # --- points ---------------------------------------------------------------------------------------------------

    def point(self, mark: Mark) -> tuple[Span, bool]:
        """The place of a point, and whether it is sure."""
        place = mark.start
        before = [word for word in self.source_words if word[1] <= place]
        after = [word for word in self.source_words if word[0] >= place]
        if not after:
            return self._at_the_end(place), True
        if not before:
            return (0, 0), True
        if mark.tag in _AFTER_A_WORD and before[-1][1] == len(self.source[:place].rstrip(_CLOSING + _FINAL + " ")):
            return self._after_the_word(place, before[-1])
        return self._between(place)

    def _at_the_end(self, place: int) -> Span:
        """After everything, or before the final marks if it stood before them."""
        rest = self.source[place:].strip()
        end = (
            len(self.target.rstrip(_FINAL + _CLOSING)) if rest and all(c in _FINAL + _CLOSING for c in rest) else len(self.target)
        )
        return end, end

    def _after_the_word(self, place: int, word: Span) -> tuple[Span, bool]:
        links = [link for link in self.links if (link.source_start, link.source_end) == word]
        best = max(links, key=lambda link: link.probability, default=None)
        if best is None:
            return self._between(place)[0], False
        end = best.target_end
        if self.source[word[1] : place].strip():
            end = _grown(self.target, end, 1, _FINAL + _CLOSING)
        return (end, end), best.probability >= _SURE

    def _between(self, place: int) -> tuple[Span, bool]:
        """The gap between two target words that best parts what was before the point from what was after it."""
        words = self.target_words
        gains = dict.fromkeys(words, 0.0)
        for link in self.links:
            word = (link.target_start, link.target_end)
            if word in gains:
                gains[word] += link.probability if link.source_end <= place else -link.probability
        total = sum(link.probability for link in self.links)
        aim = place / max(1, len(self.source)) * len(self.target)
        best, best_key, score = 0, (float("-inf"), 0.0), 0.0
        for n in range(1, len(words)):
            score += gains[words[n - 1]]
            key = (round(score, 3), -abs(words[n][0] - aim))
            if key > best_key:
                best, best_key = n, key
        if not best:
            return (len(self.target), len(self.target)), False
        at_word = place > 0 and self.source[place - 1].isspace()
        end = self._gap(words[best - 1][1], words[best][0], at_word=at_word)
        agrees = self._agreement(place, words[best][0], total)
        return (end, end), agrees >= 0.7

    def _gap(self, end: int, start: int, *, at_word: bool) -> int:
        """The place between two words: before the second one, or after what ends the first."""
        gap = self.target[end:start]
        opening = len(gap) - len(gap.rstrip(_OPENING))
        if at_word:
            return start - opening
        return end + len(gap[: len(gap) - opening].rstrip())

    def _agreement(self, place: int, boundary: int, total: float) -> float:
        """The share of the links that do not cross from before the point to after its new place, or back."""
        if not total:
            return 0.0
        same = sum(link.probability for link in self.links if (link.source_end <= place) == (link.target_end <= boundary))
        return same / total


def _runs(wanted: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where the words wanted stand in a row: the numbers of their first."""
    if not wanted:
        return []
    places = range(len(words) - len(wanted) + 1)
    return [n for n in places if words[n] == wanted[0] and list(words[n : n + len(wanted)]) == list(wanted)]


def _grown(text: str, place: int, step: int, letters: str) -> int:
    """Moves the edge of a span outwards over marks of `letters`, and over a space that stands inside quotation marks."""
    while True:
        beside = place - 1 if step < 0 else place
        if not 0 <= beside < len(text):
            return place
        if text[beside] in letters:
            place += step
        elif text[beside] in "\u00a0\u202f" and 0 <= beside + step < len(text) and text[beside + step] in letters:
            place += 2 * step
        else:
            return place

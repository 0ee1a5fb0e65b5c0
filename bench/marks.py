"""Inline marks against the gold word links: how often they land on the right words, and whether doubt is where they do not.

usage: python -m bench.marks

Every run of one to three French words whose gold links lead to one stretch of the translation is marked in turn and projected by
the links that the product would have (starter packages, as after a person edited the sentence). A mark is right when it holds
every word that is surely linked to it and no word that is surely linked to something else only.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bench import table, verdict
from bench.gold_links import GoldPair, read_gold
from bench.links import _traces
from webapp.align.markup import Placed, project_marks
from webapp.align.tokens import Span, split_words
from webapp.align.words import Link, word_links
from webapp.domain import Mark
from webapp.languages import SOURCE, TARGETS

LONGEST: Final = 3
# Of the marks said to be sure, the share that is right must not fall below; a little under what was measured.
DEMANDED: Final = {"en": 0.82, "ru": 0.82, "ko": 0.82}


class Case(NamedTuple):
    """A mark with the words of the translation that it must hold, and those it must not."""

    mark: Mark
    wanted: frozenset[int]
    others: frozenset[int]


def main() -> int:
    """Prints the table and ends with 1 when a figure demanded is missed."""
    rows, kept = [], []
    for target in TARGETS:
        gold = read_gold(target)
        found = [
            (one.sure, _is_right(one, case, split_words(pair.target)))
            for pair, traces in zip(gold, _traces(target, gold), strict=True)
            for case, one in _placed(pair, word_links(pair.source, pair.target, traces, languages=(SOURCE, target)))
        ]
        sure = [right for is_sure, right in found if is_sure]
        doubtful = [right for is_sure, right in found if not is_sure]
        shares = [
            _share([right for _, right in found]),
            _share([is_sure for is_sure, _ in found]),
            _share(sure),
            _share(doubtful),
        ]
        rows.append([f"fr-{target}", str(len(found)), *(f"{share:.2f}" for share in shares)])
        kept.append(verdict(f"sure marks that are right fr-{target}", _share(sure), DEMANDED[target], at_least=True))
    print(table(["", "marks", "right", "said to be sure", "right of the sure", "right of the doubtful"], rows))
    return 0 if all(kept) else 1


def _placed(pair: GoldPair, links: Sequence[Link]) -> Iterator[tuple[Case, Placed]]:
    for case in cases(pair):
        for one in project_marks(pair.source, [case.mark], pair.target, links):
            yield case, one


def cases(pair: GoldPair) -> Iterator[Case]:
    """The marks that can be judged in a pair: what they hold stands together in the translation, too."""
    words = split_words(pair.source)
    for start in range(len(words)):
        for stop in range(start + 1, min(start + LONGEST, len(words)) + 1):
            wanted = frozenset(j for i, j in pair.sure if start <= i < stop)
            possible = frozenset(j for i, j in pair.possible if start <= i < stop)
            others = frozenset(j for i, j in pair.sure if not start <= i < stop) - possible
            together = wanted and not any(j in others for j in range(min(wanted), max(wanted) + 1))
            if together and (stop - start) < len(words):
                yield Case(Mark(words[start][0], words[stop - 1][1], "b"), wanted, others)


def _is_right(one: Placed, case: Case, words: Sequence[Span]) -> bool:
    held = {j for j, (start, end) in enumerate(words) if start < one.mark.end and end > one.mark.start}
    return case.wanted <= held and not held & case.others


def _share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0


if __name__ == "__main__":
    sys.exit(main())

"""What one call of the engine remembers: drafts until they are handed out, and those of sentences that come again.

Lives here: which sentences of a slice need the models at all. Never here: a model, a thread.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final

from webapp.engine.base import Draft, Slice

REMEMBERED: Final = 4096  # sentences that come again later in the same call

Drafts = dict[str, list[Draft]]
"""By target, in the order of the sentences that were asked for."""


class Memory:
    """The drafts that are known in one call: those of the slices under way, and of sentences that come again.

    Bounded: beyond REMEMBERED repeated sentences the one used longest ago is forgotten and would be translated again.
    """

    def __init__(self, sentences: Sequence[str], targets: Sequence[str]) -> None:
        self._targets = tuple(targets)
        self._left = Counter(sentences)
        self._known: OrderedDict[str, dict[str, Draft]] = OrderedDict()

    def unknown(self, sentences: Sequence[str]) -> list[str]:
        """Lists the sentences, each once, that are neither drafted nor being drafted; from now on they are."""
        unknown = []
        for sentence in dict.fromkeys(sentences):
            if sentence in self._known:
                self._known.move_to_end(sentence)  # a slice under way relies on it: not to be forgotten before
            else:
                self._known[sentence] = {}
                unknown.append(sentence)
        return unknown

    def learn(self, sentences: Sequence[str], drafts: Drafts) -> None:
        """Takes the drafts of sentences that were unknown, by target in the order of the sentences."""
        for i, sentence in enumerate(sentences):
            self._known[sentence] = {target: drafts[target][i] for target in self._targets}

    def slices(self, sentences: Sequence[str], where: range) -> Iterator[Slice]:
        """Yields the slice of every target for a range whose sentences are all known; forgets what does not come again."""
        found = []
        for sentence in sentences[where.start : where.stop]:
            found.append(self._known[sentence])
            self._left[sentence] -= 1
            if not self._left[sentence]:
                del self._known[sentence], self._left[sentence]
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        for target in self._targets:
            yield Slice(target, where.start, tuple(drafts[target] for drafts in found))

"""The translation memory with 100,000 French sentences: how long a lookup takes, and whether it finds what is there.

Sentences are put together from halves of those of the training corpus, so that words are as frequent as in the press. Looked up
are the same sentences, ones with a word or a figure changed, and ones that are not there. What a lookup must find is told by
comparing with every sentence there is.

usage: python -m bench.memory [--sentences N]
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import psutil
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bench import verdict
from webapp.config import Settings
from webapp.services.memory import Asked, find_matches
from webapp.services.memory_files import import_memory
from webapp.storage.store import Store
from webapp.text.resemblance import LEAST, plain_form

CORPUS: Final = Path(__file__).parents[1] / "training" / "corpus"
LOOKUPS: Final = 200
COMPARED: Final = 60
TOP: Final = 5


def corpus() -> list[list[str]]:
    """The French sentences of the corpus as words."""
    lines = (line for path in sorted(CORPUS.glob("*.sentences.tsv")) for line in path.read_text("utf-8").splitlines())
    return [words for line in lines if len(words := line.split("\t")[0].split()) >= 8]


def make_sentences(count: int, seed: int = 1) -> list[str]:
    """Puts sentences together, all different."""
    chosen, known = random.Random(seed), corpus()
    made: dict[str, None] = {}
    while len(made) < count:
        one, other = chosen.choice(known), chosen.choice(known)
        made[" ".join([*one[: len(one) // 2], *other[len(other) // 2 :]])] = None
    return list(made)


def tmx(sentences: Sequence[str]) -> bytes:
    """A file with one English translation each."""
    variant = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
    pairs = ((escape(text), f"[{n}] {escape(text)}") for n, text in enumerate(sentences))
    units = (f"<tu>{variant.format('fr-FR', source)}{variant.format('en-US', target)}</tu>" for source, target in pairs)
    return f'<?xml version="1.0"?><tmx version="1.4"><header srclang="fr-FR"/><body>{"".join(units)}</body></tmx>'.encode()


def near(text: str, chosen: random.Random) -> str:
    """The sentence with one or two words replaced."""
    words = text.split()
    for _ in range(chosen.randint(1, 2)):
        words[chosen.randrange(len(words))] = chosen.choice(("demain", "17", "ailleurs", "nouvelle", "Lyon"))
    return " ".join(words)


def kinds(sentences: Sequence[str], seed: int = 2) -> Iterator[tuple[str, list[str]]]:
    """What is looked up, by kind."""
    chosen = random.Random(seed)
    picked = chosen.sample(sentences, LOOKUPS)
    yield "the same sentence", picked
    yield "a like sentence", [near(text, chosen) for text in picked]
    yield "a sentence that is not there", make_sentences(LOOKUPS, seed=99)


def lookups(store: Store, texts: Sequence[str]) -> list[float]:
    """The seconds of each lookup, of the processor, so that a busy machine does not blur them."""
    taken = []
    for text in texts:
        started = time.process_time()
        with store.read() as tx:
            find_matches(tx, Asked(text), "en")
        taken.append(time.process_time() - started)
    return taken


def found_share(store: Store, sentences: Sequence[str], texts: Sequence[str]) -> float:
    """The share of the best matches (up to five a sentence) that a comparison with everything gives and the lookup found."""
    forms = [plain_form(text) for text in sentences]
    wanted = found = 0
    for text in texts:
        cutoff = LEAST / 100
        ranked = process.extract(
            plain_form(text), forms, scorer=Levenshtein.normalized_similarity, score_cutoff=cutoff, limit=TOP, processor=None
        )
        with store.read() as tx:
            got = {match.entry.source for match in find_matches(tx, Asked(text), "en", limit=50)}
        wanted += len(ranked)
        found += sum(sentences[number] in got for _, _, number in ranked)
    return found / wanted if wanted else 1.0


class Watched:
    """How much memory the process holds at most while a file is taken, in megabytes beyond what it held before."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._before = self._process.memory_info().rss
        self.most = 0.0

    def __call__(self, _done: int, _total: int) -> None:
        self.most = max(self.most, (self._process.memory_info().rss - self._before) / 1e6)


def take(store: Store, folder: Path, sentences: Sequence[str]) -> bool:
    """Takes a file with all of them, and says how long that took and how much room it needed."""
    file = folder / "bench.tmx"
    file.write_bytes(tmx(sentences))
    watched, started = Watched(), time.perf_counter()
    with file.open("rb") as stream:
        report = import_memory(store, stream, file.name, progress=watched)
    seconds = time.perf_counter() - started
    size = file.stat().st_size / 1e6
    print(f"taken: {report.added} pairs from {size:.0f} MB in {seconds:.1f} s ({report.added / seconds:.0f} a second)")
    print(f"the database holds {sum(path.stat().st_size for path in folder.glob('quatrain.db*')) / 1e6:.0f} MB")
    return verdict("memory while taking it, MB", watched.most, 60, at_least=False)


def look_up(store: Store, sentences: Sequence[str], name: str, texts: Sequence[str]) -> bool:
    """Looks up sentences of one kind, and says how long that took and how much of what is there was found."""
    taken = lookups(store, texts)
    print(f"{name}: median {1000 * statistics.median(taken):.1f} ms")
    longest = 1000 * statistics.quantiles(taken, n=100)[98]
    quick = verdict(f"{name}, 99 of 100 within ms", longest, 50, at_least=False)
    share = found_share(store, sentences, texts[:COMPARED])
    return verdict(f"{name}, share of the matches found", share, 0.98, at_least=True) and quick


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints every figure beside what is demanded; returns 0 when all are reached."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--database", help="postgresql://…, instead of SQLite")
    options = parser.parse_args(arguments)
    sentences = make_sentences(options.sentences)
    with tempfile.TemporaryDirectory() as name:
        store = Store.open(Settings(data_dir=Path(name), database_url=options.database))
        reached = [take(store, Path(name), sentences)]
        reached += [look_up(store, sentences, kind, texts) for kind, texts in kinds(sentences)]
        store.close()
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())

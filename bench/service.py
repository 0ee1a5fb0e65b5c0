"""The whole service beside bare CTranslate2: what storage, scheduling and saving cost.

Bare means: the same sentences, tokenized beforehand, given to `Translator.translate_batch` all at once, a hop after the other, on
the same threads, at the best of several batch sizes; nothing decoded, nothing saved. The service means: articles created in
SQLite, drafted by a worker's rounds and saved, tokenizing included. Both run in one process, in turns.

usage: python -m bench.service [--full-size] [--articles N] [--runs N]
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench import verdict
from bench.articles import make_articles
from bench.packages import full_size_packages
from webapp.config import Settings
from webapp.domain import SourceText
from webapp.engine.hop import LENGTH_PENALTY, Hop
from webapp.engine.packages import PackageStore
from webapp.engine.translator import ArgosEngine
from webapp.engine.wording import for_model
from webapp.jobs.presence import this_worker
from webapp.languages import TARGETS
from webapp.services.articles import create_article
from webapp.services.drafting import draft_round
from webapp.storage.store import Store

BATCH_SIZES: Final = (512, 1024, 2048)


def install(folder: Path, *, full_size: bool) -> Settings:
    """Makes a data folder with the starters, or with packages as heavy as the official ones."""
    settings = Settings(data_dir=folder)
    packages = PackageStore(settings)
    if full_size:
        for path in full_size_packages():
            packages.import_file(path)
    else:
        packages.install_starters()
    return settings


class Bare:
    """CTranslate2 alone. `best` is the batch size that was quickest."""

    def __init__(self, settings: Settings, texts: Sequence[str]) -> None:
        self.hops = {p.pair: Hop(p, settings) for p in PackageStore(settings).installed()}
        self.french = [self.hops["fr-en"].encode(for_model(text)) for text in texts]
        self.english = self._english()
        self.best = min(BATCH_SIZES, key=self.seconds)

    def _english(self) -> dict[str, list[Any]]:
        drafts = self._translate("fr-en", self.french, 1024)
        texts = [self.hops["fr-en"].decode(draft.hypotheses[0]) for draft in drafts]
        return {pair: [self.hops[pair].encode(text) for text in texts] for pair in ("en-ru", "en-ko")}

    def _translate(self, pair: str, pieces: Sequence[Any], batch: int) -> Any:
        return self.hops[pair]._translator.translate_batch(  # the very model, without our code around it
            [list(p) for p in pieces],
            max_batch_size=batch,
            batch_type="tokens",
            beam_size=4,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            return_scores=True,
        )

    def seconds(self, batch: int) -> float:
        """Measures the three hops."""
        start = time.perf_counter()
        self._translate("fr-en", self.french, batch)
        for pair, pieces in self.english.items():
            self._translate(pair, pieces, batch)
        return time.perf_counter() - start


class Service:
    """Everything between an article and its stored drafts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store.open(settings)
        self.engine = ArgosEngine(PackageStore(settings), settings)
        self.seconds(make_articles(1, seed=10_000))  # the models load

    def seconds(self, articles: Sequence[SourceText]) -> float:
        """Measures storing and drafting articles, all of them waiting at once."""
        start = time.perf_counter()
        with self.store.begin() as tx:
            for article in articles:
                create_article(tx, article, TARGETS)
        worker = this_worker()
        while draft_round(self.store, self.engine, worker):
            pass
        return time.perf_counter() - start

    def close(self) -> None:
        self.engine.close()
        self.store.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full-size", action="store_true")
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = install(Path(folder), full_size=options.full_size)
        reached = compare(settings, articles=options.articles, runs=options.runs, least=0.9 if options.full_size else 0.0)
        return 0 if reached else 1


def compare(settings: Settings, *, articles: int, runs: int, least: float) -> bool:
    """Prints throughput through the service as a share of bare CTranslate2's, and the growth from n to 10 n.

    The starters write a sentence in a tenth of the time of official packages, so that everything else weighs ten times as much:
    their share is printed and nothing is demanded of it.
    """
    service = Service(settings)
    texts = [s.text for article in make_articles(articles, seed=0) for p in article.paragraphs for s in p.sentences]
    bare = Bare(settings, list(dict.fromkeys(texts)))
    print(f"{articles} articles, {len(texts)} sentences, 3 targets, beam 4, {settings.engine_threads} threads")
    print(f"bare CTranslate2 is quickest with batches of {bare.best} tokens")
    pairs = [(bare.seconds(bare.best), service.seconds(make_articles(articles, seed=0))) for _ in range(runs)]
    for bare_seconds, service_seconds in pairs:
        print(f"  bare {bare_seconds:6.2f} s   service {service_seconds:6.2f} s   {bare_seconds / service_seconds:6.1%}")
    share = statistics.median(b / s for b, s in pairs)
    reached = verdict("throughput through the service, as a share of bare CTranslate2", share, least, at_least=True)
    growth = [service.seconds(make_articles(10, seed=1)) / service.seconds(make_articles(1, seed=1)) for _ in range(runs)]
    reached &= verdict("10 times the text, times the time", statistics.median(growth), 10.5, at_least=False)
    service.close()
    return reached


if __name__ == "__main__":
    sys.exit(main())

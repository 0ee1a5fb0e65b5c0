"""Small requests, as LibreTranslate clients send them: what waiting, batching and the way through the database cost.

Everything between a question and its answer is there but HTTP: a web process's questions and waiting, a worker's threads, the
database between them. Twenty strings are put beside one article of the same words, drafted and saved by a worker's rounds;
requests that come at once beside the same ones one after the other; one short sentence beside the engine alone. All in turns, in
one run.

usage: python -m bench.requests [--full-size] [--runs N]
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench import verdict
from bench.articles import french_sentences
from bench.service import install
from webapp.api.answers import Answers
from webapp.config import Settings
from webapp.domain import Paragraph, ParagraphKind, Sentence, SourceText
from webapp.engine.packages import PackageStore
from webapp.engine.translator import ArgosEngine
from webapp.jobs.presence import introduce, this_worker
from webapp.jobs.requests import Answering
from webapp.services.articles import create_article
from webapp.services.drafting import draft_round
from webapp.services.requests import Limits, Question
from webapp.storage.store import Store

STRINGS: Final = 20
AT_ONCE: Final = 16
TARGET: Final = "ru"  # two packages, as for most
SHORT: Final = (
    "Le port rouvre lundi matin.",
    "Il pleut depuis trois jours.",
    "La mairie a voté le budget.",
    "Les élèves rentrent mardi.",
)


class Service:
    """A worker and a web process, as threads of this one."""

    def __init__(self, settings: Settings) -> None:
        self.store = Store.open(settings)
        self.engine = ArgosEngine(PackageStore(settings), settings)
        self.worker = this_worker()
        introduce(self.store, self.worker)
        self._stop = threading.Event()
        limits = Limits(settings.max_article_bytes, settings.max_file_bytes)
        self._answering = Answering(self.store, self.engine, self.worker.id, self._stop, limits=limits)
        self._answering.start()
        self.answers = Answers(self.store, places=AT_ONCE)

    def ask(self, texts: Sequence[str]) -> None:
        """Has strings translated, as `POST /translate` does."""
        found = self.answers.ask(Question(tuple(texts), "fr", TARGET))
        assert len(found.texts) == len(texts)

    def draft(self, sentences: Sequence[str]) -> None:
        """Has an article of these sentences drafted."""
        paragraph = Paragraph(ParagraphKind.BODY, tuple(Sentence(text, " ") for text in sentences), "\n")
        with self.store.begin() as tx:
            create_article(tx, SourceText("", (paragraph,)), (TARGET,))
        while draft_round(self.store, self.engine, self.worker):
            pass

    def translate(self, text: str) -> None:
        """Has the engine alone translate a sentence."""
        list(self.engine.draft([text], source="fr", targets=(TARGET,)))

    def close(self) -> None:
        self._stop.set()
        self._answering.end(5)
        self.engine.close()
        self.store.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def at_once(service: Service, texts: Sequence[str]) -> None:
    """Asks for every text in a request of its own, all at the same time."""
    threads = [threading.Thread(target=service.ask, args=([text],)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_by_one(service: Service, texts: Sequence[str]) -> None:
    for text in texts:
        service.ask([text])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full-size", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(install(Path(folder), full_size=options.full_size))
        reached = compare(service, options.runs)
        service.close()
    return 0 if reached else 1


def compare(service: Service, runs: int) -> bool:
    """Prints the three ratios; tells whether what is demanded was reached."""
    stock = french_sentences()
    texts, single = stock[:STRINGS], stock[STRINGS : STRINGS + AT_ONCE]
    service.draft(texts)  # the models load
    service.ask(texts)
    ratios, gains, overheads = [], [], []
    for _ in range(runs):
        article, strings = seconds(lambda: service.draft(texts)), seconds(lambda: service.ask(texts))
        alone, together = seconds(lambda: one_by_one(service, single)), seconds(lambda: at_once(service, single))
        engine = statistics.median(seconds(partial(service.translate, text)) for text in SHORT * 3)
        request = statistics.median(seconds(partial(service.ask, [text])) for text in SHORT * 3)
        ratios.append(strings / article)
        gains.append(alone / together)
        overheads.append(1000 * (request - engine))
        print(
            f"  {STRINGS} strings {strings:6.3f} s   article {article:6.3f} s   {AT_ONCE} one by one {alone:6.3f} s   at once "
            f"{together:6.3f} s   one short sentence {1000 * request:5.0f} ms, of which the engine {1000 * engine:5.0f} ms",
            flush=True,
        )
    reached = verdict(f"{STRINGS} strings, times one article of the same words", statistics.median(ratios), 1.3, at_least=False)
    reached &= verdict(f"{AT_ONCE} requests at once, times as quick as one by one", statistics.median(gains), 1.5, at_least=True)
    reached &= verdict("one short sentence, milliseconds over the engine's own", statistics.median(overheads), 50, at_least=False)
    return reached


if __name__ == "__main__":
    sys.exit(main())

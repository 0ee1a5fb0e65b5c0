"""What a translator waits for at the server, in an article of 1,000 paragraphs: `python -m bench.review`.

Times are of the processor, so that a busy machine does not blur them; the demands are those of the review issue.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import verdict
from tests.factories import make_source, store_article
from webapp.config import Settings
from webapp.domain import Document, SourceText
from webapp.services import checking
from webapp.services.articles import get_document
from webapp.services.autosave import save_unsaved
from webapp.services.filters import next_sentence
from webapp.services.review import edit_translation, undo
from webapp.services.revising import update_source
from webapp.services.sentences import get_sentence
from webapp.storage.store import Store

PARAGRAPHS = 1000


def main() -> int:
    """Prints every figure beside what is demanded; returns 0 when all are reached."""
    checking.load_checks()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings(data_dir=Path(folder)))
        source = make_source(paragraphs=PARAGRAPHS, sentences=3, words=18)
        article = store_article(store, source, drafted=None)
        with store.read() as tx:
            document = get_document(tx, article)
        reached = [
            verdict(f"{name}, ms", _milliseconds(task, times), bound, at_least=False)
            for name, task, times, bound in _tasks(store, article, source, document)
        ]
        store.close()
    return 0 if all(reached) else 1


Task = tuple[str, Callable[[int], object], int, float]


def _tasks(store: Store, article: str, source: SourceText, document: Document) -> list[Task]:
    sentences = [s for p in document.paragraphs for s in p.sentences]

    def save(target: str) -> Callable[[int], object]:
        def run(n: int) -> None:
            with store.begin() as tx:
                edit_translation(tx, article, sentences[100 * n].id, target, f"Text {n}.", revision=None)

        return run

    def take_back(_n: int) -> None:
        with store.begin() as tx:
            undo(tx, article)

    def keep(n: int) -> None:
        with store.begin() as tx:
            save_unsaved(tx, article, sentences[n].id, "ko", "x" * 100, base_revision=1)

    def look(n: int) -> None:
        with store.read() as tx:
            get_sentence(tx, article, sentences[100 * n].id)

    def go_on(n: int) -> None:
        with store.read() as tx:
            next_sentence(tx, article, sentences[100 * n].id, target="ko")

    def window(n: int) -> None:
        with store.read() as tx:
            get_document(tx, article, start=50 * n, stop=50 * n + 100)

    def correct(n: int) -> None:
        with store.begin() as tx:
            update_source(tx, article, _corrected(source, n))

    return [
        ("a window of 100 paragraphs", window, 15, 30),
        ("opening a sentence", look, 15, 50),
        ("saving Korean", save("ko"), 15, 50),
        ("saving English, which the others follow", save("en"), 15, 50),
        ("undoing", take_back, 15, 50),
        ("keeping what is typed", keep, 15, 20),
        ("the next unfinished sentence", go_on, 15, 50),
        ("updating the source by one sentence", correct, 5, 500),
    ]


def _corrected(source: SourceText, n: int) -> SourceText:
    paragraphs = list(source.paragraphs)
    first, *rest = paragraphs[500].sentences
    paragraphs[500] = replace(paragraphs[500], sentences=(replace(first, text=f"{first.text} Encore {n}."), *rest))
    return replace(source, paragraphs=tuple(paragraphs))


def _milliseconds(task: Callable[[int], object], times: int) -> float:
    taken = []
    for n in range(times):
        started = time.process_time()
        task(n)
        taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())

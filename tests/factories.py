"""Builders of test data: sources, stored articles at any progress, workers."""

import itertools
import os
import random
import re
from collections.abc import Sequence

from sqlalchemy import insert, select

from tests.fakes import FakeEngine
from webapp.domain import Paragraph, ParagraphKind, Sentence, SourceText, State
from webapp.engine.base import Engine
from webapp.jobs.presence import process_start
from webapp.languages import TARGETS
from webapp.services.articles import create_article
from webapp.services.drafting import draft_round
from webapp.storage.articles import new_public_id
from webapp.storage.folding import fold
from webapp.storage.models import articles, jobs, search_texts, sentences_in, versions, words_in
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow

_WORDS = re.findall(
    r"\S+",
    "le conseil municipal a voté hier soir un budget de trois millions d’euros pour la rénovation des écoles du centre "
    "et la préfète a promis une réponse avant l’été tandis que les habitants réclament déjà des travaux plus rapides",
)
_numbers = itertools.count(1)


def make_sentence(words: int, seed: int) -> str:
    """Makes a French-looking sentence of about that many words, the same for the same seed, another for another."""
    chosen = random.Random(seed).choices(_WORDS, k=max(1, words - 1))
    return f"{chosen[0].capitalize()} {' '.join(chosen[1:])} {seed}."


def make_source(
    *,
    paragraphs: int = 2,
    sentences: int = 3,
    words: int = 8,
    title: str = "Un titre",
    languages: Sequence[str | None] = (),
    seed: int = 0,
) -> SourceText:
    """Makes a source of `paragraphs` × `sentences`, a heading first; every sentence differs from every other.

    `languages`: those of the first paragraphs, None for French.
    """
    by_place = dict(enumerate(languages))
    numbers = itertools.count(seed * 1_000_003)
    made = []
    for n in range(paragraphs):
        inside = [Sentence(make_sentence(words, next(numbers)), " ") for _ in range(sentences)]
        inside[-1] = Sentence(inside[-1].text)
        kind = ParagraphKind.HEADING if n == 0 and paragraphs > 1 else ParagraphKind.BODY
        made.append(Paragraph(kind, tuple(inside), "\n\n" if n < paragraphs - 1 else "\n", by_place.get(n)))
    return SourceText(title, tuple(made))


def make_worker(name: str = "") -> WorkerRow:
    """Makes a worker, on a machine of its own, that lives as long as the tests do."""
    number = next(_numbers)
    return WorkerRow(name or f"test:{number}", f"host-{number}", os.getpid(), process_start(os.getpid()))


def store_article(
    store: Store,
    source: SourceText | None = None,
    targets: Sequence[str] = TARGETS,
    *,
    drafted: int | None = 0,
    engine: Engine | None = None,
) -> str:
    """Stores an article and drafts its first `drafted` sentences (None: all of them); returns its id.

    Other articles that wait are drafted along with it, as a worker would.
    """
    with store.begin() as tx:
        article = create_article(tx, source or make_source(), targets)
    if drafted is None:
        draft_all(store, engine)
    elif drafted:
        saved = itertools.count(1)
        draft_round(store, engine or FakeEngine(slice_size=1), make_worker(), stopping=lambda: next(saved) >= drafted)
    return article


def draft_all(store: Store, engine: Engine | None = None, worker: WorkerRow | None = None) -> None:
    """Drafts whatever waits, as a worker does."""
    while draft_round(store, engine or FakeEngine(slice_size=50), worker or make_worker()):
        pass


def store_catalogue(store: Store, count: int, *, words: int = 500, targets: Sequence[str] = TARGETS) -> None:
    """Stores the heads of many articles, done and without paragraphs: what lists and searches look at, and nothing else.

    The last one holds the word "aiguille" in its title and "épingle" in its text.
    """
    shared = " ".join(make_sentence(words // 10, n) for n in range(10))
    with store.begin() as tx:
        now, nothing = tx.moment(), {name(state): 0 for state in State for name in (sentences_in, words_in)}
        sizes = {"sentence_count": 22, "word_count": words, "paragraph_count": 10}
        head = {"source": "fr", "encoding": "utf-8", "leading": "", "created_at": now, "created_by": "local", "revision": 1}
        heads = [
            head | sizes | {"public_id": new_public_id(), "title": f"Article {n}", "detected_probability": 1.0}
            for n in range(count)
        ]
        heads[-1]["title"] = "Une aiguille"
        tx.connection.execute(insert(articles), heads)
        keys = tx.connection.scalars(select(articles.c.id).order_by(articles.c.id)).all()[-count:]
        texts = [{"article_id": key, "folded": fold(f"article {n} {shared}")} for n, key in enumerate(keys)]
        texts[-1]["folded"] = fold(f"une aiguille {shared} Épingle.")
        tx.connection.execute(insert(search_texts), texts)
        drafted = nothing | {sentences_in(State.DRAFT): 22, words_in(State.DRAFT): words}
        tx.connection.execute(insert(versions), [{"article_id": key, "target": t} | drafted for key in keys for t in targets])
        job = {"status": "done", "done": 66, "total": 66, "remaining": 0, "queued_at": 0.0, "attempts": 0}
        tx.connection.execute(insert(jobs), [{"article_id": key} | job for key in keys])

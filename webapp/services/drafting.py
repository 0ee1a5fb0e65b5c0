"""Drafting: what people ask of it, and the rounds in which a worker does it.

A round takes the open jobs that come first, pools their sentences so that the engine's batches are full, and saves what
comes back range by range. Nothing is held in memory that a killed worker could lose but the range it works on.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from webapp.engine.base import Engine
from webapp.errors import EngineFailed, NoRoute, QuatrainError
from webapp.languages import PIVOT, SOURCE, TARGETS
from webapp.services.finishing import finished
from webapp.services.prefilling import fill
from webapp.services.proposals import Plan, make_pivot_plans, make_plan, propose
from webapp.services.retrying import Retries
from webapp.services.terms import glossary_of
from webapp.services.usual import usual_of
from webapp.storage import articles, drafts, files, jobs, measures, routes, workers
from webapp.storage.drafts import Pending, Proposals
from webapp.storage.jobs import OpenJob
from webapp.storage.store import Store, Transaction
from webapp.storage.workers import WorkerRow

_log = logging.getLogger(__name__)

# A round's size in sentences. Several full batches for the engine; with other workers about, less, so that they get some.
ROUND_SENTENCES: Final = 500
SHARED_ROUND_SENTENCES: Final = 250
# An express round is for people who wait at their page: a small article whole, a book's first pages.
EXPRESS_SENTENCES: Final = 100
# Of every article that shows nothing yet, this many sentences go first.
FIRST_SENTENCES: Final = 4
# How many jobs are looked at, and locked, when a round is made up: alone, and with other workers about.
_LOOKED_AT: Final = 200
_SHARED_LOOKED_AT: Final = 8
# How long a worker waits for another that is just making up its round.
_CONTENDED_SECONDS: Final = 0.05
# An engine that fails on so many sentences of an article is not asked for the rest of it.
MAX_FAILURES: Final = 8


def never() -> bool:
    """Says that nobody wants the work to stop."""
    return False


def cancel_drafting(tx: Transaction, article_id: str) -> None:
    """Stops the drafting of an article; what is drafted stays. Does nothing when it has ended. Raises ArticleNotFound."""
    jobs.cancel(tx, articles.key_of(tx, article_id))


def retry_drafting(tx: Transaction, article_id: str) -> None:
    """Drafts what an article still lacks, after a failure or a cancellation; does nothing while it is drafted anyway.

    Raises ArticleNotFound. The caller wakes the workers once the transaction is committed.
    """
    key = articles.key_of(tx, article_id)
    if not jobs.is_open(tx, key):
        jobs.reopen(tx, key, afresh=False)


def retry_without_route(tx: Transaction) -> int:
    """Queues again every article whose drafting failed because a package was missing; returns how many."""
    failed = jobs.failed_with(tx, NoRoute.slug)
    for article in failed:
        jobs.reopen(tx, article, afresh=False)
    return len(failed)


def redraft_starter_drafts(tx: Transaction, article_id: str | None) -> int:
    """Asks for new drafts where a shipped starter package wrote the text, in one article or (None) in all.

    Nothing a person touched is asked for again; the old drafts stay until the new ones come. Returns how many sentences ×
    targets were put back. Raises ArticleNotFound.
    """
    key = None if article_id is None else articles.key_of(tx, article_id)
    asked = drafts.ask_again(tx, key, routes.starter_routes(tx))
    for article in asked:
        jobs.reopen(tx, article, afresh=True)
    return sum(asked.values())


def estimate_seconds(tx: Transaction, words: int, targets: int) -> float | None:
    """Estimates how long drafting `words` French words into some targets takes here; None until it was measured."""
    rate = measures.drafting_rate(tx)
    return None if rate is None else words * targets / rate


def something_waits(tx: Transaction) -> bool:
    """Tells whether an article waits for a worker."""
    return jobs.any_free(tx)


def workers_alive(tx: Transaction) -> int:
    """Counts the workers heard of in the last half minute: with none, nothing will be drafted."""
    return workers.alive(tx)


# --- one round of a worker -------------------------------------------------------------------------------------------


def draft_round(
    store: Store,
    engine: Engine,
    worker: WorkerRow,
    *,
    stopping: Callable[[], bool] = never,
    express: bool = False,
    patience: float = 0.0,
    prefill: bool = False,
) -> bool:
    """Takes the jobs that come first and drafts them, up to the size of a round; returns whether there was anything to do.

    Ends early when `stopping` says so, and when an article that shows nothing yet has waited for `patience` seconds. An
    `express` round takes only such articles; it runs beside another round of the same process, as another `worker`.
    `prefill`: what the translation memory knows exactly is taken from there.

    A job whose drafting breaks is tried alone in the next round; one that breaks alone is marked failed, with everything
    saved that can be drafted.
    Raises DatabaseUnavailable or DiskFull when nothing can be saved.
    """
    with store.begin() as tx:
        since = tx.clock()
        taken = _take(tx, worker, express=express)
        work = _choose(tx, taken, worker, express=express)
        is_contended = not taken and not express and jobs.any_free(tx)
    if not taken:
        if is_contended:
            time.sleep(_CONTENDED_SECONDS)
        return is_contended
    articles_ = [job.article for job in taken]
    work, retries = _prepare(store, engine, worker, work, prefill=prefill)
    current = _Round(store, engine, worker, stopping, since, patience, set(articles_), retries)
    broken = False
    try:
        current.draft(work)
    except _Broke as error:
        broken = len(taken) > 1
        _log.warning("the engine broke while drafting %d articles: %s", len(taken), error.cause)
        if not broken:
            current.isolate()
    finally:
        with store.begin() as tx:
            _end(tx, current, articles_, suspect=broken)
            if current.seconds and not express:  # beside another round the seconds are not its own
                measures.add_drafting(tx, current.words, current.seconds)
    return True


def _prepare(
    store: Store, engine: Engine, worker: WorkerRow, work: list[Pending], *, prefill: bool
) -> tuple[list[Pending], Retries]:
    """Fills what the memory knows, and reads the glossaries of the rest."""
    if prefill:
        with store.begin() as tx:
            work = fill(tx, worker.id, work)
    with store.read() as tx:
        glossaries = {article: glossary_of(tx, article) for article in {pending.article for pending in work}}
        usual = usual_of(tx)
    return work, Retries(engine, glossaries, usual)


def _take(tx: Transaction, worker: WorkerRow, *, express: bool) -> list[OpenJob]:
    """Leases the jobs of a round: one that failed to advance before goes alone, the others are pooled."""
    workers.heartbeat(tx, worker)
    jobs.free_leases(tx)
    for article, public_id in jobs.public_ids(tx, jobs.fail_repeaters(tx)).items():
        _log.warning(
            "article %s (%d) was set aside: drafting it stopped the worker %d times", public_id, article, jobs.MAX_ATTEMPTS
        )
    # Another worker leaves out the jobs that are looked at here; it must find some.
    limit = _LOOKED_AT if workers.alive(tx) <= 1 and not express else _SHARED_LOOKED_AT
    ready = jobs.claimable(tx, worker.id, limit, newcomers=express)
    taken = ready[:1] if ready and ready[0].attempts else [job for job in ready if not job.attempts]
    return taken


def _choose(tx: Transaction, taken: list[OpenJob], worker: WorkerRow, *, express: bool) -> list[Pending]:
    """Lists the sentences of a round, those that show something first in front; shortens `taken` to the jobs concerned.

    A worker on its own takes the first sentences of every article that shows nothing yet, whatever the size of the round.
    """
    alone = workers.alive(tx) <= 1
    room = EXPRESS_SENTENCES if express else ROUND_SENTENCES if alone else SHARED_ROUND_SENTENCES
    first: list[Pending] = []
    then: list[Pending] = []
    for n, job in enumerate(taken):
        head = FIRST_SENTENCES if job.shows_nothing else 0
        if room <= 0 and not (alone and head):
            del taken[n:]
            break
        found = drafts.pending_of(tx, job.article, TARGETS, max(room, head))
        room -= len(found)
        first += found[:head]
        then += found[head:]
    jobs.claim(tx, [job.article for job in taken], worker.id)
    return first + then


def _end(tx: Transaction, current: "_Round", articles_: Sequence[int], *, suspect: bool) -> None:
    names = jobs.public_ids(tx, sorted(current.errors))
    for article, error in current.errors.items():
        _log.warning("article %s failed: %s", names.get(article, article), error.slug)
        jobs.fail(tx, article, current.worker.id, error)
    jobs.give_back(tx, articles_, current.worker.id, suspect=suspect)


class _Broke(Exception):
    """Drafting or saving some sentences raised; not a database that is away or full, which concerns every article."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


@dataclass(slots=True)
class _Round:
    """A round under way: `alive` are the articles still to be drafted, `errors` those that will be marked failed."""

    store: Store
    engine: Engine
    worker: WorkerRow
    stopping: Callable[[], bool]
    since: float
    patience: float
    alive: set[int]
    retries: Retries
    errors: dict[int, QuatrainError] = field(default_factory=dict)
    words: int = 0
    seconds: float = 0.0
    failures: int = 0

    def draft(self, work: Sequence[Pending]) -> None:
        """Drafts sentences and saves them range by range. Raises _Broke."""
        for group, plan in self._grouped(work):
            if not self._draft_group(group, plan):
                return

    def _grouped(self, work: Sequence[Pending]) -> Iterator[tuple[list[Pending], Plan]]:
        for (language, targets, by_english), found in groupby(_regrouped(work), key=_way):
            group = list(found)
            if by_english:
                plans = make_pivot_plans(self.engine, article_source=SOURCE, targets=targets)
            else:
                plans = (make_plan(self.engine, article_source=SOURCE, language=language, targets=targets),)
            for plan in plans:
                for error in plan.missing:
                    self.errors |= {pending.article: error for pending in group}
                yield group, plan

    def _draft_group(self, group: Sequence[Pending], plan: Plan) -> bool:
        """Drafts one group; returns whether the round goes on after it."""
        done, started = 0, time.monotonic()
        with self.store.read() as tx:
            marked = files.marks_of_sentences(tx, [pending.sentence for pending in group])
        texts = [(pending.pivot or pending.text) if plan.source == PIVOT else pending.text for pending in group]
        for proposals in self._asked(plan, texts):
            part = [
                (pending, finished(pending, plan, found, self.retries, marked.get(pending.sentence)))
                for pending, found in zip(group[done : done + len(proposals)], proposals, strict=True)
            ]
            goes_on = self._save(part)
            done += len(part)
            self._measure(part, started if done > len(part) else None)
            started = time.monotonic()
            if not goes_on:
                return False
        return True

    def _asked(self, plan: Plan, texts: Sequence[str]) -> Iterator[list[dict[str, drafts.Proposal]]]:
        ranges = propose(self.engine, plan, texts)
        while True:
            try:
                found = next(ranges, None)
            except Exception as error:  # whatever the engine raises, the text is kept and the article says so
                raise _Broke(error) from error
            if found is None:
                return
            yield found

    def _save(self, part: Proposals) -> bool:
        """Saves a range; returns whether there is reason to draft the next."""
        part = [pair for pair in part if pair[0].article in self.alive]
        try:
            with self.store.begin() as tx:
                workers.heartbeat(tx, self.worker)
                self.alive -= drafts.save(tx, self.worker.id, part)
                self.alive -= jobs.finish(tx, {pending.article for pending, _ in part}, self.worker.id)
                interrupted = jobs.newcomer_waits(tx, self.since, self.worker.id, patience=self.patience)
        except QuatrainError:
            raise
        except Exception as error:  # a text the database does not take must not stop the other articles
            raise _Broke(error) from error
        return bool(self.alive) and not interrupted and not self.stopping()

    def _measure(self, part: Proposals, started: float | None) -> None:
        # The first range is small and may have waited for the models to load.
        if started is not None:
            self.words += sum(pending.words * len(found) for pending, found in part)
            self.seconds += time.monotonic() - started

    def isolate(self) -> None:
        """Drafts what can be drafted of the one article of this round, halving around the sentences the engine breaks on."""
        (article,) = self.alive or {0}
        with self.store.read() as tx:
            stack = [drafts.pending_of(tx, article, TARGETS, ROUND_SENTENCES)]
        while stack and self.alive and self.failures < MAX_FAILURES and not self.stopping():
            work = stack.pop()
            try:
                self.draft(work)
            except _Broke as error:
                stack += self._halve(work, error)

    def _halve(self, work: Sequence[Pending], error: _Broke) -> list[list[Pending]]:
        if len(work) > 1:
            middle = len(work) // 2
            return [list(work[middle:]), list(work[:middle])]
        self.failures += 1
        self.errors.setdefault(work[0].article, _as_ours(error.cause))
        return []


def _way(pending: Pending) -> tuple[str | None, tuple[str, ...], bool]:
    return pending.language, pending.targets, pending.pivot is not None


def _regrouped(work: Sequence[Pending]) -> list[Pending]:
    """Brings sentences that go the same way together, without moving the first sentences of an article to the back."""
    order: dict[tuple[str | None, tuple[str, ...], bool], int] = {}
    for pending in work:
        order.setdefault(_way(pending), len(order))
    return sorted(work, key=lambda pending: order[_way(pending)])


def _as_ours(error: Exception) -> QuatrainError:
    if isinstance(error, QuatrainError):
        return error
    return EngineFailed(detail=f"{type(error).__name__}: {error}")

"""The engine: sentences in, drafts out, in slices, with every core busy and memory bounded.

    sentences ─ slice 1 ─ fr→en ─┬─ en→ru ─┐
                                 └─ en→ko ─┴─▶ Slice(en), Slice(ru), Slice(ko)
              ─ slice 2 ─ fr→en … under way while slice 1 is handed out

Every box is cut into batches that a `CorePool` runs, batches of earlier slices first. Lives here: loading, routes shared by
several targets, the order of work. Never here: what a sentence needs (stage), how a model is called (hop).
"""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from webapp.config import Settings
from webapp.domain import Fingerprint
from webapp.engine.alternatives import n_best
from webapp.engine.base import Draft, HopTrace, Passage, Slice
from webapp.engine.batches import WORTHWHILE, make_batches, make_slices
from webapp.engine.heap import share_one_heap
from webapp.engine.hop import Hop, Hypothesis
from webapp.engine.memory import Drafts, Memory
from webapp.engine.packages import InstalledPackage, PackageStore
from webapp.engine.pool import CorePool
from webapp.engine.routes import Route, find_route
from webapp.engine.stage import Rendering, Stage
from webapp.engine.tracing import trace_all
from webapp.errors import EngineFailed
from webapp.languages import PIVOT

AHEAD: Final = 2  # slices under way beside the one being handed out: one runs, the next fills the cores at its end
AT_ONCE: Final = (-1,)  # before the batches of any slice: somebody looks at the screen
WHEN_IDLE: Final = (sys.maxsize,)  # after them all

Pairs = tuple[str, ...]
Stages = dict[Pairs, Stage]


class ArgosEngine:
    """Runs Argos packages. Loads them on first use and again when other ones are installed; implements `engine.base.Engine`.

    It may be used from several threads; drafts under way keep the packages they began with.
    """

    def __init__(self, packages: PackageStore, settings: Settings) -> None:
        """Loads nothing yet."""
        self._packages = packages
        self._settings = settings
        self._lock = threading.Lock()
        self._state = ""
        self._hops: dict[Fingerprint, Hop] = {}
        self._pool = CorePool(settings.engine_threads)

    def fingerprints(self, source: str, target: str) -> tuple[Fingerprint, ...]:
        """Names the packages of the route, in order; () when both are the same language. Raises NoRoute."""
        return tuple(package.fingerprint for package in find_route(self._packages.installed(), source, target))

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        """Drafts every sentence in every target, as `engine.base.Engine.draft` says.

        Closing the iterator early stops the work after the batches that are running. Raises NoRoute at once, and while
        iterating PackageModelBroken and EngineFailed.
        """
        installed = self._packages.installed()
        routes = {target: find_route(installed, source, target) for target in targets}
        return self._draft(sentences, routes) if sentences and targets else iter(())

    def alternatives(
        self, sentence: str, *, source: str, target: str, pivot: str | None = None, count: int = 9
    ) -> tuple[Draft, ...]:
        """Renders one sentence in up to `count` ways, as `engine.base.Engine.alternatives` says.

        Raises NoRoute, PackageModelBroken and EngineFailed.
        """
        route = find_route(self._packages.installed(), source if pivot is None else PIVOT, target)
        loaded = self._load(route)
        hops = [loaded[package.pair] for package in route]
        work = partial(n_best, sentence if pivot is None else pivot, hops, count)
        found = self._pool.submit(AT_ONCE, work).result() if hops else []
        fingerprints = tuple(package.fingerprint for package in route)
        return tuple(Draft(text, confidence, between or pivot, fingerprints) for text, confidence, between in found)

    def trace(self, passages: Sequence[Passage], *, source: str, target: str) -> list[tuple[HopTrace, ...]]:
        """Reads the attention over translations that exist, as `engine.base.Engine.trace` says.

        Raises NoRoute, PackageModelBroken and EngineFailed.
        """
        route = find_route(self._packages.installed(), source, target)
        loaded = self._load(route)
        hops = [loaded[package.pair] for package in route]
        return trace_all(passages, hops, lambda work: self._pool.submit(WHEN_IDLE, work).result())

    def close(self) -> None:
        """Stops the threads and frees the models. Drafts under way end with an error; the engine cannot be used again."""
        self._pool.close()
        with self._lock:
            for hop in self._hops.values():
                hop.unload()
            self._hops.clear()

    # --- loading ---------------------------------------------------------------------------------------------------

    def _load(self, packages: Sequence[InstalledPackage]) -> dict[str, Hop]:
        """Loads what is not loaded yet, several at a time, and lets go of packages that are no longer installed."""
        wanted = {package.fingerprint: package for package in packages}
        with self._lock:
            if (state := self._packages.state()) != self._state:
                installed = {package.fingerprint for package in self._packages.installed()}
                # Not unloaded: another draft may still be using it. Its memory goes with the last reference.
                self._hops = {print_: hop for print_, hop in self._hops.items() if print_ in installed}
                self._state = state
            missing = [package for print_, package in wanted.items() if print_ not in self._hops]
            if missing:
                share_one_heap()
                with ThreadPoolExecutor(len(missing)) as threads:
                    for hop in threads.map(lambda package: Hop(package, self._settings), missing):
                        self._hops[hop.package.fingerprint] = hop
            return {package.pair: self._hops[print_] for print_, package in wanted.items()}

    # --- drafting --------------------------------------------------------------------------------------------------

    def _draft(self, sentences: Sequence[str], routes: dict[str, Route]) -> Iterator[Slice]:
        hops = self._load([package for route in routes.values() for package in route])
        job = _Job(routes, hops, self._pool, self._settings.batch_tokens)
        memory = Memory(sentences, tuple(routes))
        waiting: deque[tuple[range, list[str], Future[Drafts]]] = deque()
        slices = enumerate(make_slices([len(sentence) for sentence in sentences]))
        with ThreadPoolExecutor(AHEAD, thread_name_prefix="slice") as threads:
            try:
                while True:
                    while len(waiting) < AHEAD and (following := next(slices, None)) is not None:
                        number, where = following
                        texts = memory.unknown(sentences[where.start : where.stop])
                        # The last slice, with none before it under way, needs no thread of its own.
                        submit = _now if where.stop == len(sentences) and not waiting else threads.submit
                        waiting.append((where, texts, submit(job.finish, texts, number, job.begin(texts, number))))
                    if not waiting:
                        return
                    where, texts, future = waiting.popleft()
                    memory.learn(texts, _result(future))
                    yield from memory.slices(sentences, where)
            finally:
                job.cancelled.set()


def _now(work: Callable[..., Drafts], *arguments: Any) -> Future[Drafts]:
    future: Future[Drafts] = Future()
    future.set_result(work(*arguments))
    return future


def _result(future: Future[Drafts]) -> Drafts:
    try:
        return future.result()
    except CancelledError as error:
        raise EngineFailed(detail="it was closed") from error


@dataclass(frozen=True, slots=True)
class _Job:
    """What all slices of one call share."""

    routes: dict[str, Route]
    hops: dict[str, Hop]
    pool: CorePool
    tokens: int
    cancelled: threading.Event = field(default_factory=threading.Event)
    first_is_through: threading.Event = field(default_factory=threading.Event)

    def begin(self, texts: Sequence[str], number: int) -> Stages:
        """Queues the first leg of every route for one slice; to be called in the order of the slices.

        The second slice waits until the last leg of the first is queued: its batches, once begun, would hold the cores for a
        second or two, and the first slice is the one that somebody waits for.
        """
        if number:
            self.first_is_through.wait()
        return self._stages(number, 0, {(): texts})

    def finish(self, texts: Sequence[str], number: int, stages: Stages) -> Drafts:
        """Takes one slice through the rest of all routes, leg by leg; routes with the same beginning share it."""
        done: dict[Pairs, list[Rendering]] = {}
        try:
            for leg in range(1, self.legs + 1):
                if leg == self.legs:
                    self.first_is_through.set()
                done |= {path: stage.finish() for path, stage in stages.items()}
                stages = self._stages(number, leg, {path: [r.text for r in renderings] for path, renderings in done.items()})
        finally:
            self.first_is_through.set()
        return {target: _drafts(texts, route, done) for target, route in self.routes.items()}

    @property
    def legs(self) -> int:
        """The hops of the longest route."""
        return max(map(len, self.routes.values()))

    def _stages(self, number: int, leg: int, texts: Mapping[Pairs, Sequence[str]]) -> Stages:
        paths = list(dict.fromkeys(_pairs(route)[: leg + 1] for route in self.routes.values() if len(route) > leg))
        batches = partial(
            make_batches,
            tokens=self.tokens,
            at_least=-(-self.pool.threads // max(1, len(paths))),
            worthwhile=WORTHWHILE if number else 2,  # the first slice is awaited: small batches cost more but are done sooner
        )
        submit = partial(self._submit, number)
        return {path: Stage(self.hops[path[-1]], texts[path[:-1]], submit=submit, batches=batches) for path in paths}

    def _submit(self, number: int, task: Callable[[], list[Hypothesis]]) -> Future[list[Hypothesis]]:
        return self.pool.submit((number,), partial(self._unless_cancelled, task))

    def _unless_cancelled(self, task: Callable[[], list[Hypothesis]]) -> list[Hypothesis]:
        if self.cancelled.is_set():
            raise CancelledError
        return task()


def _pairs(route: Route) -> Pairs:
    return tuple(package.pair for package in route)


def _drafts(texts: Sequence[str], route: Route, done: dict[Pairs, list[Rendering]]) -> list[Draft]:
    """Makes the drafts of one target from the renderings of every hop on its route."""
    if not route:
        return [Draft(text, 1.0) for text in texts]
    pairs = _pairs(route)
    legs = [done[pairs[: i + 1]] for i in range(len(pairs))]
    fingerprints = tuple(package.fingerprint for package in route)
    drafts = []
    for renderings in zip(*legs, strict=True):
        touched = any(rendering.trace for rendering in renderings)
        drafts.append(
            Draft(
                text=renderings[-1].text,
                confidence=min(rendering.confidence for rendering in renderings),
                pivot=renderings[0].text if len(renderings) > 1 else None,
                fingerprints=fingerprints if touched else (),
                traces=tuple(rendering.trace or HopTrace((), ()) for rendering in renderings) if touched else (),
            )
        )
    return drafts

"""Real worker processes with a slow fake engine, for tests that kill them.

They are forked from a server that has already imported everything, so that a test can start and kill many in seconds.
"""

import logging
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.fakes import FakeEngine
from webapp.config import Settings
from webapp.engine.base import Draft, Slice
from webapp.jobs.worker import run_worker

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([__name__])


@dataclass
class SlowEngine(FakeEngine):
    """A fake engine that takes `seconds` for every slice; the confidence of its drafts tells its process.

    A sentence with `fatal` in it ends the process, as a crash inside the engine's libraries does.
    """

    seconds: float = 0.005
    fatal: str = "\N{BOMB}"

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        for part in super().draft(sentences, source=source, targets=targets):
            if part.target == targets[0]:
                time.sleep(self.seconds)
                if any(self.fatal in sentence for sentence in sentences[part.start : part.start + len(part.drafts)]):
                    os.kill(os.getpid(), 9)
            yield Slice(part.target, part.start, tuple(_marked(draft) for draft in part.drafts))


def _marked(draft: Draft) -> Draft:
    return Draft(draft.text, os.getpid() / 2**23, draft.pivot, draft.fingerprints)


def start_worker(settings: Settings, engine: FakeEngine | None = None, *, log: Path | None = None) -> BaseProcess:
    """Starts a worker process, with the real engine if none is given; the caller ends it with `terminate` or `kill`."""
    process = _context.Process(target=_run, args=(settings, engine, log), daemon=True)
    process.start()
    return process


def _run(settings: Settings, engine: FakeEngine | None, log: Path | None) -> None:
    logging.basicConfig(filename=log, level=logging.INFO if log else logging.CRITICAL)
    run_worker(settings, engine=engine, warm_up=False)

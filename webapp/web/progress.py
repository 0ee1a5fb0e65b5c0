"""How far things are, as the pages say it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from webapp.domain import Fingerprint, JobStatus, JobView, PackageKind, State, VersionProgress

_OPEN: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})


def is_open(job: JobView) -> bool:
    """Whether the machine still works on it, or will."""
    return job.status in _OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """One version's progress: `done` of `total` sentences, which are all approved, or all drafted, or on the way."""

    target: str
    done: int
    total: int
    approved: bool
    packages: tuple[Fingerprint, ...] = ()
    words_done: int = 0
    words: int = 0

    @property
    def starters(self) -> bool:
        """Whether starter packages wrote any of it."""
        return any(package.kind is PackageKind.STARTER for package in self.packages)


def progress_of(version: VersionProgress, packages: tuple[Fingerprint, ...] = ()) -> Progress:
    """Counts approved sentences once there are any, drafted ones before."""
    approved = version.sentences_by_state.get(State.APPROVED, 0)
    words = version.words_by_state.get(State.APPROVED, 0)
    done = approved or version.drafted
    return Progress(version.target, done, version.sentences, bool(approved), packages, words, version.words)


def approved_percent(versions: Collection[VersionProgress]) -> int:
    """The share of an article that is approved, by words in all its versions: 0..100, and 100 only when nothing is left."""
    words = sum(version.words for version in versions)
    done = sum(version.words_by_state.get(State.APPROVED, 0) for version in versions)
    return 100 * done // words if words else 0

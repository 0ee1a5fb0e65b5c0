"""Installing the official packages from a page, through the worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.factories import make_worker
from webapp.domain import InstallView, JobStatus
from webapp.errors import PackageIndexUnreachable
from webapp.services.models import install_round, install_status, request_install
from webapp.storage import installs, workers
from webapp.storage.store import Store

ME = make_worker("me")


@dataclass
class Packages:
    """A package store that reports progress or fails."""

    store: Store
    error: Exception | None = None
    seen: InstallView | None = None

    def install(
        self, pairs: Sequence[str] | None = None, *, progress: Callable[[str, int, int], None] | None = None
    ) -> tuple[object, ...]:
        assert pairs is None
        assert progress is not None
        for done in range(0, 101):
            progress("fr-en", done, 100)
        self.seen = _status(self.store)
        if self.error:
            raise self.error
        return ()


def _status(store: Store) -> InstallView | None:
    with store.read() as tx:
        return install_status(tx)


def _request(store: Store) -> None:
    with store.begin() as tx:
        request_install(tx)


def test_nobody_asked_nothing_happens(store: Store) -> None:
    assert install_round(store, Packages(store), ME) is False
    assert _status(store) is None


def test_a_request_waits_runs_with_progress_and_is_done(store: Store) -> None:
    packages = Packages(store)
    _request(store)
    _request(store)
    assert _status(store) == InstallView(JobStatus.WAITING)
    assert install_round(store, packages, ME)
    assert packages.seen == InstallView(JobStatus.RUNNING, "fr-en", 100, 100)
    assert _status(store) == InstallView(JobStatus.DONE, "fr-en", 100, 100)
    assert install_round(store, packages, ME) is False


def test_an_index_out_of_reach_is_said_with_what_fills_the_message_and_may_be_tried_again(store: Store) -> None:
    error = PackageIndexUnreachable(url="https://index.example", detail="no network")
    _request(store)
    install_round(store, Packages(store, error), ME)
    view = _status(store)
    assert view is not None
    assert (view.status, view.error, view.detail, view.error_data) == (JobStatus.FAILED, error.slug, str(error), error.data)
    _request(store)
    assert install_round(store, Packages(store), ME)
    assert _status(store) == InstallView(JobStatus.DONE, "fr-en", 100, 100)


def test_an_error_nobody_expected_ends_the_request_too(store: Store) -> None:
    _request(store)
    install_round(store, Packages(store, ZeroDivisionError("oops")), ME)
    view = _status(store)
    assert view is not None
    assert (view.status, view.error) == (JobStatus.FAILED, "engine-failed")


def test_a_request_whose_worker_died_is_taken_by_the_next(store: Store) -> None:
    _request(store)
    with store.begin() as tx:
        assert installs.claim(tx, "dead") is not None
    with store.begin() as tx:
        workers.heartbeat(tx, make_worker("living"))
        assert installs.claim(tx, "living") is not None
        assert installs.claim(tx, ME.id) is None, "the living one is at it"


def test_progress_is_written_at_most_twice_a_second(store: Store) -> None:
    writes: list[int] = []

    class Counting(Packages):
        def install(
            self, pairs: Sequence[str] | None = None, *, progress: Callable[[str, int, int], None] | None = None
        ) -> tuple[object, ...]:
            assert progress is not None
            for done in range(2000):
                progress("fr-en", done, 5000)
                if (view := _status(store)) and (not writes or writes[-1] != view.bytes_done):
                    writes.append(view.bytes_done)
            return ()

    _request(store)
    install_round(store, Counting(store), ME)
    assert len(writes) < 15

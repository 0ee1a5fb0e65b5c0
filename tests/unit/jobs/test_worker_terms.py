"""What a worker does about the memory and the glossary beside drafting."""

from collections.abc import Iterator

import pytest

from tests.factories import store_article
from tests.fakes import FakeEngine
from tests.unit.jobs.test_worker import Packages
from tests.unit.services.reviewing import sentence, source_of, write
from webapp.checks.length_band import LEAST_PAIRS
from webapp.config import Settings
from webapp.domain import Origin
from webapp.jobs.worker import Worker
from webapp.services.findings import list_findings
from webapp.services.glossary import Given, add_term
from webapp.services.lengths import bands_of
from webapp.storage import memory
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.store import Store

pytestmark = pytest.mark.slow  # real threads and their waits

FRENCH = "Le préfet a parlé hier soir."


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


def worker(store: Store, *, prefill: bool) -> Worker:
    return Worker(store, Packages(), FakeEngine(), targets=(), prefill=prefill)  # type: ignore[arg-type] # packages and engine are fakes


@pytest.mark.parametrize(("prefill", "origin"), [(True, Origin.MEMORY), (False, Origin.MT)])
def test_the_setting_decides_whether_known_sentences_are_filled(store: Store, prefill: bool, origin: Origin) -> None:
    with store.begin() as tx:
        memory.add(tx, [NewEntry(FRENCH, "en", "The prefect spoke last night.", Provenance.FILE, "x.tmx", "anne")])
    article = store_article(store, source_of(FRENCH), ("en",))
    worker(store, prefill=prefill).draft()
    assert sentence(store, article, 0).translations["en"].origin is origin


def test_the_setting_is_on_unless_somebody_turns_it_off() -> None:
    assert Settings.from_environment({}).memory_prefill
    assert not Settings.from_environment({"QUATRAIN_MEMORY_PREFILL": "off"}).memory_prefill


def test_a_changed_glossary_is_checked_when_there_is_nothing_to_draft(store: Store) -> None:
    article = store_article(store, source_of(FRENCH), ("en",), drafted=None)
    write(store, article, 0, "en", "The mayor spoke last night.")
    with store.begin() as tx:
        add_term(tx, Given("préfet", forms={"en": ["prefect"]}))
    worker(store, prefill=True).draft()
    with store.read() as tx:
        found = [f.data.get("wanted") for f in list_findings(tx, article, target="en") if f.check == "glossary"]
    assert found == ["prefect"]


def test_the_lengths_of_what_was_approved_are_learned_when_there_is_nothing_to_draft(store: Store) -> None:
    pairs = [(f"{FRENCH[:-1]} de {'a' * n}.", "y" * 60) for n in range(LEAST_PAIRS)]
    with store.begin() as tx:
        memory.add(tx, [NewEntry(french, "en", text, Provenance.FILE, "x.tmx", "anne") for french, text in pairs])
    worker(store, prefill=True).draft()
    with store.read() as tx:
        assert set(bands_of(tx)) == {"en"}

"""The bands of lengths come from what was approved here, once that is enough, and the checks go by them."""

from dataclasses import replace

import pytest

from tests.factories import store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import put, sentences_of, source_of, write
from webapp.checks.length_band import LEAST_PAIRS
from webapp.domain import State
from webapp.errors import FindingsOpen
from webapp.reviewing import Saved
from webapp.services.findings import list_findings
from webapp.services.lengths import STEP, Bands, bands_of, learn_round
from webapp.services.review import edit_translation
from webapp.storage import memory
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.store import Store

FRENCH = "Le conseil municipal a voté hier soir le budget de la ville de Tours pour la rénovation des écoles."


def remember(store: Store, ratio: float, *, count: int = LEAST_PAIRS, target: str = "en", approved: bool = True) -> list[int]:
    """Puts pairs of that ratio into the memory, as a file brings them; returns their numbers."""
    made = [
        NewEntry(french, target, "w" * round(len(french) * ratio), Provenance.FILE, "old.tmx", "ann", approved=approved)
        for n in range(count)
        for french in [f"{FRENCH} {chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{'x' * (n // 676)}"]
    ]
    with store.begin() as tx:
        before = {entry.id for entry in memory.all_entries(tx, [target], limit=10_000)}
        memory.add(tx, made)
        return [entry.id for entry in memory.all_entries(tx, [target], limit=10_000) if entry.id not in before]


def bands(store: Store) -> Bands:
    with store.read() as tx:
        return bands_of(tx)


def lengths_found(saved: Saved) -> list[str]:
    return [finding.severity for finding in saved.findings if finding.check == "length"]


def test_before_enough_is_approved_the_built_in_band_holds(store: Store) -> None:
    remember(store, 1.5, count=LEAST_PAIRS - 1)
    assert learn_round(store)
    assert bands(store) == {}


def test_each_target_learns_from_its_own_pairs(store: Store) -> None:
    remember(store, 1.5)
    remember(store, 0.9, target="ru", count=LEAST_PAIRS - 1)
    learn_round(store)
    (low, high) = bands(store)["en"]
    assert low < 1.5 < high < 2.0
    assert set(bands(store)) == {"en"}


def test_what_nobody_approved_teaches_nothing(store: Store) -> None:
    remember(store, 1.5, approved=False)
    learn_round(store)
    assert bands(store) == {}


def test_it_is_learned_anew_only_when_the_memory_has_grown(store: Store) -> None:
    remember(store, 1.5)
    assert learn_round(store)
    first = bands(store)
    assert not learn_round(store)
    remember(store, 0.9, target="ru", count=STEP - 1)
    assert not learn_round(store)
    remember(store, 0.4, target="ko", count=LEAST_PAIRS)
    assert learn_round(store)
    assert bands(store).keys() == {"en", "ko"}
    assert bands(store)["en"] == first["en"]


def test_an_empty_memory_is_not_looked_through(store: Store) -> None:
    assert not learn_round(store)


def test_when_what_it_was_learned_from_is_deleted_the_built_in_band_holds_again(store: Store) -> None:
    numbers = remember(store, 1.5)
    learn_round(store)
    with store.begin() as tx:
        for number in numbers:
            memory.forget_entry(tx, number)
    assert learn_round(store)
    assert bands(store) == {}
    assert not learn_round(store)


@pytest.fixture
def article(store: Store) -> str:
    return store_article(store, source_of(FRENCH), drafted=None)


LONG = (
    "Late yesterday evening the members of the city council of Tours came together and, after a debate, voted for the budget "
    "with which the schools are to be renovated."
)


def test_a_save_and_an_approval_go_by_the_band_that_was_learned(store: Store, article: str) -> None:
    assert lengths_found(write(store, article, 0, "en", LONG)) == ["W"]
    remember(store, 1.5)
    learn_round(store)
    assert lengths_found(write(store, article, 0, "en", LONG.replace("Late y", "Y"))) == []
    short = write(store, article, 0, "en", "The council of Tours voted the budget for schools.", approve=True)
    assert short.blocked
    assert lengths_found(short) == ["E"]
    with pytest.raises(FindingsOpen):
        put(store, article, 0, "en", State.APPROVED)


class Wordy(FakeEngine):
    """Drafts the same long English of every sentence."""

    def draft(self, sentences, *, source, targets):  # type: ignore[no-untyped-def] # as the fake engine's
        for part in super().draft(sentences, source=source, targets=targets):
            yield replace(part, drafts=tuple(replace(draft, text=LONG) for draft in part.drafts))


@pytest.mark.parametrize(("ratio", "found"), [(0.9, ["W"]), (1.5, [])])
def test_a_draft_goes_by_it_too(store: Store, ratio: float, found: list[str]) -> None:
    remember(store, ratio)
    learn_round(store)
    article = store_article(store, source_of(FRENCH), targets=("en",), drafted=None, engine=Wordy())
    with store.read() as tx:
        assert [f.severity for f in list_findings(tx, article) if f.check == "length"] == found


def test_approvals_on_the_page_teach_as_files_do(store: Store) -> None:
    sources = [f"{FRENCH[:-1]} {chr(97 + n // 26)}{chr(97 + n % 26)}." for n in range(LEAST_PAIRS)]
    article = store_article(store, source_of(sources), targets=("en",), drafted=None)
    with store.begin() as tx:
        for one in sentences_of(store, article):
            saved = edit_translation(tx, article, one.id, "en", LONG, revision=None, approve=True)
            assert saved.translation.state is State.APPROVED
    learn_round(store)
    low, high = bands(store)["en"]
    assert low < len(LONG) / len(sources[0]) < high

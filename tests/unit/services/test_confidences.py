"""How sure the machine usually is comes from its own drafts, route by route, once they are enough, and the checks go by it."""

from dataclasses import replace

import pytest

from tests.factories import store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import source_of
from webapp.domain import Fingerprint, PackageKind
from webapp.services.confidences import LEAST_DRAFTS, STEP, learn_floor, learn_round
from webapp.services.findings import list_findings
from webapp.services.usual import Usual, usual_of
from webapp.storage.store import Store

FR_EN = Fingerprint("fr-en", "1.0", PackageKind.OFFICIAL, "a" * 64)
EN_RU = Fingerprint("en-ru", "1.0", PackageKind.OFFICIAL, "b" * 64)
ANOTHER = Fingerprint("fr-en", "1.1", PackageKind.OFFICIAL, "c" * 64)


class Sure(FakeEngine):
    """Drafts the sentence n with the confidence `lowest` + n/1000, in Russian with `less` under that; `first` is its package."""

    def __init__(self, lowest: float, first: Fingerprint | None = FR_EN, less: float = 0.0) -> None:
        super().__init__()
        self.lowest, self.first, self.less, self.count = lowest, first, less, 0

    def draft(self, sentences, *, source, targets):  # type: ignore[no-untyped-def] # as the fake engine's
        for part in super().draft(sentences, source=source, targets=targets):
            way = (*([self.first] if self.first else []), *([EN_RU] if part.target == "ru" else []))
            less = self.less if part.target == "ru" else 0.0
            drafts = []
            for draft in part.drafts:
                number = int(draft.text.split("n")[-1].rstrip("."))
                drafts.append(replace(draft, confidence=self.lowest - less + number / 1000, fingerprints=way))
            yield replace(part, drafts=tuple(drafts))


def drafted(store: Store, engine: FakeEngine, count: int, targets: tuple[str, ...] = ("en", "ru")) -> str:
    return store_article(store, source_of([f"Phrase n{n}." for n in range(count)]), targets=targets, drafted=None, engine=engine)


def usual(store: Store) -> Usual:
    with store.read() as tx:
        return usual_of(tx)


def doubted(store: Store, article: str, target: str) -> list[int]:
    """The numbers of the sentences whose low confidence is found."""
    with store.read() as tx:
        found = list_findings(tx, article, target=target)
    return sorted(f.place.index for f in found if f.place and f.check == "low-confidence")


def test_the_floor_is_the_fifth_percentile() -> None:
    assert learn_floor([n / 1000 for n in range(1000)]) == 0.05
    assert learn_floor([n / 1000 for n in reversed(range(1000))]) == 0.05
    assert learn_floor([0.5] * LEAST_DRAFTS) == 0.5
    assert learn_floor([0.5] * (LEAST_DRAFTS - 1)) is None


def test_before_enough_is_drafted_the_built_in_floor_holds(store: Store) -> None:
    drafted(store, Sure(0.3), LEAST_DRAFTS - 1)
    assert learn_round(store)
    assert usual(store).floors == {}
    assert doubted(store, drafted(store, Sure(0.198), 10), "en") == [0, 1]


def test_each_way_through_the_packages_has_its_own(store: Store) -> None:
    drafted(store, Sure(0.5, less=0.2), 300)
    learn_round(store)
    found = usual(store).floors_by_packages
    assert found[FR_EN,] == pytest.approx(0.515)
    assert found[FR_EN, EN_RU] == pytest.approx(0.315)
    article = drafted(store, Sure(0.51, less=0.2), 10)
    assert doubted(store, article, "en") == doubted(store, article, "ru") == [0, 1, 2, 3, 4]


def test_a_package_that_came_since_is_not_measured_by_the_one_before(store: Store) -> None:
    drafted(store, Sure(0.7), 300)
    learn_round(store)
    assert doubted(store, drafted(store, Sure(0.4, ANOTHER), 10), "en") == []
    assert len(doubted(store, drafted(store, Sure(0.4), 10), "en")) == 10


def test_it_is_learned_anew_only_when_enough_was_drafted_since(store: Store) -> None:
    assert not learn_round(store)
    drafted(store, Sure(0.5), STEP, ("en",))
    assert learn_round(store)
    before = usual(store).floors_by_packages
    drafted(store, Sure(0.1), STEP - 1, ("en",))
    assert not learn_round(store)
    assert usual(store).floors_by_packages == before
    drafted(store, Sure(0.1), 1, ("en",))
    assert learn_round(store)
    assert usual(store).floors_by_packages[FR_EN,] < before[FR_EN,]


def test_drafts_that_no_package_wrote_teach_nothing_and_ask_for_no_second_look(store: Store) -> None:
    drafted(store, Sure(0.5, first=None), STEP, ("en",))
    assert not learn_round(store)

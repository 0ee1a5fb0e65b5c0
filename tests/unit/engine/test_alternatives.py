"""Alternatives: the beam's n best of the starters, for one sentence at a time."""

from collections.abc import Iterator

import pytest

from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.engine.translator import ArgosEngine
from webapp.errors import NoRoute

SENTENCE = "La ministre a présenté lundi un accord sur les transports."


@pytest.fixture(scope="module")
def engine(starters: PackageStore, starter_settings: Settings) -> Iterator[ArgosEngine]:
    engine = ArgosEngine(starters, starter_settings)
    yield engine
    engine.close()


@pytest.mark.slow
def test_alternatives_differ_and_come_most_likely_first(engine: ArgosEngine) -> None:
    found = engine.alternatives(SENTENCE, source="fr", target="ko", count=5)
    assert 2 <= len(found) <= 5
    assert len({draft.text for draft in found}) == len(found)
    confidences = [draft.confidence for draft in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence <= 1 for confidence in confidences)
    assert all(draft.pivot for draft in found)
    assert [fingerprint.pair for fingerprint in found[0].fingerprints] == ["fr-en", "en-ko"]


def test_the_first_alternative_of_a_direct_route_is_the_draft(engine: ArgosEngine) -> None:
    found = engine.alternatives(SENTENCE, source="fr", target="en", count=4)
    (drafted,) = engine.draft([SENTENCE], source="fr", targets=["en"])
    assert drafted.drafts[0].text in {draft.text for draft in found}
    assert {draft.pivot for draft in found} == {None}


def test_alternatives_are_made_from_the_pivot_that_is_given(engine: ArgosEngine) -> None:
    pivot = "The minister presented an agreement on transport on Monday."
    found = engine.alternatives(SENTENCE, source="fr", target="ru", pivot=pivot, count=3)
    assert {draft.pivot for draft in found} == {pivot}
    assert [fingerprint.pair for fingerprint in found[0].fingerprints] == ["en-ru"]


def test_a_number_has_no_alternatives(engine: ArgosEngine) -> None:
    assert engine.alternatives("1 234,5", source="fr", target="ru") == ()


def test_a_missing_package_is_named(engine: ArgosEngine) -> None:
    with pytest.raises(NoRoute, match="de"):
        engine.alternatives(SENTENCE, source="fr", target="de")

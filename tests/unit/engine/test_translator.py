"""The engine's order of work, with hops that only say what they were given."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine import translator
from webapp.engine.base import Draft, Slice
from webapp.engine.hop import Hypothesis, Pieces
from webapp.engine.packages import InstalledPackage
from webapp.engine.translator import ArgosEngine
from webapp.errors import EngineFailed, NoRoute


@dataclass
class FakeStore:
    """A store that says what is installed."""

    packages: list[InstalledPackage]

    def installed(self) -> tuple[InstalledPackage, ...]:
        return tuple(self.packages)

    def state(self) -> str:
        return repr(self.packages)


def package(pair: str, version: str = "1.0") -> InstalledPackage:
    source, target = pair.split("-")
    return InstalledPackage(
        pair,
        source,
        target,
        version,
        PackageKind.OFFICIAL,
        version.ljust(64, "0"),
        Path(pair),
        1,
        datetime(2024, 11, 1, tzinfo=UTC),
    )


@dataclass
class Log:
    """What the fake hops did, over all threads."""

    loaded: list[str] = field(default_factory=list)
    unloaded: list[str] = field(default_factory=list)
    translated: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    gate: threading.Event | None = None

    def times(self, pair: str) -> Counter[str]:
        return Counter(text for p, texts in self.translated if p == pair for text in texts)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    """Replaces the real hops; a text in en-ru becomes `en-ru(text)`."""
    seen = Log()

    class FakeHop:
        def __init__(self, package: InstalledPackage, settings: Settings) -> None:
            self.package = package
            seen.loaded.append(f"{package.pair} {package.version}")

        def encode(self, text: str) -> Pieces:
            return tuple(text.split())

        def decode(self, pieces: Sequence[str]) -> str:
            return " ".join(pieces)

        def translate(self, batch: Sequence[Pieces], *, against_loops: bool = False) -> list[Hypothesis]:
            if seen.gate is not None:
                seen.gate.wait(10)
            seen.translated.append((self.package.pair, tuple(" ".join(pieces) for pieces in batch)))
            if any("poison" in pieces for pieces in batch):
                raise EngineFailed(detail="poison")
            name = f"{self.package.pair}-{self.package.version}"
            return [Hypothesis((f"{name}({' '.join(pieces)})",), -0.7, 2, b"\xff" * len(pieces)) for pieces in batch]

        def unload(self) -> None:
            seen.unloaded.append(self.package.pair)

    monkeypatch.setattr(translator, "Hop", FakeHop)
    return seen


@pytest.fixture
def store() -> FakeStore:
    return FakeStore([package("en-ko"), package("en-ru"), package("fr-en")])


@pytest.fixture
def engine(store: FakeStore, settings: Settings, log: Log) -> Iterator[ArgosEngine]:
    engine = ArgosEngine(store, replace(settings, engine_threads=2))  # type: ignore[arg-type] # all that the engine uses
    yield engine
    engine.close()


def by_target(slices: Sequence[Slice]) -> dict[str, list[Draft]]:
    drafts: dict[str, list[Draft]] = {}
    for part in slices:
        assert part.start == len(drafts.setdefault(part.target, []))
        drafts[part.target] += part.drafts
    return drafts


def test_nothing_is_loaded_before_the_first_draft_and_then_only_what_the_targets_need(engine: ArgosEngine, log: Log) -> None:
    assert [f.pair for f in engine.fingerprints("fr", "ru")] == ["fr-en", "en-ru"]
    assert log.loaded == []
    list(engine.draft(["Bonjour"], source="fr", targets=["ru"]))
    assert sorted(log.loaded) == ["en-ru 1.0", "fr-en 1.0"]
    list(engine.draft(["Bonjour"], source="fr", targets=["en", "ru"]))
    assert len(log.loaded) == 2


def test_a_draft_carries_pivot_confidence_traces_and_the_packages_of_its_route(engine: ArgosEngine) -> None:
    drafts = by_target(list(engine.draft(["Bonjour à tous"], source="fr", targets=["en", "ru", "fr"])))
    [english], [russian], [french] = drafts["en"], drafts["ru"], drafts["fr"]
    assert english.text == "fr-en-1.0(Bonjour à tous)"
    assert english.pivot is None
    assert english.confidence == pytest.approx(0.7047, abs=1e-4)
    assert english.traces[0].source_pieces == ("Bonjour", "à", "tous")
    assert len(english.traces[0].attention) == 3
    assert russian.text == f"en-ru-1.0({english.text})"
    assert russian.pivot == english.text
    assert [f.pair for f in russian.fingerprints] == ["fr-en", "en-ru"]
    assert [len(trace.source_pieces) for trace in russian.traces] == [3, 3]
    assert french == Draft("Bonjour à tous", 1.0)


def test_english_is_computed_once_for_all_targets_and_equal_sentences_are_translated_once(engine: ArgosEngine, log: Log) -> None:
    sentences = ["Bonjour", "Bonsoir", "Bonjour", "Bonjour "] * 3
    drafts = by_target(list(engine.draft(sentences, source="fr", targets=["en", "ru", "ko"])))
    assert set(log.times("fr-en").values()) == {1}
    assert set(log.times("en-ru").values()) == {1}
    assert sorted(log.times("fr-en")) == ["Bonjour", "Bonsoir"]
    assert [draft.text for draft in drafts["en"]][:4] == [f"fr-en-1.0({s})" for s in ("Bonjour", "Bonsoir", "Bonjour", "Bonjour")]


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.data())
def test_slices_come_in_source_order_the_same_ranges_for_every_target(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["un", "deux mots", "12 %", "", "le port de la ville " * 20]), max_size=120))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(translator, "Hop", _Echo)
        engine = ArgosEngine(FakeStore([package("en-ko"), package("fr-en")]), Settings(engine_threads=2))  # type: ignore[arg-type]
        slices = list(engine.draft(words, source="fr", targets=["ko", "en"]))
        engine.close()
    assert [part.target for part in slices] == ["ko", "en"] * (len(slices) // 2)
    drafts = by_target(slices)
    for target in drafts:
        assert [draft.text for draft in drafts[target]] == [" ".join(word.split()) for word in words]
    for korean, english in zip(slices[::2], slices[1::2], strict=True):
        assert (korean.start, len(korean.drafts)) == (english.start, len(english.drafts))


class _Echo:
    def __init__(self, package: InstalledPackage, settings: Settings) -> None:
        self.package = package

    def encode(self, text: str) -> Pieces:
        return tuple(text.split())

    def decode(self, pieces: Sequence[str]) -> str:
        return " ".join(pieces)

    def translate(self, batch: Sequence[Pieces], *, against_loops: bool = False) -> list[Hypothesis]:
        return [Hypothesis(pieces, -0.1, len(pieces) + 1) for pieces in batch]

    def unload(self) -> None: ...


def test_what_holds_nothing_to_translate_passes_through_every_hop(engine: ArgosEngine, log: Log) -> None:
    drafts = by_target(list(engine.draft(["3,2\u202f%", "https://example.org", ""], source="fr", targets=["en", "ko"])))
    assert log.translated == []
    assert drafts["en"] == [Draft("3,2 %", 1.0), Draft("https://example.org", 1.0), Draft("", 1.0)]
    assert drafts["ko"][0] == Draft("3,2 %", 1.0, pivot="3,2 %")


def test_without_a_route_nothing_begins(engine: ArgosEngine, store: FakeStore, log: Log) -> None:
    store.packages.pop(0)
    with pytest.raises(NoRoute, match="quatrain models install en-ko"):
        engine.draft(["Bonjour"], source="fr", targets=["en", "ko"])
    assert log.loaded == []


def test_no_sentence_or_no_target_gives_nothing(engine: ArgosEngine, log: Log) -> None:
    assert list(engine.draft([], source="fr", targets=["en"])) == []
    assert list(engine.draft(["Bonjour"], source="fr", targets=[])) == []
    assert log.loaded == []


def test_another_package_is_loaded_when_it_is_installed_and_drafts_under_way_keep_theirs(
    engine: ArgosEngine, store: FakeStore, log: Log
) -> None:
    sentences = [f"La phrase numéro {i} de cet article." for i in range(60)]
    under_way = engine.draft(sentences, source="fr", targets=["en"])
    first = next(under_way)
    store.packages[2] = package("fr-en", "2.0")
    assert next(engine.draft(["Bonjour"], source="fr", targets=["en"])).drafts[0].text == "fr-en-2.0(Bonjour)"
    drafts = [*first.drafts, *(draft for part in under_way for draft in part.drafts)]
    assert {draft.fingerprints[0].version for draft in drafts} == {"1.0"}
    assert all(draft.text.startswith("fr-en-1.0") for draft in drafts)
    assert log.loaded == ["fr-en 1.0", "fr-en 2.0"]


def test_a_failing_batch_ends_the_draft_and_the_engine_goes_on_with_the_next(engine: ArgosEngine) -> None:
    sentences = ["Bonjour"] * 3 + [f"{i} poison" for i in range(200)]
    with pytest.raises(EngineFailed):
        list(engine.draft(sentences, source="fr", targets=["en", "ru"]))
    assert next(engine.draft(["Bonjour"], source="fr", targets=["en"])).drafts[0].text == "fr-en-1.0(Bonjour)"


def test_a_draft_that_is_given_up_stops_the_work(engine: ArgosEngine, log: Log) -> None:
    sentences = [f"La phrase numéro {i} de ce très long livre." for i in range(5000)]
    under_way = engine.draft(sentences, source="fr", targets=["en", "ru"])
    next(under_way)
    under_way.close()  # type: ignore[attr-defined] # it is a generator
    done = sum(log.times("fr-en").values())
    assert done < 1000
    list(engine.draft(["Bonjour"], source="fr", targets=["en"]))
    assert sum(log.times("fr-en").values()) == done + 1


def test_little_of_a_book_is_under_way_at_any_time(engine: ArgosEngine, log: Log) -> None:
    book = (f"La phrase numéro {i} de ce très long livre." for i in range(20_000))
    sentences = list(book)
    seen = 0
    for part in engine.draft(sentences, source="fr", targets=["en"]):
        seen += len(part.drafts)
        assert sum(log.times("fr-en").values()) - seen < 1500 if seen % 7 == 0 else True
    assert seen == 20_000


def test_two_drafts_can_be_read_in_turns(engine: ArgosEngine) -> None:
    sentences = [f"La phrase numéro {i} de cet article." for i in range(40)]
    one = engine.draft(sentences, source="fr", targets=["en"])
    other = engine.draft(sentences, source="fr", targets=["ru"])
    turns = [next(one), next(other), next(one), next(other)]
    assert [part.target for part in turns] == ["en", "ru", "en", "ru"]


def test_closing_unloads_every_model_and_a_closed_engine_says_so(store: FakeStore, settings: Settings, log: Log) -> None:
    engine = ArgosEngine(store, settings)  # type: ignore[arg-type]
    under_way = engine.draft(["Bonjour"], source="fr", targets=["en", "ru"])
    next(under_way)
    engine.close()
    assert sorted(log.unloaded) == ["en-ru", "fr-en"]
    with pytest.raises(EngineFailed):
        next(engine.draft(["Encore"], source="fr", targets=["en"]))

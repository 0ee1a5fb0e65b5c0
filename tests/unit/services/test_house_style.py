"""What a newsroom chose in its settings reaches the checks of saves, drafts and whole versions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import store_article
from tests.unit.services.reviewing import source_of, write
from webapp.config import Settings
from webapp.errors import SettingsInvalid
from webapp.services.checking import check_version
from webapp.services.findings import list_findings
from webapp.storage.store import Store

SENTENCES = ["Le maire est parti.", "Il est revenu.", "Il a parlé."]
PLAIN = ["시장은 떠났다.", "그는 돌아왔다.", "그는 말했습니다."]


@pytest.fixture
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    settings = Settings.from_environment({"QUATRAIN_DATA_DIR": str(tmp_path), **request.param})
    store = Store.open(settings)
    yield store
    store.close()


def found(store: Store, article: str, target: str, check: str) -> list[int]:
    with store.read() as tx:
        return [f.place.index for f in list_findings(tx, article, target=target) if f.place and f.check == check]


@pytest.mark.parametrize(
    ("store", "odd"),
    [
        ({}, [2]),
        ({"QUATRAIN_KOREAN_LEVEL": "plain"}, [2]),
        ({"QUATRAIN_KOREAN_LEVEL": "formal"}, [0, 1]),
        ({"QUATRAIN_KOREAN_LEVEL": "polite"}, [0, 1, 2]),
    ],
    indirect=["store"],
)
def test_korean_narration_is_measured_by_the_level_chosen_or_by_most_of_the_article(store: Store, odd: list[int]) -> None:
    article = store_article(store, source_of(SENTENCES), targets=("ko",), drafted=None)
    for n, text in enumerate(PLAIN):
        write(store, article, n, "ko", text)
    with store.begin() as tx:
        check_version(tx, article, "ko")
    assert found(store, article, "ko", "speech-level") == odd


@pytest.mark.parametrize(("store", "odd"), [({}, []), ({"QUATRAIN_RUSSIAN_NBSP": "on"}, [0])], indirect=["store"])
def test_a_russian_dash_that_may_open_a_line_is_found_where_the_newsroom_wants_it(store: Store, odd: list[int]) -> None:
    article = store_article(store, source_of(SENTENCES), targets=("ru",), drafted=None)
    write(store, article, 0, "ru", "Мэр — уехал.")
    write(store, article, 1, "ru", "Он\N{NO-BREAK SPACE}— вернулся.")
    assert found(store, article, "ru", "russian-typography") == odd


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="one of plain, formal, polite"):
        Settings.from_environment({"QUATRAIN_KOREAN_LEVEL": "casual"})

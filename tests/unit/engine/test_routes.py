"""Routes: what is installed decides."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from webapp.domain import PackageKind
from webapp.engine.packages import InstalledPackage
from webapp.engine.routes import find_route
from webapp.errors import NoRoute


def installed(*pairs: str) -> list[InstalledPackage]:
    return [
        InstalledPackage(pair, *pair.split("-"), "1.0", PackageKind.OFFICIAL, "0" * 64, Path(pair), 1, datetime.now(UTC))
        for pair in pairs
    ]


@pytest.mark.parametrize(
    ("pairs", "source", "target", "route"),
    [
        (["fr-en"], "fr", "en", ["fr-en"]),
        (["en-ru", "fr-en"], "fr", "ru", ["fr-en", "en-ru"]),
        (["en-ru", "fr-en", "fr-ru"], "fr", "ru", ["fr-ru"]),
        (["en-ko"], "en", "ko", ["en-ko"]),
        ([], "fr", "fr", []),
    ],
)
def test_a_route_is_direct_where_it_can_be_and_leads_through_english_where_it_must(
    pairs: list[str], source: str, target: str, route: list[str]
) -> None:
    assert [package.pair for package in find_route(installed(*pairs), source, target)] == route


@pytest.mark.parametrize(
    ("pairs", "source", "target", "command"),
    [
        ([], "fr", "en", "quatrain models install fr-en"),
        ([], "fr", "ko", "quatrain models install fr-en en-ko"),
        (["fr-en"], "fr", "ko", "quatrain models install en-ko"),
        (["en-ko"], "fr", "ko", "quatrain models install fr-en"),
        (["fr-en"], "en", "ru", "quatrain models install en-ru"),
    ],
)
def test_without_a_route_the_error_names_the_command_that_installs_just_what_is_missing(
    pairs: list[str], source: str, target: str, command: str
) -> None:
    with pytest.raises(NoRoute) as raised:
        find_route(installed(*pairs), source, target)
    assert raised.value.data == {"source": source, "target": target, "command": command}
    assert command in str(raised.value)

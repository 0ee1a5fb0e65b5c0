"""Settings are typed, frozen and documented; an unreadable one stops the start."""

import dataclasses
import re
from pathlib import Path

import pytest

from webapp.config import ARGOS_INDEX, Settings, settings_table, usable_cores
from webapp.errors import SettingsInvalid

README = Path(__file__).parents[2] / "README.md"


def test_without_variables_everything_has_its_default() -> None:
    settings = Settings.from_environment({"HOME": "/nowhere"})
    assert settings == Settings()
    assert (settings.host, settings.targets, settings.package_index) == ("127.0.0.1", ("en", "ru", "ko"), ARGOS_INDEX)
    assert settings.is_local


def test_variables_are_read_with_their_types() -> None:
    settings = Settings.from_environment(
        {
            "QUATRAIN_DATA_DIR": "/tmp/q",  # noqa: S108  a name only, nothing is written
            "QUATRAIN_PORT": "9000",
            "QUATRAIN_TARGETS": "ko, en",
            "QUATRAIN_DATABASE_URL": "postgresql://me@db/quatrain",
            "QUATRAIN_HOST": "0.0.0.0",  # noqa: S104  read, not bound
        }
    )
    assert settings.port == 9000
    assert settings.targets == ("en", "ko")
    assert settings.sqlalchemy_url == "postgresql+psycopg://me@db/quatrain"
    assert settings.packages_dir == Path("/tmp/q/packages")  # noqa: S108
    assert not settings.is_local


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environment({"QUATRAIN_PORT": ""}).port == Settings().port


def test_every_bad_variable_is_reported_at_once() -> None:
    bad = {"QUATRAIN_PORT": "abc", "QUATRAIN_TARGETS": "de", "QUATRAIN_PROT": "1", "QUATRAIN_BEAM_SIZE": "0"}
    with pytest.raises(SettingsInvalid) as caught:
        Settings.from_environment(bad)
    assert all(name in str(caught.value) for name in bad)


@pytest.mark.parametrize("name", ["QUATRAIN_ACCESS_TOKEN", "QUATRAIN_SECRET_KEY", "QUATRAIN_DATABASE_URL"])
def test_a_secret_never_appears_in_the_message(name: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        Settings.from_environment({name: "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]  # the point of the test


def test_the_readme_documents_every_setting_with_its_default_and_no_other() -> None:
    rows = re.findall(r"^\| `(QUATRAIN_\w+)` \| (.*?) \| (.*?) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(name, default.strip("`"), meaning) for name, default, meaning in rows] == list(settings_table())


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("max 100000\n", None), ("50000 100000\n", 1), ("100000 100000\n", 1), ("6400000 100000\n", None), ("", None)],
)
def test_a_containers_quota_bounds_the_cores_and_thereby_the_memory_of_the_engine(
    tmp_path: Path, quota: str, cores: int | None
) -> None:
    path = tmp_path / "cpu.max"
    unbounded = usable_cores(path)
    path.write_text(quota)
    assert usable_cores(path) == (cores or unbounded) >= 1

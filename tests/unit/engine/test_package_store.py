"""The package store: what is recorded, what replaces what, and what happens when the records or the folders are harmed."""

import dataclasses
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.packages import STARTERS, package_bytes, write_package
from webapp import errors
from webapp.config import Settings
from webapp.domain import Fingerprint, PackageKind
from webapp.engine import packages, probe
from webapp.engine.disk import hash_file
from webapp.engine.folder import starter_hashes
from webapp.engine.index import IndexEntry
from webapp.engine.packages import PackageStore, needed_pairs
from webapp.engine.records import LOCK_FILE, read_records

PAIRS = ("en-ko", "en-ru", "fr-en")


@pytest.fixture
def store(settings: Settings) -> PackageStore:
    return PackageStore(settings, lock_seconds=0.3)


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages are taken without loading them: what is tested here lies elsewhere."""
    monkeypatch.setattr(probe, "translate_one", lambda *args: ("bonjour", "hello"))


def bring(store: PackageStore, tmp_path: Path, data: bytes | None = None, **options: object) -> packages.InstalledPackage:
    return store.import_file(write_package(tmp_path / "brought.argosmodel", data, **options))


def test_nothing_is_installed_in_a_new_data_folder_and_reading_makes_no_folder(store: PackageStore, settings: Settings) -> None:
    assert store.installed() == ()
    assert store.missing() == ("fr-en", "en-ru", "en-ko")
    assert store.verify() == ()
    assert not settings.data_dir.exists()


@pytest.mark.parametrize(
    ("targets", "pairs"),
    [
        (("en",), ("fr-en",)),
        (("ko",), ("fr-en", "en-ko")),
        (("en", "ru", "ko"), ("fr-en", "en-ru", "en-ko")),
        ((), ()),
    ],
)
def test_the_pairs_needed_lead_through_english(targets: Sequence[str], pairs: Sequence[str]) -> None:
    assert needed_pairs(targets) == pairs


@pytest.mark.usefixtures("untried")
def test_a_direct_package_spares_the_way_through_english(settings: Settings, tmp_path: Path) -> None:
    store = PackageStore(dataclasses.replace(settings, targets=("ru",)))
    bring(store, tmp_path, pair="fr-ru")
    assert store.missing() == ()


def test_an_imported_file_is_recorded_loaded_and_verified(store: PackageStore, settings: Settings, tmp_path: Path) -> None:
    path = write_package(tmp_path / "brought.argosmodel", version="1.9")
    package = store.import_file(path)
    sha256, size_bytes = hash_file(path)
    assert store.installed() == (package,)
    assert (package.pair, package.source, package.target) == ("fr-en", "fr", "en")
    assert package.fingerprint == Fingerprint("fr-en", "1.9", PackageKind.IMPORTED, sha256)
    assert package.size_bytes == size_bytes
    assert package.folder == settings.packages_dir / f"fr-en-1.9-{sha256[:8]}"
    assert abs((datetime.now(UTC) - package.installed_at).total_seconds()) < 60
    lock = json.loads((settings.packages_dir / LOCK_FILE).read_text())
    on_disk = {p.relative_to(package.folder).as_posix() for p in package.folder.rglob("*") if p.is_file()}
    assert set(lock["packages"]["fr-en"]["files"]) == on_disk - {"quatrain.json"}
    (verification,) = store.verify()
    assert verification.ok and verification.sentence.startswith("Le président") and verification.translation


def test_the_starters_are_installed_within_two_seconds_without_loading_anything(
    store: PackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "translate_one", lambda *args: pytest.fail("a file whose hash is known was loaded"))
    started = time.process_time()
    installed = store.install_starters()
    assert time.process_time() - started < 2.0
    assert tuple(package.pair for package in store.installed()) == PAIRS
    assert {package.kind for package in installed} == {PackageKind.STARTER}
    assert store.install_starters() == ()


def test_the_shipped_packages_are_those_of_their_list() -> None:
    files = sorted(STARTERS.glob("*.argosmodel"))
    assert {hash_file(path)[0] for path in files} == starter_hashes()
    assert len(files) == len(PAIRS)


def test_a_starter_brought_as_a_file_is_still_a_starter(store: PackageStore, tmp_path: Path) -> None:
    renamed = tmp_path / "translate-en_ko-1_1.argosmodel"
    renamed.symlink_to(STARTERS / "translate-en_ko-starter.argosmodel")
    assert store.import_file(renamed).kind is PackageKind.STARTER


@pytest.mark.usefixtures("untried")
def test_an_imported_package_replaces_a_starter_and_no_starter_replaces_it(store: PackageStore, tmp_path: Path) -> None:
    store.install_starters()
    before = store.state()
    imported = bring(store, tmp_path, version="0.1")  # even of the same version: another file, another kind
    assert store.state() != before
    assert imported.kind is PackageKind.IMPORTED
    assert store.install_starters() == ()
    assert imported in store.installed()


@pytest.mark.usefixtures("untried")
def test_the_replaced_folder_stays_until_the_next_change_for_a_worker_that_still_reads_it(
    store: PackageStore, tmp_path: Path
) -> None:
    first = bring(store, tmp_path, version="1.0")
    second = bring(store, tmp_path, version="1.1")
    assert first.folder.is_dir() and second.folder.is_dir()
    third = bring(store, tmp_path, version="1.2")
    assert not first.folder.exists() and second.folder.is_dir()
    assert store.installed() == (third,)
    back = bring(store, tmp_path, version="1.1")
    assert store.installed() == (back,) and back.folder == second.folder


@pytest.mark.usefixtures("untried")
def test_the_state_changes_with_what_is_installed_and_only_then(store: PackageStore, settings: Settings, tmp_path: Path) -> None:
    other_process = PackageStore(settings)
    states = [store.state()]
    bring(store, tmp_path)
    states.append(store.state())
    bring(store, tmp_path, version="1.1")
    states.append(store.state())
    store.remove("fr-en")
    states.append(store.state())
    assert states[0] == states[3] and len(set(states)) == 3
    bring(store, tmp_path, version="1.1")
    state = store.state()
    assert other_process.state() == state
    bring(store, tmp_path, version="1.1")  # the very same file
    assert store.state() == state


@pytest.mark.usefixtures("untried")
def test_another_file_of_a_known_version_is_refused_until_the_package_is_removed(store: PackageStore, tmp_path: Path) -> None:
    bring(store, tmp_path, version="1.0")
    bring(store, tmp_path, version="1.1")
    with pytest.raises(errors.PackageChecksumMismatch) as caught:
        bring(store, tmp_path, version="1.0", seed=1)
    assert caught.value.data["version"] == "1.0"
    store.remove("fr-en")
    assert bring(store, tmp_path, version="1.0", seed=1).version == "1.0"


@pytest.mark.usefixtures("untried")
def test_the_hashes_of_removed_packages_stay_known(store: PackageStore, settings: Settings, tmp_path: Path) -> None:
    package = bring(store, tmp_path)
    store.remove("fr-en")
    assert not package.folder.exists()
    assert store.installed() == ()
    (known,) = read_records(settings.packages_dir).known
    assert (known.sha256, known.pinned) == (package.sha256, False)


def test_removing_what_is_not_there_is_said(store: PackageStore) -> None:
    with pytest.raises(errors.PackageNotFound, match="No package fr-en"):
        store.remove("fr-en")


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("harm", ["folder removed", "file removed", "file cut", "file changed"])
def test_a_harmed_package_is_found_said_and_mended_by_its_file(harm: str, store: PackageStore, tmp_path: Path) -> None:
    package = bring(store, tmp_path)
    model = package.folder / "model" / "model.bin"
    if harm == "folder removed":
        package.folder.rename(tmp_path / "elsewhere")
    elif harm == "file removed":
        model.unlink()
    elif harm == "file cut":
        model.write_bytes(model.read_bytes()[:-1])
    else:
        data = bytearray(model.read_bytes())
        data[-1] ^= 1
        model.write_bytes(data)
    assert (store.installed() == ()) == (harm != "file changed")  # content is proved by verify alone
    (verification,) = store.verify()
    assert isinstance(verification.error, errors.PackageFilesChanged)
    assert "quatrain models install fr-en" in str(verification.error)
    with pytest.raises(errors.PackageChecksumMismatch):
        bring(store, tmp_path, seed=1)  # only the file that is on record mends it
    bring(store, tmp_path)
    assert store.verify()[0].ok


def test_a_package_that_no_longer_loads_is_said(store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise probe.ProbeFailed("out of memory")

    with monkeypatch.context() as patch:
        patch.setattr(probe, "translate_one", lambda *args: ("", ""))
        bring(store, tmp_path)
    monkeypatch.setattr(probe, "translate_one", fail)
    (verification,) = store.verify()
    assert not verification.ok and "out of memory" in str(verification.error)


BROKEN_RECORDS = {
    "empty": b"",
    "cut": b'{"format": 1, "packages": {"fr-en": {"pai',
    "not UTF-8": b"\xff\xfe{}",
    "a list": b"[]",
    "of a later format": b'{"format": 2}',
    "with a folder outside": b'{"packages":{"fr-en":{"pair":"fr-en","version":"1","kind":"imported","sha256":"'
    + b"0" * 64
    + b'","size_bytes":1,"folder":"../..","installed_at":"2026-01-01T00:00:00Z","files":{}}}}',
}


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("case", BROKEN_RECORDS)
def test_unreadable_records_are_said_and_the_next_change_makes_them_anew(
    case: str, store: PackageStore, settings: Settings, tmp_path: Path
) -> None:
    bring(store, tmp_path, pair="en-ru", root="translate-en_ru/")
    first = bring(store, tmp_path)
    state = store.state()
    lock = settings.packages_dir / LOCK_FILE
    lock.write_bytes(BROKEN_RECORDS[case])
    for read in (store.installed, store.missing, store.verify):
        with pytest.raises(errors.PackageRecordsUnreadable, match="quatrain models install"):
            read()
    assert store.state() == state  # a worker goes on with what it has loaded
    second = bring(store, tmp_path, version="1.1")
    assert [package.pair for package in store.installed()] == ["en-ru", "fr-en"]
    assert second in store.installed()
    assert first.folder.exists()
    assert lock.with_name(LOCK_FILE + ".broken").read_bytes() == BROKEN_RECORDS[case]


@pytest.mark.usefixtures("untried")
def test_records_that_are_gone_are_made_anew_from_the_folders(store: PackageStore, settings: Settings, tmp_path: Path) -> None:
    package = bring(store, tmp_path)
    (settings.packages_dir / LOCK_FILE).unlink()
    assert store.installed() == ()
    bring(store, tmp_path, pair="en-ru", root="translate-en_ru/")
    assert package in store.installed()
    (settings.packages_dir / LOCK_FILE).unlink()
    store = PackageStore(dataclasses.replace(settings, targets=("ru",)))
    assert package in store.ensure().packages  # and the index was not asked: unit tests have no network


@pytest.mark.usefixtures("untried")
def test_install_makes_unreadable_records_anew_even_when_the_index_cannot_be_reached(
    store: PackageStore, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str) -> None:
        raise errors.PackageIndexUnreachable(url=url, detail="no connection in time")

    package = bring(store, tmp_path)
    (settings.packages_dir / LOCK_FILE).write_text("?")
    monkeypatch.setattr(packages, "fetch_index", fail)
    with pytest.raises(errors.PackageIndexUnreachable):
        store.install()
    assert store.installed() == (package,)


@pytest.mark.usefixtures("untried")
def test_a_folder_whose_copy_of_the_record_is_broken_too_is_not_taken_back(
    store: PackageStore, settings: Settings, tmp_path: Path
) -> None:
    package = bring(store, tmp_path)
    (package.folder / "quatrain.json").write_text("{}")
    (settings.packages_dir / LOCK_FILE).write_text("")
    store.install_starters()
    assert {p.kind for p in store.installed()} == {PackageKind.STARTER}


def test_a_second_writer_waits_a_while_then_says_so(settings: Settings, store: PackageStore, tmp_path: Path) -> None:
    path = write_package(tmp_path / "brought.argosmodel")
    with PackageStore(settings)._folder.locked():
        started = time.monotonic()
        with pytest.raises(errors.PackageStoreBusy):
            store.import_file(path)
        assert 0.25 < time.monotonic() - started < 5
    assert store.installed() == ()


# --- ensure ----------------------------------------------------------------------------------------------------------


def test_ensure_asks_nobody_when_nothing_is_missing(store: PackageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.install_starters()
    monkeypatch.setattr(packages, "fetch_index", lambda url: pytest.fail("the index was asked"))
    ensured = store.ensure()
    assert [package.pair for package in ensured.packages] == list(PAIRS)
    assert (ensured.added, ensured.fallback) == ((), None)


@pytest.mark.parametrize(
    "reason",
    [
        errors.PackageIndexUnreachable(url="https://index", detail="no connection in time"),
        errors.PackageIndexInvalid(url="https://index", detail="it is not JSON"),
    ],
)
def test_ensure_falls_back_on_the_starters_and_says_why(
    reason: errors.PackageError, store: PackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str) -> None:
        raise reason

    monkeypatch.setattr(packages, "fetch_index", fail)
    ensured = store.ensure()
    assert ensured.fallback is reason
    assert {package.kind for package in ensured.added} == {PackageKind.STARTER}
    assert len(ensured.added) == len(PAIRS)


def test_ensure_raises_the_reason_when_no_starter_can_stand_in(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "SHA256SUMS").write_text("")
    store = PackageStore(settings, starter_dir=tmp_path / "none")
    monkeypatch.setattr(packages, "fetch_index", lambda url: ())
    with pytest.raises(errors.PackageNotInIndex):
        store.ensure()


@pytest.mark.usefixtures("untried")
def test_ensure_keeps_what_works_and_adds_only_what_is_missing(
    store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = bring(store, tmp_path)
    monkeypatch.setattr(packages, "fetch_index", lambda url: ())
    ensured = store.ensure()
    assert imported in ensured.packages and imported not in ensured.added
    assert {package.pair for package in ensured.added} == {"en-ru", "en-ko"}


def test_ensure_makes_unreadable_records_anew(store: PackageStore, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    store.install_starters()
    (settings.packages_dir / LOCK_FILE).write_text("?")
    monkeypatch.setattr(packages, "fetch_index", lambda url: pytest.fail("the index was asked"))
    assert len(store.ensure().packages) == len(PAIRS)


# --- install ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An index of fr-en 1.9 whose download is a local file; lists what was downloaded."""
    fetched: list[str] = []

    def fake_download(entry: IndexEntry, folder: Path, **options: object) -> Path:
        fetched.append(entry.pair)
        return write_package(folder / f"{entry.pair}-{entry.package_version}.argosmodel", package_bytes(version="1.0"))

    entry = IndexEntry(from_code="fr", to_code="en", package_version="1.9", links=("https://index/fr_en",))
    monkeypatch.setattr(packages, "fetch_index", lambda url: (entry,))
    monkeypatch.setattr(packages, "download", fake_download)
    return fetched


@pytest.mark.usefixtures("untried")
def test_what_comes_from_the_index_is_official_and_has_the_version_of_the_index(
    index: list[str], store: PackageStore, settings: Settings
) -> None:
    store.install_starters()
    (package,) = store.install(["fr-en"])
    assert (package.kind, package.version) == (PackageKind.OFFICIAL, "1.9")
    assert store.install(["fr-en", "fr-en"]) == (package,)
    assert index == ["fr-en"]
    assert list((settings.packages_dir / "downloads").glob("fr-en*")) == []


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize(("version", "is_kept"), [("1.10", True), ("1.9", True), ("1.8", False)])
def test_an_imported_package_is_kept_if_it_is_as_new_as_the_indexs(
    version: str, is_kept: bool, index: list[str], store: PackageStore, tmp_path: Path
) -> None:
    bring(store, tmp_path, version=version)
    (package,) = store.install(["fr-en"])
    assert (package.kind is PackageKind.IMPORTED) == is_kept
    assert index == ([] if is_kept else ["fr-en"])


@pytest.mark.usefixtures("untried")
def test_the_file_of_the_index_brought_on_a_stick_becomes_official_when_the_index_has_it(
    index: list[str], store: PackageStore, tmp_path: Path
) -> None:
    bring(store, tmp_path, package_bytes(version="1.0"))
    (package,) = store.install(["fr-en"])
    assert (package.kind, package.version) == (PackageKind.OFFICIAL, "1.9")


def test_nothing_is_fetched_when_one_of_the_pairs_is_not_in_the_index(index: list[str], store: PackageStore) -> None:
    with pytest.raises(errors.PackageNotInIndex, match="en-ru"):
        store.install()
    assert index == []


@pytest.mark.parametrize("pair", ["fr_en", "fr", "../x", "fr-en-ko", "", "FR-EN", "fr→en"])
def test_what_is_no_pair_is_said_before_anything_is_asked(pair: str, store: PackageStore) -> None:
    with pytest.raises(errors.PairMalformed, match="fr-en"):
        store.install([pair])


def test_a_refused_download_is_thrown_away(index: list[str], store: PackageStore, settings: Settings) -> None:
    def refuse(*args: object) -> None:
        raise probe.ProbeFailed("no")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probe, "translate_one", refuse)
        with pytest.raises(errors.PackageModelBroken):
            store.install(["fr-en"])
    assert list((settings.packages_dir / "downloads").glob("fr-en*")) == []

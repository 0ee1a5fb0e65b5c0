"""Packages are hostile input: each kind of bad file is refused with its own error, and what worked before still works."""

import dataclasses
import errno
import io
import json
import os
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.packages import METADATA, package_bytes, tiny_files, write_package
from webapp import errors
from webapp.config import Settings
from webapp.engine import archive, disk, probe
from webapp.engine.archive import open_archive
from webapp.engine.packages import InstalledPackage, PackageStore
from webapp.engine.records import check_files, read_records
from webapp.errors import PackageError, QuatrainError

pytestmark = pytest.mark.slow  # bombs and megabytes

ROOT = "translate-fr_en/"


def with_member(name: str, data: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A sound package and one more member."""
    buffer = io.BytesIO(package_bytes())
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    info.compress_type = method
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(info, data)
    return buffer.getvalue()


def twice(first: str, second: str) -> bytes:
    buffer = io.BytesIO(with_member(ROOT + first))
    with zipfile.ZipFile(buffer, "a") as package, warnings.catch_warnings(action="ignore"):
        package.writestr(ROOT + second, b"y")
    return buffer.getvalue()


def encrypted() -> bytes:
    data = bytearray(package_bytes())
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 8] |= 1
        position = data.find(b"PK\x01\x02", position + 4)
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(package_bytes(version="1.1"))
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


def lying_about_its_size() -> bytes:
    data = bytearray(package_bytes({"model/model.bin": bytes(1 << 20)}, version="1.1"))
    size = (1 << 20).to_bytes(4, "little")
    return bytes(data.replace(size, (100).to_bytes(4, "little")))


def endless_table_of_contents() -> bytes:
    """The end record declares a directory of 3 GiB: whoever believes it asks for that much memory."""
    data = bytearray(package_bytes() + bytes(3 << 20))
    end = data.rfind(b"PK\x05\x06")
    record = bytearray(data[end : end + 22])
    record[12:16] = (3 << 20).to_bytes(4, "little")
    return bytes(data[:end] + bytes(3 << 20) + record)


def many_members() -> bytes:
    return package_bytes({f"model/{number}": b"x" for number in range(archive.MAX_MEMBERS)})


def metadata(**changes: object) -> bytes:
    described = {key: value for key, value in {**METADATA, **changes}.items() if value is not None}
    return package_bytes(metadata=described)


def raw_metadata(data: bytes) -> bytes:
    return package_bytes({"metadata.json": data})


def second_folder() -> bytes:
    return with_member("another/metadata.json", json.dumps(METADATA).encode())


def half_model() -> bytes:
    model = tiny_files()["model/model.bin"]
    return package_bytes({"model/model.bin": model[: len(model) // 2]}, version="1.1")


HOSTILE: dict[str, tuple[Callable[[], bytes], type[PackageError]]] = {
    "not a zip": (lambda: b"<html>404 Not Found</html>" * 100, errors.PackageNotAZip),
    "empty": (lambda: b"", errors.PackageNotAZip),
    "truncated": (lambda: package_bytes()[: len(package_bytes()) // 2], errors.PackageNotAZip),
    "damaged in the middle": (damaged, errors.PackageDamaged),
    "lying about its size": (lying_about_its_size, errors.PackageDamaged),
    "a table of contents without end": (endless_table_of_contents, errors.PackageLayoutWrong),
    "a path that climbs": (lambda: with_member(ROOT + "../../evil"), errors.PackagePathUnsafe),
    "a path that climbs out of model": (lambda: with_member(ROOT + "model/../../evil"), errors.PackagePathUnsafe),
    "an absolute path": (lambda: with_member("/etc/cron.d/evil"), errors.PackagePathUnsafe),
    "a backslash": (lambda: with_member(ROOT + "..\\evil"), errors.PackagePathUnsafe),
    "a drive letter": (lambda: with_member("C:/evil"), errors.PackagePathUnsafe),
    "a control character": (lambda: with_member(ROOT + "model/\x1b[2Jevil"), errors.PackagePathUnsafe),
    "a name far too long": (lambda: with_member(ROOT + "model/" + "a" * 300), errors.PackagePathUnsafe),
    "a symbolic link": (lambda: with_member(ROOT + "model/x", b"/etc/passwd", mode=stat.S_IFLNK), errors.PackageMemberUnsafe),
    "a device": (lambda: with_member(ROOT + "model/x", mode=stat.S_IFCHR), errors.PackageMemberUnsafe),
    "a pipe": (lambda: with_member(ROOT + "stanza/x", mode=stat.S_IFIFO), errors.PackageMemberUnsafe),
    "one member twice": (lambda: twice("model/x", "model/x"), errors.PackageLayoutWrong),
    "one member twice on some disks": (lambda: twice("model/é", "MODEL/É"), errors.PackageLayoutWrong),
    "a file below a file": (lambda: twice("model/x", "model/x/y"), errors.PackageLayoutWrong),
    "two folders": (second_folder, errors.PackageLayoutWrong),
    "an unusual method": (lambda: with_member(ROOT + "model/x", method=zipfile.ZIP_LZMA), errors.PackageLayoutWrong),
    "encrypted": (encrypted, errors.PackageEncrypted),
    "a bomb": (lambda: package_bytes({"model/zeros": bytes(65 << 20)}), errors.PackageTooLarge),
    "a bomb where nobody looks": (lambda: package_bytes({"stanza/zeros": bytes(65 << 20)}), errors.PackageTooLarge),
    "a crowd": (many_members, errors.PackageLayoutWrong),
    "no metadata": (lambda: raw_metadata(b""), errors.PackageMetadataInvalid),
    "metadata that is not JSON": (lambda: raw_metadata(b"{'from_code': 'fr'}"), errors.PackageMetadataInvalid),
    "metadata that is not UTF-8": (lambda: raw_metadata('{"from_code":"\xe9"}'.encode("latin-1")), errors.PackageMetadataInvalid),
    "metadata that is a list": (lambda: raw_metadata(b"[]"), errors.PackageMetadataInvalid),
    "metadata nested without end": (lambda: raw_metadata(b"[" * 100_000), errors.PackageMetadataInvalid),
    "metadata of 2 MB": (lambda: raw_metadata(b'"' + b"x" * (2 << 20) + b'"'), errors.PackageMetadataInvalid),
    "a language that is a number": (lambda: metadata(from_code=7), errors.PackageMetadataInvalid),
    "a language that is a path": (lambda: metadata(from_code="../fr"), errors.PackageMetadataInvalid),
    "no language": (lambda: metadata(to_code=None), errors.PackageMetadataInvalid),
    "from a language to itself": (lambda: metadata(to_code="fr"), errors.PackageMetadataInvalid),
    "another type of package": (lambda: metadata(type="sbd"), errors.PackageMetadataInvalid),
    "a version that is a path": (lambda: metadata(package_version="../../1.0"), errors.PackageMetadataInvalid),
    "another pair": (lambda: package_bytes(pair="de-en"), errors.PackagePairWrong),
    "no tokenizer": (lambda: package_bytes({"sentencepiece.model": b""}), errors.PackageIncomplete),
    "no model": (lambda: package_bytes({"model/model.bin": b""}), errors.PackageIncomplete),
    "half a model": (half_model, errors.PackageModelBroken),
    "a broken tokenizer": (lambda: package_bytes({"sentencepiece.model": b"no"}, version="1.1"), errors.PackageModelBroken),
    "no vocabulary": (lambda: package_bytes({"model/shared_vocabulary.json": b""}, version="1.1"), errors.PackageModelBroken),
    "a model that kills its loader": (lambda: package_bytes(tiny_files(0, 0), version="1.1"), errors.PackageModelBroken),
    "other bytes of a known version": (lambda: package_bytes({"README.md": b"new"}), errors.PackageChecksumMismatch),
}


@pytest.fixture
def store(settings: Settings) -> PackageStore:
    return PackageStore(settings, lock_seconds=1.0)


@pytest.fixture
def before(store: PackageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[InstalledPackage, ...]:
    """A package that works (test_package_store tries one like it)."""
    with monkeypatch.context() as patch:
        patch.setattr(probe, "translate_one", lambda *args: ("", ""))
        store.import_file(write_package(tmp_path / "sound.argosmodel"))
    return store.installed()


def assert_untouched(store: PackageStore, before: tuple[InstalledPackage, ...]) -> None:
    """The packages are those of before, byte for byte, and nothing lies about."""
    assert store.installed() == before
    folder = before[0].folder.parent
    for record in read_records(folder).packages.values():
        check_files(folder, record)
    expected = {"packages.lock.json", ".lock", *(package.folder.name for package in before)}
    assert {path.name for path in folder.iterdir()} == expected


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bad_package_is_refused_by_name_and_the_old_one_still_works(
    case: str, store: PackageStore, before: tuple[InstalledPackage, ...], tmp_path: Path
) -> None:
    make, error = HOSTILE[case]
    path = write_package(tmp_path / "brought.argosmodel", make())
    with pytest.raises(PackageError) as caught:
        store.import_file(path, expected_pair="fr-en")
    assert type(caught.value) is error
    assert "brought.argosmodel" in str(caught.value)
    assert str(caught.value).isprintable()
    assert_untouched(store, before)
    assert not list(tmp_path.parent.rglob("evil"))


def test_a_package_for_which_there_was_none_leaves_nothing_behind_when_refused(
    store: PackageStore, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(errors.PackageModelBroken):
        store.import_file(write_package(tmp_path / "brought.argosmodel", half_model()))
    assert store.installed() == ()
    assert [path.name for path in settings.packages_dir.iterdir()] == [".lock"]


def test_more_bytes_than_the_setting_allows_are_refused(settings: Settings, tmp_path: Path) -> None:
    store = PackageStore(dataclasses.replace(settings, max_package_bytes=100_000))
    with pytest.raises(errors.PackageTooLarge, match="100000 bytes"):
        store.import_file(write_package(tmp_path / "brought.argosmodel"))


def test_bytes_are_counted_while_unpacking_whatever_the_archive_declares(tmp_path: Path) -> None:
    into = tmp_path / "new"
    into.mkdir()
    path = write_package(tmp_path / "brought.argosmodel")
    with open_archive(path, max_bytes=1 << 30) as opened, pytest.raises(errors.PackageTooLarge):
        dataclasses.replace(opened, limit_bytes=50_000).unpack(into)
    assert sum(path.stat().st_size for path in into.rglob("*") if path.is_file()) <= 50_000


def test_only_what_the_engine_reads_is_unpacked(tmp_path: Path) -> None:
    extra = {
        "stanza/fr/model.pt": b"x",
        "spacy/x": b"x",
        "minisbd/x": b"x",
        "setup.py": b"x",
        "README.md": b"x",
        "model/vmap.txt": b"x",
    }
    into = tmp_path / "new"
    into.mkdir()
    with open_archive(write_package(tmp_path / "brought.argosmodel", files=extra), max_bytes=1 << 30) as opened:
        files = opened.unpack(into)
    assert {*tiny_files(), "metadata.json", "README.md", "model/vmap.txt"} == set(files)
    assert {path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()} == set(files)


def test_files_beside_the_folder_are_passed_over(store: PackageStore, tmp_path: Path) -> None:
    package = store.import_file(write_package(tmp_path / "brought.argosmodel", with_member(".DS_Store")))
    assert {path.name for path in package.folder.iterdir()} == {"metadata.json", "sentencepiece.model", "model", "quatrain.json"}


def test_a_package_with_its_folder_members_and_a_bpe_tokenizer_is_taken(
    store: PackageStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(probe, "translate_one", lambda *args: ("", ""))
    data = package_bytes({"sentencepiece.model": b"", "bpe.model": b"#version: 0.2\ne n"})
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as package:
        package.mkdir(ROOT.rstrip("/"))
        package.mkdir(ROOT + "model")
    installed = store.import_file(write_package(tmp_path / "brought.argosmodel", buffer.getvalue()))
    assert (installed.folder / "bpe.model").exists()


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EDQUOT, errors.DiskFull),
        (errno.EACCES, errors.DataFolderUnwritable),
        (errno.EROFS, errors.DataFolderUnwritable),
        (errno.EIO, errors.DataFolderUnwritable),
    ],
)
@pytest.mark.parametrize("call", ["write", "fsync", "rename"])
@pytest.mark.usefixtures("before")
def test_a_full_or_locked_disk_is_said_and_changes_nothing(
    number: int, refusal: type[QuatrainError], call: str, store: PackageStore, tmp_path: Path
) -> None:
    before = store.installed()
    path = write_package(tmp_path / "newer.argosmodel", version="1.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probe, "translate_one", lambda *args: ("", ""))
        with patch.context() as broken:
            fail(broken, call, OSError(number, os.strerror(number)))
            with pytest.raises(refusal):
                store.import_file(path)
        assert_untouched(store, before)
        assert store.import_file(path).version == "1.1"


def fail(patch: pytest.MonkeyPatch, call: str, error: OSError) -> None:
    """Lets one kind of system call fail as a full or a locked disk does."""

    def raise_it(*args: object, **kwargs: object) -> None:
        raise error

    if call == "write":
        real = Path.open

        def open_(self: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
            file = real(self, mode, *args, **kwargs)  # type: ignore[call-overload] # passed through
            return Failing(file, error) if "x" in mode else file

        patch.setattr(Path, "open", open_)
    elif call == "fsync":
        patch.setattr(archive.os, "fsync", raise_it)
    else:
        patch.setattr(Path, "rename", raise_it)


class Failing:
    """A file whose disk gives out."""

    def __init__(self, file: io.BufferedWriter, error: OSError) -> None:
        self._file, self._error = file, error

    def write(self, data: bytes) -> int:
        raise self._error

    def close(self) -> None:
        self._file.close()


def test_a_package_larger_than_the_free_room_is_refused_before_it_is_unpacked(
    store: PackageStore, before: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(errors.DiskFull):
        store.import_file(write_package(tmp_path / "newer.argosmodel", version="1.1"))


def test_a_data_folder_that_is_a_file_is_said(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.write_text("not a folder")
    store = PackageStore(settings)
    with pytest.raises(errors.DataFolderUnwritable):
        store.import_file(write_package(tmp_path / "sound.argosmodel"))
    with pytest.raises(errors.DataFolderUnwritable):
        store.install_starters()


@pytest.mark.parametrize("path", ["missing.argosmodel", "."])
def test_a_file_that_is_not_there_or_is_a_folder_is_said(path: str, store: PackageStore, tmp_path: Path) -> None:
    with pytest.raises(errors.PackageFileUnreadable):
        store.import_file(tmp_path / path)


def test_a_model_that_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(probe.ProbeFailed, match="not ready after 0 s"):
        probe.translate_one(tmp_path, "fr", "en", seconds=0.01)


SOUND = package_bytes()


@given(st.data())
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_package_raises_anything_but_our_errors(tmp_path: Path, data: st.DataObject) -> None:
    """Only reading and unpacking: what the model holds is the business of the probe."""
    content = bytearray(SOUND)
    tail = data.draw(st.sampled_from([len(content), 1500]))  # the directory is at the end, where damage hurts most
    for _ in range(data.draw(st.integers(1, 4))):
        content[-data.draw(st.integers(1, tail))] = data.draw(st.integers(0, 255))
    path = write_package(tmp_path / "damaged.argosmodel", bytes(content))
    into = tmp_path / "new"
    into.mkdir(exist_ok=True)
    try:
        with open_archive(path, max_bytes=1 << 24) as opened:
            opened.unpack(into)
    except QuatrainError as error:
        assert str(error)
    finally:
        archive_files = [file for file in into.rglob("*") if file.is_file()]
        assert sum(file.stat().st_size for file in archive_files) <= 1 << 24
        for file in archive_files:
            file.unlink()

"""The folder of the installed packages: one writer at a time, readers at any time.

    packages/
      packages.lock.json         what is installed; replaced at once, so it is always whole
      fr-en-1.9-0a1b2c3d/        an unpacked package, put there by one rename
      downloads/                 what is on its way
      .new-…/                    being unpacked; nobody looks there

Lives here: putting a package in its place, taking it away. Never here: where the files come from.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from webapp.domain import PackageKind
from webapp.engine import probe
from webapp.engine.archive import Archive, open_archive
from webapp.engine.disk import disk_errors, flush_folder, hash_file, write_atomically
from webapp.engine.records import (
    FOLDER_RECORD,
    LOCK_FILE,
    PackageRecord,
    Records,
    check_files,
    read_records,
    recover_records,
    write_records,
)
from webapp.errors import (
    DataFolderUnwritable,
    PackageFilesChanged,
    PackageFileUnreadable,
    PackageModelBroken,
    PackageNotFound,
    PackagePairWrong,
    PackageRecordsUnreadable,
    PackageStoreBusy,
)

STARTER_DIR: Final = Path(__file__).parent / "starter"
DOWNLOADS: Final = "downloads"
_RANK: Final = (PackageKind.STARTER, PackageKind.OFFICIAL, PackageKind.IMPORTED)  # of one and the same file


class PackageFolder:
    """The folder at `path`. Everything that changes it is to be called while `locked()` holds."""

    def __init__(self, path: Path, *, max_bytes: int, starter_dir: Path, lock_seconds: float) -> None:
        self.path = path
        self.downloads = path / DOWNLOADS
        self._max_bytes = max_bytes
        self._starter_dir = starter_dir
        self._lock_seconds = lock_seconds
        self._cache: tuple[tuple[int, ...], Records] | None = None

    def records(self) -> Records:
        """Gives the records, read again only when the file was replaced. Raises PackageRecordsUnreadable."""
        try:
            status = (self.path / LOCK_FILE).stat()
        except OSError:
            return read_records(self.path)
        key = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        cached = self._cache  # read once: other threads may replace it
        if cached is None or cached[0] != key:
            cached = (key, read_records(self.path))
            self._cache = cached
        return cached[1]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the one writer's lock; makes the folder if need be. Raises PackageStoreBusy, DataFolderUnwritable."""
        with self._held(self.path):
            yield

    @contextmanager
    def downloading(self, pair: str) -> Iterator[Path]:
        """Holds the lock of one pair's download, which takes long and hinders nothing else; gives the folder for it."""
        with self._held(self.downloads, f".{pair}.lock"):
            yield self.downloads

    @contextmanager
    def _held(self, folder: Path, name: str = ".lock") -> Iterator[None]:
        """Holds a lock that dies with its process, so that a killed one never shuts the others out."""
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / name, thread_local=False)
        try:
            lock.acquire(timeout=self._lock_seconds, poll_interval=0.05)
        except Timeout as error:
            raise PackageStoreBusy from error
        except OSError as error:
            raise DataFolderUnwritable(folder=str(folder), detail=error.strerror or str(error)) from error
        try:
            yield
        finally:
            lock.release()

    def needs_recovery(self) -> bool:
        """Whether the records cannot be read, or are gone while packages are there."""
        try:
            self.records()
        except PackageRecordsUnreadable:
            return True
        return not (self.path / LOCK_FILE).exists() and any(self.path.glob(f"[a-z]*/{FOLDER_RECORD}"))

    def recovered(self) -> Records:
        """The records, made anew from the folders when that is needed. Locked."""
        if not self.needs_recovery():
            return read_records(self.path)
        with disk_errors(self.path):
            return recover_records(self.path)

    def put(
        self, file: Path, *, kind: PackageKind, expected_pair: str | None = None, version: str | None = None
    ) -> PackageRecord:
        """Checks, unpacks and tries a package file, then puts it in the place of the package of its pair. Locked.

        `version` overrides what the package calls itself. A shipped file is a starter whatever `kind` says, and is not
        tried: its hash is proof enough. Until the last step the package that was there is untouched; whatever is wrong
        raises an error of its own (webapp/errors.py) and leaves no trace.
        """
        try:
            sha256, size_bytes = hash_file(file)
        except OSError as error:
            raise PackageFileUnreadable(name=file.name, detail=error.strerror or str(error)) from error
        records = self.recovered()
        is_starter = sha256 in starter_hashes(self._starter_dir)
        with open_archive(file, max_bytes=self._max_bytes) as archive:
            pair, version = archive.metadata.pair, version or archive.metadata.package_version
            if expected_pair not in {None, pair}:
                raise PackagePairWrong(name=file.name, expected=expected_pair, found=pair)
            if not is_starter:
                records.check_hash(pair, version, sha256, name=file.name)
            new = PackageRecord(
                pair=pair,
                version=version,
                kind=PackageKind.STARTER if is_starter else kind,
                sha256=sha256,
                size_bytes=size_bytes,
                folder=f"{pair}-{version}-{sha256[:8]}",
                installed_at=datetime.now(UTC),
                files={},
            )
            record = self._same(records.packages.get(pair), new) or self._place(archive, new, try_it=not is_starter)
        self._write(records.with_package(record))
        self._sweep()
        return record

    def remove(self, pair: str) -> None:
        """Forgets a package and removes its folder. Locked. Raises PackageNotFound."""
        records = self.recovered()
        if pair not in records.packages:
            raise PackageNotFound(pair=pair)
        self._write(records.without_package(pair))
        self._sweep()

    def _same(self, old: PackageRecord | None, new: PackageRecord) -> PackageRecord | None:
        """The installed package if it comes from the very same file and is unharmed: it need not be unpacked again."""
        if old is None or (old.folder, old.sha256) != (new.folder, new.sha256):
            return None
        try:
            check_files(self.path, old)
        except PackageFilesChanged:
            return None
        return old.model_copy(update={"kind": min(old.kind, new.kind, key=_RANK.index)})

    def _place(self, archive: Archive, record: PackageRecord, *, try_it: bool) -> PackageRecord:
        """Unpacks beside, tries it, and gives the folder its name by one rename."""
        with disk_errors(self.path):
            new = Path(tempfile.mkdtemp(prefix=".new-", dir=self.path))
        try:
            record = record.model_copy(update={"files": archive.unpack(new)})
            if try_it:
                _try_package(new, archive)
            with disk_errors(self.path):
                write_atomically(new / FOLDER_RECORD, record.model_dump_json(indent=1).encode())
                new.chmod(0o755)
                target = self.path / record.folder
                if target.exists():  # left by a crash before it was recorded, or damaged since
                    target.rename(Path(tempfile.mkdtemp(prefix=".old-", dir=self.path)) / record.folder)
                new.rename(target)
                flush_folder(self.path)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        return record

    def _write(self, records: Records) -> None:
        with disk_errors(self.path):
            write_records(self.path, records)

    def _sweep(self) -> None:
        """Removes folders that nothing refers to. The previous version of a package stays: a worker may still read it."""
        kept = self.recovered().folders | {DOWNLOADS}
        for folder in self.path.iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)


def _try_package(folder: Path, archive: Archive) -> None:
    try:
        probe.translate_one(folder, archive.metadata.from_code, archive.metadata.to_code)
    except probe.ProbeFailed as failure:
        raise PackageModelBroken(name=archive.name, detail=str(failure)) from failure


@cache
def starter_hashes(folder: Path = STARTER_DIR) -> frozenset[str]:
    """The SHA-256 of the shipped packages, as SHA256SUMS beside them lists them; none where none are shipped."""
    try:
        lines = (folder / "SHA256SUMS").read_text("ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())

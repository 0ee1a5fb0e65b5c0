"""The Argos packages of one installation: what is installed, what could be, and how it gets there.

Nothing here loads a model or imports the engine's libraries: the web process uses this module.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from webapp.config import Settings
from webapp.domain import Fingerprint, PackageKind
from webapp.engine import probe
from webapp.engine.download import PATIENT, Patience, discard_downloads, download
from webapp.engine.fetch import public_address
from webapp.engine.folder import STARTER_DIR, PackageFolder
from webapp.engine.index import IndexEntry, fetch_index, newest, version_key
from webapp.engine.records import PackageRecord, check_files, is_present
from webapp.errors import (
    PackageDownloadFailed,
    PackageError,
    PackageFilesChanged,
    PackageModelBroken,
    PackageNotInIndex,
    PackageRecordsUnreadable,
    PackageStoreBusy,
    PairMalformed,
    QuatrainError,
)
from webapp.languages import PIVOT, SOURCE

LOCK_SECONDS: Final = 30.0
_PAIR: Final = re.compile(r"[a-z]{2,8}(_[A-Za-z0-9]{2,8})?-[a-z]{2,8}(_[A-Za-z0-9]{2,8})?")

Progress = Callable[[str, int, int], None]
"""Called with the pair, the bytes that have arrived and the bytes expected (0: not known)."""


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package that is installed; `sha256` and `size_bytes` are those of its .argosmodel file."""

    pair: str
    source: str
    target: str
    version: str
    kind: PackageKind
    sha256: str
    folder: Path
    size_bytes: int
    installed_at: datetime

    @property
    def fingerprint(self) -> Fingerprint:
        return Fingerprint(self.pair, self.version, self.kind, self.sha256)


@dataclass(frozen=True, slots=True)
class Verification:
    """The proof for one package: it translated `sentence` into `translation`, or `error` says what is wrong with it."""

    pair: str
    version: str
    kind: PackageKind
    sentence: str = ""
    translation: str = ""
    error: QuatrainError | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass(frozen=True, slots=True)
class Ensured:
    """What ensure() did: `packages` are all that are installed now, `added` those it had to install.

    `fallback` is why starter packages stand in for the official ones, None where nothing had to stand in.
    """

    packages: tuple[InstalledPackage, ...]
    added: tuple[InstalledPackage, ...] = ()
    fallback: QuatrainError | None = None


def needed_pairs(targets: Sequence[str]) -> tuple[str, ...]:
    """Lists the pairs that lead from French to every target, through English: each once, in the order of use."""
    pairs: dict[str, None] = {}
    for target in targets:
        pairs[f"{SOURCE}-{PIVOT}"] = None
        if target != PIVOT:
            pairs[f"{PIVOT}-{target}"] = None
    return tuple(pairs)


class PackageStore:
    """The packages of one data folder; as many objects in as many threads and processes as one likes.

    `starter_dir` holds the shipped packages; `lock_seconds` is how long to wait for another writer; `patience` is how
    long to insist on a download.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        starter_dir: Path = STARTER_DIR,
        lock_seconds: float = LOCK_SECONDS,
        patience: Patience = PATIENT,
    ) -> None:
        self._settings = settings
        self._starter_dir = starter_dir
        self._patience = patience
        self._state = "unread"
        self._folder = PackageFolder(
            settings.packages_dir,
            max_bytes=settings.max_package_bytes,
            starter_dir=starter_dir,
            lock_seconds=lock_seconds,
        )

    def installed(self) -> tuple[InstalledPackage, ...]:
        """Lists the packages that can be used, sorted by pair; reads packages.lock.json and no package.

        One whose files are missing or cut is left out (`verify` says so). Raises PackageRecordsUnreadable.
        """
        while True:
            records = self._folder.records()
            present = [record for _, record in sorted(records.packages.items()) if is_present(self._folder.path, record)]
            # Missing files may only mean that two installations went by since the records were read.
            if len(present) == len(records.packages) or self._folder.records() is records:
                return tuple(self._package(record) for record in present)

    def state(self) -> str:
        """Names what is installed: the same text for as long as the same packages are.

        Unreadable records change nothing: what a worker has loaded still works.
        """
        with suppress(PackageRecordsUnreadable):
            names = ",".join(f"{p.folder.name}:{p.kind}:{p.installed_at.isoformat()}" for p in self.installed())
            self._state = hashlib.sha256(names.encode()).hexdigest()[:16]
        return self._state

    def missing(self) -> tuple[str, ...]:
        """Lists the pairs that the configured targets still need; a direct package spares the way through English."""
        have = {package.pair for package in self.installed()}
        indirect = [target for target in self._settings.targets if f"{SOURCE}-{target}" not in have]
        return tuple(pair for pair in needed_pairs(indirect) if pair not in have)

    def available(self) -> tuple[IndexEntry, ...]:
        """Asks the index: the newest version of every pair, sorted. Raises PackageIndexUnreachable, PackageIndexInvalid."""
        return newest(fetch_index(self._settings.package_index))

    def verify(self) -> tuple[Verification, ...]:
        """Reads every file of every package against its hash, loads each and translates a sentence with it, sorted by pair."""
        packages = self._folder.records().packages
        return tuple(self._verify(packages[pair]) for pair in sorted(packages))

    def install(self, pairs: Sequence[str] | None = None, *, progress: Progress | None = None) -> tuple[InstalledPackage, ...]:
        """Installs the newest official packages of `pairs` (None: of what the configured targets need), in that order.

        A package that is not a starter and at least as new as the index's is kept. `progress` is called while bytes
        arrive. Raises PairMalformed, PackageNotInIndex before anything is fetched, then whatever hinders a package; those
        before it stay installed, and what is half downloaded is gone on with next time.
        """
        wanted = needed_pairs(self._settings.targets) if pairs is None else tuple(dict.fromkeys(pairs))
        for pair in wanted:
            if not _PAIR.fullmatch(pair):
                raise PairMalformed(pair=pair)
        self._mend_records()
        entries = {entry.pair: entry for entry in self.available()}
        for pair in wanted:
            if pair not in entries:
                raise PackageNotInIndex(pair=pair, url=public_address(self._settings.package_index))
        return tuple(self._install_entry(entries[pair], progress or _nobody_watches) for pair in wanted)

    def import_file(self, path: Path, *, expected_pair: str | None = None) -> InstalledPackage:
        """Installs a .argosmodel file in the place of the package of its pair.

        Whatever is wrong with the file raises an error of its own (see webapp/errors.py), and the package that worked
        before still does.
        """
        with self._folder.locked():
            return self._package(self._folder.put(path, kind=PackageKind.IMPORTED, expected_pair=expected_pair))

    def install_starters(self) -> tuple[InstalledPackage, ...]:
        """Installs the shipped packages for the needed pairs that have none; gives those it installed. Needs no network."""
        with self._folder.locked():
            self._folder.recovered()
            files = {
                pair: self._starter_dir / f"translate-{pair.replace('-', '_')}-starter.argosmodel" for pair in self.missing()
            }
            return tuple(
                self._package(self._folder.put(path, kind=PackageKind.STARTER, expected_pair=pair))
                for pair, path in files.items()
                if path.exists()
            )

    def ensure(self, *, progress: Progress | None = None) -> Ensured:
        """Makes sure that every configured target can be reached: from the index, else with the shipped packages.

        When nothing is missing nothing is asked of the network. Raises the reason when a pair stays missing, DiskFull and
        DataFolderUnwritable.
        """
        self._mend_records()
        missing = self.missing()
        if not missing:
            return Ensured(self.installed())
        before, fallback = self.installed(), None
        try:
            self.install(missing, progress=progress)
        except PackageError as error:
            self.install_starters()
            if self.missing():
                raise
            fallback = error
        added = tuple(package for package in self.installed() if package not in before)
        return Ensured(self.installed(), added, fallback)

    def remove(self, pair: str) -> None:
        """Removes a package; afterwards another file may be installed as the same version. Raises PackageNotFound."""
        with self._folder.locked():
            self._folder.remove(pair)

    def _mend_records(self) -> None:
        """Makes records that are unreadable or gone anew from the packages that are there."""
        if self._folder.needs_recovery():
            with self._folder.locked():
                self._folder.recovered()

    def _install_entry(self, entry: IndexEntry, progress: Progress) -> InstalledPackage:
        with self._folder.downloading(entry.pair) as downloads:
            if (current := self._good_enough(entry)) is not None:
                return current
            try:
                path = download(
                    entry,
                    downloads,
                    max_bytes=self._settings.max_package_bytes,
                    progress=lambda done, total: progress(entry.pair, done, total),
                    patience=self._patience,
                )
                with self._folder.locked():
                    # The index's version counts: a package that calls itself older would be fetched again and again.
                    record = self._folder.put(
                        path, kind=PackageKind.OFFICIAL, expected_pair=entry.pair, version=entry.package_version
                    )
            except (PackageDownloadFailed, PackageStoreBusy):
                raise  # what arrived is good for the next time
            except PackageError:
                discard_downloads(entry, downloads)  # going on with a bad file would only give the same bad file
                raise
            discard_downloads(entry, downloads)
            return self._package(record)

    def _good_enough(self, entry: IndexEntry) -> InstalledPackage | None:
        for package in self.installed():
            is_new = version_key(package.version) >= version_key(entry.package_version)
            if package.pair == entry.pair and package.kind is not PackageKind.STARTER and is_new:
                return package
        return None

    def _verify(self, record: PackageRecord) -> Verification:
        try:
            check_files(self._folder.path, record)
            sentence, translation = probe.translate_one(self._folder.path / record.folder, *record.pair.split("-"))
        except PackageFilesChanged as error:
            return Verification(record.pair, record.version, record.kind, error=error)
        except probe.ProbeFailed as failure:
            broken = PackageModelBroken(name=record.folder, detail=str(failure))
            return Verification(record.pair, record.version, record.kind, error=broken)
        return Verification(record.pair, record.version, record.kind, sentence, translation)

    def _package(self, record: PackageRecord) -> InstalledPackage:
        source, target = record.pair.split("-")
        return InstalledPackage(
            pair=record.pair,
            source=source,
            target=target,
            version=record.version,
            kind=record.kind,
            sha256=record.sha256,
            folder=self._folder.path / record.folder,
            size_bytes=record.size_bytes,
            installed_at=record.installed_at,
        )


def _nobody_watches(pair: str, done: int, total: int) -> None:
    """The progress of an installation that nobody follows."""

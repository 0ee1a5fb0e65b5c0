"""What is written down about installed packages: the file `packages.lock.json` and its copy in every package folder.

Lives here: its shape, reading it, writing it at once, making it anew from the folders. Never here: installing.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from webapp.domain import PackageKind
from webapp.engine.disk import hash_file, write_atomically
from webapp.errors import PackageChecksumMismatch, PackageFilesChanged, PackageRecordsUnreadable

LOCK_FILE: Final = "packages.lock.json"
FOLDER_RECORD: Final = "quatrain.json"
_MAX_LOCK_BYTES: Final = 16 << 20

log = logging.getLogger(__name__)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}(_[A-Za-z0-9]{2,8})?$")]
Pair = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}(_[A-Za-z0-9]{2,8})?-[a-z]{2,8}(_[A-Za-z0-9]{2,8})?$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+_]{0,31}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FolderName = Annotated[str, StringConstraints(pattern=r"^[a-z][0-9A-Za-z.+_-]{0,120}$")]
MemberPath = Annotated[str, StringConstraints(pattern=r"^[^/\x00-\x1f\\]+(/[^/\x00-\x1f\\]+)*$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class FileRecord(_Record):
    """One unpacked file, as it was written."""

    size_bytes: int = Field(ge=0)
    sha256: Sha256


class PackageRecord(_Record):
    """One installed package; `sha256` and `size_bytes` are those of the .argosmodel file, `files` what was unpacked."""

    pair: Pair
    version: Version
    kind: PackageKind
    sha256: Sha256
    size_bytes: int = Field(ge=0)
    folder: FolderName
    installed_at: datetime
    files: dict[MemberPath, FileRecord]


class KnownHash(_Record):
    """A file that was once installed as this version; while `pinned`, no other file may be installed as the same."""

    pair: Pair
    version: Version
    sha256: Sha256
    seen_at: datetime
    pinned: bool = True


class Records(_Record):
    """All of packages.lock.json. `previous` names, by pair, the folder that the current package replaced."""

    format: Literal[1] = 1
    packages: dict[Pair, PackageRecord] = {}
    previous: dict[Pair, FolderName] = {}
    known: tuple[KnownHash, ...] = ()

    def with_package(self, record: PackageRecord) -> "Records":
        """Puts a package in the place of the one with its pair, whose folder becomes the previous one."""
        old = self.packages.get(record.pair)
        previous = dict(self.previous)
        if old is not None and old.folder != record.folder:
            previous[record.pair] = old.folder
        known = [k for k in self.known if (k.pair, k.version, k.sha256) != (record.pair, record.version, record.sha256)]
        if record.kind is not PackageKind.STARTER:  # the shipped ones are known by SHA256SUMS and never stand in the way
            known.append(KnownHash(pair=record.pair, version=record.version, sha256=record.sha256, seen_at=record.installed_at))
        return Records(packages={**self.packages, record.pair: record}, previous=previous, known=tuple(known))

    def without_package(self, pair: str) -> "Records":
        """Forgets a package; the hashes of its pair stay known but bind nobody any more."""
        return Records(
            packages={p: r for p, r in self.packages.items() if p != pair},
            previous={p: f for p, f in self.previous.items() if p != pair},
            known=tuple(k.model_copy(update={"pinned": False}) if k.pair == pair else k for k in self.known),
        )

    def check_hash(self, pair: str, version: str, sha256: str, *, name: str) -> None:
        """Raises PackageChecksumMismatch if another file is on record for this version of this pair."""
        hashes = [k.sha256 for k in self.known if k.pinned and (k.pair, k.version) == (pair, version)]
        if hashes and sha256 not in hashes:
            raise PackageChecksumMismatch(name=name, pair=pair, version=version, expected=hashes[-1], found=sha256)

    @property
    def folders(self) -> frozenset[str]:
        """The folders in use: current and previous."""
        return frozenset(r.folder for r in self.packages.values()) | frozenset(self.previous.values())


def read_records(folder: Path) -> Records:
    """Reads packages.lock.json; without one nothing is installed. Raises PackageRecordsUnreadable."""
    path = folder / LOCK_FILE
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_LOCK_BYTES + 1)
        if len(data) > _MAX_LOCK_BYTES:
            raise PackageRecordsUnreadable(path=str(path), detail="it is far too long")
        return Records.model_validate_json(data)
    except FileNotFoundError:
        return Records()
    except OSError as error:
        raise PackageRecordsUnreadable(path=str(path), detail=error.strerror or str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PackageRecordsUnreadable(path=str(path), detail=f"{where}: {first['msg']}".lstrip(": ")) from error


def write_records(folder: Path, records: Records) -> None:
    """Replaces packages.lock.json at once. Raises OSError."""
    write_atomically(folder / LOCK_FILE, records.model_dump_json(indent=1).encode() + b"\n")


def recover_records(folder: Path) -> Records:
    """Makes the records anew from the copies in the package folders; the unreadable file is kept beside. Raises OSError.

    Of several folders of one pair the one installed last wins; folders whose files are missing or cut are passed over.
    """
    path = folder / LOCK_FILE
    if path.exists():
        path.replace(path.with_name(LOCK_FILE + ".broken"))
    found = []
    for copy in folder.glob(f"[a-z]*/{FOLDER_RECORD}"):
        try:
            record = PackageRecord.model_validate_json(copy.read_bytes())
        except (OSError, ValidationError):
            continue
        if record.folder == copy.parent.name and is_present(folder, record):
            found.append(record)
    records = Records()
    for record in sorted(found, key=lambda r: r.installed_at):
        records = records.with_package(record)
    log.warning("%s could not be read; made anew with %s", path, ", ".join(sorted(records.packages)) or "nothing")
    write_records(folder, records)
    return records


def is_present(folder: Path, record: PackageRecord) -> bool:
    """Tells quickly whether every file of a package is there with its size; only check_files proves the content."""
    try:
        return all((folder / record.folder / name).stat().st_size == f.size_bytes for name, f in record.files.items())
    except OSError:
        return False


def check_files(folder: Path, record: PackageRecord) -> None:
    """Reads every file of a package. Raises PackageFilesChanged naming the first that is missing or differs."""
    for name, expected in record.files.items():
        try:
            sha256, _ = hash_file(folder / record.folder / name)
        except OSError as error:
            raise PackageFilesChanged(pair=record.pair, detail=f"{name}: {error.strerror}") from error
        if sha256 != expected.sha256:
            raise PackageFilesChanged(pair=record.pair, detail=f"{name} differs")

"""Reading .argosmodel files as what they are: zip archives from strangers.

A package is one folder with `metadata.json`, a tokenizer (`sentencepiece.model` or `bpe.model`) and `model/`, the
CTranslate2 model. Only those are unpacked, with the README and licences: `stanza/`, `spacy/` and `minisbd/` hold sentence
splitters that Quatrain never uses. Files beside the folder are passed over, as argostranslate does.

Lives here: every check before and while unpacking. Never here: where packages are kept.
"""

import hashlib
import json
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from webapp.engine.disk import CHUNK_BYTES, disk_errors, require_room
from webapp.engine.records import Code, FileRecord, Version
from webapp.errors import (
    PackageDamaged,
    PackageEncrypted,
    PackageFileUnreadable,
    PackageIncomplete,
    PackageLayoutWrong,
    PackageMemberUnsafe,
    PackageMetadataInvalid,
    PackageNotAZip,
    PackagePathUnsafe,
    PackageTooLarge,
)

METADATA: Final = "metadata.json"
TOKENIZERS: Final = ("sentencepiece.model", "bpe.model")
MODEL: Final = "model/model.bin"

MAX_MEMBERS: Final = 4096
MAX_METADATA_BYTES: Final = 1 << 20
MAX_RATIO: Final = 100  # int8 weights shrink by a tenth, vocabularies to a quarter; deflate can reach 1032
_FREE_RATIO_BYTES: Final = 64 << 20  # below this size no ratio is suspicious
_MAX_DIRECTORY_BYTES: Final = 2 << 20  # room for more than MAX_MEMBERS names of any sensible length
_MAX_NAME_BYTES: Final = 200
_KEPT: Final = {METADATA, *TOKENIZERS, "README.md", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"}
_ENCRYPTED_FLAGS: Final = 0x1 | 0x40 | 0x2000


class Metadata(BaseModel):
    """What `metadata.json` must say; the rest of it is not our business."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    from_code: Code
    to_code: Code
    package_version: Version
    type: Literal["translate"] = "translate"
    target_prefix: str = Field(default="", max_length=100)

    @property
    def pair(self) -> str:
        return f"{self.from_code}-{self.to_code}"


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened package whose members and metadata have been checked; `wanted` maps paths below its folder to members."""

    name: str
    metadata: Metadata
    limit_bytes: int
    zip: zipfile.ZipFile
    wanted: dict[str, zipfile.ZipInfo]

    def unpack(self, folder: Path) -> dict[str, FileRecord]:
        """Writes what a package needs into an empty folder and flushes it; gives size and SHA-256 of each file.

        Bytes are counted as they come, whatever the archive declares. Raises PackageTooLarge, PackageDamaged, DiskFull,
        DataFolderUnwritable; what was written until then stays for the caller to remove.
        """
        home = folder.parent  # the folder that messages name: the other one is gone by then
        require_room(home, sum(info.file_size for info in self.wanted.values()))
        files, left = {}, self.limit_bytes
        for path, info in sorted(self.wanted.items()):
            with disk_errors(home):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                file = (folder / path).open("xb")
            try:
                files[path] = self._unpack_member(info, file, home, left)
            finally:
                with disk_errors(home):
                    file.close()
            left -= files[path].size_bytes
        return files

    def _unpack_member(self, info: zipfile.ZipInfo, file: IO[bytes], home: Path, left: int) -> FileRecord:
        digest, size_bytes = hashlib.sha256(), 0
        with _zip_errors(self.name, info.filename), self.zip.open(info) as member:
            while chunk := member.read(CHUNK_BYTES):
                size_bytes += len(chunk)
                if size_bytes > left:
                    raise PackageTooLarge(name=self.name, limit_bytes=self.limit_bytes)
                digest.update(chunk)
                with disk_errors(home):
                    file.write(chunk)
        if size_bytes != info.file_size:
            raise PackageDamaged(name=self.name, detail=f"{info.filename} has {size_bytes} bytes, not {info.file_size}")
        with disk_errors(home):
            file.flush()
            os.fsync(file.fileno())
        return FileRecord(size_bytes=size_bytes, sha256=digest.hexdigest())


@contextmanager
def open_archive(path: Path, *, max_bytes: int) -> Iterator[Archive]:
    """Opens a package file and checks everything that can be checked without unpacking it.

    `max_bytes` bounds the unpacked size; a hundredfold of the packed size bounds it too. Raises a PackageError of its own for
    every reason (see webapp/errors.py); nothing is written.
    """
    name = path.name
    try:
        file = path.open("rb")
        size_bytes = path.stat().st_size
    except OSError as error:
        raise PackageFileUnreadable(name=name, detail=error.strerror or str(error)) from error
    limit_bytes = min(max_bytes, max(_FREE_RATIO_BYTES, MAX_RATIO * size_bytes))
    with file, _opened_zip(file, name) as archive:
        members = _checked_members(archive.infolist(), name)
        if sum(info.file_size for info in members.values()) > limit_bytes:
            raise PackageTooLarge(name=name, limit_bytes=limit_bytes)
        wanted = _wanted_members(members, name)
        metadata = _read_metadata(archive, wanted.get(METADATA), name)
        _require_parts(wanted, name)
        yield Archive(name, metadata, limit_bytes, archive, wanted)


class _BoundedReads:
    """A file that never reads much at once: zipfile trusts the size that an archive declares for its directory."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, _MAX_DIRECTORY_BYTES + 1) if size >= 0 else _MAX_DIRECTORY_BYTES + 1)
        if len(data) > _MAX_DIRECTORY_BYTES:
            raise PackageLayoutWrong(name=self._name, detail="its table of contents is far too long")
        return data


@contextmanager
def _opened_zip(file: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(_BoundedReads(file, name))
    except OSError as error:
        raise PackageFileUnreadable(name=name, detail=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError) as error:
        raise PackageNotAZip(name=name) from error
    with archive:
        yield archive


@contextmanager
def _zip_errors(name: str, member: str) -> Iterator[None]:
    """Gives the errors of reading a member their names; zipfile lets those of its decompressors and of struct through."""
    try:
        yield
    except OSError as error:
        raise PackageFileUnreadable(name=name, detail=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise PackageDamaged(name=name, detail=f"{member}: {error}") from error


def _checked_members(infos: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """Refuses members that no honest package has; gives the files by path, folders left out."""
    if len(infos) > MAX_MEMBERS:
        raise PackageLayoutWrong(name=name, detail=f"more than {MAX_MEMBERS} members")
    members: dict[str, zipfile.ZipInfo] = {}
    seen: dict[str, bool] = {}  # folded path: whether it is a file
    for info in infos:
        _check_member(info, name)
        path = info.orig_filename.rstrip("/")
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            raise PackageLayoutWrong(name=name, detail=f"{path} is in it twice")
        seen[folded] = not info.is_dir()
        if not info.is_dir():
            members[path] = info
    for folded in seen:
        parents = folded.split("/")[:-1]
        if any(seen.get("/".join(parents[: end + 1]), False) for end in range(len(parents))):
            raise PackageLayoutWrong(name=name, detail=f"{folded} lies below a file")
    return members


def _check_member(info: zipfile.ZipInfo, name: str) -> None:
    path = info.orig_filename
    if not _is_safe(path):
        raise PackagePathUnsafe(name=name, member=ascii(path)[:_MAX_NAME_BYTES])
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise PackageMemberUnsafe(name=name, member=path)
    if info.flag_bits & _ENCRYPTED_FLAGS:
        raise PackageEncrypted(name=name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise PackageLayoutWrong(name=name, detail=f"{path} is packed with an unusual method")


def _is_safe(path: str) -> bool:
    """Whether a member's path stays inside its folder on every system and can be a file name there."""
    if any(c in "\\:" or unicodedata.category(c).startswith("C") for c in path):
        return False
    parts = path.removesuffix("/").split("/")
    return all(part.strip(" ") not in {"", ".", ".."} and len(part.encode()) <= _MAX_NAME_BYTES for part in parts)


def _wanted_members(members: dict[str, zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    """Finds the one folder of the package and in it what Quatrain needs, by path below that folder."""
    inside = [(folder, path, info) for folder, slash, path, info in _split(members) if slash]
    folders = sorted({folder for folder, _, _ in inside})
    if len(folders) > 1:
        raise PackageLayoutWrong(name=name, detail=f"{len(folders)} folders at its top: {', '.join(folders[:3])}")
    return {path: info for _, path, info in inside if path in _KEPT or path.startswith("model/")}


def _split(members: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str, str, zipfile.ZipInfo]]:
    for path, info in members.items():
        yield (*path.partition("/"), info)


def _read_metadata(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, name: str) -> Metadata:
    if info is None:
        raise PackageMetadataInvalid(name=name, detail=f"no {METADATA}")
    if info.file_size > MAX_METADATA_BYTES:
        raise PackageMetadataInvalid(name=name, detail=f"{METADATA} is far too long")
    with _zip_errors(name, info.filename), archive.open(info) as member:
        data = member.read(MAX_METADATA_BYTES + 1)
    try:
        metadata = Metadata.model_validate(json.loads(data.decode()))
    except UnicodeDecodeError as error:
        raise PackageMetadataInvalid(name=name, detail=f"{METADATA} is not UTF-8") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        detail = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise PackageMetadataInvalid(name=name, detail=detail.lstrip(": ")) from error
    except (ValueError, RecursionError) as error:
        raise PackageMetadataInvalid(name=name, detail=f"{METADATA} is not JSON") from error
    if metadata.from_code == metadata.to_code:
        raise PackageMetadataInvalid(name=name, detail=f"from {metadata.from_code} to {metadata.to_code}")
    return metadata


def _require_parts(wanted: dict[str, zipfile.ZipInfo], name: str) -> None:
    """A tokenizer and a model, neither empty."""
    present = {path for path, info in wanted.items() if info.file_size}
    missing = [MODEL] if MODEL not in present else []
    if not present.intersection(TOKENIZERS):
        missing.append(" or ".join(TOKENIZERS))
    if missing:
        raise PackageIncomplete(name=name, missing=", ".join(missing))

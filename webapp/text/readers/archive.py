"""Documents that are zip archives (.docx, .odt, .epub): everything that can be checked before a library opens them."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final

from webapp.errors import FileDamaged, FileEncrypted, FileHasMacros, FileTooComplex, FileUnsafe
from webapp.text.readers.xml import parse_xml

MAX_MEMBERS: Final = 3000
MAX_XML_BYTES: Final = 24 << 20
MAX_TOTAL_BYTES: Final = 128 << 20
MAX_RATIO: Final = 150
"""Word's XML shrinks to a twentieth; deflate can reach 1032."""
_FREE_RATIO_BYTES: Final = 1 << 20
_MAX_DIRECTORY_BYTES: Final = 1 << 20
_END: Final = b"PK\x05\x06"
_LARGE_LOCATOR: Final = b"PK\x06\x07"  # of the end record of large archives, whose size field begins 36 bytes before `_END`
_ENCRYPTED_FLAGS: Final = 0x1 | 0x40 | 0x2000
_MACROS: Final = re.compile(r"(?:^|/)vba(?:project|data)|^Basic/|^Scripts/|macrosheets/|activex/.*\.bin$", re.IGNORECASE)
_XML: Final = re.compile(r"\.(?:xml|rels|opf|ncx|xhtml|html|htm|rdf|vml)\Z", re.IGNORECASE)


def check_directory(data: bytes, name: str) -> None:
    """Looks at how long an archive's table of contents says it is, before zipfile reads all of it into memory.

    Raises FileTooComplex for one that no document has.
    """
    end = len(data) - 22 if data[-22:-18] == _END else data.rfind(_END, max(0, len(data) - 22 - (1 << 16)))
    if end < 0:
        return  # no archive: whoever opens it says so
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if data[end - 20 : end - 16] == _LARGE_LOCATOR:
        size = int.from_bytes(data[end - 36 : end - 28], "little")
    if size > _MAX_DIRECTORY_BYTES:
        raise FileTooComplex(name=name, detail="its table of contents is far too long")


@contextmanager
def open_zip(data: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """Opens an archive whose members have been checked: number, sizes, names, methods, sums, no macros, no passwords.

    Raises FileDamaged, FileEncrypted, FileHasMacros, FileTooComplex or FileUnsafe; also for what zipfile says while it is open.
    """
    check_directory(data, name)
    with zip_errors(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check(archive.infolist(), name)
        broken = archive.testzip()
        if broken is not None:
            raise FileDamaged(name=name, detail=f"{broken[:80]} is broken")
        yield archive


@contextmanager
def zip_errors(name: str) -> Iterator[None]:
    """Gives the errors of zipfile and of its decompressors our names."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, LookupError, ArithmeticError, ValueError) as error:
        raise FileDamaged(name=name, detail=str(error)[:200] or "the archive is broken") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise FileEncrypted(name=name) from error


def _check(infos: list[zipfile.ZipInfo], name: str) -> None:
    if len(infos) > MAX_MEMBERS:
        raise FileTooComplex(name=name, detail=f"more than {MAX_MEMBERS} parts")
    seen: set[str] = set()
    for info in infos:
        _check_member(info, name)
        if info.filename in seen:
            raise FileDamaged(name=name, detail=f"{info.filename[:80]} is in it twice")
        seen.add(info.filename)
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise FileTooComplex(name=name, detail=f"unpacked it has more than {MAX_TOTAL_BYTES >> 20} MB")


def _check_member(info: zipfile.ZipInfo, name: str) -> None:
    path = info.filename
    if path.startswith("/") or "\\" in path or ".." in path.split("/") or any(unicodedata.category(c) == "Cc" for c in path):
        raise FileUnsafe(name=name, detail="it leads out of itself")
    if info.flag_bits & _ENCRYPTED_FLAGS:
        raise FileEncrypted(name=name)
    if _MACROS.search(path):
        raise FileHasMacros(name=name)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise FileDamaged(name=name, detail="it is packed with an unusual method")
    if _XML.search(path) and info.file_size > MAX_XML_BYTES:
        raise FileTooComplex(name=name, detail=f"{path[:80]} has more than {MAX_XML_BYTES >> 20} MB")
    if info.file_size > _FREE_RATIO_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise FileTooComplex(name=name, detail=f"{path[:80]} is packed far more tightly than text can be")


def read_member(archive: zipfile.ZipFile, path: str, name: str, limit: int = MAX_XML_BYTES) -> bytes:
    """Reads one member; never more bytes than `limit`, whatever the archive declares. Raises FileDamaged or FileTooComplex."""
    with zip_errors(name), archive.open(path) as member:
        data = _read(member, limit)
    if len(data) > limit:
        raise FileTooComplex(name=name, detail=f"{path[:80]} has more than {limit >> 20} MB")
    return data


def _read(member: IO[bytes], limit: int) -> bytes:
    return member.read(limit + 1)


def check_xml_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Parses every XML part once in our own way, before a library does it in its. Raises what `parse_xml` raises."""
    total = 0
    for info in archive.infolist():
        if info.is_dir():
            continue
        if info.filename.lower().endswith((".xml", ".rels", ".rdf")):
            data = read_member(archive, info.filename, name)
            total += len(data)
            if total > 2 * MAX_XML_BYTES:
                raise FileTooComplex(name=name, detail=f"it has more than {2 * MAX_XML_BYTES >> 20} MB of XML")
            if data.strip():
                parse_xml(data, name)


def rewrite(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Gives the archive with some members replaced; all others, their order and their dates stay as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = changed.get(info.filename)
            new.writestr(info, old.read(info) if content is None else content, compress_type=info.compress_type)
    return out.getvalue()

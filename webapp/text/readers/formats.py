"""The kinds of files that can be read: told by what is in them first, by their names second."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from webapp.errors import FileEncrypted, FileHasMacros, FileNotWhatItSays, FileTypeUnsupported
from webapp.text.readers.archive import check_directory

TEXT: Final = "txt"
MARKDOWN: Final = "md"
HTML: Final = "html"
DOCX: Final = "docx"
ODT: Final = "odt"
EPUB: Final = "epub"
SRT: Final = "srt"
VTT: Final = "vtt"


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file: its usual extension first, each with its dot."""

    name: str
    extensions: tuple[str, ...]
    media_type: str


FORMATS: Final = {
    one.name: one
    for one in (
        FileFormat(TEXT, (".txt", ".text"), "text/plain; charset=utf-8"),
        FileFormat(MARKDOWN, (".md", ".markdown", ".mdown"), "text/markdown; charset=utf-8"),
        FileFormat(HTML, (".html", ".htm", ".xhtml"), "text/html; charset=utf-8"),
        FileFormat(DOCX, (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        FileFormat(ODT, (".odt",), "application/vnd.oasis.opendocument.text"),
        FileFormat(EPUB, (".epub",), "application/epub+zip"),
        FileFormat(SRT, (".srt",), "application/x-subrip; charset=utf-8"),
        FileFormat(VTT, (".vtt",), "text/vtt; charset=utf-8"),
    )
}
EXTENSIONS: Final = {extension: one.name for one in FORMATS.values() for extension in one.extensions}
_WITH_MACROS: Final = frozenset({".docm", ".dotm", ".xlsm", ".pptm"})
_ZIPPED: Final = {DOCX, ODT, EPUB}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|article|\?xml[^>]{0,200}\?>\s*"
    rb"(?:<!doctype\s+html|<html))\b",
    re.IGNORECASE | re.DOTALL,
)
_MIME_TYPES: Final = {b"application/epub+zip": EPUB, b"application/vnd.oasis.opendocument.text": ODT}


def format_by_name(file_name: str | None) -> str | None:
    """The format a name says; None for a name without a known extension."""
    return EXTENSIONS.get(extension_of(file_name))


def extension_of(file_name: str | None) -> str:
    """The last extension of a name with its dot, in lower case, or ""."""
    name = (file_name or "").strip().lower()
    return name[name.rfind(".") :] if "." in name else ""


def recognise(data: bytes, file_name: str | None) -> str:
    """Tells the format of a file; plain text, and whatever may be plain text, is "txt".

    Raises FileNotWhatItSays when name and content contradict each other, FileEncrypted, FileHasMacros, FileTypeUnsupported.
    """
    named = format_by_name(file_name)
    name = file_name or ""
    if extension_of(file_name) in _WITH_MACROS:
        raise FileHasMacros(name=name)
    if data.startswith(_OLE) and named == DOCX:  # Word puts a document with a password into the old kind of file
        raise FileEncrypted(name=name)
    if data.startswith(b"PK\x03\x04"):
        return _agreed(named, _zipped(data, name), name)
    if named in _ZIPPED:
        raise FileNotWhatItSays(name=name, found=_described(data))
    if _MARKUP.match(data):
        return _agreed(named, HTML, name)
    if data[:9].lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return _agreed(named, VTT, name)
    return named or TEXT


def _agreed(named: str | None, found: str, name: str) -> str:
    if named is not None and named != found and not (named == MARKDOWN and found == HTML):
        raise FileNotWhatItSays(name=name, found=found.upper())
    return found if named is None else named


def _zipped(data: bytes, name: str) -> str:
    """Looks into an archive for what kind of document it is."""
    check_directory(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename for info in archive.infolist()[:5000]}
            kind = archive.read("mimetype")[:100].strip() if _is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, RuntimeError, EOFError, OSError, KeyError):
        named = format_by_name(name)
        if named in _ZIPPED:
            return named  # broken: its reader says how
        raise FileTypeUnsupported(name=name or "ZIP") from None
    if "[Content_Types].xml" in members and any(member.startswith("word/") for member in members):
        return DOCX
    if kind in _MIME_TYPES:
        return _MIME_TYPES[kind]
    if "META-INF/container.xml" in members:
        return EPUB
    if "content.xml" in members and kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return ODT
    named = format_by_name(name)
    if named is None:
        raise FileTypeUnsupported(name=name or "ZIP")
    raise FileNotWhatItSays(name=name, found="ZIP")


def _is_small(archive: zipfile.ZipFile, member: str) -> bool:
    try:
        return archive.getinfo(member).file_size < 200
    except KeyError:
        return False


def _described(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "PDF"
    if data.startswith(b"{\\rtf"):
        return "RTF"
    if _MARKUP.match(data):
        return "HTML"
    return "no archive"

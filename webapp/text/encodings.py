"""Bytes become text, and the encoding is said; what is not text is refused.

charset-normalizer takes the accents of a short French text for Polish or Icelandic ones, because it does not know that the
text is French. So the encodings French is found in are tried first, and the one whose accents stand where French has them
wins; charset-normalizer is asked about everything else.
"""

import re
from itertools import islice
from typing import Final

from charset_normalizer import from_bytes

from webapp.errors import EncodingUnreadable, FileTypeUnsupported
from webapp.text.wordlists import word_set

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ", "XZ"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"ID3", "MP3"),
    (b"OggS", "OGG"),
)
_MARKUP: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype|html|\?xml|head|body|svg)\b", re.IGNORECASE)
_OTHER_FILES: Final = word_set(
    "docx doc odt ott pages rtf pdf epub mobi djvu xps html htm xhtml mht xml json csv tsv xls xlsx ods ppt pptx odp key zip gz "
    "tgz tar bz2 xz 7z rar png jpg jpeg gif webp bmp tif tiff svg heic ico mp3 mp4 m4a wav ogg avi mov mkv webm exe dll so bin "
    "iso dmg apk db sqlite argosmodel eml msg ics vcf psd ai indd idml"
)
_BOMS: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"\xef\xbb\xbf", "utf-8-sig", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "utf-32"),
    (b"\xff\xfe", "utf-16", "utf-16"),
    (b"\xfe\xff", "utf-16", "utf-16"),
)
_FRENCH_ENCODINGS: Final = {
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso8859-15",
    "macintosh": "mac-roman",
    "ibm850": "cp850",
}
_UTF8_SEQUENCE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_EVIDENCE: Final = 4000
"""This many bytes above 127 are enough to tell an encoding."""


def refuse_other_files(data: bytes | str, file_name: str | None) -> None:
    """Raises FileTypeUnsupported if the name or the first bytes are those of something else than plain text."""
    suffix = (file_name or "").rpartition(".")[2].strip().lower() if "." in (file_name or "") else ""
    kind = _kind_of(data) if isinstance(data, bytes) else ""
    if kind or suffix in _OTHER_FILES:
        raise FileTypeUnsupported(name=file_name or kind)


def _kind_of(data: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return "HTML" if _MARKUP.match(data) else ""


def decode(data: bytes) -> tuple[str, str]:
    """Gives the text of `data` and the IANA name of its encoding, in lower case; the byte order mark is taken off.

    Raises EncodingUnreadable for binary data, for broken UTF-8 and when no encoding makes text of it.
    """
    text, encoding = _decode(data)
    if len(_CONTROLS.findall(text)) > len(text) // 100:
        raise EncodingUnreadable
    return text, encoding


def _decode(data: bytes) -> tuple[str, str]:
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, codec), name
    if b"\x00" in data:
        return _unmarked_utf16(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    high = len(_HIGH.findall(data))
    if 10 * sum(map(len, _UTF8_SEQUENCE.findall(data))) > 8 * high > 16:
        raise EncodingUnreadable  # UTF-8 with something broken in it: any other reading would be mojibake
    return _as_french(data) or _by_guess(data)


def _strictly(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeError as error:
        raise EncodingUnreadable from error


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 of a Western text has a NUL in nearly every second byte; NULs anywhere else mean that it is no text."""
    even, odd, half = data[::2].count(0), data[1::2].count(0), len(data) // 2
    for here, there, codec in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if len(data) % 2 == 0 and there == 0 and here * 2 >= half:
            return _strictly(data, codec), codec
    raise EncodingUnreadable


def _as_french(data: bytes) -> tuple[str, str] | None:
    """The French encoding whose accents stand where French has them; None if hardly any do in any."""
    best: tuple[float, str, str] | None = None
    for name, codec in _FRENCH_ENCODINGS.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = _french_score(data, text)
        if best is None or score > best[0]:
            best = (score, text, name)
    return (best[1], best[2]) if best and best[0] >= 0.75 else None


def _french_score(data: bytes, text: str) -> float:
    """The mean plausibility, -1..1, of the characters above U+007F; `text` has one character a byte."""
    offsets = [found.start() for found in islice(_HIGH.finditer(data), _EVIDENCE)]
    return sum(_plausible(text, offset) for offset in offsets) / len(offsets)


def _plausible(text: str, offset: int) -> float:
    char = text[offset]
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    if char in "éèêëàâçîïôùûüœæÿ":
        return 1.0 if before.isalpha() or after.isalpha() or char == "à" else -0.5
    if char in "ÉÈÊËÀÂÇÎÏÔÙÛÜŒÆŸ":
        return 1.0 if (not before.islower() and not after.isupper()) or before.isupper() or after.isupper() else -1.0
    if char in "’‘":
        return 1.0 if before.isalpha() or after.isalpha() else 0.5
    if char in "«»“”–—…\u00a0°€•²³·":
        return 0.9 if not (before.isalpha() and after.isalpha()) else -0.5
    if char in "áíóúñäößåøšžãõìò©®™§£½¼º±×":
        return 0.3
    return -1.0


def _by_guess(data: bytes) -> tuple[str, str]:
    """Asks charset-normalizer, and believes it if the result is mostly letters and spaces."""
    best = from_bytes(data, cp_exclusion=["utf_7"]).best()
    if best is None:
        raise EncodingUnreadable
    text = str(best)
    readable = sum(char.isalpha() or char.isspace() for char in text)
    if readable * 10 < len(text) * 7:
        raise EncodingUnreadable
    return text, best.encoding.replace("_", "-").replace("cp125", "windows-125")

"""One spelling for every text before anything looks at it.

`normalise` applies, in this order:

1. UTF-16 surrogates: a pair becomes the character it stands for, a lone one becomes U+FFFD (no encoding can carry it).
2. Removed: control characters (Cc) but tab and line breaks, so NUL among them; the byte order mark U+FEFF wherever it stands;
   the soft hyphen U+00AD (a hint to a typesetter, inside words); the noncharacters (U+FDD0–U+FDEF, U+xxFFFE, U+xxFFFF). None
   of them may stand in XML or in a database's text column, or none means anything to a reader.
3. Line breaks: CRLF, CR, NEL (U+0085), vertical tab, form feed, U+2028 and U+2029 become one "\\n".
4. Unicode normalisation form C.

Everything else stays as it was written: no-break spaces (U+00A0, U+202F), tabs, runs of spaces, curly and straight quotes, emoji
with their joiners, zero-width spaces. `normalise(normalise(text)) == normalise(text)`; the time is linear in the length.
"""

import re
import unicodedata
from typing import Final

_REMOVED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]+"
)
_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# All characters with a canonical combining class are at or above U+0300; 30 is the limit of Unicode's Stream-Safe Text Format
# (UAX #15, section 13): no orthography comes near it.
_LONG_RUN: Final = re.compile("[\u0300-\U0010ffff]{31,}")


def normalise(text: str) -> str:
    """Gives the one spelling of `text` described at the top of this module; never raises, never longer than NFC makes it."""
    if text.isascii() and text.isprintable():
        return text
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _REMOVED.sub("", text)
    text = _LINE_BREAK.sub("\n", text)
    return unicodedata.normalize("NFC", _LONG_RUN.sub(_sort_marks, text))


def _sort_marks(run: re.Match[str]) -> str:
    """Puts the combining marks of a long run in canonical order.

    CPython orders marks by insertion, so a hundred thousand of them in an unlucky order take half a minute; ordered
    beforehand they take milliseconds. The result is canonically equivalent, so the normal form is the same.
    """
    out: list[str] = []
    marks: list[str] = []
    for char in _decomposed(run[0]):
        if unicodedata.combining(char):
            marks.append(char)
            continue
        out += sorted(marks, key=unicodedata.combining)
        marks.clear()
        out.append(char)
    out += sorted(marks, key=unicodedata.combining)
    return "".join(out)


def _decomposed(text: str) -> str:
    """Decomposes character by character, which never reorders across characters (and so is linear)."""
    return "".join(unicodedata.normalize("NFD", char) for char in text)

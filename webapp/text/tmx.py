"""TMX, the files of translation memories (https://www.gala-global.org/tmx-14b), as OmegaT, memoQ, Trados and we write them.

Every unit is given with its French and its translations as plain text: what stands for formatting is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final

from webapp.languages import LANGUAGES
from webapp.text.normalise import normalise
from webapp.text.xml_stream import XML_LANG, XmlReader, base_language

LONGEST: Final = 10_000
"""Code points of a segment; longer ones are no sentences."""
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
_PREVIOUS: Final = ("x-context-pre", "prev", "x-previous")
_FOLLOWING: Final = ("x-context-post", "next", "x-following")
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_SPACES: Final = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One translation unit: `texts` by language code (fr, en, …), "" where it was too long; `number` counts from 1.

    `id` is its tuid, "" without one. `props` holds its properties and those of its variants, by type. `who` and `at` are of
    its last change, as far as it says.
    """

    number: int
    texts: Mapping[str, str]
    who: str = ""
    at: datetime | None = None
    props: Mapping[str, str] = field(default_factory=dict)
    id: str = ""

    @property
    def previous(self) -> str | None:
        """The French before it, where the file tells."""
        return _context(self.props, _PREVIOUS)

    @property
    def following(self) -> str | None:
        """The French after it."""
        return _context(self.props, _FOLLOWING)


def _context(props: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    found = next((props[name] for name in names if name in props), None)
    return None if found is None else plain(_MARKUP.sub("", found))


def plain(text: str) -> str:
    """A segment without the line breaks and indents of its file."""
    return _SPACES.sub(" ", normalise(text)).strip()


def read_tmx(stream: BinaryIO, name: str) -> Iterator[Unit]:
    """Reads the units of a file one after the other. Raises ImportUnreadable where it is no TMX or not safe."""
    return iter(_Reader(stream, name))


class _Reader(XmlReader[Unit]):
    """Keeps one unit at a time."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream, name)
        self._count = 0
        self._texts: dict[str, tuple[bool, str]] = {}
        self._props: dict[str, str] = {}
        self._who, self._at, self._id = "", "", ""
        self._language = ""
        self._pieces: list[str] | None = None
        self._length = 0
        self._codes = 0
        self._prop: str | None = None

    def root(self, tag: str) -> None:
        if tag != "tmx":
            self.refuse(f"it is no TMX file: it begins with <{tag}>")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "tu":
            self._count += 1
            self._texts, self._props, self._who, self._at = {}, {}, "", ""
            self._id = attributes.get("tuid", "")
            self._note_change(attributes)
        elif tag == "tuv":
            self._language = attributes.get(XML_LANG) or attributes.get("lang", "")
            self._note_change(attributes)
        elif tag == "seg":
            self._collect()
        elif tag in {"prop", "note"}:
            self._prop = attributes.get("type", tag)
            self._collect()
        elif tag in _CODES:
            self._codes += 1

    def _note_change(self, attributes: Mapping[str, str]) -> None:
        for who, at in (("creationid", "creationdate"), ("changeid", "changedate")):
            self._who = attributes.get(who) or self._who
            self._at = attributes.get(at) or self._at

    def _collect(self) -> None:
        self._pieces, self._length, self._codes = [], 0, 0

    def text(self, piece: str) -> None:
        if self._pieces is None or self._codes:
            return
        self._length += len(piece)
        if self._length <= LONGEST:
            self._pieces.append(piece)

    def end(self, tag: str) -> None:
        if tag in _CODES:
            self._codes = max(0, self._codes - 1)
        elif tag in {"prop", "note"} and self._pieces is not None and self._prop is not None:
            self._props.setdefault(self._prop, "".join(self._pieces))
            self._pieces = self._prop = None
        elif tag == "seg" and self._pieces is not None:
            self._add_text("" if self._length > LONGEST else plain("".join(self._pieces)))
            self._pieces = None
        elif tag == "tu":
            texts = {code: text for code, (_, text) in self._texts.items()}
            self.found.append(Unit(self._count, texts, self._who, read_date(self._at), self._props, self._id))

    def _add_text(self, text: str) -> None:
        """Keeps the text of a language; of several countries the one of the language table, else the first."""
        code = base_language(self._language)
        preferred = code in LANGUAGES and self._language.replace("_", "-").lower() == LANGUAGES[code].locale.lower()
        if code not in self._texts or (preferred and not self._texts[code][0]):
            self._texts[code] = (preferred, text)


def read_date(value: str) -> datetime | None:
    """Reads `20261124T093000Z`; None for anything else."""
    try:
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None

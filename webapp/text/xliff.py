"""XLIFF 1.2 and 2.x, as translation tools give them back: every segment with its id, its texts and how far its review has come.

Inline codes are left out, their text kept; what stands in `alt-trans` is a proposal and no translation, and what a tool keeps of
earlier versions inside a unit is neither. Where a tool cut a unit into segments they come one by one, with the unit they are of.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import BinaryIO, Final

from webapp.text.xliff_review import Review, least, review_1, review_2, review_of_tool, review_of_trados
from webapp.text.xml_stream import XML_LANG, XmlReader, base_language

LONGEST: Final = 100_000
"""Code points of a segment; longer ones are no sentences."""
_MOST_CUTS: Final = 1000
_VERSION: Final = re.compile(r"(1\.2|2\.[0-9])")
# Elements whose content stands for formatting: <ph>, <bpt>, … of 1.2; in 2.x they are empty.
_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "x", "bx", "ex", "sub"})
_ASIDE: Final = frozenset({"alt-trans", "note", "notes", "matches", "metadata", "glossary", "originalData"})
_HELD: Final = frozenset({"source", "seg-source", "target"})
_CHARACTER: Final = re.compile(r'<mq:ch val="([^"]{1,12})"')
"""memoQ writes characters that cannot be seen as codes: the space that French has before a colon is one."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment. `id` is the unit's (1.2) or its own (2.x), "" without one; `target` is None where there is none.

    `unit` is the place of its unit in the file; `before` and `before_target` are what stands between it and the segment before
    it in that unit. `proposed` is what a machine had proposed when the file was written here, None where that is not told.
    """

    number: int
    id: str
    source: str
    target: str | None
    review: Review
    target_language: str
    unit: int = field(default=0, compare=False)
    before: str = field(default="", compare=False)
    before_target: str = field(default="", compare=False)
    proposed: str | None = None
    in_version_2: bool = field(default=False, compare=False)


def read_xliff(stream: BinaryIO, name: str) -> Iterator[Segment]:
    """Reads the segments one after the other. Raises ImportUnreadable where the file is no XLIFF 1.2 or 2.x, or not safe."""
    return iter(_Reader(stream, name))


@dataclass(slots=True)
class _Text:
    """A text in the making, and where in it a tool's segments stand: id, start, end (-1: not yet)."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    cuts: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, piece: str) -> None:
        if self.length < LONGEST:
            self.pieces.append(piece)
            self.length += len(piece)

    def __str__(self) -> str:
        return "".join(self.pieces)[:LONGEST]


@dataclass(slots=True)
class _Unit:
    """A `trans-unit`, `segment` or `ignorable` that is being read; `depth` is that of its element."""

    depth: int
    id: str
    attributes: Mapping[str, str]
    texts: dict[str, _Text] = field(default_factory=dict)
    state: str = ""
    qualifier: str = ""
    language: str = ""
    proposed: str | None = None
    by_trados: dict[str, Review] = field(default_factory=dict)


class _Reader(XmlReader[Segment]):
    """Keeps one unit at a time."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream, name)
        self._count = self._units = 0
        self._is_2 = False
        self._language = self._unit_id = self._between = self._between_target = ""
        self._unit: _Unit | None = None
        self._text: _Text | None = None
        self._proposal: _Text | None = None
        self._marks: list[bool] = []
        self._code: list[str] = []
        self._aside = self._codes = 0

    def root(self, tag: str) -> None:
        if tag != "xliff":
            self.refuse(f"it is no XLIFF file: it begins with <{tag}>")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "xliff":
            version = attributes.get("version", "")
            if not _VERSION.fullmatch(version):
                self.refuse(f"it is XLIFF {version or 'of no version'}; 1.2 and 2.x can be read")
            self._is_2 = version.startswith("2")
            self._language = attributes.get("trgLang", "")
        elif tag == "file" and not self._is_2:
            self._language = attributes.get("target-language", "")
        elif tag in _ASIDE:
            self._start_aside(tag, attributes)
        elif self._aside:
            if tag == "target" and self._proposal is not None and not self._proposal.pieces:
                self._text = self._proposal
        elif tag == "unit":
            self._unit_id = attributes.get("id", "")
            self._begin_unit()
        elif tag in {"trans-unit", "segment", "ignorable"}:
            self._begin(tag, attributes)
        elif self._unit is not None:
            self._start_inside(self._unit, tag, attributes)

    def _start_aside(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._aside += 1
        is_ours = tag == "alt-trans" and attributes.get("origin") == "argos"
        if self._aside == 1 and self._unit is not None and is_ours:
            self._proposal = _Text()

    def _begin_unit(self) -> None:
        self._units += 1
        self._between = self._between_target = ""

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "trans-unit":
            self._begin_unit()
        self._unit = _Unit(self._depth, attributes.get("id") or self._unit_id, attributes)

    def _start_inside(self, unit: _Unit, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _HELD and self._depth == unit.depth + 1:
            self._text = unit.texts[tag] = _Text()
            self._marks = []
            if tag == "target":
                unit.state, unit.qualifier = attributes.get("state", ""), attributes.get("state-qualifier", "")
                unit.language = attributes.get(XML_LANG, "")
        elif self._text is not None:
            self._start_inline(self._text, tag, attributes)
        elif tag == "seg" and len(unit.by_trados) < _MOST_CUTS:  # of <sdl:seg-defs>
            unit.by_trados[attributes.get("id", "")] = review_of_trados(attributes)

    def _start_inline(self, text: _Text, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _CODES:
            self._codes += 1
            self._code = []
            if (meant := attributes.get("equiv-text", "")) and meant.isspace():
                text.add(meant)
        elif tag == "mrk":
            is_segment = attributes.get("mtype") == "seg" and len(text.cuts) < _MOST_CUTS
            self._marks.append(is_segment)
            if is_segment:
                text.cuts.append((attributes.get("mid", ""), text.length, -1))

    def text(self, piece: str) -> None:
        if self._text is None:
            return
        if self._codes and not self._is_2:
            if len(self._code) < LONGEST:
                self._code.append(piece)
        else:
            self._text.add(piece)

    def end(self, tag: str) -> None:
        if tag in _ASIDE:
            self._end_aside()
        elif self._aside:
            if tag == "target":
                self._text = None
        elif self._unit is None:
            return
        elif tag in _HELD and self._depth == self._unit.depth:
            self._text = None
        elif tag in _CODES and self._text is not None:
            self._end_code(self._text)
        elif tag == "mrk" and self._text is not None and self._marks:
            if self._marks.pop():
                self._end_cut(self._text)
        elif tag in {"trans-unit", "segment", "ignorable"} and self._depth == self._unit.depth - 1:
            self._end_unit(tag, self._unit)
            self._unit = None

    def _end_aside(self) -> None:
        self._aside -= 1
        if not self._aside:
            if self._unit is not None and self._proposal is not None and self._proposal.pieces:
                self._unit.proposed = str(self._proposal)
            self._proposal = None

    def _end_code(self, text: _Text) -> None:
        self._codes -= 1
        if (found := _CHARACTER.match("".join(self._code))) is not None:
            text.add(unescape(found[1]))
        self._code = []

    def _end_cut(self, text: _Text) -> None:
        for n in range(len(text.cuts) - 1, -1, -1):
            key, start, end = text.cuts[n]
            if end < 0:
                text.cuts[n] = (key, start, text.length)
                return

    # --- what a unit says ---------------------------------------------------------------------------------------------

    def _end_unit(self, tag: str, unit: _Unit) -> None:
        source, target = unit.texts.get("source", _Text()), unit.texts.get("target")
        if tag == "ignorable":
            self._between += str(source)
            self._between_target += str(source if target is None else target)
            return
        cut = unit.texts.get("seg-source", source)
        if cut.cuts and target is not None and (target.cuts or not str(target).strip()):
            self._found_cuts(unit, cut, target)
            return
        by_trados = least(list(unit.by_trados.values())) if unit.by_trados else None
        text = None if target is None else str(target)
        self._found(unit, str(source), text, self._review(unit, text, by_trados))

    def _found_cuts(self, unit: _Unit, source: _Text, target: _Text) -> None:
        """The segments that a tool cut a unit into: those of the target belong to those of the source by their ids."""
        sources, targets = str(source), str(target)
        by_id = {key: (start, end) for key, start, end in target.cuts}
        place = place_target = 0
        for key, start, end in source.cuts:
            self._between += sources[place:start]
            text = None
            if key in by_id:
                start_target, end_target = by_id[key]
                text = targets[start_target:end_target]
                self._between_target += targets[place_target:start_target]
                place_target = max(place_target, end_target)
            self._found(unit, sources[start:end], text, self._review(unit, text, unit.by_trados.get(key)))
            place = max(place, end)

    def _found(self, unit: _Unit, source: str, target: str | None, review: Review) -> None:
        self._count += 1
        language = base_language(self._language or unit.language)
        found = Segment(
            self._count,
            unit.id,
            source,
            target,
            review,
            language,
            self._units,
            self._between,
            self._between_target,
            unit.proposed,
            self._is_2,
        )
        self.found.append(found)
        self._between = self._between_target = ""

    def _review(self, unit: _Unit, target: str | None, by_trados: Review | None) -> Review:
        if not target:
            return Review.UNREVIEWED
        if self._is_2:
            return review_2(unit.attributes.get("state", ""), unit.attributes.get("subState", ""))
        by_tool = by_trados or review_of_tool(unit.attributes)
        return by_tool or review_1(unit.state, unit.qualifier, approved=unit.attributes.get("approved") == "yes")

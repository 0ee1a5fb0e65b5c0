"""TBX, the files of termbases (ISO 30042): the dialects of 2008 (`martif`) and 2019 (`tbx`), and TBX-Min.

A concept's French terms become one row each; in the other languages the preferred term is the one to use, admitted ones are
variants, and deprecated ones are rows of their own that forbid them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from webapp.languages import SOURCE, TARGETS
from webapp.text.term_rows import TermRow
from webapp.text.tmx import plain
from webapp.text.xml_stream import XML_LANG, XmlReader, base_language

_ROOTS: Final = frozenset({"martif", "tbx", "TBX"})
_ENTRIES: Final = frozenset({"termEntry", "conceptEntry", "entry"})
_LANGUAGES: Final = frozenset({"langSet", "langSec", "langGroup"})
_GROUPS: Final = frozenset({"tig", "ntig", "termSec", "termGroup"})
_STATUS: Final = frozenset({"administrativeStatus", "normativeAuthorization", "termStatus"})
_LONGEST: Final = 2_000


@dataclass(slots=True)
class _Concept:
    terms: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # by language: (rank, term); rank 2: not to be used
    note: str = ""


def read_tbx(stream: BinaryIO, name: str) -> Iterator[TermRow]:
    """Reads the terms of a file one after the other. Raises ImportUnreadable where it is no TBX or not safe."""
    return iter(_Reader(stream, name))


class _Reader(XmlReader[TermRow]):
    """Keeps one concept at a time."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        super().__init__(stream, name)
        self._count = 0
        self._concept = _Concept()
        self._language = ""
        self._term, self._rank = "", 1
        self._pieces: list[str] | None = None
        self._what = ""

    def root(self, tag: str) -> None:
        if tag not in _ROOTS:
            self.refuse(f"it is no TBX file: it begins with <{tag}>")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _ENTRIES:
            self._count, self._concept, self._language = self._count + 1, _Concept(), ""
        elif tag in _LANGUAGES:
            self._language = base_language(attributes.get(XML_LANG) or attributes.get("lang", ""))
        elif tag in _GROUPS:
            self._term, self._rank = "", 1
        elif tag in {"term", "termNote", "termStatus", "note", "descrip", "partOfSpeech"} or tag in _STATUS:
            self._what = attributes.get("type", tag) if tag in {"termNote", "descrip"} else tag
            self._pieces = []

    def text(self, piece: str) -> None:
        if self._pieces is not None and sum(map(len, self._pieces)) < _LONGEST:
            self._pieces.append(piece)

    def end(self, tag: str) -> None:
        if self._pieces is not None and tag not in {"hi", "foreign"}:
            self._take(plain("".join(self._pieces)))
            self._pieces = None
        elif tag in _GROUPS and self._term:
            self._concept.terms.setdefault(self._language, []).append((self._rank, self._term))
        elif tag in _ENTRIES:
            self.found += _rows(self._count, self._concept)

    def _take(self, text: str) -> None:
        if self._what == "term":
            self._term = text
        elif self._what in _STATUS:
            self._rank = _rank(text)
        elif self._what in {"note", "definition"} and not self._concept.note:
            self._concept.note = text[:500]


def _rank(status: str) -> int:
    """0 preferred, 1 as good, 2 not to be used."""
    word = status.lower()
    if any(part in word for part in ("deprecated", "superseded", "obsolete", "forbidden", "notrecommended")):
        return 2
    return 0 if "preferred" in word or "standardized" in word else 1


def _rows(number: int, concept: _Concept) -> Iterator[TermRow]:
    good, bad = {}, {}
    for target in TARGETS:
        ranked = sorted(concept.terms.get(target, []), key=lambda term: term[0])
        if use := tuple(dict.fromkeys(term for rank, term in ranked if rank < 2)):
            good[target] = use
        if never := tuple(dict.fromkeys(term for rank, term in ranked if rank == 2)):
            bad[target] = never
    for _, term in sorted(concept.terms.get(SOURCE, [(1, "")]), key=lambda term: term[0]):
        if good or not bad:
            yield TermRow(number, term, "translate", good, concept.note)
        if bad:
            yield TermRow(number, term, "never", bad, concept.note)

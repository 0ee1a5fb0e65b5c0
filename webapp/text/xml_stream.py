"""Reads XML files that somebody brought, piece by piece: nothing is fetched, nothing is expanded, little is held.

A document type may be named, as many tools do; one that declares entities is refused, which is how small files are made to
grow without end, and how files lead to others. Lives here: safety and the loop. Never here: what the elements mean.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final, Generic, TypeVar
from xml.parsers import expat

from webapp.errors import ImportUnreadable

_PIECE: Final = 1 << 16
_DEEPEST: Final = 100
XML_LANG: Final = "xml:lang"

Found = TypeVar("Found")


class XmlReader(Generic[Found]):
    """Goes through a file once. Subclasses take elements as they come and put what they made of them into `found`."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """`stream` is at its beginning; `name` is for the words of an error."""
        self.found: list[Found] = []
        self._stream, self._name = stream, name
        self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.text
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.ExternalEntityRefHandler = self._refuse_entity
        self._parser.UnparsedEntityDeclHandler = self._refuse_entity

    def __iter__(self) -> Iterator[Found]:
        """Reads on and gives what was found, in order. Raises ImportUnreadable where the file is no XML or not safe."""
        last = False
        while not last:
            piece = self._stream.read(_PIECE)
            last = not piece
            try:
                self._parser.Parse(piece, last)
            except (expat.ExpatError, ValueError, LookupError) as error:
                raise ImportUnreadable(name=self._name, detail=_words(error)) from error
            yield from self.found
            self.found.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ImportUnreadable(name=self._name, detail="its elements are nested too deeply")
        if self._depth == 1:
            self.root(_local(tag))
        self.start(_local(tag), attributes)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self.end(_local(tag))

    def _refuse_entity(self, *_declared: Any) -> int:
        raise ImportUnreadable(name=self._name, detail="it defines entities, which could make it grow without end")

    def refuse(self, detail: str) -> None:
        """Raises ImportUnreadable."""
        raise ImportUnreadable(name=self._name, detail=detail)

    # --- for subclasses ---------------------------------------------------------------------------------------------

    def root(self, tag: str) -> None:
        """The outermost element: says whether it is a file of this kind."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def text(self, piece: str) -> None:
        """Text, in as many pieces as it comes."""


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _words(error: Exception) -> str:
    if isinstance(error, expat.ExpatError):
        return f"line {error.lineno}: {expat.ErrorString(error.code)}"
    return str(error)


def base_language(tag: str) -> str:
    """The language of a tag without its country: `fr-CA`, `FR_ca` and `fr` are all "fr"."""
    return tag.replace("_", "-").partition("-")[0].strip().lower()

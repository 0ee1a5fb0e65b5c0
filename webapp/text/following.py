"""What stands after a place where a sentence might end."""

import re
from dataclasses import dataclass
from typing import Final

from webapp.text.abbreviations import PARTICLES, STARTERS
from webapp.text.spans import OPENING

_NEXT: Final = re.compile(
    f"(?P<dash>[-–—―]++)?(?P<space>\\s*+)(?P<opened>(?:[(\\[](?:…|\\.\\.\\.)[)\\]]\\s?|[{OPENING}…]\\s?|\\.\\.\\.\\s?){{0,5}}+)"
    "(?:(?P<word>[^\\W\\d_]{1,40}+(?:-[^\\W\\d_]{1,40}+){0,3})|(?P<number>\\d{1,9}+))?"
    f"(?P<elision>[’'])?(?P<stop>\\.)?\\s*+(?P<second>[{OPENING}]?[^\\W\\d_]?)"
)
_BULLETS: Final = "•▪◦‣●■►▶→➔✓✔#@*"
_LETTERS_THAT_ARE_WORDS: Final = "àyôa"


@dataclass(frozen=True, slots=True)
class Following:
    """The first word or number after a candidate, with what stands before and after it.

    `dash`: the dashes it begins with; `spaced`: white space between them and the word. `opened`: the opening quotation
    marks and brackets. `elided`: an apostrophe follows the word; `dotted`: a full stop does; `name_follows`: the word
    after begins with a capital. `bullet`: it begins with a mark of enumeration instead.
    """

    dash: str
    spaced: bool
    opened: str
    word: str
    number: str
    elided: bool
    dotted: bool
    name_follows: bool
    bullet: bool

    @classmethod
    def read(cls, text: str, offset: int) -> "Following":
        """Reads what follows `offset`, where a visible character stands."""
        found = _NEXT.match(text, offset)
        assert found is not None  # noqa: S101 -- every part of the pattern is optional
        second = found["second"][-1:]
        return cls(
            dash=found["dash"] or "",
            spaced=bool(found["space"]),
            opened=found["opened"].strip(),
            word=found["word"] or "",
            number=found["number"] or "",
            elided=bool(found["elision"]),
            dotted=bool(found["stop"]),
            name_follows=second.isupper(),
            bullet=text[offset] in _BULLETS,
        )

    @property
    def lower(self) -> bool:
        """Begins with a lower-case letter; names such as iPhone and eBay count as capitals."""
        return self.word[:1].islower() and not self.word[1:2].isupper()

    @property
    def letter(self) -> bool:
        """A single capital: an initial or a label (C., L. 121-1, A 320), not À, Y or an elided article."""
        return len(self.word) == 1 and not self.elided and self.word.lower() not in _LETTERS_THAT_ARE_WORDS

    @property
    def begins_sentence(self) -> bool:
        """A capitalised word that is no name: Le, Il, L’…, but not the Le of Le Pen, nor the C of C. Martin."""
        word = self.word.lower()
        if self.letter or not (word in STARTERS or word.partition("-")[0] in STARTERS):
            return False
        return not (word in PARTICLES and self.name_follows)

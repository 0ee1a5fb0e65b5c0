"""Composes number words and figures into values: `deux cent mille`, `1,5 milliard`, `twenty-first`, `два с половиной миллиона`.

The method is the usual one for languages that say numbers by sums of products: a value grows while the next word is smaller than
the last place filled (`room`), and scale words multiply what stands before them.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from webapp.checks.reading.values import Key, Number, Strength
from webapp.checks.tables.listed import listed
from webapp.checks.tables.number_words import Role, Word

_FRENCH_AND: Final = frozenset({"un", "une", "unième", "onze", "onzième", "demi", "demie"})
_SURE_FROM: Final = 3  # from here on a spelled number is as sure as a figure: no language replaces it by "both" or a pair
# nine or new; with seven or the family; the sixth or with a pole; tenths and hundredths, which decimals say
_AMBIGUOUS: Final = frozenset(listed("neuf семью шестом dixièmes centièmes millièmes tenths hundredths"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a figure of the text; `word` is in lower case, `entry` its number word, `number` the figure read."""

    word: str
    start: int
    end: int
    entry: Word | None = None
    number: Number | None = None


@dataclass(slots=True)
class Composer:
    """Takes the tokens of one text in order and gives the numbers they make."""

    text: str
    language: str
    numbers: list[Number] = field(default_factory=list)
    _total: int | Fraction = 0
    _current: int | Fraction | None = None
    _room: int = 0
    _scale: int = 0
    _start: int = -1
    _end: int = -1
    _strength: Strength = Strength.HINT
    _figure: Number | None = None
    _joint: str = ""
    _last: int | Fraction = 0

    def word(self, token: Token) -> None:
        """Takes a word that may be a number; any other word ends the number being read."""
        if token.entry is None:
            self._other(token)
            return
        if self._joint == "and" and token.word == "a":
            self._joint = "and a"
            return
        joined = self._joined(token)
        _TAKE[token.entry.role](self, token, token.entry.values[0], joined)
        self._joint = ""
        self._last = token.entry.values[0]

    def figure(self, token: Token) -> None:
        """Takes a figure; it may be multiplied by a scale that follows."""
        number = token.number
        if number is None:
            return
        value = number.keys[0]
        if (
            self._joined(token)
            and self._scale
            and isinstance(value, int)
            and 1000 <= value < self._scale
            and self._current is None
        ):
            self._current, self._end, self._room = value, token.end, 0  # 2 millions 300 000
            return
        self._begin(token, 0 if isinstance(value, str) else value, Strength.FIGURE, room=0)
        self._figure = number

    def finish(self) -> list[Number]:
        """Gives everything read, in reading order."""
        self._flush()
        return self.numbers

    # --- the state -------------------------------------------------------------------------------------------------

    def _joined(self, token: Token) -> bool:
        """Whether the token continues the number being read: only a space, a hyphen or the right little word between."""
        if self._start < 0:
            return False
        gap = self.text[self._end : token.start]
        if self._joint:
            gap = gap.replace(self._joint, "", 1)
        if len(gap) > 4 or gap.strip("-\u2010\u2011 \u00a0\u202f"):
            return False
        return not self._joint or self._joint_fits(token)

    def _joint_fits(self, token: Token) -> bool:
        if token.entry is not None and token.entry.role is Role.HALF:
            return True
        if self.language == "fr":
            return token.word in _FRENCH_AND
        return self.language == "en" and self._room >= 100

    def _other(self, token: Token) -> None:
        if self._start >= 0 and not self._joint and token.word in {"et", "and", "с"}:
            self._joint = self.text[token.start : token.end]
        else:
            self._flush()

    def _begin(self, token: Token, value: int | Fraction | None, strength: Strength, *, room: int, scale: int = 0) -> None:
        self._flush()
        self._start, self._end, self._strength, self._room, self._scale = token.start, token.end, strength, room, scale
        self._total, self._current = (value or 0, None) if scale else (0, value)

    def _add(self, token: Token, value: int | Fraction, *, room: int) -> None:
        self._current = (self._current or 0) + value
        self._end, self._room, self._strength = token.end, room, max(self._strength, Strength.WORD)

    def _emit(self, token: Token, strength: Strength, keys: tuple[Key, ...], parts: tuple[tuple[Key, ...], ...] = ()) -> None:
        self._flush()
        self.numbers.append(Number(token.start, token.end, keys, strength, parts))

    def _flush(self) -> None:
        if self._start >= 0:
            value = self._total + (self._current or 0)
            self.numbers.append(self._made(value))
        self._start, self._figure, self._joint, self._scale, self._total, self._current, self._room = -1, None, "", 0, 0, None, 0

    def _made(self, value: int | Fraction) -> Number:
        figure = self._figure
        if figure is not None and self._end == figure.end:
            return figure
        if figure is not None and self._scale and len(figure.keys) > 1:
            keys = tuple(key * self._scale for key in figure.keys if not isinstance(key, str))
            return Number(self._start, self._end, keys or (value,))
        strength = self._strength
        if strength is Strength.WORD and value >= _SURE_FROM and self.text[self._start : self._end].lower() not in _AMBIGUOUS:
            strength = Strength.FIGURE
        halves: tuple[tuple[Key, ...], ...] = ((int(value), Fraction(1, 2)),) if value % 1 == Fraction(1, 2) else ()
        if value == Fraction(1, 2):
            return Number(self._start, self._end, (value, 30, 50, 4), Strength.HINT)  # half an hour, half of them, a semi-final
        return Number(self._start, self._end, (value,), strength, halves)

    # --- one method a role -----------------------------------------------------------------------------------------

    def _one(self, token: Token, value: int | Fraction, joined: bool) -> None:
        if joined and self._room > 1 and not self._figure and token.word not in {"a", "an"}:
            self._add(token, 1, room=0)
        elif joined and self._current == Fraction(1, 2):
            self._end = token.end  # half a million
        elif not (joined and self._joint and self.language == "en"):
            self._begin(token, 1, Strength.HINT, room=0)

    def _small(self, token: Token, value: int | Fraction, joined: bool) -> None:
        room = 100 if value >= 100 else 10 if value == 10 and self.language == "fr" else 0
        fits = joined and value < self._room
        if fits and self.language == "fr" and self._last == 10:
            fits = value in {7, 8, 9} and self.text[self._end : token.start] in {"-", "\u2011"}  # dix-sept, never dix trois
        if fits:
            self._add(token, value, room=room)
        else:
            self._begin(token, value, Strength.WORD, room=room)

    def _ten(self, token: Token, value: int | Fraction, joined: bool) -> None:
        room = 20 if value == 60 and self.language == "fr" else 10
        if joined and value == 20 and self.language == "fr" and self._current is not None and self._current % 100 == 4:
            self._add(token, 76, room=20)  # quatre-vingts
        elif joined and value < self._room:
            self._add(token, value, room=room)
        else:
            self._begin(token, value, Strength.WORD, room=room)

    def _hundred(self, token: Token, value: int | Fraction, joined: bool) -> None:
        if self.language == "fr" and self.text[max(0, token.start - 5) : token.start].lower() == "pour ":
            self._flush()
        elif joined and self._current is not None and 1 <= self._current < 100 and not self._figure:
            self._current, self._end, self._room = self._current * 100, token.end, 100
            self._strength = max(self._strength, Strength.WORD)
        elif joined and self._room > 100:
            self._add(token, 100, room=100)
        else:
            self._begin(token, 100, Strength.WORD, room=100)

    def _scaled(self, token: Token, value: int | Fraction, joined: bool) -> None:
        scale = int(value)
        if joined and self._current is not None and (not self._scale or scale < self._scale):
            self._total += self._current * scale
            self._current, self._scale, self._room, self._end = None, scale, scale, token.end
            self._strength = Strength.FIGURE
        elif joined and self._current is None and scale > self._scale:
            self._total, self._scale, self._room, self._end = self._total * scale, scale, scale, token.end  # mille milliards
        else:
            bare = token.entry is not None and token.entry.role is Role.SCALES
            self._begin(token, scale, Strength.HINT if bare else Strength.WORD, room=scale, scale=scale)

    def _ordinal(self, token: Token, value: int | Fraction, joined: bool) -> None:
        if joined and value < self._room:
            self._add(token, value, room=0)
            self._flush()
            return
        keys = token.entry.values if token.entry else ()
        one = self._current == 1 and joined
        if joined and self._is_numerator() and self.language != "fr" and value >= 3 and not one and self._current is not None:
            self._fraction(token, Fraction(1, int(value)))
        else:
            strength = Strength.WORD if token.word in _AMBIGUOUS else Strength.FIGURE
            self._emit(token, Strength.HINT if value < _SURE_FROM else strength, keys)

    def _part(self, token: Token, value: int | Fraction, joined: bool) -> None:
        if joined and self._is_numerator():
            self._fraction(token, Fraction(value))
        else:
            self._emit(token, Strength.HINT, token.entry.values if token.entry else (value,))

    def _is_numerator(self) -> bool:
        return isinstance(self._current, int) and 1 <= self._current < 20 and not self._total and not self._figure

    def _fraction(self, token: Token, part: Fraction) -> None:
        count, start = int(self._current or 1), self._start
        self._start = -1
        others = token.entry.values[1:] if token.entry and count == 1 else ()
        parts: tuple[tuple[Key, ...], ...] = ((count, part), (count, part.denominator))
        if token.word == "quarters":
            parts = (*parts, (count,))  # three quarters of a year: trois trimestres
        self._flush()
        self.numbers.append(Number(start, token.end, (count * part, *others), Strength.WORD, parts))

    def _half(self, token: Token, value: int | Fraction, joined: bool) -> None:
        if joined and self._joint and self._figure is None:
            if self._current is None:
                self._total += Fraction(self._scale, 2)  # un milliard et demi
            else:
                self._current += Fraction(1, 2)  # two and a half million
            self._end = token.end
        else:
            self._begin(token, Fraction(1, 2), Strength.HINT, room=0)

    def _hint(self, token: Token, value: int | Fraction, joined: bool) -> None:
        self._emit(token, Strength.HINT, token.entry.values if token.entry else (value,))


_TAKE: Final = {
    Role.ONE: Composer._one,
    Role.SMALL: Composer._small,
    Role.TEN: Composer._ten,
    Role.HUNDRED: Composer._hundred,
    Role.SCALE: Composer._scaled,
    Role.SCALES: Composer._scaled,
    Role.ORDINAL: Composer._ordinal,
    Role.PART: Composer._part,
    Role.HALF: Composer._half,
    Role.HINT: Composer._hint,
}

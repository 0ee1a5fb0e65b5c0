"""Letters by the kind of consonant they stand for, so that Lavrov, Лавров and 라브로프 look alike.

Vowels, h and the Korean silent ieung are left out: languages write those of a foreign name as they hear them. Classes:
K (k, g, kh, q), S (s, z, sh, ch, j, ts), T (t, d), P (p, b, f, v), M, N, L (l, r).
"""

from typing import Final

_LATIN: Final = {
    "S": "tsch tch sch dj ch sh ce ci cy ge gi ts tz j s z",
    "K": "kh gh qu ck cc c g k q",
    "P": "ph b f p v w",
    "T": "th d t",
    "N": "gn n",
    "": "ou",
    "L": "l r",
    "M": "m",
    "KS": "x",
}
_CYRILLIC: Final = {
    "P": "б в п ф",
    "K": "г к х",
    "T": "д т",
    "S": "ж з с ц ч ш щ",
    "L": "л р",
    "M": "м",
    "N": "н",
}
# the longest first: French, English and the romanised names of the agencies
LATIN: Final = tuple(
    sorted(((letters, sound) for sound, row in _LATIN.items() for letters in row.split()), key=lambda pair: -len(pair[0]))
)
CYRILLIC: Final = {letter: sound for sound, row in _CYRILLIC.items() for letter in row.split()}

# Unicode's order of the Korean initials and finals (The Unicode Standard, section 3.12), "-" for none
_INITIALS: Final = "K K N T T L M P P S S - S S S K T P -"
_FINALS: Final = "- K K KS N NS N T L LK LM LP LS LT LP L M P PS T T N T T K T P -"
KOREAN_INITIALS: Final = tuple(sound.strip("-") for sound in _INITIALS.split())
KOREAN_FINALS: Final = tuple(sound.strip("-") for sound in _FINALS.split())

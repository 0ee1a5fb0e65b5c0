"""A lexicon counted from Quatrain’s own news corpus: how strongly two words belong together, whatever the model attends to.

`training/lexicon.py` makes the tables; each is some tens of kilobytes and read when it is first asked for.
"""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from webapp.align.tokens import key_of

_STEM: Final = {"fr": 6, "en": 6, "ru": 5, "ko": 2}
_FOLDED: Final = str.maketrans("éèêëàâîïôöûùüçœæё", "eeeeaaiioouuucoaе")


def association(a: str, b: str, source: str, target: str) -> float:
    """Says from 0 to 1 how strongly two words belong together; 0 where the lexicon does not know both."""
    return associates(a, source, target).get(stem_of(b, target), 0) / 255


def associates(word: str, source: str, target: str) -> Mapping[str, int]:
    """Gives the stems of the target that belong to a word of the source, and how strongly, in 1/255."""
    return _of_stem(stem_of(word, source), source, target)


def whole_lexicon(source: str, target: str) -> Mapping[str, Mapping[str, int]]:
    """Gives all that `associates` knows, by stems of the source, for whole texts; empty where there is no lexicon."""
    return _parsed(_table(source, target))


@lru_cache(maxsize=16384)
def stem_of(word: str, language: str) -> str:
    """The beginning of a word, without case and accents: endings and particles do not tell words apart."""
    return key_of(word).translate(_FOLDED)[: _STEM.get(language, 6)]


@lru_cache(maxsize=8192)
def _of_stem(stem: str, source: str, target: str) -> Mapping[str, int]:
    """What belongs to one stem. The table stays bytes, sorted by stems: as a dictionary it would take fifteen times the room."""
    table = _table(source, target)
    start = f"\n{stem}\t".encode()
    place, found = table.find(start), {}
    while place >= 0 and table.startswith(start, place):
        end = table.find(b"\n", place + 1)
        other, weight = table[place + len(start) : end].decode().split("\t")
        found[other] = int(weight)
        place = end
    return found


@lru_cache(maxsize=2)
def _parsed(table: bytes) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line in table.decode().splitlines()[1:]:
        stem, other, weight = line.split("\t")
        found.setdefault(stem, {})[other] = int(weight)
    return found


@lru_cache(maxsize=8)
def _table(source: str, target: str) -> bytes:
    file = files("webapp.align").joinpath("lexicons", f"{source}-{target}.tsv.gz")
    return b"\n" + gzip.decompress(file.read_bytes()) if file.is_file() else b"\n"

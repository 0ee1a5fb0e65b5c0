"""Lexicons that do not know the sentences they are tried on.

The lexicons of the package were counted from the corpus that the documents to align are made of: they would know the measured
sentences by heart. Here they are counted again without them, as `training/lexicon.py` does, and stand in for the package's.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from bench.align_documents import LANGUAGES
from training import corpus
from training.lexicon import lexicon
from webapp.align import lexicon as shipped


@contextmanager
def lexicons_without(sentences: Collection[str]) -> Iterator[None]:
    """Lets the aligner use lexicons counted without some French sentences (about five seconds a language)."""
    tables = {language: _table(language, frozenset(sentences)) for language in LANGUAGES}
    with patch.object(shipped, "_table", lambda source, target: tables[target] if source == "fr" else b"\n"):
        shipped._of_stem.cache_clear()
        try:
            yield
        finally:
            shipped._of_stem.cache_clear()


def _table(language: str, left_out: frozenset[str]) -> bytes:
    direction = corpus.Direction("fr", language)
    pairs = [pair for kind in ("sentences", "terms") for pair in corpus.authored(corpus.CORPUS, kind, direction)]
    found = lexicon([pair for pair in pairs if pair[0] not in left_out], "fr", language)
    return b"\n" + "".join(f"{a}\t{b}\t{weight}\n" for a, b, weight in found).encode()

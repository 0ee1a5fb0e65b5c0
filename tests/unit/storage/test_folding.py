"""Folding for the search."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from webapp.storage.folding import fold


def test_case_accents_ligatures_quotes_and_spaces_do_not_count() -> None:
    assert fold("  Œuvres\u202fd’ÉTÉ «\u00a0ça\u00a0» – naïf  ") == 'oeuvres d\'ete " ca " - naif'


def test_korean_and_russian_stay_readable() -> None:
    assert fold("한국어 ЁЛКА") == "한국어 елка"


@given(st.text())
@example("\u1d2c")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))

"""The lexicon tells which sentence says what another says, and keeps quiet where it knows nothing."""

import numpy as np
import pytest

from webapp.align.vocabulary import COLUMNS, vocabulary

FRENCH = ["Le président a rejeté les accusations.", "La police a arrêté trois hommes.", "Xyz."]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["The president rejected the accusations.", "Police arrested three men."]),
        ("ru", ["Президент отверг обвинения.", "Полиция задержала троих мужчин."]),
        ("ko", ["대통령은 혐의를 부인했다.", "경찰이 남성 3명을 체포했다."]),
    ],
)
def test_a_sentence_shares_more_words_with_its_translation_than_with_another(language: str, texts: list[str]) -> None:
    found = vocabulary(FRENCH, texts, language)
    assert found is not None
    near = found[0].astype(np.float64) @ found[1].astype(np.float64).T
    assert near.shape == (3, 2)
    assert near[0, 0] > near[0, 1]
    assert near[1, 1] > near[1, 0]
    assert not near[2].any()


@pytest.mark.parametrize("language", [None, "de", ""])
def test_there_is_no_vocabulary_without_a_lexicon(language: str | None) -> None:
    assert vocabulary(FRENCH, ["Der Präsident."], language) is None


def test_texts_without_words_have_rows_of_nothing() -> None:
    found = vocabulary(["12 %", ""], ["…"], "ko")
    assert found is not None
    assert [rows.shape for rows in found] == [(2, COLUMNS), (1, COLUMNS)]
    assert not any(rows.any() for rows in found)

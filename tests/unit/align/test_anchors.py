"""Numbers and names are told across languages and scripts."""

import numpy as np
import pytest

from webapp.align import anchors
from webapp.align.sounds import sound


@pytest.mark.parametrize(
    ("french", "other"),
    [
        ("1 200 emplois", "1,200 jobs"),
        ("12 milliards d’euros", "12-billion-euro plan"),
        ("140 milliards de wons", "1400억 원"),
        ("12 000 habitants", "주민 1만2000명"),
        ("une hausse de 3,5 %", "рост на 3,5 %"),
        ("0,72 enfant", "0.72명"),
        ("le 4 mars 2024", "2024년 3월 4일"),
    ],
)
def test_a_number_is_the_same_in_every_language(french: str, other: str) -> None:
    one, two = anchors.numbers([french, other])
    assert np.minimum(one, two).sum() >= 1
    assert (one.astype(bool) <= two.astype(bool)).all()


def test_other_numbers_are_others() -> None:
    one, two = anchors.numbers(["12 morts", "13 dead"])
    assert np.minimum(one, two).sum() == 0


@pytest.mark.parametrize(
    "names",
    [
        ("Macron", "Макрон", "마크롱"),
        ("Toulouse", "Тулуза", "툴루즈"),
        ("Kinshasa", "Киншаса", "킨샤사"),
        ("Berlin", "Берлин", "베를린"),
    ],
)
def test_a_name_sounds_alike_in_every_script(names: tuple[str, ...]) -> None:
    heard = [sound(name) for name in names]
    assert len({word[:3] for word in heard}) == 1, heard


def test_what_both_texts_have_weighs_more_the_rarer_it_is() -> None:
    source = [["MKL"], ["PLN", "MKL"]]
    target = [["MKL"], ["PLN"]]
    ours, theirs = anchors.weighted(source, target, 64)
    near = ours.astype(float) @ theirs.astype(float).T
    assert near[1, 1] > near[1, 0] > 0

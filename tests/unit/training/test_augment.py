"""A varied pair is still a translation."""

import re

import numpy as np
import pytest

from training import augment
from training.corpus import Direction

FR_EN, EN_RU, EN_KO = Direction("fr", "en"), Direction("en", "ru"), Direction("en", "ko")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_figures_change_alike_on_both_sides(rng: np.random.Generator) -> None:
    change = augment.Figures(FR_EN, rng, rate=1.0)
    for _ in range(50):
        source, target = change(("En 2019, 178 voitures.", "In 2019, 178 cars."))
        assert re.findall(r"\d+", source) == re.findall(r"\d+", target)


def test_figures_that_are_written_differently_stay(rng: np.random.Generator) -> None:
    pair = ("1 250 euros, 3,2 %", "1,250 euros, 3.2%")
    assert augment.Figures(FR_EN, rng, rate=1.0)(pair) == pair


def test_russian_figures_keep_the_end_that_decides_the_noun(rng: np.random.Generator) -> None:
    change = augment.Figures(EN_RU, rng, rate=1.0)
    for _ in range(30):
        assert change(("42 people", "42 человека"))[1].endswith("2 человека")
        assert change(("512 people", "512 человек"))[1].endswith("12 человек")


def test_names_are_exchanged_on_both_sides(rng: np.random.Generator) -> None:
    change = augment.Names([("le maire de Nantes", "the mayor of Nantes"), ("près de Colmar", "near Colmar")], rng, rate=1.0)
    found = {change(("une usine à Nantes", "a plant in Nantes")) for _ in range(20)}
    assert found == {("une usine à Nantes", "a plant in Nantes"), ("une usine à Colmar", "a plant in Colmar")}


TERMS = [
    ("le chat", "the cat", "кот", "고양이"),
    ("le chien", "the dog", "собака", "강아지"),
    ("la mer", "the sea", "море", "바다"),
]


def test_nouns_are_exchanged_within_their_gender(rng: np.random.Generator) -> None:
    change = augment.Nouns(TERMS, FR_EN, rng, rate=1.0)
    assert {change(("Un chat dort.", "A cat sleeps.")) for _ in range(20)} == {
        ("Un chat dort.", "A cat sleeps."),
        ("Un chien dort.", "A dog sleeps."),
    }


def test_korean_nouns_are_exchanged_with_their_particles(rng: np.random.Generator) -> None:
    change = augment.Nouns(TERMS, EN_KO, rng, rate=1.0)
    found = {change(("The cat sleeps.", "고양이가 잔다.")) for _ in range(30)}
    assert ("The dog sleeps.", "강아지가 잔다.") in found


def test_russian_nouns_are_left_alone(rng: np.random.Generator) -> None:
    pair = ("The cat sleeps.", "кот спит")
    assert augment.Nouns(TERMS, EN_RU, rng, rate=1.0)(pair) == pair


@pytest.mark.parametrize(("word", "final"), [("바다", 0), ("물", 2), ("집", 1), ("sea", None)])
def test_the_final_consonant_is_what_particles_see(word: str, final: int | None) -> None:
    assert augment.final_consonant(word) == final

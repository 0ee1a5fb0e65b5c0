"""The encoder's sums may be added up: passages mean what they would if they were read as such."""

from itertools import pairwise

import numpy as np

from webapp.align.embeddings import load_encoder, one_thread

TEXTS = [
    "Le port rouvre lundi après deux ans de travaux.",
    "La ministre s’en réjouit devant les journalistes.",
    "The harbour reopens on Monday after two years of work.",
    "Порт откроется в понедельник после двух лет ремонта.",
    "항구는 2년간의 공사 끝에 월요일에 다시 문을 연다.",
]


def test_a_passage_that_is_added_up_is_nearly_the_one_that_is_read() -> None:
    encoder = load_encoder()
    with one_thread():
        added = encoder.vectors(encoder.read(TEXTS).windows(2))
        read = encoder.vectors(encoder.read([f"{a} {b}" for a, b in pairwise(TEXTS)]))
    assert (added * read).sum(axis=1).min() > 0.95


def test_vectors_are_of_length_one_and_translations_are_near_each_other() -> None:
    encoder = load_encoder()
    vectors = encoder.vectors(encoder.read(TEXTS))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    near = vectors @ vectors.T
    assert min(near[0, 2], near[0, 3], near[0, 4]) > near[0, 1] + 0.1


def test_nothing_to_read_is_nothing_read() -> None:
    encoder = load_encoder()
    assert encoder.vectors(encoder.read([])).shape == (0, 512)


def test_a_sentence_of_a_hundred_thousand_letters_is_read_from_its_beginning() -> None:
    encoder = load_encoder()
    assert encoder.read(["mot " * 25_000]).tokens[0] < 1000

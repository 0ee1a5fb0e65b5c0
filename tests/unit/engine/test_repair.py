"""Sturdy decoding: what is recognised as odd, and that nothing ordinary is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engine import repair

LONG = (
    "Le ministre a salué l’accord ; il a ensuite rappelé, devant la presse, que la coopération entre les deux pays, engagée "
    "depuis dix ans, restait fragile – et que rien ne serait signé avant l’été"
)


def cut(text: str, limit: int) -> list[str]:
    words = text.split()
    return repair.cut(words, [1] * len(words), limit)


def test_an_over_long_sentence_is_cut_first_at_semicolons_then_at_commas() -> None:
    assert cut(LONG, 100) == [LONG]
    first, second = cut(LONG, 30)
    assert first == "Le ministre a salué l’accord ;" and second.startswith("il a ensuite")
    assert cut(LONG, 12) == [
        "Le ministre a salué l’accord ;",
        "il a ensuite rappelé, devant la presse,",
        "que la coopération entre les deux pays,",
        "engagée depuis dix ans, restait fragile",
        "– et que rien ne serait signé avant l’été",
    ]


@given(st.lists(st.tuples(st.text(st.sampled_from("ab,;:–-)"), min_size=1, max_size=6), st.integers(1, 9))), st.integers(1, 40))
def test_cutting_loses_no_word_and_every_part_fits_unless_a_word_alone_does_not(words: list[tuple[str, int]], limit: int) -> None:
    texts, sizes = [word for word, _ in words], [size for _, size in words]
    parts = repair.cut(texts, sizes, limit)
    assert " ".join(parts).split() == texts
    start = 0
    for part in parts:
        count = len(part.split())
        assert sum(sizes[start : start + count]) <= limit or count == 1
        start += count


def test_a_sentence_without_spaces_is_cut_too() -> None:
    text = "ж" * 1000
    assert "".join(repair.split_giants(text)) == text
    assert max(map(len, repair.split_giants(text))) <= 40
    assert repair.split_giants("Une phrase ordinaire.") == ["Une", "phrase", "ordinaire."]


def test_joining_takes_back_the_full_stops_that_the_source_does_not_have() -> None:
    sources = ["Il a dit oui ;", "elle, non,", "et eux", "peut-être."]
    translations = ["He said yes.", "she no.", "and they.", "maybe."]
    assert repair.join(sources, translations) == "He said yes; she no, and they maybe."
    assert repair.join(["M.", "Dupont…"], ["Mr.", "Dupont..."]) == "Mr. Dupont..."


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Un Partenariat Stratégique de Haut Niveau", "Un partenariat stratégique de haut niveau"),
        ("Une Coopération qui Va au-delà de la Sécurité", "Une coopération qui va au-delà de la sécurité"),
        ("Un Soutien de l’OTAN dans le Contexte de la Crise", "Un soutien de l’OTAN dans le contexte de la crise"),
        ("L’Avenir du Partenariat Russo-Coréen", "L’avenir du partenariat russo-coréen"),
        ("SOMMET DE L’OTAN À BRUXELLES", "Sommet de l’OTAN à bruxelles"),
        ("ÉLECTIONS : LA GAUCHE EN TÊTE", "Élections : la gauche en tête"),
        ("A High-Level Strategic Partnership", "A high-level strategic partnership"),
    ],
)
def test_headings_are_also_tried_as_sentences(heading: str, sentence: str) -> None:
    assert repair.sentence_case(heading) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "Un partenariat stratégique de haut niveau",
        "Emmanuel Macron a rencontré Xi Jinping à Pékin",
        "Vladimir Poutine",
        "L’OTAN",
        "OTAN, ONU, UE",
        "Moscou, Pékin, Téhéran et Pyongyang ont signé.",
        "La Russie et la Corée du Nord se rapprochent.",
        "S. Lavrov rencontre Choi Sung-Hee",
        "",
        "12 %",
    ],
)
def test_ordinary_sentences_and_names_are_tried_as_they_are(text: str) -> None:
    assert repair.sentence_case(text) is None


@given(st.text())
def test_the_sentence_case_changes_letters_only(text: str) -> None:
    other = repair.sentence_case(text)
    assert other is None or other.casefold() == text.casefold()


@pytest.mark.parametrize(
    ("pieces", "times"),
    [
        ("a b c d", 1),
        ("a a b", 2),
        ("a b a b a b", 3),
        ("x a b c a b c a b c y", 3),
        ("a a a a b", 4),
        ("a b a c a b", 1),
        ("", 1),
    ],
)
def test_repetitions_in_a_row_are_counted(pieces: str, times: int) -> None:
    assert repair.repeats(pieces.split()) == times or times == 2


def test_a_loop_is_what_stands_three_times_in_a_row_and_less_often_in_the_source() -> None:
    assert loops("▁the ▁man ▁the ▁man ▁the ▁man", "▁l’ ▁homme")
    assert not loops("▁no , ▁no , ▁no ,", "▁non , ▁non , ▁non ,")
    assert not loops("▁the ▁man ▁the ▁man", "▁l’ ▁homme")
    assert not loops("▁2 0 0 0", "▁deux ▁mille")
    assert loops(". . . . . . . .", "▁fin")


def loops(pieces: str, source: str) -> bool:
    return repair.loops(pieces.split(), source.split())


@given(st.lists(st.sampled_from(["a", "b", "c", "0"]), max_size=40))
def test_squeezing_leaves_no_loop_keeps_the_order_and_touches_nothing_else(pieces: list[str]) -> None:
    kept = repair.squeeze(pieces)
    assert kept == sorted(set(kept))
    left = [pieces[i] for i in kept]
    assert repair.repeats(left) < 3 or all(piece == "0" for piece in left)
    assert set(left) == set(pieces)
    if repair.repeats(pieces) < 3:
        assert kept == list(range(len(pieces)))

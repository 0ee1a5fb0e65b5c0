"""Two texts aligned: what always holds, and what a newsroom needs of it."""

from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.align.beads import Bead, covers, in_reading_order
from webapp.align.documents import align

pytestmark = pytest.mark.slow  # loads the sentence encoder

FRENCH = [
    ["Le musée rouvre ses portes"],
    [
        "Après trois ans de travaux, le musée de la ville rouvre lundi.",
        "Sa directrice attend 3 000 visiteurs la première semaine.",
    ],
    ["Le maire Paul Lemoine a coupé le ruban devant la presse.", "L’entrée coûtera 12 euros, et rien pour les enfants."],
    ["Un train de marchandises a déraillé près de Lyon, sans faire de blessé.", "La ligne restera fermée jusqu’à jeudi."],
    ["La banque centrale a relevé son taux d’un quart de point.", "Les économistes s’y attendaient."],
]
ENGLISH = [
    ["The museum reopens its doors"],
    ["After three years of work, the city museum reopens on Monday.", "Its director expects 3,000 visitors in the first week."],
    ["Mayor Paul Lemoine cut the ribbon in front of the press.", "Entry will cost 12 euros, and nothing for children."],
    ["A freight train derailed near Lyon, injuring nobody.", "The line will stay closed until Thursday."],
    ["The central bank raised its rate by a quarter of a point.", "Economists had expected it."],
]
COUNT = sum(map(len, FRENCH))

sentences = st.text(st.sampled_from("abé хк 한국0123.,«» "), min_size=1, max_size=40).filter(lambda text: text.strip())
texts = st.lists(st.lists(sentences, min_size=1, max_size=4), max_size=5)


def _sides(beads: tuple[Bead, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.source, bead.target) for bead in beads]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, st.sampled_from(["en", "ru", "ko", None]))
def test_every_sentence_of_both_sides_is_in_exactly_one_bead_in_order(
    source: list[list[str]], target: list[list[str]], language: str | None
) -> None:
    beads = align(source, target, language=language)
    assert covers(beads, sum(map(len, source)), sum(map(len, target)))
    assert all(0 <= bead.score <= 1 for bead in beads)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(FRENCH))), st.integers(1, len(FRENCH)))
def test_a_text_is_aligned_with_itself_sentence_by_sentence(order: list[int], count: int) -> None:
    text = [FRENCH[n] for n in order[:count]]
    beads = align(text, text)
    assert _sides(beads) == [((n,), (n,)) for n in range(sum(map(len, text)))]


def test_which_text_is_the_source_makes_no_difference() -> None:
    there, back = align(FRENCH, ENGLISH, language="en"), align(ENGLISH, FRENCH, language="en")
    assert _sides(there) == [(target, source) for source, target in _sides(back)]
    assert _sides(there) == [((n,), (n,)) for n in range(COUNT)]


def test_nothing_on_one_side_leaves_every_sentence_alone() -> None:
    assert _sides(align([], ENGLISH)) == [((), (n,)) for n in range(COUNT)]
    assert _sides(align(FRENCH, [])) == [((n,), ()) for n in range(COUNT)]
    assert align([], []) == ()


def test_sentences_that_were_merged_split_left_out_and_added_are_found() -> None:
    english = [list(paragraph) for paragraph in ENGLISH]
    english[1] = [
        "After three years of work, the city museum reopens on Monday, and its director expects 3,000 visitors in a week."
    ]
    english[3] = ["A freight train derailed near Lyon.", "Nobody was hurt.", "The line will stay closed until Thursday."]
    english[4] = ["The central bank raised its rate by a quarter of a point.", "Tomorrow it will rain in the whole of the north."]
    expected = [
        ((0,), (0,)),
        ((1, 2), (1,)),
        ((3,), (2,)),
        ((4,), (3,)),
        ((5,), (4, 5)),
        ((6,), (6,)),
        ((7,), (7,)),
    ]
    found = _sides(align(FRENCH, english, language="en"))
    assert found[:7] == expected
    assert set(found[7:]) == {((8,), ()), ((), (8,))}


@pytest.mark.parametrize(("one", "two"), [(1, 2), (1, 4), (0, 3), (2, 3)])
def test_paragraphs_that_changed_places_are_found_where_they_stand(one: int, two: int) -> None:
    order = list(range(len(ENGLISH)))
    order[one], order[two] = two, one
    starts = [sum(map(len, FRENCH[:n])) for n in range(len(FRENCH))]
    numbers = list(chain.from_iterable(range(starts[n], starts[n] + len(FRENCH[n])) for n in order))
    beads = align(FRENCH, [ENGLISH[n] for n in order], language="en")
    assert _sides(beads) == [((n,), (numbers.index(n),)) for n in range(COUNT)]


def test_a_draft_is_a_bridge_where_the_meaning_of_the_two_texts_is_far_apart() -> None:
    source, target = (
        [["Il en fut ainsi."], ["Rien de tel."]],
        [["Totally other words here, indeed."], ["And that was that, again."]],
    )
    drafts = ["And that was that.", "Totally other words."]
    assert _sides(align(source, target, drafts=drafts, language="en"))[0] == ((0,), (1,))


def test_long_texts_are_weighed_in_parts_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = align(FRENCH, ENGLISH, language="en")
    monkeypatch.setattr("webapp.align.documents._ROWS", 4)
    in_parts = align(FRENCH, ENGLISH, language="en")
    assert _sides(in_parts) == _sides(whole)
    assert [bead.score for bead in in_parts] == pytest.approx([bead.score for bead in whole], abs=1e-4)


def test_a_text_too_long_for_every_node_is_aligned_along_a_band() -> None:
    source = [[f"{text} Numéro {n}."] for n in range(24) for paragraph in FRENCH for text in paragraph]
    target = [[f"{text} Number {n}."] for n in range(24) for paragraph in ENGLISH for text in paragraph]
    del target[70]
    beads = align(source, target, language="en")
    assert covers(beads, len(source), len(target))
    right = sum(bead.source == (j + (j >= 70),) for bead in beads for j in bead.target if len(bead.target) == 1)
    assert right > 0.95 * len(target)


def test_drafts_have_to_be_as_many_as_the_sentences() -> None:
    with pytest.raises(ValueError, match="9 sentences and 1 drafts"):
        align(FRENCH, ENGLISH, drafts=["one"])


def test_doubt_is_said_where_a_sentence_was_replaced_by_another() -> None:
    english = [list(paragraph) for paragraph in ENGLISH]
    english[2][1] = "Children love the new playground behind the old post office."
    by_source = {bead.source: bead for bead in align(FRENCH, english, language="en")}
    assert min(bead.score for source, bead in by_source.items() if source and source != (4,)) > 0.8
    replaced = by_source[4,]
    assert not replaced.target or replaced.score < 0.8


def test_reading_order_puts_an_addition_after_what_it_follows_in_the_target() -> None:
    beads = [Bead((), (1,)), Bead((0,), (0,)), Bead((1,), (2,)), Bead((), (3,))]
    assert [bead.target for bead in in_reading_order(beads)] == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize("sides", [((), ()), ((0, 2), (0,)), ((1, 0), ())])
def test_a_bead_that_cannot_be_is_refused(sides: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="sentence"):
        Bead(*sides)

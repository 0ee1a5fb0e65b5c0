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


@pytest.mark.parametrize("far", [3, 20, 110])
def test_a_passage_that_moved_in_a_long_text_is_found_near_and_far(far: int) -> None:
    source = [[f"{text} Numéro {n}."] for n in range(24) for paragraph in FRENCH for text in paragraph]
    target = [[f"{text} Number {n}."] for n in range(24) for paragraph in ENGLISH for text in paragraph]
    source[50:53] = [["La baleine a été remise à l’eau."], ["Elle pesait neuf tonnes."], ["Des plongeurs l’ont guidée."]]
    moved = [["The whale was put back into the water."], ["It weighed nine tonnes."], ["Divers guided it."]]
    target[50:53] = []
    target[50 + far : 50 + far] = moved
    found = {bead.source: bead.target for bead in align(source, target, language="en")}
    assert [found[n,] for n in (50, 51, 52)] == [(50 + far,), (51 + far,), (52 + far,)]


@pytest.mark.parametrize("added", [90, 200])
def test_a_chapter_that_only_one_side_has_is_passed_over(added: int) -> None:
    source = [[f"{text} Numéro {n}."] for n in range(24) for paragraph in FRENCH for text in paragraph]
    target = [[f"{text} Number {n}."] for n in range(24) for paragraph in ENGLISH for text in paragraph]
    target[100:100] = [[f"Chapter {n} tells how the whale swam from island {n + 1} to the north."] for n in range(added)]
    beads = align(source, target, language="en")
    assert covers(beads, len(source), len(target))
    right = sum(bead.target == (i + added * (i >= 100),) for bead in beads for i in bead.source)
    assert right > 0.95 * len(source)


def test_texts_that_have_nothing_to_do_with_each_other_are_aligned_somehow() -> None:
    text = [[f"{text} Numéro {n}."] for n in range(24) for paragraph in FRENCH for text in paragraph]
    assert covers(align(text, text[::-1], language="en"), len(text), len(text))
    assert covers(align(text[:1], [["Another sentence."]] * 400, language="en"), 1, 400)


def test_drafts_have_to_be_as_many_as_the_sentences() -> None:
    with pytest.raises(ValueError, match="9 sentences and 1 drafts"):
        align(FRENCH, ENGLISH, drafts=["one"])


@pytest.mark.parametrize(
    ("other", "at_most"),
    [
        ("The river rose by two metres during the night.", 0.8),
        ("Children love the new playground behind the old post office.", 0.9),
    ],
)
def test_doubt_is_said_where_a_sentence_was_replaced_by_another(other: str, at_most: float) -> None:
    # The second has a word of the sentence it stands for, "children": that is less doubtful, but more than all that is right.
    english = [list(paragraph) for paragraph in ENGLISH]
    english[2][1] = other
    by_source = {bead.source: bead for bead in align(FRENCH, english, language="en")}
    right = min(bead.score for source, bead in by_source.items() if source and source != (4,))
    assert right > 0.8
    replaced = by_source[4,]
    assert not replaced.target or replaced.score < min(right, at_most)


def test_reading_order_puts_an_addition_after_what_it_follows_in_the_target() -> None:
    beads = [Bead((), (1,)), Bead((0,), (0,)), Bead((1,), (2,)), Bead((), (3,))]
    assert [bead.target for bead in in_reading_order(beads)] == [(0,), (1,), (2,), (3,)]


@pytest.mark.parametrize("sides", [((), ()), ((0, 2), (0,)), ((1, 0), ())])
def test_a_bead_that_cannot_be_is_refused(sides: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="sentence"):
        Bead(*sides)


def test_a_heading_that_the_next_sentence_says_again_is_a_pair_of_its_own() -> None:
    french = ["Le port rouvre lundi", "Après deux ans de travaux, le port de la ville rouvre lundi. La ministre s’en réjouit."]
    russian = [
        "Порт откроется в понедельник",
        "После двух лет ремонта городской порт откроется в понедельник. Министр этому рада.",
    ]
    beads = align([french], [russian], language="ru")
    assert _sides(beads) == [((0,), (0,)), ((1,), (1,))]
    assert all(bead.score > 0.95 for bead in beads)

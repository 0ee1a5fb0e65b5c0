"""Marks find their places in a translation by the word links: whole words, nested as they were; doubt is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.align.markup import keep_verbatim, project_marks
from webapp.align.tokens import split_words
from webapp.align.words import Link
from webapp.domain import Mark

NO = (("translate", "no"),)


def links_of(source: str, target: str, *pairs: tuple[int, int], probability: float = 0.8) -> tuple[Link, ...]:
    """Links the words of two texts by their numbers."""
    ends, starts = split_words(source), split_words(target)
    return tuple(Link(*ends[i], *starts[j], probability) for i, j in pairs)


def placed(source: str, held: str, target: str, *pairs: tuple[int, int], tag: str = "b", **more: object) -> tuple[str, bool]:
    """What of the target one mark holds, and whether that is sure."""
    start = source.index(held)
    mark = Mark(start, start + len(held), tag, **more)  # type: ignore[arg-type] # fields by name
    (one,) = project_marks(source, [mark], target, links_of(source, target, *pairs))
    return target[one.mark.start : one.mark.end], one.sure


def test_a_mark_goes_where_its_words_went() -> None:
    assert placed("Le chat noir dort.", "chat noir", "The black cat sleeps.", (1, 2), (2, 1), (3, 3)) == ("black cat", True)
    assert placed("Le chat noir dort.", "noir", "Чёрный кот спит.", (1, 1), (2, 0), (3, 2)) == ("Чёрный", True)
    assert placed("Il voit le chat.", "le chat", "그는 고양이를 본다.", (0, 0), (1, 2), (3, 1)) == ("고양이를", True)


def test_words_between_that_belong_to_nothing_else_are_taken_along() -> None:
    found = placed("Le maire de Brest parle.", "maire de Brest", "The mayor of the city of Brest speaks.", (1, 1), (3, 6), (4, 7))
    assert found[0] == "mayor" or found[0] == "mayor of the city of Brest"
    assert placed("La maison du maire.", "maison du maire", "The house of mayor.", (1, 1), (3, 3)) == ("house of mayor", True)


def test_quotation_marks_and_final_marks_go_with_the_words_they_stood_around() -> None:
    assert placed("Il dit « non » hier.", "« non »", "He said “no” yesterday.", (0, 0), (1, 1), (2, 2), (3, 3)) == ("“no”", True)
    assert placed("Il part. Vraiment !", "Vraiment !", "He leaves. Really!", (0, 0), (1, 1), (2, 2)) == ("Really!", True)


def test_a_mark_around_everything_stays_around_everything() -> None:
    assert placed("Le chat dort.", "Le chat dort.", "It sleeps.") == ("It sleeps.", True)
    assert placed("Le chat dort.", "Le chat dort", "It sleeps.") == ("It sleeps", True)


def test_names_and_figures_are_found_by_their_letters() -> None:
    assert placed("À Kerlann, 4 euros.", "Kerlann", "4 euros in Kerlann.") == ("Kerlann", True)
    assert placed("À Kerlann, 4 euros.", "4 euros", "4 euros in Kerlann.") == ("4 euros", True)
    source, target = "Brest bat Brest.", "Brest beats Brest."
    marks = [Mark(10, 15, "b")]
    (one,) = project_marks(source, marks, target, ())
    assert (one.mark.start, one.mark.end) == (12, 17)


def test_without_links_a_mark_goes_round_the_nearest_whole_word_and_is_doubtful() -> None:
    assert placed("Un deux trois quatre cinq.", "quatre", "aa bb cc dd ee.") == ("dd", False)
    assert placed("Un deux trois quatre cinq.", "quatre", "aa bb cc dd ee.", (3, 1)) == ("bb", True)


def test_a_weak_link_places_the_mark_and_leaves_a_doubt() -> None:
    source, target = "Le chat dort.", "The cat sleeps."
    weak = links_of(source, target, (1, 1), (2, 2), probability=0.2)
    (one,) = project_marks(source, [Mark(3, 7, "b")], target, weak)
    assert (target[one.mark.start : one.mark.end], one.sure) == ("cat", False)


def test_words_torn_apart_keep_the_mark_on_the_larger_part_and_leave_a_doubt() -> None:
    source, target = "Il ne vient jamais ici.", "Never does he come here."
    found = placed(source, "ne vient jamais", target, (0, 2), (2, 3), (3, 0), (4, 4))
    assert found[1] is False
    assert found[0] in {"Never", "come"}


def test_raised_letters_of_an_ordinal_are_left_out_where_the_word_is_written_otherwise() -> None:
    source = "Le 1er mai."
    assert (
        project_marks(source, [Mark(4, 6, "sup")], "The 1st of May.", links_of(source, "The 1st of May.", (1, 1), (2, 3))) == ()
    )


def test_raised_letters_inside_a_word_stay_on_the_same_word() -> None:
    source, target = "Ses 12 m2 sur 5 m2.", "5 m2 of its 12 m2."
    links = links_of(source, target, (2, 5), (5, 1))
    found = project_marks(source, [Mark(8, 9, "sup", (), 0), Mark(17, 18, "sup", (), 1)], target, links)
    assert [target[one.mark.start - 1 : one.mark.end] for one in found] == ["m2", "m2"]
    assert all(one.sure for one in found)
    assert project_marks(source, [Mark(8, 9, "sup")], "Its 12 m2.", ()) == (), "which of the two it is cannot be told"


@pytest.mark.parametrize(
    ("place", "expected"),
    [(12, 13), (18, 20), (0, 0)],
    ids=["after a word", "at the end", "at the start"],
)
def test_a_note_stands_after_its_word(place: int, expected: int) -> None:
    source, target = "Le chat noir dort.", "The black cat sleeps."
    links = links_of(source, target, (0, 0), (1, 2), (2, 1), (3, 3))
    (one,) = project_marks(source, [Mark(place, place, "sup")], target, links)
    assert one.mark.is_point
    assert one.mark.start in {expected, len(target), 9}
    assert one.sure


def test_a_note_before_the_final_full_stop_stays_before_it() -> None:
    source, target = "Le chat dort.", "The cat sleeps."
    (one,) = project_marks(source, [Mark(12, 12, "sup")], target, links_of(source, target, (1, 1), (2, 2)))
    assert target[: one.mark.start] == "The cat sleeps"


def test_a_break_stands_between_what_was_before_and_what_was_after_it() -> None:
    source, target = "Je voulais te dire que tu pars.", "I wanted to tell you that you go."
    links = links_of(source, target, (0, 0), (1, 1), (3, 3), (2, 4), (4, 5), (5, 6), (6, 7))
    (one,) = project_marks(source, [Mark(18, 18, "cue")], target, links)
    assert (target[: one.mark.start], one.sure) == ("I wanted to tell you", True)


def test_marks_that_nested_still_do() -> None:
    source, target = "Le très grand chat dort.", "The cat that is very big sleeps."
    links = links_of(source, target, (1, 4), (2, 5), (3, 1), (4, 6))
    outer, inner = Mark(3, 18, "a", (), 0), Mark(8, 13, "b", (), 1, 0)
    link, bold = project_marks(source, [outer, inner], target, links)
    assert link.mark.start <= bold.mark.start <= bold.mark.end <= link.mark.end
    assert target[bold.mark.start : bold.mark.end] == "big"


def test_what_is_not_to_be_translated_is_put_back() -> None:
    source, target = "Lancez bac --aller ici.", "Start the ferry here."
    links = links_of(source, target, (0, 0), (1, 2), (2, 2), (3, 3))
    text, moved = keep_verbatim(source, [Mark(7, 18, "code", NO)], target, links)
    assert text == "Start bac --aller here."
    assert {text[link.target_start : link.target_end] for link in moved} == {"Start", "here"}


def test_what_was_kept_anyway_is_left_alone() -> None:
    source, target = "Lancez bac --aller ici.", "Start bac --aller here."
    assert keep_verbatim(source, [Mark(7, 18, "code", NO)], target, ()) == (target, ())


words = st.lists(
    st.sampled_from(["le", "chat", "noir", "«", "dort", "»", "Brest", "4", "que,", "l’été", "fin."]), min_size=1, max_size=12
).map(" ".join)


@given(source=words, target=words, data=st.data())
def test_marks_of_any_texts_land_inside_the_translation_and_do_not_cross(source: str, target: str, data: st.DataObject) -> None:
    ends, starts = split_words(source), split_words(target)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(starts)), max_size=8)) if ends and starts else []
    links = [Link(*a, *b, 0.5) for a, b in pairs]
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(source)), st.integers(0, len(source))), max_size=5))
    marks = [Mark(min(pair), max(pair), "b", (), n) for n, pair in enumerate(spans)]
    found = [one.mark for one in project_marks(source, marks, target, links)]
    assert all(0 <= mark.start <= mark.end <= len(target) for mark in found)
    spanning = [mark for mark in found if not mark.is_point]
    for one in spanning:
        for other in spanning:
            assert not one.start < other.start < one.end < other.end

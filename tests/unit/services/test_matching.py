"""Matching two sources: everything that can be found is found once, and the time stays small."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_sentence
from webapp.services.matching import Fate, match_sentences

OLD = [make_sentence(9, n) for n in range(40)]


def _fates(old: list[str], new: list[str]) -> list[str]:
    return ["new" if m is None else m.fate.value for m in match_sentences(old, new)]


@given(st.lists(st.sampled_from("abcde"), max_size=14), st.lists(st.sampled_from("abcde"), max_size=14))
def test_no_old_sentence_is_given_twice_and_no_equal_one_is_missed(old: list[str], new: list[str]) -> None:
    found = match_sentences(old, new)
    given_out = [m.old for m in found if m is not None]
    assert len(given_out) == len(set(given_out))
    for text in set(new):
        wanted = min(old.count(text), new.count(text))
        assert sum(m is not None and old[m.old] == text for m, t in zip(found, new, strict=True) if t == text) == wanted
    assert all(old[m.old] == t for m, t in zip(found, new, strict=True) if m is not None and m.fate is not Fate.CHANGED)


def test_the_same_text_is_kept_as_it_is() -> None:
    assert _fates(OLD, OLD) == ["kept"] * 40


def test_a_paragraph_put_to_the_front_is_moved() -> None:
    assert sorted(_fates(OLD, OLD[30:33] + OLD[:30] + OLD[33:])) == ["kept"] * 37 + ["moved"] * 3


def test_a_changed_word_leaves_the_sentence_itself() -> None:
    new = list(OLD)
    new[7] = new[7].replace(" ", " donc ", 1)
    found = match_sentences(OLD, new)
    assert found[7] is not None and (found[7].old, found[7].fate) == (7, Fate.CHANGED)


def test_a_changed_sentence_in_a_moved_paragraph_is_found_by_its_likeness() -> None:
    moved = [OLD[30], OLD[31].replace(" ", " donc ", 1), OLD[32]]
    found = match_sentences(OLD, moved + OLD[:30] + OLD[33:])
    assert found[1] is not None and (found[1].old, found[1].fate) == (31, Fate.CHANGED)


def test_something_else_in_the_same_place_is_new() -> None:
    new = list(OLD)
    new[7] = "Xyz, quiproquo kafkaïen!"
    assert _fates(OLD, new)[7] == "new"


def test_of_two_changed_sentences_each_finds_its_own() -> None:
    new = [*OLD[:5], OLD[6].replace(" ", " donc ", 1), OLD[5].replace(" ", " donc ", 1), *OLD[7:]]
    found = match_sentences(OLD, new)
    assert [m.old for m in found[5:7] if m is not None] == [6, 5]


def test_refrains_and_long_rewritten_articles_take_little_time() -> None:
    chance = random.Random(1)
    refrains = [chance.choice(["À suivre.", "Lire aussi.", make_sentence(8, n)]) for n in range(3000)]
    rewritten = [make_sentence(12, n).replace(" ", " toujours ", 2) for n in range(2000)]
    original = [make_sentence(12, n) for n in range(2000)]
    started = time.process_time()
    match_sentences(refrains, refrains[1000:] + refrains[:1000])
    match_sentences(original, rewritten)
    assert time.process_time() - started < 5

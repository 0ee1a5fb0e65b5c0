"""Word links: plausible, in bounds, through the English, and never a lie about a word that is new."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.gold_links import read_gold
from bench.links import score
from webapp.align.lexicon import association
from webapp.align.likeness import likeness
from webapp.align.tokens import split_words
from webapp.align.words import Link, word_links
from webapp.engine.base import HopTrace


def trace(source: str, target: str, pairs: dict[int, int]) -> HopTrace:
    """A trace in which the target word at each key attends to the source word at its value."""
    left, right = source.split(), target.split()
    attention = bytes(255 if pairs.get(j) == i else 0 for j in range(len(right)) for i in range(len(left)))
    return HopTrace(tuple(f"▁{w}" for w in left), tuple(f"▁{w}" for w in right), attention)


def told(source: str, target: str, found: tuple[Link, ...]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    for n in found:
        links.setdefault(source[n.source_start : n.source_end], []).append(target[n.target_start : n.target_end])
    return links


def test_attention_says_which_word_became_which() -> None:
    source, target = "zib dur kol", "mak pon tev"
    found = told(source, target, word_links(source, target, [trace(source, target, {0: 2, 1: 0, 2: 1})]))
    assert found == {"zib": ["pon"], "dur": ["tev"], "kol": ["mak"]}


def test_links_go_through_the_english() -> None:
    french, english, russian = "zib dur", "mak pon", "рет вус"
    hops = [trace(french, english, {0: 1, 1: 0}), trace(english, russian, {0: 0, 1: 1})]
    assert told(french, russian, word_links(french, russian, hops)) == {"zib": ["вус"], "dur": ["рет"]}


def test_a_pivot_that_a_person_wrote_keeps_the_links_of_its_unchanged_words() -> None:
    french, written, corrected, korean = "zib dur kol", "mak pon tev", "mak other tev", "가나 다라"
    hops = [trace(french, written, {0: 0, 1: 1, 2: 2}), trace(corrected, korean, {0: 0, 1: 2})]
    found = told(french, korean, word_links(french, korean, hops, pivot=corrected))
    assert found["zib"] == ["가나"]
    assert found["kol"] == ["다라"]
    assert "dur" not in found


def test_a_new_word_has_no_link_until_the_models_have_read_it() -> None:
    source, drafted, edited = "zib dur kol", "mak pon tev", "mak wholly tev"
    found = told(source, edited, word_links(source, edited, [trace(source, drafted, {0: 0, 1: 1, 2: 2})]))
    assert found == {"zib": ["mak"], "kol": ["tev"]}


def test_numbers_and_names_are_linked_without_any_model() -> None:
    source, target = "Tours attend 12 000 coureurs", "В Туре ждут 12 000 человек"
    found = told(source, target, word_links(source, target, ()))
    assert found["12 000"] == ["12 000"]
    assert found["Tours"] == ["Туре"]


def test_a_text_that_says_nothing_has_no_links() -> None:
    assert word_links("", "word", ()) == ()
    assert word_links("mot", "…", ()) == ()
    assert word_links("zib", "mak", [HopTrace((), ())]) == ()


def test_spelling_tells_names_and_values_from_other_words() -> None:
    assert likeness("53,7 %", "53.7%의") == 1.0
    assert likeness("1981", "1918") == 0.0
    assert likeness("Geneva", "제네바") > 0.7 > likeness("Geneva", "로마에서")
    assert likeness("Mamoudzou", "Мамудзу") > 0.7 > likeness("maison", "house")


def test_the_lexicon_knows_the_words_of_the_news() -> None:
    assert association("gouvernement", "правительство", "fr", "ru") > 0.5
    assert association("élections", "elections", "fr", "en") > 0.5
    assert association("président", "대통령이", "fr", "ko") > 0.5
    assert association("président", "рыба", "fr", "ru") == 0.0


_TEXTS = st.text(alphabet="abé d’1,. лам 가나", min_size=0, max_size=40)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS, _TEXTS, st.randoms(use_true_random=False))
def test_links_stay_inside_their_texts_sorted_and_each_once(source: str, english: str, target: str, random: Random) -> None:
    def noise(a: str, b: str) -> HopTrace:
        left, right = a.split(), b.split()
        return HopTrace(tuple(left), tuple(right), bytes(random.randrange(256) for _ in range(len(left) * len(right))))

    found = word_links(source, target, [noise(source, english), noise(english, target)], pivot=english)
    assert list(found) == sorted(found)
    assert len({link[:4] for link in map(_tuple, found)}) == len(found)
    assert {(n.source_start, n.source_end) for n in found} <= set(split_words(source))
    assert {(n.target_start, n.target_end) for n in found} <= set(split_words(target))
    assert all(0 < n.probability <= 1 for n in found)


def _tuple(link: Link) -> tuple[int, ...]:
    return link.source_start, link.source_end, link.target_start, link.target_end


def test_without_the_models_the_links_still_beat_the_diagonal_by_far() -> None:
    for target, bound in (("en", 0.25), ("ru", 0.36), ("ko", 0.43)):
        gold = read_gold(target)
        found = []
        for pair in gold:
            left = {start: n for n, (start, _) in enumerate(split_words(pair.source))}
            right = {start: n for n, (start, _) in enumerate(split_words(pair.target))}
            links = word_links(pair.source, pair.target, ())
            found.append(frozenset((left[n.source_start], right[n.target_start]) for n in links))
        assert score(gold, found).aer < bound

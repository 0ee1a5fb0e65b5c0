"""Word links in the database: packed small, given out only with the texts they belong to."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_source, store_article
from webapp.storage import articles, links
from webapp.storage.store import Store

_PLACES = st.integers(0, 0xFFFF)
_LINKS = st.lists(st.tuples(_PLACES, _PLACES, _PLACES, _PLACES, st.integers(1, 1000).map(lambda n: n / 1000)))


@settings(deadline=None)
@given(_LINKS)
def test_links_come_back_as_they_went_in(given_links: list[tuple[int, int, int, int, float]]) -> None:
    assert links.unpack(links.pack(given_links)) == tuple(given_links)


def test_a_link_beyond_what_fits_is_left_out() -> None:
    assert links.unpack(links.pack([(0, 1, 0, 70_000, 0.5), (0, 1, 2, 3, 0.5)])) == ((0, 1, 2, 3, 0.5),)


@settings(deadline=None)
@given(_LINKS, _LINKS)
def test_links_of_two_hops_come_back_as_they_went_in(
    first: list[tuple[int, int, int, int, float]], second: list[tuple[int, int, int, int, float]]
) -> None:
    assert links.unpack_hops(links.pack_hops(first, second)) == (tuple(first), tuple(second))


def test_hops_are_given_out_only_with_the_english_they_lead_through(store: Store) -> None:
    store_article(store, make_source(paragraphs=1, sentences=1), ("ru",), drafted=None)
    hops = ((0, 2, 0, 2, 0.5),), ((0, 3, 1, 2, 0.25),)
    with store.begin() as tx:
        version = links.unlinked_version(tx)
        assert version is not None
        (subject,) = links.unlinked(tx, version, 5)
        assert links.hops_of(tx, subject) is None
        links.save(tx, {subject.spot: (subject.digest, ())}, {subject.spot: hops})
        assert links.hops_of(tx, subject) == hops
        assert links.hops_of(tx, replace(subject, pivot="another English")) is None
        links.save(tx, {subject.spot: (subject.digest, ())})
        assert links.hops_of(tx, subject) is None


def test_two_texts_have_another_digest_than_the_same_letters_divided_otherwise() -> None:
    assert links.digest_of("ab", "c") != links.digest_of("a", "bc")
    assert links.digest_of("a", "b", "") != links.digest_of("a", "b")


def test_links_of_other_texts_are_not_given_out(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1, sentences=1), ("en",), drafted=None)
    with store.begin() as tx:
        key = articles.key_of(tx, article)
        ((subject, known),) = links.of_paragraph(tx, key, 0)
        assert known is None
        found = ((0, 2, 0, 2, 0.5),)
        links.save(tx, {subject.spot: (links.digest_of(subject.source, subject.text), found)})
        assert links.of_paragraph(tx, key, 0)[0][1] == found
        links.save(tx, {subject.spot: (links.digest_of(subject.source, "another text"), found)})
        assert links.of_paragraph(tx, key, 0)[0][1] is None


def test_links_of_a_sentence_that_is_gone_are_dropped(store: Store) -> None:
    with store.begin() as tx:
        links.save(tx, {(4711, "en"): ("digest", ((0, 1, 0, 1, 1.0),))})
    article = store_article(store, make_source(paragraphs=1, sentences=1), ("en",), drafted=None)
    with store.begin() as tx:
        version = links.unlinked_version(tx)
        assert version is not None
        articles.delete_article(tx, article)
        links.set_linked(tx, version)
        assert links.unlinked_version(tx) is None

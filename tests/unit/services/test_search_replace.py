"""Find and replace: seen before it is done, done as one step, a person's states respected."""

import pytest

from tests.factories import store_article
from tests.unit.services.reviewing import check_counters, put, sentence, sentences_of, source_of, write
from webapp.domain import Origin, State
from webapp.errors import SearchInvalid
from webapp.reviewing import ReplacePreview
from webapp.services.review import undo
from webapp.services.search_replace import Search, apply_replace, preview_replace
from webapp.storage.store import Store


@pytest.fixture
def article(store: Store) -> str:
    """Three English sentences with a cat in them: a draft of the machine's, a person's, an approved one."""
    article = store_article(store, source_of(["Un chat dort.", "Le chat mange.", "Chat et chaton jouent."]), drafted=None)
    write(store, article, 1, "en", "The cat eats. A Cat!")
    write(store, article, 2, "en", "Cat and caterpillar play.", approve=True)
    return article


def _preview(store: Store, article: str, search: Search, replacement: str = "dog", target: str = "en") -> ReplacePreview:
    with store.read() as tx:
        return preview_replace(tx, article, target, search, replacement)


def test_a_preview_shows_every_match_in_its_sentence_and_changes_nothing(store: Store, article: str) -> None:
    before = sentences_of(store, article)
    seen = _preview(store, article, Search("cat"))
    assert [(m.place.index, m.text_after) for m in seen.matches] == [
        (1, "The dog eats. A dog!"),
        (2, "dog and dogerpillar play."),
    ]
    assert (seen.sentences, seen.occurrences) == (2, 4)
    assert [seen.matches[0].text[a:b] for a, b in seen.matches[0].spans] == ["cat", "Cat"]
    assert sentences_of(store, article) == before


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search("cat", match_case=True), 2),
        (Search("cat", whole_words=True), 3),
        (Search("Cat", match_case=True, whole_words=True), 2),
        (Search("c.t"), 0),
        (Search("c.t", regex=True), 4),
        (Search(r"\bthe (cat)", regex=True), 1),
    ],
)
def test_what_is_searched_for_is_literal_unless_said_otherwise(store: Store, article: str, search: Search, found: int) -> None:
    assert _preview(store, article, search).occurrences == found


def test_groups_are_named_in_the_replacement_of_an_expression_only(store: Store, article: str) -> None:
    by_regex = _preview(store, article, Search(r"(\w+) eats", regex=True), r"eats \1")
    assert by_regex.matches[0].text_after == "The eats cat. A Cat!"
    literal = _preview(store, article, Search("eats"), r"\1")
    assert literal.matches[0].text_after == r"The cat \1. A Cat!"


def test_it_is_one_step_that_can_be_undone(store: Store, article: str) -> None:
    before = sentences_of(store, article)
    with store.begin() as tx:
        done = apply_replace(tx, article, "en", Search("cat"), "dog")
    assert done.changed == (before[1].id, before[2].id)
    assert [s.translations["en"].state for s in sentences_of(store, article)] == [State.DRAFT, State.TRANSLATED, State.TRANSLATED]
    check_counters(store, article)
    with store.begin() as tx:
        undone = undo(tx, article)
    assert undone.undid.action == "replace" and len(undone.changed) == 2
    after = [s.translations["en"] for s in sentences_of(store, article)]
    assert [(t.text, t.state, t.origin) for t in after] == [
        (s.translations["en"].text, s.translations["en"].state, s.translations["en"].origin) for s in before
    ]
    check_counters(store, article)


def test_a_draft_it_changes_is_the_persons_from_then_on(store: Store, article: str) -> None:
    with store.begin() as tx:
        apply_replace(tx, article, "en", Search("[en] Un chat"), "A cat")
    shown = sentence(store, article).translations["en"]
    assert (shown.text, shown.state, shown.origin) == ("A cat dort.", State.TRANSLATED, Origin.MT_EDITED)


def test_only_what_was_looked_at_is_replaced(store: Store, article: str) -> None:
    seen = {m.place.sentence_id: m.revision for m in _preview(store, article, Search("cat")).matches}
    put(store, article, 1, "en", State.REJECTED, who="Ana")
    with store.begin() as tx:
        done = apply_replace(tx, article, "en", Search("cat"), "dog", only=seen)
    ids = list(seen)
    assert (done.changed, done.conflicts) == ((ids[1],), (ids[0],))
    assert sentence(store, article, 1).translations["en"].text == "The cat eats. A Cat!"


def test_a_sentence_is_never_emptied(store: Store, article: str) -> None:
    with store.begin() as tx:
        done = apply_replace(tx, article, "en", Search("Cat and caterpillar play."), "")
    assert done.changed == () and done.step is None


@pytest.mark.slow
@pytest.mark.parametrize("search", [Search(""), Search("(", regex=True), Search(r"(a|a)*$", regex=True)])
def test_what_cannot_be_searched_for_is_said(store: Store, article: str, search: Search) -> None:
    write(store, article, 1, "en", "a" * 40 + "!")
    with pytest.raises(SearchInvalid):
        _preview(store, article, search)


def test_a_replacement_that_names_no_group_is_said(store: Store, article: str) -> None:
    with pytest.raises(SearchInvalid):
        _preview(store, article, Search("cat", regex=True), r"\7")


def test_korean_is_found_whatever_follows_it(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "고양이가 잔다.")
    assert _preview(store, article, Search("고양이"), "개", "ko").matches[0].text_after == "개가 잔다."
    assert _preview(store, article, Search("고양이", whole_words=True), "개", "ko").occurrences == 0

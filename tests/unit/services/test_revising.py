"""The source changes: what did not change keeps everything, what did is marked, and the cost follows the change."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import draft_all, make_sentence, make_source, store_article
from tests.unit.services.reviewing import Calls, check_counters, document, put, sentence, sentences_of, source_of, write
from webapp.config import Settings
from webapp.domain import Paragraph, ParagraphKind, Sentence, SourceText, State
from webapp.errors import EmptyArticle, SentenceNotFound
from webapp.reviewing import SourceChangeKind
from webapp.services.articles import changed_paragraphs, list_articles
from webapp.services.comments import add_comment, comments_of
from webapp.services.pivot import accept_proposal
from webapp.services.removed import list_removed, restore_removed
from webapp.services.review import history_of
from webapp.services.revising import compare_source, update_source
from webapp.services.sentences import get_sentence
from webapp.storage.store import Store

OLD = (["La ville dort encore.", "Le vent souffle fort ce soir."], ["Le train de huit heures part.", "Tout va bien ici."])


def _update(store: Store, article: str, source: SourceText) -> None:
    with store.begin() as tx:
        update_source(tx, article, source)


def _source_text(store: Store, article: str) -> str:
    return "".join(p.text + p.separator for p in document(store, article).paragraphs)


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of two paragraphs with two sentences each; the first English sentence is approved, with a comment."""
    article = store_article(store, source_of(*OLD), drafted=None)
    write(store, article, 0, "en", "The city still sleeps.", approve=True)
    with store.begin() as tx:
        add_comment(tx, article, sentence(store, article).id, "Check the name.")
    draft_all(store)
    return article


@pytest.mark.slow
def test_one_changed_sentence_in_a_thousand_is_drafted_again_alone(store: Store) -> None:
    texts = [[make_sentence(8, 10 * n + k) for k in range(10)] for n in range(100)]
    article = store_article(store, source_of(*texts), drafted=None)
    changed = [list(paragraph) for paragraph in texts]
    changed[42][3] = changed[42][3].replace(" ", " vraiment ", 1)
    with store.begin() as tx:
        report = update_source(tx, article, source_of(*changed))
    assert (report.kept, report.changed, report.redrafted) == (999, 1, 3)
    engine = Calls()
    draft_all(store, engine)
    assert engine.ways == [("fr", ("en", "ru", "ko"), (changed[42][3],))]
    check_counters(store, article)


def test_the_same_source_changes_nothing(store: Store, article: str) -> None:
    before = sentences_of(store, article)
    with store.begin() as tx:
        report = update_source(tx, article, source_of(*OLD))
    assert (report.kept, report.changes, report.redrafted) == (4, (), 0)
    assert sentences_of(store, article) == before


def test_moved_sentences_keep_translations_states_comments_and_history(store: Store, article: str) -> None:
    before = sentence(store, article)
    with store.begin() as tx:
        report = update_source(tx, article, source_of(OLD[1], [OLD[0][1], OLD[0][0]]))
    assert report.changed == report.added == report.removed == 0
    after = next(s for s in sentences_of(store, article) if s.id == before.id)
    assert after.translations == before.translations and after.comments == 1
    with store.read() as tx:
        assert len(history_of(tx, article, before.id, "en")) == 2
        assert comments_of(tx, article, before.id)[0].text == "Check the name."
    engine = Calls()
    draft_all(store, engine)
    assert engine.calls == []
    check_counters(store, article)


def test_a_changed_sentence_keeps_the_human_text_stale_with_a_proposal_and_redrafts_the_rest(store: Store, article: str) -> None:
    _update(store, article, source_of(["La ville dort encore un peu.", OLD[0][1]], OLD[1]))
    shown = sentence(store, article)
    assert (shown.text, shown.previous_text) == ("La ville dort encore un peu.", "La ville dort encore.")
    assert (shown.translations["en"].text, shown.translations["en"].state) == ("The city still sleeps.", State.APPROVED)
    assert shown.translations["en"].stale
    draft_all(store)
    after = sentence(store, article).translations
    assert (after["en"].stale, after["en"].has_proposal) == (True, True)
    assert (after["ru"].text, after["ru"].stale) == ("[ru] La ville dort encore un peu.", False)
    with store.read() as tx:
        detail = get_sentence(tx, article, shown.id)
    assert ("ins", " un peu") in detail.source_diff or ("ins", "un peu") in [(op, t.strip()) for op, t in detail.source_diff]
    assert detail.translations["en"].proposal is not None and detail.translations["en"].proposal.reason == "source"
    assert detail.translations["en"].history[0].action == "source"
    with store.begin() as tx:
        accept_proposal(tx, article, shown.id, "en", revision=after["en"].revision)
    assert not sentence(store, article).translations["en"].stale
    check_counters(store, article)


def test_a_correction_that_is_taken_back_makes_the_human_text_good_again(store: Store, article: str) -> None:
    _update(store, article, source_of(["La ville dort encore un peu.", OLD[0][1]], OLD[1]))
    draft_all(store)
    _update(store, article, source_of(*OLD))
    shown = sentence(store, article)
    assert shown.previous_text is None
    assert (shown.translations["en"].stale, shown.translations["en"].has_proposal) == (False, False)
    draft_all(store)
    assert sentence(store, article).translations["ru"].text == "[ru] The city still sleeps."
    check_counters(store, article)


def test_stale_english_is_no_pivot_until_a_person_corrects_it(store: Store, article: str) -> None:
    _update(store, article, source_of(["La ville dort encore un peu.", OLD[0][1]], OLD[1]))
    draft_all(store)
    write(store, article, 0, "en", "The city still sleeps a little.")
    draft_all(store)
    shown = sentence(store, article).translations
    assert shown["ru"].text == "[ru] The city still sleeps a little."
    assert not shown["en"].stale


def test_paragraphs_are_split_and_joined_without_a_loss(store: Store, article: str) -> None:
    before = {s.id: s.translations for s in sentences_of(store, article)}
    for layout in ([OLD[0][0]], [OLD[0][1], *OLD[1]]), ([*OLD[0], *OLD[1]],), OLD:
        _update(store, article, source_of(*layout))
        assert {s.id: s.translations for s in sentences_of(store, article)} == before
        check_counters(store, article)


def test_kinds_and_separators_follow_the_new_source_exactly(store: Store, article: str) -> None:
    new = SourceText(
        "Un titre",
        (
            Paragraph(ParagraphKind.HEADING, (Sentence(OLD[0][0]),), "\n\n\n"),
            Paragraph(ParagraphKind.QUOTE, (Sentence(OLD[0][1], "\u00a0"), Sentence(OLD[1][0]))),
        ),
        leading="  ",
    )
    _update(store, article, new)
    assert "  " + _source_text(store, article) == new.text
    assert [p.kind for p in document(store, article).paragraphs] == [ParagraphKind.HEADING, ParagraphKind.QUOTE]


def test_a_removed_sentence_lies_in_the_drawer_and_comes_back_with_everything(store: Store, article: str) -> None:
    before = sentence(store, article)
    _update(store, article, source_of([OLD[0][1]], OLD[1]))
    assert before.id not in {s.id for s in sentences_of(store, article)}
    check_counters(store, article)
    with store.read() as tx:
        (removed,) = list_removed(tx, article)
        with pytest.raises(SentenceNotFound):
            get_sentence(tx, article, before.id)
    assert (removed.text, removed.translations["en"].text) == (before.text, "The city still sleeps.")
    with store.begin() as tx:
        place = restore_removed(tx, article, before.id)
    assert (place.paragraph, place.index) == (0, 0)
    assert sentence(store, article) == before
    assert _source_text(store, article) == source_of(*OLD).text
    with store.read() as tx:
        assert list_removed(tx, article) == ()
    check_counters(store, article)


def test_a_removed_paragraph_comes_back_as_one_sentence_by_sentence(store: Store, article: str) -> None:
    ids = [s.id for s in sentences_of(store, article)]
    _update(store, article, source_of(OLD[0]))
    for number in (ids[3], ids[2]):
        with store.begin() as tx:
            restore_removed(tx, article, number)
        check_counters(store, article)
    assert [s.id for s in sentences_of(store, article)] == ids
    assert _source_text(store, article) == source_of(*OLD).text


def test_what_comes_back_with_a_later_correction_is_taken_out_of_the_drawer(store: Store, article: str) -> None:
    before = sentence(store, article)
    _update(store, article, source_of([OLD[0][1]], OLD[1]))
    with store.begin() as tx:
        report = update_source(tx, article, source_of(*OLD))
    assert (report.restored, report.added) == (1, 0)
    assert sentence(store, article) == before
    check_counters(store, article)


def test_what_was_still_to_be_drafted_is_not_drafted_in_the_drawer_and_is_when_it_comes_back(store: Store) -> None:
    article = store_article(store, source_of(*OLD))
    gone = sentence(store, article).id
    _update(store, article, source_of([OLD[0][1]], OLD[1]))
    check_counters(store, article)
    engine = Calls()
    draft_all(store, engine)
    assert OLD[0][0] not in [text for way in engine.ways for text in way[2]]
    with store.begin() as tx:
        restore_removed(tx, article, gone)
    draft_all(store)
    assert sentence(store, article).translations["ko"].text == f"[ko] {OLD[0][0]}"
    check_counters(store, article)


def test_a_draft_of_the_old_french_is_not_saved(store: Store) -> None:
    from tests.factories import make_worker
    from webapp.storage import articles, drafts, jobs, workers

    worker, article = make_worker("me"), store_article(store, source_of(*OLD))
    with store.begin() as tx:
        workers.heartbeat(tx, worker)
        key = articles.key_of(tx, article)
        jobs.claim(tx, [key], worker.id)
        work = drafts.pending_of(tx, key, ("en", "ru", "ko"), 100)
    _update(store, article, source_of(["La ville dort encore un peu.", OLD[0][1]], OLD[1]))
    with store.begin() as tx:
        drafts.save(tx, worker.id, [(p, {t: drafts.Proposal(f"{t} {p.text}", 0.5) for t in p.targets}) for p in work])
    assert sentence(store, article).translations["en"].text == ""
    assert sentence(store, article, 1).translations["en"].text == f"en {OLD[0][1]}"
    draft_all(store, worker=worker)
    assert sentence(store, article).translations["en"].text == "[en] La ville dort encore un peu."
    check_counters(store, article)


def test_comparing_changes_nothing_and_tells_the_same(store: Store, article: str) -> None:
    new = source_of(["La ville dort encore un peu.", "Une phrase toute neuve."], OLD[1])
    before = document(store, article)
    with store.read() as tx:
        ahead = compare_source(tx, article, new)
    assert document(store, article) == before
    with store.begin() as tx:
        done = update_source(tx, article, new)
    assert [(c.kind, c.old, c.new) for c in ahead.changes] == [(c.kind, c.old, c.new) for c in done.changes]
    assert ahead.redrafted == done.redrafted
    assert [c.kind for c in done.changes] == [SourceChangeKind.CHANGED, SourceChangeKind.ADDED, SourceChangeKind.REMOVED]


def test_title_search_and_reader_follow_the_new_source(store: Store, article: str) -> None:
    revision = document(store, article).revision
    _update(store, article, source_of(["Une éclipse totale.", OLD[0][1]], OLD[1], title="Autre titre"))
    assert document(store, article).title == "Un titre"
    with store.read() as tx:
        assert list_articles(tx, query="eclipse").total == 1
        assert [p.index for p in changed_paragraphs(tx, article, since=revision)] == [0]


def test_an_empty_source_is_refused(store: Store, article: str) -> None:
    with store.begin() as tx, pytest.raises(EmptyArticle):
        update_source(tx, article, SourceText("", ()))


def test_the_states_of_what_stays_are_counted(store: Store, article: str) -> None:
    put(store, article, 2, "ko", State.REJECTED)
    _update(store, article, source_of(["Nouvelle phrase inédite, tout autre chose."], OLD[1], ["Fin."]))
    check_counters(store, article)
    draft_all(store)
    check_counters(store, article)


_TEXTS = [make_sentence(7, n) for n in range(12)]


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.integers(0, 10_000), min_size=1, max_size=4))
def test_any_row_of_updates_gives_exactly_the_new_source_and_loses_nothing_a_person_wrote(
    seeds: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store.open(Settings(data_dir=tmp_path_factory.mktemp("d")))
    article = store_article(store, source_of(*[_TEXTS[n : n + 3] for n in range(0, 12, 3)]), drafted=None)
    for n in range(0, 12, 2):
        write(store, article, n, "ru", f"Моё {n}.")
    for seed in seeds:
        new = shaken(random.Random(seed))
        _update(store, article, new)
        assert _source_text(store, article) == new.text
        check_counters(store, article)
        draft_all(store)
        check_counters(store, article)
    with store.read() as tx:
        shelf = [r.translations["ru"].text for r in list_removed(tx, article)]
    kept = [s.translations["ru"].text for s in sentences_of(store, article)] + shelf
    assert {f"Моё {n}." for n in range(0, 12, 2)} <= set(kept)
    store.close()


def shaken(chance: random.Random) -> SourceText:
    texts = [t for t in _TEXTS if chance.random() > 0.2]
    texts = [t if chance.random() > 0.2 else t.replace(" ", " peut-être ", 1) for t in texts]
    if chance.random() > 0.5:
        chance.shuffle(texts)
    texts += [make_sentence(6, chance.randrange(1000)) for _ in range(chance.randrange(3))] or ["Seule."]
    paragraphs: list[list[str]] = [[]]
    for text in texts:
        if paragraphs[-1] and chance.random() > 0.6:
            paragraphs.append([])
        paragraphs[-1].append(text)
    return source_of(*paragraphs) if texts else make_source()

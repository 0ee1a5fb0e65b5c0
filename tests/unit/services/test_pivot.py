"""The pivot: correcting the English once corrects all versions, and never at the cost of what a person wrote."""

import pytest

from tests.factories import draft_all, make_source, make_worker, store_article
from tests.unit.services.reviewing import Calls, check_counters, put, sentence, source_of, write
from webapp.domain import Origin, State
from webapp.errors import EditConflict, PivotUnavailable, ProposalGone
from webapp.reviewing import PivotOrigin
from webapp.services.pivot import accept_proposal, ask_draft, reject_proposal, reset_pivot, set_pivot
from webapp.services.review import history_of, undo
from webapp.services.sentences import get_sentence
from webapp.storage import articles, drafts, jobs, workers
from webapp.storage.store import Store


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of two sentences."""
    return store_article(store, source_of(["La ville dort.", "Le vent souffle."]), drafted=None)


def _texts(store: Store, article: str, number: int = 0) -> dict[str, str]:
    return {target: t.text for target, t in sentence(store, article, number).translations.items()}


def test_correcting_the_english_drafts_the_others_again_from_it(store: Store, article: str) -> None:
    saved = write(store, article, 0, "en", "The town sleeps.")
    assert saved.asked == ("ru", "ko")
    shown = sentence(store, article).translations
    assert shown["ru"].pivot_changed and shown["ru"].pending and shown["ru"].text == "[ru] La ville dort."
    engine = Calls()
    draft_all(store, engine)
    assert engine.ways == [("en", ("ru", "ko"), ("The town sleeps.",))]
    after = sentence(store, article).translations
    assert (after["ru"].text, after["ru"].pivot) == ("[ru] The town sleeps.", "The town sleeps.")
    assert (after["ko"].state, after["ko"].pivot_changed, after["ko"].pending) == (State.DRAFT, False, False)
    check_counters(store, article)


def test_approving_the_machines_own_english_asks_for_nothing(store: Store, article: str) -> None:
    saved = put(store, article, 0, "en", State.TRANSLATED)
    assert saved.asked == ()
    assert not sentence(store, article).translations["ru"].pending


def test_a_persons_text_gets_a_proposal_beside_it(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "도시가 잔다.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    shown = sentence(store, article).translations["ko"]
    assert (shown.text, shown.state, shown.has_proposal, shown.pivot_changed) == ("도시가 잔다.", State.TRANSLATED, True, True)
    with store.read() as tx:
        detail = get_sentence(tx, article, sentence(store, article).id).translations["ko"]
    assert detail.proposal is not None
    assert (detail.proposal.text, detail.proposal.reason) == ("[ko] The town sleeps.", "pivot")
    assert "".join(text for op, text in detail.proposal.diff if op != "ins") == "도시가 잔다."
    check_counters(store, article)


def test_an_accepted_proposal_takes_the_place_and_can_be_undone_whole(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "도시가 잔다.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    before = sentence(store, article)
    with store.begin() as tx:
        saved = accept_proposal(tx, article, before.id, "ko", revision=before.translations["ko"].revision)
    assert (saved.translation.text, saved.translation.state) == ("[ko] The town sleeps.", State.TRANSLATED)
    assert (saved.translation.has_proposal, saved.translation.pivot_changed) == (False, False)
    assert saved.translation.pivot == "The town sleeps."
    with store.begin() as tx:
        undo(tx, article)
    back = sentence(store, article).translations["ko"]
    assert (back.text, back.has_proposal, back.pivot_changed) == ("도시가 잔다.", True, True)
    check_counters(store, article)


def test_a_rejected_proposal_leaves_the_text_and_settles_the_doubt(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "도시가 잔다.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    mine = sentence(store, article).id
    with store.begin() as tx:
        saved = reject_proposal(tx, article, mine, "ko")
    assert (saved.translation.text, saved.translation.has_proposal, saved.translation.pivot_changed) == (
        "도시가 잔다.",
        False,
        False,
    )
    with store.begin() as tx, pytest.raises(ProposalGone):
        accept_proposal(tx, article, mine, "ko", revision=None)


def test_accepting_over_a_newer_text_conflicts(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "도시가 잔다.")
    seen = sentence(store, article).translations["ko"].revision
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    put(store, article, 0, "ko", State.REJECTED, who="Ana")
    with store.begin() as tx, pytest.raises(EditConflict):
        accept_proposal(tx, article, sentence(store, article).id, "ko", revision=seen)


def test_a_proposal_that_says_the_same_settles_itself(store: Store, article: str) -> None:
    write(store, article, 0, "ko", "[ko] The town sleeps.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    shown = sentence(store, article).translations["ko"]
    assert (shown.has_proposal, shown.pivot_changed, shown.origin) == (False, False, Origin.MT_EDITED)


def test_undoing_the_english_takes_the_request_back_with_it(store: Store, article: str) -> None:
    before = _texts(store, article)
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    with store.begin() as tx:
        assert undo(tx, article).asked == ("ru", "ko")
    draft_all(store)
    assert _texts(store, article) == before
    check_counters(store, article)


def test_english_undone_before_the_machine_came_costs_nothing_beside_human_text(store: Store, article: str) -> None:
    write(store, article, 0, "ru", "Город спит.")
    write(store, article, 0, "en", "The town sleeps.")
    with store.begin() as tx:
        undo(tx, article)
    shown = sentence(store, article).translations["ru"]
    assert (shown.pending, shown.pivot_changed, shown.has_proposal) == (False, False, False)
    check_counters(store, article)


def test_english_corrected_twice_in_a_row_leaves_drafts_of_the_last(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The town sleeps.")
    write(store, article, 0, "en", "The city sleeps.")
    draft_all(store)
    assert _texts(store, article)["ru"] == "[ru] The city sleeps."


def test_a_draft_of_an_english_that_changed_meanwhile_is_dropped_and_made_again(store: Store, article: str) -> None:
    worker = make_worker("me")
    write(store, article, 0, "en", "The town sleeps.")
    with store.begin() as tx:
        workers.heartbeat(tx, worker)
        key = articles.key_of(tx, article)
        jobs.claim(tx, [key], worker.id)
        work = drafts.pending_of(tx, key, ("en", "ru", "ko"), 100)
    write(store, article, 0, "en", "The city sleeps.")
    with store.begin() as tx:
        drafts.save(tx, worker.id, [(p, {t: drafts.Proposal(f"old {t}", 0.5, p.pivot) for t in p.targets}) for p in work])
    assert _texts(store, article)["ru"] == "[ru] La ville dort."
    draft_all(store, worker=worker)
    assert _texts(store, article)["ru"] == "[ru] The city sleeps."
    check_counters(store, article)


def test_english_written_before_the_drafts_come_is_their_pivot(store: Store) -> None:
    article = store_article(store, source_of(["La ville dort.", "Le vent souffle."]))
    write(store, article, 0, "en", "The town sleeps.")
    engine = Calls()
    draft_all(store, engine)
    assert _texts(store, article)["ru"] == "[ru] The town sleeps."
    assert _texts(store, article, 1)["ru"] == "[ru] Le vent souffle."
    assert sorted(way[0] for way in engine.ways) == ["en", "fr"]
    check_counters(store, article)


def test_rejected_english_is_no_ground_to_build_on(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    assert put(store, article, 0, "en", State.REJECTED).asked == ("ru", "ko")
    draft_all(store)
    assert _texts(store, article)["ru"] == "[ru] La ville dort."


def test_the_pivot_of_one_version_is_corrected_without_touching_the_english(store: Store, article: str) -> None:
    english = sentence(store, article).translations["en"]
    mine = sentence(store, article).id
    with store.begin() as tx:
        saved = set_pivot(tx, article, mine, "ko", "The town slumbers.")
    assert saved.asked == ("ko",)
    draft_all(store)
    shown = sentence(store, article).translations
    assert shown["en"] == english
    assert (shown["ko"].text, shown["ko"].pivot) == ("[ko] The town slumbers.", "The town slumbers.")
    assert shown["ru"].text == "[ru] La ville dort."
    with store.read() as tx:
        pivot = get_sentence(tx, article, mine).translations["ko"].pivot
    assert pivot is not None and (pivot.origin, pivot.text) == (PivotOrigin.CORRECTED, "The town slumbers.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    assert _texts(store, article)["ko"] == "[ko] The town slumbers."
    with store.begin() as tx:
        reset_pivot(tx, article, mine, "ko")
    draft_all(store)
    assert _texts(store, article)["ko"] == "[ko] The town sleeps."
    check_counters(store, article)


def test_a_corrected_pivot_can_be_undone_after_its_draft_came(store: Store, article: str) -> None:
    mine = sentence(store, article).id
    with store.begin() as tx:
        set_pivot(tx, article, mine, "ko", "The town slumbers.")
    draft_all(store)
    with store.begin() as tx:
        undo(tx, article)
    draft_all(store)
    assert _texts(store, article)["ko"] == "[ko] La ville dort."
    with store.read() as tx:
        assert [e.action for e in history_of(tx, article, mine, "ko")] == ["draft", "undo", "draft", "pivot", "draft"]


def test_where_nothing_goes_through_english_there_is_no_pivot(store: Store, article: str) -> None:
    with store.begin() as tx, pytest.raises(PivotUnavailable):
        set_pivot(tx, article, sentence(store, article).id, "en", "x")
    foreign = store_article(store, make_source(paragraphs=1, languages=["en"]), drafted=None)
    with store.begin() as tx, pytest.raises(PivotUnavailable):
        set_pivot(tx, foreign, sentence(store, foreign).id, "ru", "x")
    write(store, foreign, 0, "en", "Something else.")
    assert not sentence(store, foreign).translations["ru"].pending


def test_a_new_draft_may_be_asked_for_beside_or_instead(store: Store, article: str) -> None:
    write(store, article, 0, "ru", "Город спит.")
    mine = sentence(store, article).id
    with store.begin() as tx:
        ask_draft(tx, article, mine, "ru")
        ask_draft(tx, article, mine, "ko")
    draft_all(store)
    shown = sentence(store, article).translations
    assert (shown["ru"].text, shown["ru"].has_proposal) == ("Город спит.", True)
    assert shown["ko"].revision == 2 and not shown["ko"].has_proposal
    check_counters(store, article)


def test_a_persons_edit_while_a_proposal_waits_keeps_both(store: Store, article: str) -> None:
    write(store, article, 0, "ru", "Город спит.")
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    write(store, article, 0, "ru", "Городок спит.")
    shown = sentence(store, article).translations["ru"]
    assert (shown.text, shown.has_proposal, shown.pivot_changed, shown.pivot) == (
        "Городок спит.",
        False,
        False,
        "The town sleeps.",
    )


def test_a_correction_in_an_article_that_is_being_drafted_does_not_wait_for_the_rest_of_it(store: Store) -> None:
    article = store_article(store, source_of([f"La phrase {'abcdefghijklmnopqrst'[n]} dort." for n in range(20)]), drafted=2)

    class Interrupted(Calls):
        def draft(self, sentences, *, source, targets):  # type: ignore[no-untyped-def] # as the fake engine's
            self.slice_size = 1
            for n, part in enumerate(super().draft(sentences, source=source, targets=targets)):
                if n == 3 and len(self.ways) == 1:
                    write(store, article, 0, "en", "The first one sleeps.")
                yield part

    engine = Interrupted()
    draft_all(store, engine)
    assert engine.ways[1] == ("en", ("ru", "ko"), ("The first one sleeps.",))
    assert len(engine.ways) == 3
    check_counters(store, article)

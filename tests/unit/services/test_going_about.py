"""What helps to go about a long article: filters, comments, what was being typed, the open sentence, alternatives."""

import pytest

from tests.factories import draft_all, make_source, make_worker, store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import document, put, sentence, sentences_of, source_of, write
from webapp.domain import State
from webapp.errors import CommentNotFound, CommentOfAnother, ReasonMissing, SentenceNotFound, TargetUnknown, TextMissing
from webapp.services import checking
from webapp.services.alternatives import answer_round, forget_alternatives, get_alternatives, request_alternatives
from webapp.services.articles import changed_paragraphs, delete_article
from webapp.services.autosave import discard_unsaved, get_unsaved, list_unsaved, save_unsaved
from webapp.services.comments import add_comment, comments_of, delete_comment, edit_comment, reopen_comment, resolve_comment
from webapp.services.filters import Filter, count_sentences, find_sentences, next_sentence
from webapp.services.findings import apply_fix, dismiss_finding, list_findings, reopen_finding
from webapp.services.review import edit_translation
from webapp.services.sentences import get_sentence
from webapp.storage.store import Store

NUMBERS = ["Le budget atteint 3 millions d’euros.", "La ville dort.", "Le vent souffle.", "Le train part."]


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of two paragraphs with two sentences each."""
    return store_article(store, source_of(NUMBERS[:2], NUMBERS[2:]), drafted=None)


# --- what was being typed -------------------------------------------------------------------------------------------


def test_what_is_typed_survives_a_closed_tab_and_goes_when_it_is_saved(store: Store, article: str) -> None:
    mine = sentence(store, article).id
    with store.begin() as tx:
        save_unsaved(tx, article, mine, "en", "The bud", base_revision=1, who="Ana")
        save_unsaved(tx, article, mine, "en", "The budget", base_revision=1, who="Ana")
        save_unsaved(tx, article, mine, "en", "Half", base_revision=1, who="Ben")
    with store.read() as tx:
        kept = get_unsaved(tx, article, mine, "en", who="Ana")
        assert [(p.index, view.text) for p, view in list_unsaved(tx, article, who="Ana")] == [(0, "The budget")]
    assert kept is not None and (kept.text, kept.is_outdated) == ("The budget", False)
    assert sentence(store, article).translations["en"].revision == 1
    write(store, article, 0, "en", "The budget reaches 3 million euros.", who="Ana")
    with store.read() as tx:
        assert get_unsaved(tx, article, mine, "en", who="Ana") is None
        other = get_unsaved(tx, article, mine, "en", who="Ben")
    assert other is not None and other.is_outdated
    with store.begin() as tx:
        discard_unsaved(tx, article, mine, "en", who="Ben")
        assert get_unsaved(tx, article, mine, "en", who="Ben") is None


def test_nothing_is_kept_for_what_is_not_there(store: Store, article: str) -> None:
    with store.begin() as tx:
        with pytest.raises(SentenceNotFound):
            save_unsaved(tx, article, 10**6, "en", "x", base_revision=0)
        with pytest.raises(TargetUnknown):
            save_unsaved(tx, article, sentence(store, article).id, "de", "x", base_revision=0)


# --- comments -------------------------------------------------------------------------------------------------------


def test_comments_are_open_until_resolved_and_counted_where_readers_look(store: Store, article: str) -> None:
    mine, before = sentence(store, article, 2).id, document(store, article).revision
    with store.begin() as tx:
        first = add_comment(tx, article, mine, " Which wind? ", who="Ana")
        second = add_comment(tx, article, mine, "바람?", target="ko", who="Ben")
    assert (first.text, second.target) == ("Which wind?", "ko")
    assert sentence(store, article, 2).comments == 2
    with store.read() as tx:
        assert [p.index for p in changed_paragraphs(tx, article, since=before)] == [1]
    with store.begin() as tx:
        assert resolve_comment(tx, article, first.id, who="Cem").resolved_by == "Cem"
    assert sentence(store, article, 2).comments == 1
    with store.begin() as tx:
        assert not reopen_comment(tx, article, first.id).resolved
        assert [c.id for c in comments_of(tx, article, mine)] == [first.id, second.id]


def test_only_its_author_changes_or_deletes_a_comment(store: Store, article: str) -> None:
    with store.begin() as tx:
        comment = add_comment(tx, article, sentence(store, article).id, "Mine", who="Ana")
    with store.begin() as tx, pytest.raises(CommentOfAnother):
        edit_comment(tx, article, comment.id, "His", who="Ben")
    with store.begin() as tx:
        assert edit_comment(tx, article, comment.id, "Still mine", who="Ana").text == "Still mine"
        delete_comment(tx, article, comment.id, who="Ana")
    with store.begin() as tx, pytest.raises(CommentNotFound):
        resolve_comment(tx, article, comment.id)
    with store.begin() as tx, pytest.raises(TextMissing):
        add_comment(tx, article, sentence(store, article).id, "  ")


# --- filters --------------------------------------------------------------------------------------------------------


def _found(store: Store, article: str, wanted: Filter, target: str | None = "en", **options: object) -> list[tuple[int, int]]:
    with store.read() as tx:
        places = find_sentences(tx, article, wanted, target=target, **options)  # type: ignore[arg-type] # given by name
    return [(place.paragraph, place.index) for place in places]


def test_every_filter_finds_what_its_name_says(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The budget reaches 5 million euros.", who="Ana")
    write(store, article, 1, "en", "The city sleeps.", approve=True)
    with store.begin() as tx:
        add_comment(tx, article, sentence(store, article, 3).id, "About Korean", target="ko")
        add_comment(tx, article, sentence(store, article, 2).id, "About all")
    assert _found(store, article, Filter.ALL) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert _found(store, article, Filter.UNFINISHED) == [(0, 0), (1, 0), (1, 1)]
    assert (0, 0) in _found(store, article, Filter.FINDINGS) and (0, 1) not in _found(store, article, Filter.FINDINGS)
    assert _found(store, article, Filter.MINE, who="Ana") == [(0, 0)]
    assert _found(store, article, Filter.MINE) == [(0, 1)]
    assert _found(store, article, Filter.COMMENTED) == [(1, 0)]
    assert _found(store, article, Filter.COMMENTED, "ko") == [(1, 0), (1, 1)]
    assert _found(store, article, Filter.LOW_CONFIDENCE) == []
    assert _found(store, article, Filter.LOW_CONFIDENCE, below=0.8) == [(1, 0), (1, 1)]
    assert _found(store, article, Filter.STALE, "ru") == [(0, 0), (0, 1)]
    with store.read() as tx:
        counts = count_sentences(tx, article, target="en")
        everywhere = count_sentences(tx, article)
    assert (counts[Filter.ALL], counts[Filter.UNFINISHED], counts[Filter.COMMENTED]) == (4, 3, 1)
    assert everywhere[Filter.COMMENTED] == 2


def test_one_goes_from_unfinished_to_unfinished_and_back(store: Store, article: str) -> None:
    ids = [s.id for s in sentences_of(store, article)]
    write(store, article, 1, "en", "The city sleeps.", approve=True)
    with store.read() as tx:
        forward = next_sentence(tx, article, ids[0], target="en")
        neighbour = next_sentence(tx, article, ids[0], target="en", wanted=Filter.ALL)
        back = next_sentence(tx, article, ids[2], target="en", backwards=True)
        first = next_sentence(tx, article, 0, target="en")
        last = next_sentence(tx, article, 0, target="en", backwards=True)
        assert next_sentence(tx, article, ids[3], target="en") is None
    found = [place.sentence_id for place in (forward, neighbour, back, first, last) if place]
    assert found == [ids[2], ids[1], ids[0], ids[0], ids[3]]
    assert forward is not None and (forward.paragraph, forward.index) == (1, 0)


# --- findings -------------------------------------------------------------------------------------------------------


def test_drafts_are_checked_as_they_are_saved_and_the_sheet_counts_what_is_open(store: Store) -> None:
    article = store_article(store, source_of(NUMBERS), engine=_Forgetful(), drafted=None)
    shown = sentence(store, article).translations["en"]
    assert shown.errors >= 1
    with store.read() as tx:
        listed = list_findings(tx, article, target="en")
    assert {f.place.sentence_id for f in listed if f.place and f.check == "numbers"} == {sentence(store, article).id}
    assert shown.errors + shown.warnings == sum(f.place.sentence_id == sentence(store, article).id for f in listed if f.place)


class _Forgetful(FakeEngine):
    """An engine whose drafts lose the numbers."""

    @staticmethod
    def _draft(sentence, source, target, route):  # type: ignore[no-untyped-def] # as the fake engine's
        draft = FakeEngine._draft(sentence, source, target, route)
        return type(draft)(draft.text.replace("3 ", "5 "), draft.confidence, draft.pivot, draft.fingerprints)


def test_a_dismissal_holds_while_the_finding_stands_and_goes_with_it(store: Store, article: str) -> None:
    saved = write(store, article, 0, "en", "The budget reaches 5 million euros.")
    finding = next(f for f in saved.findings if f.check == "numbers")
    with store.begin() as tx, pytest.raises(ReasonMissing):
        dismiss_finding(tx, article, finding.id, reason=" ")
    with store.begin() as tx:
        gone = dismiss_finding(tx, article, finding.id, reason="5, says the ministry", who="Ana")
    assert (gone.dismissed_by, gone.reason) == ("Ana", "5, says the ministry")
    assert sentence(store, article).translations["en"].errors == 0
    again = write(store, article, 0, "en", "The budget will reach 5 million euros.")
    assert next(f for f in again.findings if f.check == "numbers").id == finding.id
    assert sentence(store, article).translations["en"].errors == 0
    with store.begin() as tx:
        assert not reopen_finding(tx, article, finding.id).dismissed
    assert sentence(store, article).translations["en"].errors == 1
    write(store, article, 0, "en", "The budget reaches 3 million euros.")
    once_more = write(store, article, 0, "en", "The budget reaches 5 million euros.")
    assert not any(f.dismissed for f in once_more.findings)


def test_what_a_check_can_repair_is_repaired_at_one_key(store: Store, article: str) -> None:
    saved = write(store, article, 1, "en", "The city sleeps&amp;dreams.")
    fixable = [f for f in saved.findings if f.fix]
    assert fixable
    with store.begin() as tx:
        fixed = apply_fix(tx, article, fixable[0].id, revision=saved.translation.revision)
    assert fixed.translation.text == fixable[0].fix


def test_what_only_the_version_shows_is_found_by_the_worker_and_goes_again(store: Store) -> None:
    twice = ["Contacté, le ministère n’a pas répondu.", "La ville dort.", "Contacté, le ministère n’a pas répondu."]
    article = store_article(store, source_of(twice), ["en"], drafted=None)
    checking.check_round(store)
    write(store, article, 0, "en", "The ministry did not reply.")
    write(store, article, 2, "en", "Contacted, the ministry did not answer.")
    checking.check_round(store)
    with store.read() as tx:
        assert [f.place.index for f in list_findings(tx, article) if f.check == "consistency" and f.place] == [2]
    assert sentence(store, article, 2).translations["en"].warnings >= 1
    write(store, article, 2, "en", "The ministry did not reply.")
    checking.check_round(store)
    with store.read() as tx:
        assert not [f for f in list_findings(tx, article) if f.check == "consistency"]


# --- the open sentence and alternatives -----------------------------------------------------------------------------


def test_the_open_sentence_shows_everything_that_is_known_of_it(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The budget reaches 5 million euros.")
    mine = sentence(store, article)
    with store.begin() as tx:
        add_comment(tx, article, mine.id, "Sure?")
        save_unsaved(tx, article, mine.id, "ru", "Бюджет", base_revision=1)
    with store.read() as tx:
        detail = get_sentence(tx, article, mine.id)
    english, russian = detail.translations["en"], detail.translations["ru"]
    assert (detail.text, detail.paragraph, detail.index, detail.previous_text) == (NUMBERS[0], 0, 0, None)
    assert english.translation == mine.translations["en"]
    assert english.draft is not None and english.draft.text == f"[en] {NUMBERS[0]}"
    assert [entry.action for entry in english.history] == ["edit", "draft"]
    assert [f.check for f in english.findings if f.blocks] == ["numbers"]
    assert english.pivot is None and russian.pivot is not None
    assert (russian.pivot.english, russian.pivot.changed) == ("The budget reaches 5 million euros.", True)
    assert russian.unsaved is not None and [c.text for c in detail.comments] == ["Sure?"]


def test_alternatives_are_made_once_for_the_same_texts(store: Store, article: str) -> None:
    mine, engine = sentence(store, article, 1), FakeEngine()
    with store.begin() as tx:
        assert request_alternatives(tx, article, mine.id, "ru").status == "waiting"
    assert answer_round(store, engine)
    with store.read() as tx:
        got = get_alternatives(tx, article, mine.id, "ru")
    assert got is not None and (got.status, len(got.items)) == ("done", 9)
    assert got.items[0].text == "[ru] La ville dort. (1)"
    with store.begin() as tx:
        assert request_alternatives(tx, article, mine.id, "ru") == got
    assert not answer_round(store, engine) and len(engine.asked) == 1
    write(store, article, 1, "en", "The town sleeps.")
    with store.begin() as tx:
        assert get_alternatives(tx, article, mine.id, "ru") is None
        request_alternatives(tx, article, mine.id, "ru")
    answer_round(store, engine)
    assert engine.asked[-1] == ("La ville dort.", "ru", "The town sleeps.")
    with store.begin() as tx:
        forget_alternatives(tx)
        assert get_alternatives(tx, article, mine.id, "ru") is None


def test_an_engine_that_breaks_tells_whoever_asked_and_may_be_asked_again(store: Store) -> None:
    article = store_article(store, source_of(["Oui \N{SKULL}."]))
    mine = sentence(store, article).id
    with store.begin() as tx:
        request_alternatives(tx, article, mine, "en")
    answer_round(store, FakeEngine())
    with store.begin() as tx:
        failed = get_alternatives(tx, article, mine, "en")
        assert failed is not None and failed.status == "failed" and failed.error
        assert request_alternatives(tx, article, mine, "en").status == "waiting"


def test_a_deleted_article_takes_everything_with_it(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The budget reaches 5 million euros.")
    with store.begin() as tx:
        add_comment(tx, article, sentence(store, article).id, "Gone")
        delete_article(tx, article)
    draft_all(store, worker=make_worker())


def test_a_foreign_paragraph_is_not_checked_as_if_it_were_french(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1, languages=["en"]), drafted=None)
    assert sentence(store, article).translations["en"].errors == 0
    put(store, article, 0, "en", State.APPROVED)
    with store.begin() as tx:
        edit_translation(tx, article, sentence(store, article).id, "en", "Changed.", revision=None)

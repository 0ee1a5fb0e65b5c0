"""Review: every change kept, nothing overwritten in silence, everything brought back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import draft_all, make_source, store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import check_counters, document, put, sentence, sentences_of, source_of, write
from webapp.config import Settings
from webapp.domain import Origin, State
from webapp.errors import EditConflict, FindingsOpen, NothingToUndo, SentenceNotFound, TargetUnknown, TextMissing
from webapp.reviewing import Skip
from webapp.services.findings import dismiss_finding, list_findings
from webapp.services.review import (
    approve_paragraph,
    approve_version,
    edit_translation,
    history_of,
    last_step,
    restore,
    set_state,
    undo,
)
from webapp.storage.store import Store


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of two paragraphs with two sentences each."""
    return store_article(store, source_of(["La ville dort.", "Le vent souffle."], ["Le train part.", "Tout va."]), drafted=None)


def test_an_edited_draft_is_translated_and_remembers_the_machine(store: Store, article: str) -> None:
    saved = write(store, article, 0, "en", "  A council voted. ")
    assert (saved.translation.text, saved.translation.state) == ("A council voted.", State.TRANSLATED)
    assert saved.translation.origin is Origin.MT_EDITED
    assert saved.translation == sentence(store, article).translations["en"]
    assert saved.step is not None
    check_counters(store, article)


def test_a_text_written_from_nothing_is_human_and_is_not_drafted_any_more(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1, sentences=2))
    saved = write(store, article, 0, "ru", "Совет проголосовал.")
    assert saved.translation.origin is Origin.HUMAN
    assert saved.translation.confidence is None
    check_counters(store, article)
    draft_all(store)
    assert sentence(store, article).translations["ru"].text == "Совет проголосовал."
    check_counters(store, article)


def test_saving_the_same_text_changes_nothing(store: Store, article: str) -> None:
    before = document(store, article)
    saved = write(store, article, 0, "en", before.paragraphs[0].sentences[0].translations["en"].text)
    assert saved.step is None
    assert document(store, article) == before


def test_editing_what_was_approved_drops_it_to_translated(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The city sleeps.", approve=True)
    assert sentence(store, article).translations["en"].state is State.APPROVED
    write(store, article, 0, "en", "The town sleeps.")
    assert sentence(store, article).translations["en"].state is State.TRANSLATED
    check_counters(store, article)


def test_an_empty_text_is_refused(store: Store, article: str) -> None:
    with pytest.raises(TextMissing):
        write(store, article, 0, "en", " \n ")


def test_what_is_not_there_is_named(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1), ["en"], drafted=None)
    other = store_article(store, make_source(paragraphs=1, seed=1), ["en"], drafted=None)
    foreign = sentence(store, other).id
    with store.begin() as tx, pytest.raises(SentenceNotFound):
        edit_translation(tx, article, foreign, "en", "x", revision=1)
    with store.begin() as tx, pytest.raises(TargetUnknown):
        edit_translation(tx, article, sentence(store, article).id, "ko", "x", revision=1)


def test_two_people_on_one_sentence_see_both_texts_and_nothing_is_overwritten(store: Store, article: str) -> None:
    mine = sentence(store, article)
    seen = mine.translations["en"].revision
    write(store, article, 0, "en", "Hers.", who="Ana")
    with store.begin() as tx, pytest.raises(EditConflict) as raised:
        edit_translation(tx, article, mine.id, "en", "His.", revision=seen, who="Ben")
    data = raised.value.data
    assert (data["mine"], data["theirs"], data["who"], data["base"]) == ("His.", "Hers.", "Ana", seen)
    assert str(data["at"]).endswith("+00:00")
    assert sentence(store, article).translations["en"].text == "Hers."
    with store.begin() as tx:
        edit_translation(tx, article, mine.id, "en", "His.", revision=int(str(data["revision"])), who="Ben")
    assert sentence(store, article).translations["en"].text == "His."


def test_two_people_who_write_the_same_do_not_conflict(store: Store, article: str) -> None:
    mine = sentence(store, article)
    write(store, article, 0, "en", "The same.", who="Ana")
    with store.begin() as tx:
        saved = edit_translation(tx, article, mine.id, "en", "The same.", revision=mine.translations["en"].revision)
    assert saved.step is None


def test_states_move_as_asked_and_are_counted(store: Store, article: str) -> None:
    write(store, article, 1, "en", "The wind blows.")
    for state in (State.APPROVED, State.TRANSLATED, State.REJECTED, State.DRAFT):
        assert put(store, article, 1, "en", state).translation.state is state
        check_counters(store, article)


def test_nothing_untranslated_can_be_approved(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1))
    with pytest.raises(TextMissing):
        put(store, article, 0, "en", State.APPROVED)


# --- findings -------------------------------------------------------------------------------------------------------


def _with_error(store: Store) -> str:
    """An article whose first English sentence has lost a number."""
    article = store_article(store, source_of(["Le budget atteint 3 millions d’euros.", "Tout va bien."]), drafted=None)
    write(store, article, 0, "en", "The budget reaches 5 million euros.")
    return article


def test_an_error_blocks_approval_until_it_is_dismissed_with_a_reason(store: Store) -> None:
    article = _with_error(store)
    with pytest.raises(FindingsOpen) as raised:
        put(store, article, 0, "en", State.APPROVED)
    assert raised.value.data["count"] == 1
    saved = write(store, article, 0, "en", "The budget reaches 5 million euros.", approve=True)
    assert saved.blocked and saved.translation.state is State.TRANSLATED
    (finding,) = [f for f in saved.findings if f.blocks]
    with store.begin() as tx:
        dismiss_finding(tx, article, finding.id, reason="the ministry corrected itself")
    assert put(store, article, 0, "en", State.APPROVED).translation.state is State.APPROVED
    check_counters(store, article)


def test_a_text_with_a_new_error_is_saved_but_not_approved(store: Store) -> None:
    article = _with_error(store)
    saved = write(store, article, 0, "en", "The budget reaches 7 million euros.", approve=True)
    assert saved.blocked
    assert saved.translation.text.startswith("The budget reaches 7")


# --- many at once ---------------------------------------------------------------------------------------------------


def test_a_version_with_open_findings_shows_them_first_and_then_skips_the_errors(store: Store) -> None:
    article = _with_error(store)
    write(store, article, 1, "en", "All is well.")
    with store.begin() as tx:
        asked = approve_version(tx, article, "en")
    assert not asked.done and asked.findings and asked.step is None
    assert asked.findings[0].place is not None
    with store.begin() as tx:
        done = approve_version(tx, article, "en", confirmed=True)
    ids = [s.id for s in sentences_of(store, article)]
    assert done.done and done.approved == (ids[1],) and done.skipped == {Skip.ERRORS: (ids[0],)}
    check_counters(store, article)


def test_a_paragraph_is_approved_at_once_but_what_was_rejected_and_undone_at_once(store: Store) -> None:
    article = store_article(store, source_of(["Un.", "Deux.", "Trois."], "Autre."), drafted=None)
    for n, text in enumerate(["One.", "Two.", "Three."]):
        write(store, article, n, "en", text)
    put(store, article, 1, "en", State.REJECTED)
    with store.begin() as tx:
        done = approve_paragraph(tx, article, 0, "en")
    states = [s.translations["en"].state for s in sentences_of(store, article)]
    assert states == [State.APPROVED, State.REJECTED, State.APPROVED, State.DRAFT]
    assert set(done.skipped) == {Skip.REJECTED}
    with store.begin() as tx:
        undone = undo(tx, article)
    assert undone.undid.action == "approve" and undone.undid.size == 2
    states = [s.translations["en"].state for s in sentences_of(store, article)]
    assert states == [State.TRANSLATED, State.REJECTED, State.TRANSLATED, State.DRAFT]
    check_counters(store, article)


# --- history --------------------------------------------------------------------------------------------------------


def test_the_history_tells_who_what_when_and_the_words_that_changed(store: Store, article: str) -> None:
    write(store, article, 0, "en", "A red house.", who="Ana")
    write(store, article, 0, "en", "A blue house.", who="Ben")
    put(store, article, 0, "en", State.REJECTED, who="Cem")
    with store.read() as tx:
        lines = history_of(tx, article, sentence(store, article).id, "en")
    assert [(e.who, e.action) for e in lines] == [("Cem", "reject"), ("Ben", "edit"), ("Ana", "edit"), ("worker", "draft")]
    assert lines[1].diff == (("same", "A "), ("del", "red"), ("ins", "blue"), ("same", " house."))
    assert (lines[0].state_before, lines[0].state_after) == (State.TRANSLATED, State.REJECTED)
    assert [e.revision for e in lines] == [4, 3, 2, 1]


def test_any_earlier_text_can_be_restored_and_the_machine_does_not_take_it_back(store: Store, article: str) -> None:
    drafted = sentence(store, article).translations["en"].text
    write(store, article, 0, "en", "Mine.")
    with store.read() as tx:
        first = history_of(tx, article, sentence(store, article).id, "en")[-1]
    with store.begin() as tx:
        saved = restore(tx, article, first.id)
    assert (saved.translation.text, saved.translation.state, saved.translation.origin) == (drafted, State.TRANSLATED, Origin.MT)
    with store.begin() as tx:
        undo(tx, article)
    assert sentence(store, article).translations["en"].text == "Mine."


def test_undo_takes_back_step_after_step_of_the_same_person_only(store: Store, article: str) -> None:
    drafts = [s.translations["en"] for s in sentences_of(store, article)]
    write(store, article, 0, "en", "Ana 1.", who="Ana")
    write(store, article, 1, "en", "Ben.", who="Ben")
    write(store, article, 0, "en", "Ana 2.", who="Ana")
    texts = []
    for _ in range(2):
        with store.begin() as tx:
            undo(tx, article, who="Ana")
        texts.append(sentence(store, article).translations["en"].text)
    assert texts == ["Ana 1.", drafts[0].text]
    back = sentence(store, article).translations["en"]
    assert (back.state, back.origin, back.confidence, back.pivot) == (State.DRAFT, Origin.MT, drafts[0].confidence, None)
    with store.begin() as tx, pytest.raises(NothingToUndo):
        undo(tx, article, who="Ana")
    assert sentence(store, article, 1).translations["en"].text == "Ben."
    check_counters(store, article)


def test_undoing_an_undoing_does_it_again(store: Store, article: str) -> None:
    write(store, article, 0, "en", "Mine.")
    with store.begin() as tx:
        undone = undo(tx, article)
    with store.begin() as tx:
        undo(tx, article, step=undone.step)
    assert sentence(store, article).translations["en"].text == "Mine."
    with store.read() as tx:
        assert last_step(tx, article) is None


def test_what_somebody_changed_since_is_not_undone(store: Store, article: str) -> None:
    write(store, article, 0, "en", "Ana.", who="Ana")
    write(store, article, 0, "en", "Ben.", who="Ben")
    with store.begin() as tx, pytest.raises(NothingToUndo):
        undo(tx, article, who="Ana")
    assert sentence(store, article).translations["en"].text == "Ben."


def test_an_undone_first_text_is_asked_of_the_machine_again(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=1, sentences=1))
    write(store, article, 0, "en", "Mine.")
    with store.begin() as tx:
        assert undo(tx, article).asked == ("en",)
    assert sentence(store, article).translations["en"].state is State.UNTRANSLATED
    draft_all(store)
    assert sentence(store, article).translations["en"].text.startswith("[en]")
    check_counters(store, article)


def test_readers_see_that_a_paragraph_changed(store: Store, article: str) -> None:
    from webapp.services.articles import changed_paragraphs

    before = document(store, article).revision
    write(store, article, 3, "ko", "바뀐 문장.")
    with store.read() as tx:
        assert [p.index for p in changed_paragraphs(tx, article, since=before)] == [1]


# --- nothing a person wrote is ever lost -----------------------------------------------------------------------------

_TARGETS = st.sampled_from(["en", "ru", "ko"])
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.integers(0, 2), _TARGETS),
        st.tuples(st.just("approve"), st.integers(0, 2), _TARGETS),
        st.tuples(st.just("reject"), st.integers(0, 2), _TARGETS),
        st.tuples(st.just("undo"), st.just(0), _TARGETS),
        st.tuples(st.just("machine"), st.just(0), _TARGETS),
        st.tuples(st.just("redraft"), st.just(0), _TARGETS),
    ),
    max_size=10,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_whatever_people_and_machine_do_in_turn_every_text_of_a_person_is_kept(
    steps: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    from webapp.services.drafting import redraft_starter_drafts

    store = Store.open(Settings(data_dir=tmp_path_factory.mktemp("d")))
    article = store_article(store, source_of(["Un jour.", "Deux jours.", "Trois jours."]))
    written: dict[tuple[int, str], str] = {}
    for number, (what, n, target) in enumerate(steps):
        if what == "machine":
            draft_all(store)
        elif what == "redraft":
            with store.begin() as tx:
                redraft_starter_drafts(tx, article)
        elif what == "undo":
            _undo(store, article, written)
        elif what == "edit":
            written[n, target] = f"Person {number}."
            write(store, article, n, target, written[n, target])
        elif sentence(store, article, n).translations[target].text:
            _decide(store, article, n, target, State.APPROVED if what == "approve" else State.REJECTED)
        for (n_, target_), text in written.items():
            assert sentence(store, article, n_).translations[target_].text == text
        check_counters(store, article)
    with store.read() as tx:
        kept = {
            e.text_after
            for s in sentences_of(store, article)
            for t in ("en", "ru", "ko")
            for e in history_of(tx, article, s.id, t)
        }
        list_findings(tx, article)
    assert set(written.values()) <= kept
    store.close()


def _undo(store: Store, article: str, written: dict[tuple[int, str], str]) -> None:
    try:
        with store.begin() as tx:
            undone = undo(tx, article)
    except NothingToUndo:
        return
    ids = [s.id for s in sentences_of(store, article)]
    for place in undone.changed:
        n = ids.index(place.sentence_id)
        now = sentence(store, article, n).translations[place.target]
        written.pop((n, place.target), None)
        if now.origin in {Origin.HUMAN, Origin.MT_EDITED}:
            written[n, place.target] = now.text


def _decide(store: Store, article: str, n: int, target: str, state: State) -> None:
    try:
        put(store, article, n, target, state)
    except FindingsOpen:
        with store.begin() as tx:
            set_state(tx, article, sentence(store, article, n).id, target, State.TRANSLATED)


def test_who_writes_while_the_machine_drafts_again_is_not_stopped_and_sees_the_new_draft_beside(
    store: Store, article: str
) -> None:
    mine = sentence(store, article)
    write(store, article, 0, "en", "The town sleeps.")
    draft_all(store)
    with store.begin() as tx:
        saved = edit_translation(tx, article, mine.id, "ru", "Город уснул.", revision=mine.translations["ru"].revision)
    assert (saved.translation.text, saved.translation.has_proposal) == ("Город уснул.", True)
    with store.begin() as tx, pytest.raises(EditConflict):
        old = mine.translations["ko"]
        edit_translation(tx, article, mine.id, "ko", old.text, revision=old.revision, approve=True)
    check_counters(store, article)


def test_a_check_that_breaks_keeps_nobody_from_saving(store: Store, article: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: object) -> tuple[()]:
        raise ValueError("a fault")

    monkeypatch.setattr("webapp.services.checking.run_checks", broken)
    assert write(store, article, 0, "en", "Saved all the same.").translation.text == "Saved all the same."


def test_the_machines_doubt_goes_when_a_person_stands_behind_the_text(store: Store) -> None:
    class Doubtful(FakeEngine):
        @staticmethod
        def _draft(sentence, source, target, route):  # type: ignore[no-untyped-def] # as the fake engine's
            draft = FakeEngine._draft(sentence, source, target, route)
            return replace(draft, text="The city sleeps.", confidence=0.01)

    article = store_article(store, source_of("La ville dort."), ["en"], engine=Doubtful(), drafted=None)
    assert sentence(store, article).translations["en"].warnings == 1
    put(store, article, 0, "en", State.APPROVED)
    assert sentence(store, article).translations["en"].warnings == 0

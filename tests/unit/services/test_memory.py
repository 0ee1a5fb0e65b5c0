"""The memory keeps what is approved, shows what is like it, and fills what is the same."""

from io import BytesIO

import pytest

from tests.factories import draft_all, make_worker, store_article
from tests.fakes import FakeEngine
from tests.schemas import complaints, with_schemas
from tests.unit.services.reviewing import check_counters, put, sentence, sentences_of, source_of, write
from webapp.domain import Origin, State
from webapp.errors import EntryNotFound, ImportUnreadable, TargetUnknown
from webapp.services.articles import delete_article
from webapp.services.drafting import draft_round
from webapp.services.importing import Reason
from webapp.services.memory import (
    Asked,
    Match,
    count_entries,
    delete_entry,
    find_matches,
    list_entries,
    matches_of,
    origin_of_match,
)
from webapp.services.memory_files import export_memory, import_memory
from webapp.services.remembering import remember_everything
from webapp.services.review import approve_version, undo
from webapp.services.revising import update_source
from webapp.services.sentences import get_sentence
from webapp.storage import memory
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.store import Store

GOOD = {"en": "The town has 3,000 inhabitants.", "ko": "이 도시의 인구는 3,000명이다.", "ru": "В городе живут 3000 человек."}
TEXTS = (["Le maire a parlé hier soir devant le conseil.", "La ville a 3 000 habitants."], "Fin de la séance.")


def approved(store: Store, *, targets: tuple[str, ...] = ("en",), title: str = "Hier") -> str:
    """An article whose second sentence is approved."""
    article = store_article(store, source_of(*TEXTS, title=title), targets, drafted=None)
    for target in targets:
        write(store, article, 1, target, GOOD[target], who="anne", approve=True)
    return article


def matches(store: Store, article: str, number: int, target: str = "en") -> tuple[Match, ...]:
    with store.read() as tx:
        return matches_of(tx, get_sentence(tx, article, sentence(store, article, number).id), target)


def texts(store: Store) -> list[str]:
    with store.read() as tx:
        return [entry.text for entry in list_entries(tx).items]


# --- kept in step -----------------------------------------------------------------------------------------------------


def test_what_is_approved_is_remembered_with_its_article_its_person_and_what_stood_around(store: Store) -> None:
    article = approved(store)
    with store.read() as tx:
        (entry,) = list_entries(tx).items
    assert (entry.source, entry.text, entry.who, entry.name) == (TEXTS[0][1], GOOD["en"], "anne", "Hier")
    assert (entry.previous, entry.following, entry.article_id) == (TEXTS[0][0], TEXTS[1], article)


def test_an_approval_taken_back_is_forgotten_and_one_undone_comes_back(store: Store) -> None:
    article = approved(store)
    put(store, article, 1, "en", State.TRANSLATED)
    assert texts(store) == []
    with store.begin() as tx:
        undo(tx, article, who="local")
    assert texts(store) == [GOOD["en"]]
    write(store, article, 1, "en", "3,000 people live in the town.")
    assert texts(store) == []
    put(store, article, 1, "en", State.APPROVED)
    assert texts(store) == ["3,000 people live in the town."]
    put(store, article, 1, "en", State.REJECTED)
    assert texts(store) == []


def test_a_whole_version_is_remembered_at_once_and_made_anew_from_what_is_approved(store: Store) -> None:
    article = store_article(store, source_of(*TEXTS), ("ko",), drafted=None)
    for number in range(3):
        write(store, article, number, "ko", f"{GOOD['ko']} {number}")
    with store.begin() as tx:
        approve_version(tx, article, "ko", confirmed=True)
    before = sorted(texts(store))
    assert len(before) >= 1
    with store.begin() as tx:
        for entry in list_entries(tx).items:
            delete_entry(tx, entry.id)
    assert remember_everything(store) == len(before)
    assert sorted(texts(store)) == before
    assert remember_everything(store) == len(before)
    assert sorted(texts(store)) == before


def test_the_memory_outlives_the_article_and_a_changed_source(store: Store) -> None:
    article = approved(store)
    with store.begin() as tx:
        update_source(tx, article, source_of([TEXTS[0][0], "La ville a 4 000 habitants."], TEXTS[1]))
    assert texts(store) == [GOOD["en"]]
    write(store, article, 1, "en", "The town has 4,000 inhabitants.", approve=True)
    with store.read() as tx:
        assert [entry.source for entry in list_entries(tx).items] == ["La ville a 4 000 habitants."]
    with store.begin() as tx:
        delete_article(tx, article)
    assert texts(store) == ["The town has 4,000 inhabitants."]


# --- matches ----------------------------------------------------------------------------------------------------------


def test_the_same_between_the_same_is_more_than_the_same_which_is_more_than_like(store: Store) -> None:
    approved(store)
    article = store_article(
        store, source_of(*TEXTS, [TEXTS[0][1], "La ville a 30 000 habitants."], title="Demain"), ("en",), drafted=None
    )
    assert [m.percent for m in matches(store, article, 1)] == [101]
    assert [m.percent for m in matches(store, article, 3)] == [100]
    (like,) = matches(store, article, 4)
    assert 90 < like.percent < 100
    assert not like.same_figures
    assert "".join(text for op, text in like.diff if op != "ins") == TEXTS[0][1]
    assert matches(store, article, 0) == ()


def test_a_sentence_is_no_match_of_itself_and_no_translation_comes_twice(store: Store) -> None:
    article = approved(store)
    assert matches(store, article, 1) == ()
    approved(store, title="Autre")
    assert [m.entry.name for m in matches(store, article, 1)] == ["Autre"]
    with store.read() as tx:
        found = find_matches(tx, Asked(TEXTS[0][1]), "en")
    assert [(m.percent, m.entry.name) for m in found] == [(100, "Autre")]


def test_what_nobody_approved_comes_after_what_somebody_did(store: Store) -> None:
    with store.begin() as tx:
        for text, is_approved in (("Unsure.", False), ("Sure.", True), ("Unsure too.", False)):
            memory.add(tx, [NewEntry("Oui.", "en", text, Provenance.FILE, "x", "anne", approved=is_approved)])
        assert [m.entry.text for m in find_matches(tx, Asked("Oui."), "en")] == ["Sure.", "Unsure too.", "Unsure."]
        with pytest.raises(TargetUnknown):
            find_matches(tx, Asked("Oui."), "xx")
        assert find_matches(tx, Asked("  "), "en") == ()


def test_only_a_match_taken_unchanged_counts_as_one(store: Store) -> None:
    approved(store)
    with store.read() as tx:
        (entry,) = list_entries(tx).items
        assert origin_of_match(tx, entry.id, "en", entry.text) is Origin.MEMORY
        assert origin_of_match(tx, entry.id, "en", entry.text + "!") is None
        assert origin_of_match(tx, entry.id, "ko", entry.text) is None
        assert origin_of_match(tx, 999, "en", entry.text) is None
    with pytest.raises(EntryNotFound), store.begin() as tx:
        delete_entry(tx, 999)


# --- filled, not drafted ----------------------------------------------------------------------------------------------


def fill_all(store: Store, engine: FakeEngine) -> None:
    while draft_round(store, engine, make_worker(), prefill=True):
        pass


def test_the_same_sentence_is_filled_and_never_goes_through_the_engine(store: Store) -> None:
    approved(store)
    article = store_article(store, source_of(*TEXTS), ("en",))
    engine = FakeEngine()
    fill_all(store, engine)
    filled = sentence(store, article, 1).translations["en"]
    assert (filled.text, filled.state, filled.origin) == (GOOD["en"], State.TRANSLATED, Origin.MEMORY)
    assert not filled.pending
    assert TEXTS[0][1] not in [text for call in engine.calls for text in call]
    assert sentence(store, article, 0).translations["en"].state is State.DRAFT
    check_counters(store, article)
    assert texts(store) == [GOOD["en"]], "what only was filled is not approved again"


def test_an_article_that_is_known_whole_is_done_without_the_engine(store: Store) -> None:
    first = store_article(store, source_of(*TEXTS), drafted=None)
    for number in range(3):
        for target in ("en", "ru", "ko"):
            write(store, first, number, target, f"{target} {number}, 3 000")
    draft_all(store)
    with store.begin() as tx:
        for one in sentences_of(store, first):
            for target, done in one.translations.items():
                memory.add(tx, [NewEntry(one.text, target, done.text, Provenance.FILE, "x", "anne")])
    article = store_article(store, source_of(*TEXTS))
    engine = FakeEngine()
    fill_all(store, engine)
    assert engine.calls == []
    assert {t.origin for s in sentences_of(store, article) for t in s.translations.values()} == {Origin.MEMORY}
    assert not any(t.pending or t.pivot_changed for s in sentences_of(store, article) for t in s.translations.values())
    check_counters(store, article)


def test_where_english_is_filled_the_others_are_drafted_from_it(store: Store) -> None:
    approved(store)
    article = store_article(store, source_of(*TEXTS))
    fill_all(store, FakeEngine())
    there = sentence(store, article, 1).translations
    assert there["en"].origin is Origin.MEMORY
    assert (there["ko"].text, there["ko"].pivot) == (f"[ko] {GOOD['en']}", GOOD["en"])
    check_counters(store, article)


def test_the_neighbours_choose_among_several_and_the_newest_wins_without_them(store: Store) -> None:
    with store.begin() as tx:
        for text, around in (("In place.", (TEXTS[0][0], TEXTS[1])), ("Elsewhere.", ("", "")), ("Unsure.", (None, None))):
            new = NewEntry(TEXTS[0][1], "en", text, Provenance.FILE, "x", "anne", *around, approved=text != "Unsure.")
            memory.add(tx, [new])
    article = store_article(store, source_of(*TEXTS, [TEXTS[0][1], "Autre."]), ("en",))
    fill_all(store, FakeEngine())
    assert [sentence(store, article, n).translations["en"].text for n in (1, 3)] == ["In place.", "Elsewhere."]


def test_nothing_is_filled_where_the_setting_says_no_or_a_person_was_there(store: Store) -> None:
    approved(store)
    without = store_article(store, source_of(*TEXTS), ("en",))
    draft_all(store)
    assert sentence(store, without, 1).translations["en"].origin is Origin.MT
    article = store_article(store, source_of(*TEXTS), ("en",))
    write(store, article, 1, "en", "By hand: 3 000.")
    fill_all(store, FakeEngine())
    assert sentence(store, article, 1).translations["en"].text == "By hand: 3 000."


# --- files ------------------------------------------------------------------------------------------------------------

UNIT = '<tu{who}>{props}<tuv xml:lang="{source}"><seg>{fr}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>'


def file_of(*units: dict[str, str]) -> BytesIO:
    made = (UNIT.format(**{"who": "", "props": "", "source": "fr", "fr": "Oui.", "en": "Yes."} | unit) for unit in units)
    return BytesIO(f'<tmx version="1.4"><header srclang="fr"/><body>{"".join(made)}</body></tmx>'.encode())


def test_a_file_says_what_was_taken_and_why_the_rest_was_left(store: Store) -> None:
    seen: list[tuple[int, int]] = []
    file = file_of(
        {},
        {"who": ' creationid="MT!"', "en": "Machine."},
        {"props": '<prop type="x-state">draft</prop>', "en": "Draft."},
        {"props": '<prop type="x-state">translated</prop>', "en": "Yes, not approved."},
        {"source": "de"},
        {"fr": "o" * 10_001},
        {},
    )
    report = import_memory(store, file, "vieux.tmx", who="anne", progress=lambda done, total: seen.append((done, total)))
    assert (report.read, report.added, report.known) == (7, 2, 1)
    assert {reason: left.first for reason, left in report.left.items()} == {
        Reason.UNREVIEWED: (2, 3),
        Reason.NO_FRENCH: (5,),
        Reason.TOO_LONG: (6,),
    }
    assert seen == [(7, 7)]
    with store.read() as tx:
        assert [(e.text, e.approved, e.name, e.who) for e in list_entries(tx).items] == [
            ("Yes, not approved.", False, "vieux.tmx", "anne"),
            ("Yes.", True, "vieux.tmx", "anne"),
        ]


def test_a_broken_file_leaves_nothing_behind(store: Store) -> None:
    whole = file_of(*[{"fr": f"Phrase {n}."} for n in range(900)]).getvalue()
    with pytest.raises(ImportUnreadable):
        import_memory(store, BytesIO(whole[:-30]), "x.tmx")
    with store.read() as tx:
        assert count_entries(tx).entries == 0


@with_schemas
def test_the_memory_goes_out_as_the_dtd_of_tmx_wants_it(store: Store) -> None:
    approved(store, targets=("en", "ko"))
    import_memory(store, file_of({"props": '<prop type="x-state">translated</prop>', "fr": "A &lt; B &amp; C"}), "x.tmx")
    assert complaints("tmx", "".join(export_memory(store))) == []


def test_the_memory_goes_out_and_comes_back_as_it_was(store: Store) -> None:
    approved(store, targets=("en", "ko"))
    import_memory(store, file_of({"props": '<prop type="x-state">translated</prop>', "fr": "A &lt; B &amp; C"}), "x.tmx")
    with store.read() as tx:
        before = {(e.source, e.target, e.text, e.previous, e.approved, e.who) for e in list_entries(tx).items}
    out = "".join(export_memory(store)).encode()
    with store.begin() as tx:
        for entry in list_entries(tx).items:
            delete_entry(tx, entry.id)
    assert import_memory(store, BytesIO(out), "out.tmx").added == 3
    with store.read() as tx:
        assert {(e.source, e.target, e.text, e.previous, e.approved, e.who) for e in list_entries(tx).items} == before
    assert import_memory(store, BytesIO(out), "out.tmx").known == 3

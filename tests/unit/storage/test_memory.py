"""The memory and the glossary on both databases."""

import threading

import pytest
from sqlalchemy import func, select

from webapp.storage import glossary, memory
from webapp.storage.glossary import Forms, NewTerm
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.memory_models import memory_marks, memory_sources
from webapp.storage.memory_search import alike
from webapp.storage.store import Store
from webapp.text.resemblance import plain_form

FRENCH = "Le maire a annoncé mardi soir la fermeture du vieux pont de fer."


def entry(source: str = FRENCH, text: str = "The old bridge closes.", target: str = "en", **more: object) -> NewEntry:
    given = {"origin": Provenance.FILE, "name": "x.tmx", "who": "anne"} | more
    return NewEntry(source, target, text, **given)  # type: ignore[arg-type] # fields by name


def test_the_same_french_is_kept_once_whatever_the_targets_and_the_typography(store: Store) -> None:
    with store.begin() as tx:
        memory.add(tx, [entry(), entry(target="ko", text="다리"), entry(FRENCH.replace(" ", "\u00a0", 1), "Another text.")])
        assert memory.counts(tx).by_target == {"en": 2, "ko": 1}
        assert memory.counts(tx).sources == 1
        found = memory.exact(tx, [plain_form(FRENCH)], ["en", "ko", "ru"])
    assert {(target, e.text) for (_, target), entries in found.items() for e in entries} == {
        ("en", "The old bridge closes."),
        ("en", "Another text."),
        ("ko", "다리"),
    }


def test_a_pair_of_a_file_is_not_doubled(store: Store) -> None:
    with store.begin() as tx:
        assert memory.add(tx, [entry(), entry()]).added == 1
    with store.begin() as tx:
        done = memory.add(tx, [entry(), entry(text="The bridge closes.")])
    assert (done.added, done.known) == (1, 1)


def test_a_like_sentence_is_found_by_what_it_shares(store: Store) -> None:
    others = [entry(f"La commune numéro {n} a voté un budget de {n} euros.", f"[{n}]") for n in range(300)]
    with store.begin() as tx:
        memory.add(tx, [*others, entry()])
        found = alike(tx, plain_form(FRENCH.replace("mardi", "jeudi").replace("vieux", "grand")))
        assert [memory.entries_of(tx, list(found), "en")[0].source] == [FRENCH]
        assert 80 <= next(iter(found.values())) < 100
        assert alike(tx, plain_form("Rien de tout cela ne se trouve ici, croyez-moi.")) == {}


def test_a_sentence_whose_words_stand_in_thousands_of_others_is_found_all_the_same(store: Store) -> None:
    many = [entry(f"La commission a adopté le rapport {n}.", f"[{n}]") for n in range(2500)]
    with store.begin() as tx:
        memory.add(tx, many)
        assert max(alike(tx, plain_form("La commission a adopté le rapport 7.")).values()) >= 90


def test_what_nothing_is_remembered_of_any_more_leaves_no_trace(store: Store) -> None:
    article = {"origin": Provenance.ARTICLE, "name": "Un titre", "sentence": 7}
    with store.begin() as tx:
        memory.add(tx, [entry(**article), entry(target="ru", text="Мост", **article)])
        memory.forget_sentences(tx, [(7, "ru")])
        assert memory.counts(tx).by_target == {"en": 1}
        memory.remember(tx, [entry(text="The bridge closes.", **article)])
        (left,) = memory.exact(tx, [plain_form(FRENCH)], ["en"]).values()
        assert [e.text for e in left] == ["The bridge closes."]
        assert memory.forget_entry(tx, left[0].id)
        assert not memory.forget_entry(tx, left[0].id)
        for table in (memory_sources, memory_marks):
            assert tx.connection.scalar(select(func.count()).select_from(table)) == 0


def test_words_are_looked_for_as_they_are_written_and_pages_go_on(store: Store) -> None:
    with store.begin() as tx:
        memory.add(tx, [entry(f"Phrase {n} à 100 % de l'année.", f"Text_{n}") for n in range(5)])
        found, more = memory.containing(tx, ["100", "%"], "en", limit=3, offset=0)
        assert [e.text for e in found] == ["Text_4", "Text_3", "Text_2"] and more
        assert memory.containing(tx, ["Text_1"], None, limit=3, offset=0)[0][0].text == "Text_1"
        assert memory.containing(tx, ["Text_1"], "ko", limit=3, offset=0) == ([], False)
        assert len(memory.all_entries(tx, ["en"], after=found[-1].id)) == 2


def test_two_that_remember_the_same_sentence_at_once_do_not_collide(store: Store) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for n in range(15):
                with store.begin() as tx:
                    memory.remember(
                        tx, [entry(f"Phrase {n}.", f"T{number}", origin=Provenance.ARTICLE, sentence=100 * number + n)]
                    )
                with store.begin() as tx:
                    memory.forget_sentences(tx, [(100 * number + n, "en")])
        except BaseException as error:  # noqa: BLE001 — told in the main thread
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with store.read() as tx:
        assert memory.counts(tx).sources == 0


# --- the glossary -----------------------------------------------------------------------------------------------------


def test_terms_are_stored_changed_and_found(store: Store) -> None:
    with store.begin() as tx:
        assert glossary.revision(tx) == 0
        first, second = glossary.add(
            tx,
            [
                NewTerm("préfet", "translate", {"en": Forms("prefect", ("the prefect",)), "ko": Forms("지사")}, "note"),
                NewTerm("Médiapart", "keep", match_case=True),
            ],
            who="anne",
        )
        revision = glossary.revision(tx)
        assert revision
        stored = glossary.get(tx, first)
        assert stored is not None
        assert (stored.source, stored.targets["en"].all, stored.note, stored.who) == (
            "préfet",
            ("prefect", "the prefect"),
            "note",
            "anne",
        )
        assert [t.id for t in glossary.page(tx, "PREFET", None, limit=10, offset=0).items] == [first]
        assert [t.id for t in glossary.page(tx, "지사", None, limit=10, offset=0).items] == [first]
        assert glossary.page(tx, "the", None, limit=10, offset=0).total == 1
        assert [t.id for t in glossary.of_installation(tx)] == [first, second]
        assert glossary.same(tx, NewTerm("Préfet", "translate")) == stored
        assert glossary.same(tx, NewTerm("préfet", "never")) is None
    with store.begin() as tx:
        assert glossary.change(tx, first, NewTerm("préfète", "translate", {"ru": Forms("префект")}), who="bob")
        changed = glossary.get(tx, first)
        assert changed is not None and dict(changed.targets) == {"ru": Forms("префект")}
        assert glossary.revision(tx) != revision
        assert glossary.remove(tx, second) and not glossary.remove(tx, second)


def test_a_change_leaves_word_for_the_worker_one_worker_at_a_time(store: Store) -> None:
    with store.begin() as tx:
        glossary.add(tx, [NewTerm("préfet", "translate", {"en": Forms("prefect")})], who="anne")
    with store.begin() as tx:
        todo = glossary.next_round(tx)
        assert todo is not None and todo.terms == (("préfet", False),) and todo.after == 0
        glossary.set_reached(tx, todo.id, 40)
    with store.begin() as tx:
        again = glossary.next_round(tx)
        assert again is not None and again.after == 40
        glossary.set_reached(tx, again.id, None)
        assert glossary.next_round(tx) is None and not glossary.any_round(tx)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_is_nothing(store: Store, count: int) -> None:
    with store.begin() as tx:
        assert memory.add(tx, [entry()][:count]).added == count
        assert memory.exact(tx, [], ["en"]) == {}
        memory.forget_sentences(tx, [])
        assert glossary.add(tx, [], who="anne") == []

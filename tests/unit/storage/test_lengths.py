"""The lengths of approved pairs, and what was learned of them, on both databases."""

import pytest

from webapp.storage import lengths, memory
from webapp.storage.lengths import LearnedBand
from webapp.storage.memory import NewEntry, Provenance
from webapp.storage.store import Store


def pair(french: str, text: str, target: str = "ru", *, approved: bool = True) -> NewEntry:
    return NewEntry(french, target, text, Provenance.FILE, "old.tmx", "ann", approved=approved)


def test_lengths_are_code_points_of_approved_pairs_by_target(store: Store) -> None:
    with store.begin() as tx:
        assert lengths.newest_entry(tx) == 0
        memory.add(
            tx,
            [
                pair("Le préfet a parlé.", "Префект 👩‍🌾 говорил."),
                pair("Le préfet a parlé.", "지사가 말했다.", "ko"),
                pair("Le préfet se tait.", "Префект молчит.", approved=False),
                pair("Oui.", "Да."),
            ],
        )
        newest = lengths.newest_entry(tx)
        found = lengths.approved_lengths(tx, newest, 10)
    assert newest == 4
    assert found == {"ru": [(len("Le préfet a parlé."), len("Префект 👩‍🌾 говорил."))], "ko": [(18, 8)]}


def test_only_the_newest_are_looked_at(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "WINDOW", 2)
    with store.begin() as tx:
        memory.add(tx, [pair("Un" + "x" * n, "y" * n) for n in (1, 2, 3)])
        found = lengths.approved_lengths(tx, lengths.newest_entry(tx), 1)
    assert sorted(found["ru"]) == [(4, 2), (5, 3)]


def test_what_is_learned_replaces_all_that_was_known(store: Store) -> None:
    with store.begin() as tx:
        assert lengths.learned_upto(tx) == 0
        lengths.save(tx, {"en": LearnedBand(300, (0.7, 1.2)), "ru": LearnedBand(12, None)}, 900)
        assert lengths.bands(tx) == {"en": LearnedBand(300, (0.7, 1.2)), "ru": LearnedBand(12, None)}
        lengths.save(tx, {"ru": LearnedBand(250, (0.8, 1.1))}, 400)
        assert lengths.bands(tx) == {"ru": LearnedBand(250, (0.8, 1.1))}
        assert lengths.learned_upto(tx) == 400

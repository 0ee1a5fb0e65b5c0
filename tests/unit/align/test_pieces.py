"""The pieces of a model find the words of a text that was changed since."""

from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.align.pieces import joined, owners_of
from webapp.align.tokens import split_words


def owners(pieces: list[str], text: str) -> list[str | None]:
    """The word each piece belongs to."""
    words = split_words(text)
    return [text[slice(*words[n])] if n >= 0 else None for n in owners_of(pieces, text, words)]


def test_pieces_of_one_word_belong_to_it_and_marks_belong_to_none() -> None:
    found = owners(["▁Gene", "va", "▁voted", "▁", ",", "▁on", "▁Sunday", "."], "Geneva voted, on Sunday.")
    assert found == ["Geneva", "Geneva", "voted", None, None, "on", "Sunday", None]


def test_repaired_typography_changes_nothing() -> None:
    pieces = ["▁", '"', "Il", "▁a", "▁12", "▁000", "▁euros", '"', "▁!"]
    thousands = "12\u202f000"
    assert owners(pieces, f"« Il a {thousands} euros » !") == [None, None, "Il", "a", thousands, thousands, "euros", None, None]


def test_capitals_and_split_words_are_found_again() -> None:
    assert owners(["▁le", "▁typhon", "▁boLAven"], "Le Typhon Bolaven") == ["Le", "Typhon", "Bolaven"]
    assert owners(["▁week-end"], "week end") == ["week"]


def test_a_word_that_a_person_replaced_has_no_pieces() -> None:
    assert owners(["▁The", "▁bill", "▁is", "▁forgotten"], "The ferry is forgotten") == ["The", None, "is", "forgotten"]


def test_pieces_of_moses_and_bpe_are_understood() -> None:
    assert owners(["l", "&apos;", "hom@@", "me", "parle"], "l'homme parle") == ["l'", None, "homme", "homme", "parle"]


def test_pieces_are_joined_to_the_text_they_spell() -> None:
    assert joined(["▁The", "▁mu", "seum", "."]) == "The museum."
    assert joined(["mu@@", "seum", "opens"]) == "museum opens"


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc▁1,'é뷁", min_size=1, max_size=4), max_size=12), st.text(alphabet="abc 1,'é뷁", max_size=30))
def test_every_piece_gets_a_word_of_the_text_or_none(pieces: list[str], text: str) -> None:
    words = split_words(text)
    found = owners_of(pieces, text, words)
    assert len(found) == len(pieces)
    assert all(-1 <= n < len(words) for n in found)

"""What models are given and readers get."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webapp.engine.wording import for_model, for_reader, passes_through, unchanged

MARKS = ("<unk>", "⁇", "▁", "<s>", "</s>", "\ufffd")


@pytest.mark.parametrize(
    ("text", "given_to_the_model"),
    [
        ("Une phrase ordinaire, sans rien.", "Une phrase ordinaire, sans rien."),
        ("«\u202fBonjour\u202f», dit-il\u00a0: «\u00a0oui\u00a0!\u00a0»", "« Bonjour », dit-il : « oui ! »"),
        ("  deux\u2009espaces\tet\n une ligne ", "deux espaces et une ligne"),
        ("coo\u00adpé\u200bration \ufeffvers l\u2019e\u0301tat", "coopération vers l’état"),
        ("\u200b\u00ad", ""),
    ],
)
def test_a_model_sees_plain_spaces_and_visible_characters(text: str, given_to_the_model: str) -> None:
    assert for_model(text) == given_to_the_model


@given(st.text())
def test_what_a_model_is_given_stays_as_it_is_when_given_again(text: str) -> None:
    once = for_model(text)
    assert for_model(once) == once
    assert once == " ".join(once.split())
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in once)


@given(st.lists(st.sampled_from([*MARKS, "mot", " ", "\u00a0", "un", "k>", "<", "é", "서울", "🚀"])).map("".join) | st.text())
@example("<un<unk>k>")
@example("⁇▁⁇")
def test_the_tokenizers_marks_never_reach_a_reader(text: str) -> None:
    for shown in (for_reader(text), unchanged(text)):
        assert not any(mark in shown for mark in MARKS)
        assert shown == shown.strip()
        assert "  " not in shown


@given(st.text(alphabet=st.characters(exclude_characters="<⁇▁\ufffd")))
def test_nothing_but_white_space_and_marks_is_taken_from_a_text(text: str) -> None:
    assert for_reader(text) == unchanged(text) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "3,2 %",
        "1 250 000",
        "— … —",
        "« »",
        "11/09/2001",
        "+33 1 23 45 67 89",
        "🚀🚀",
        "https://example.org/a?b=c",
        "(www.example.org)",
        "jean.dupont@presse.example.fr",
        "https://example.org, http://example.net.",
        "lemonde.fr/politique",
        "1. https://example.org",
    ],
)
def test_numbers_addresses_and_marks_pass_through(text: str) -> None:
    assert passes_through(text)


@pytest.mark.parametrize(
    "text", ["Oui", "3,2 % de plus", "le site www.example.org", "10 km", "Moscou.Hier", "À 12", "한국", "S. Lavrov", "M.Dupont"]
)
def test_whatever_holds_a_word_is_translated(text: str) -> None:
    assert not passes_through(text)


def test_a_source_shown_unchanged_keeps_what_its_writer_meant() -> None:
    assert unchanged("⁇") == "??"
    assert unchanged(" 3,2\u202f% ") == "3,2 %"
    assert unchanged("la balise <unk>") == "la balise ‹unk›"

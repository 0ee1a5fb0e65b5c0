"""Which lines belong together, and what stands between."""

import pytest

from webapp.text.paragraphs import split_paragraphs

WRAPPED = """\
Le conseil municipal s’est réuni lundi soir pour débattre du budget de
la ville. La séance, ouverte à dix-huit heures, a duré jusqu’à minuit et
les élus n’ont trouvé un accord qu’au dernier moment.

Le maire a remercié son équipe. Il présentera le texte en commission la
semaine prochaine – c’est du moins ce qu’il promet – avant le vote
– décisif – de la fin du mois.
"""
WRAPPED_WITHOUT_BLANK_LINES = """\
Un budget difficile à boucler
Le conseil municipal s’est réuni lundi soir pour débattre du budget de
la ville. La séance, ouverte à dix-huit heures, a duré jusqu’à minuit et
les élus ont trouvé un accord.
Le maire a remercié son équipe. Il présentera le texte en commission la
semaine prochaine, avant le vote décisif de la fin du mois, qui doit se
tenir à huis clos.
- Une première mesure concerne les écoles et sera mise en œuvre dès que
  possible dans tous les quartiers ;
- la seconde attendra.
"""


def blocks(text: str) -> list[str]:
    return [paragraph.text for paragraph in split_paragraphs(text)[1]]


def test_single_line_breaks_end_paragraphs_where_the_text_has_no_blank_lines() -> None:
    assert blocks("Un titre\nUne phrase entière.\nUne autre phrase.") == ["Un titre", "Une phrase entière.", "Une autre phrase."]


def test_both_kinds_of_break_end_paragraphs_in_a_text_that_mixes_them() -> None:
    text = "Un titre\nPar Jean Petit\n\nUne phrase entière, assez longue pour compter.\nUne autre phrase.\n\n\nLa dernière."
    assert len(blocks(text)) == 5


def test_lines_of_a_hard_wrapped_text_stay_in_their_paragraph() -> None:
    found = split_paragraphs(WRAPPED)[1]
    assert [len(paragraph.sentences) for paragraph in found] == [2, 2]
    assert "budget de\nla ville." in found[0].sentences[0].text
    assert found[1].text.endswith("avant le vote\n– décisif – de la fin du mois.")


def test_short_lines_end_paragraphs_of_a_hard_wrapped_text_without_blank_lines() -> None:
    found = blocks(WRAPPED_WITHOUT_BLANK_LINES)
    assert [text[:12] for text in found] == ["Un budget di", "Le conseil m", "Le maire a r", "- Une premiè", "- la seconde"]


def test_an_indented_line_begins_a_paragraph_of_a_hard_wrapped_text() -> None:
    lines = WRAPPED.replace("\n\n", "\n").split("\n")
    lines[3] = "   " + lines[3]
    assert len(blocks("\n".join(lines))) == 2


def test_an_accidental_break_inside_a_sentence_is_mended() -> None:
    text = "Le ministre a annoncé mercredi soir que la\nréforme serait reportée à l’automne.\nLe Sénat s’en félicite."
    assert blocks(text) == [text.rpartition("\n")[0], "Le Sénat s’en félicite."]


def test_short_lower_case_lines_are_not_taken_for_broken_sentences() -> None:
    assert blocks("pommes\npoires\ncerises") == ["pommes", "poires", "cerises"]


def test_separators_keep_every_space_and_break() -> None:
    leading, found = split_paragraphs("\n \tUn.  Deux.\u00a0\n\n\u200b\n   Trois. \n")
    assert leading == "\n \t"
    assert [paragraph.separator for paragraph in found] == ["\u00a0\n\n\u200b\n   ", " \n"]
    assert found[0].sentences[0].separator == "  "


@pytest.mark.parametrize("text", ["", "\n\n", " \u00a0\n\t", "\u200b\n\u200b"])
def test_text_without_anything_to_see_has_no_paragraph(text: str) -> None:
    assert split_paragraphs(text) == (text, ())

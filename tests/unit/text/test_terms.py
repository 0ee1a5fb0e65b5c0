"""Terms are found in French sentences however their words are inflected."""

import pytest

from webapp.text.terms import Pattern, TermFinder, case_tells


def found(text: str, *terms: str, match_case: bool | None = None) -> dict[str, list[str]]:
    """The places of terms in a sentence, as they stand there."""
    patterns = [Pattern(n, term, case_tells(term) if match_case is None else match_case) for n, term in enumerate(terms)]
    places = TermFinder(patterns).find(text)
    return {terms[number]: [text[start:end] for start, end in spans] for number, spans in places.items()}


@pytest.mark.parametrize(
    ("term", "text", "places"),
    [
        ("préfet", "Les préfets, et la préfète.", ["préfets", "préfète"]),
        ("travail", "Des travaux de nuit.", ["travaux"]),
        ("travail de nuit", "Les travaux de nuit.", ["travaux de nuit"]),
        ("cour d'appel", "Les cours d’appel, au cours de l'année.", ["cours d’appel"]),
        ("Premier ministre", "LE PREMIER MINISTRE et deux premiers ministres", ["PREMIER MINISTRE", "premiers ministres"]),
        ("État", "L'Etat, l’ÉTAT et les ETATS.", ["Etat", "ÉTAT", "ETATS"]),
        ("rouvrir", "Le musée et le parc rouvrent.", ["rouvrent"]),
        ("sous-préfet", "La sous préfète et le sous-préfet", ["sous préfète", "sous-préfet"]),
        ("G7", "Le G7 se réunit.", ["G7"]),
    ],
)
def test_a_term_is_found_in_its_inflections(term: str, text: str, places: list[str]) -> None:
    assert found(text, term, match_case=False) == {term: places}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("cour", "Au cours de l'année."),
        ("pêche", "Le péché du préfet."),
        ("Premier ministre", "Le premier, ministre de l'Intérieur."),
        ("Premier ministre", "Il arrive premier. Ministre, il repart."),
        ("maire", "La mairie."),
        ("Orange", "Une orange."),
        ("ONU", "onu"),
    ],
)
def test_what_only_looks_like_a_term_is_none(term: str, text: str) -> None:
    assert found(text, term) == {}


def test_inside_a_longer_term_a_shorter_one_does_not_count() -> None:
    assert found("Le Premier ministre et le ministre.", "ministre", "Premier ministre") == {
        "Premier ministre": ["Premier ministre"],
        "ministre": ["ministre"],
    }


def test_case_tells_names_and_acronyms_apart_but_not_titles() -> None:
    assert [case_tells(term) for term in ("ONU", "Orange", "préfet", "Premier ministre")] == [True, True, False, False]
    assert found("ORANGE et Orange", "Orange") == {"Orange": ["ORANGE", "Orange"]}


def test_thousands_of_terms_cost_no_more_than_a_few() -> None:
    terms = [f"mot{n} de passe" for n in range(5000)]
    finder = TermFinder(Pattern(n, term) for n, term in enumerate(terms))
    assert list(finder.find("Le mot 77 de passe n'est pas le bon.")) == [77]
    assert TermFinder([]).find("Rien.") == {}

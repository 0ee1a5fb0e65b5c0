"""The glossary's terms are used, and what it forbids is not."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity, Span, Term, TermPolicy
from webapp.checks.reading.stems import find_term
from webapp.checks.reading.words import fold
from webapp.errors import N_
from webapp.languages import SOURCE


class Glossary(Check):
    """A required term is missing, or a forbidden one is used."""

    slug = "glossary"
    severity = Severity.ERROR
    title = N_("The glossary says otherwise")
    message = N_("The glossary asks for “%(wanted)s” where the French has “%(term)s”.")
    forbidden: ClassVar[str] = N_("The glossary forbids “%(forbidden)s” for “%(term)s”.")

    good = (
        Example(
            "en",
            "Le Premier ministre parle.",
            "The prime minister speaks.",
            context={"terms": (Term("Premier ministre", "prime minister"),)},
        ),
        Example(
            "ru",
            "Le Premier ministre parle.",
            "Слово за премьер-министром.",
            context={"terms": (Term("Premier ministre", "премьер-министр"),)},
        ),
        Example(
            "ko", "Le Premier ministre parle.", "국무 총리가 말했다.", context={"terms": (Term("Premier ministre", "국무총리"),)}
        ),
    )
    bad = (
        Example(
            "en",
            "Les Premiers ministres parlent.",
            "The heads of government speak.",
            context={"terms": (Term("Premier ministre", "prime minister"),)},
        ),
        Example(
            "ru",
            "Le préfet est là.",
            "Губернатор здесь.",
            ("Губернатор",),
            {"terms": (Term("préfet", "губернатор", policy=TermPolicy.NEVER),)},
        ),
        Example("ko", "Le préfet est là.", "시장이 왔다.", context={"terms": (Term("préfet", "지사"),)}),
    )
    ignored = (
        Example("en", "Le maire parle.", "The mayor speaks.", context={"terms": (Term("Premier ministre", "prime minister"),)}),
        Example(
            "ru",
            "Médiapart l'affirme.",
            "Об этом пишет Mediapart.",
            context={"terms": (Term("Médiapart", "", policy=TermPolicy.KEEP),)},
        ),
        Example("ko", "Le préfet est là.", "도지사가 왔다.", context={"terms": (Term("préfet", "지사"),)}),
    )

    def find(self, text: CheckInput) -> Iterable[Finding]:
        for term in text.terms:
            places = term.places or _places(text.source, term.source)
            if places:
                yield from self._check(text, term, places)

    def _check(self, text: CheckInput, term: Term, places: tuple[Span, ...]) -> Iterator[Finding]:
        if misses(term, text.target, text.language):
            yield self.finding(source_spans=places, term=term.source, wanted=_rules(term)[0][0])
        for form, found in forbidden_in(term, text.target, text.language):
            yield self.finding(message=self.forbidden, source_spans=places, spans=[found], term=term.source, forbidden=form)


def misses(term: Term, target: str, language: str) -> bool:
    """Whether a translation lacks every form that would do for a term of its source."""
    required, _ = _rules(term)
    return bool(required) and find_form(term, target, language) is None


def find_form(term: Term, target: str, language: str) -> Span | None:
    """Finds the first form of a term that would do, as (start, end) in a translation; None when there is none."""
    required, _ = _rules(term)
    found = (_find(target, form, language, keep=term.policy is TermPolicy.KEEP) for form in required)
    return next((place for place in found if place is not None), None)


def forbidden_in(term: Term, target: str, language: str) -> Iterator[tuple[str, Span]]:
    """Gives the forms a translation must not have and has, with their places."""
    for form in _rules(term)[1]:
        if place := find_term(target, form, language):
            yield form, place


def _places(source: str, term: str) -> tuple[Span, ...]:
    place = find_term(source, term, SOURCE)
    return () if place is None else (place,)


def _rules(term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of which one is required, and those that are forbidden."""
    forms = tuple(form for form in (term.target, *term.variants) if form)
    if term.policy is TermPolicy.KEEP:
        return (term.source, *forms), term.forbidden
    if term.policy is TermPolicy.NEVER:
        return (), (*forms, *term.forbidden)
    return forms, term.forbidden


def _find(target: str, form: str, language: str, *, keep: bool) -> Span | None:
    place = find_term(target, form, language)
    if place is None and keep and (start := fold(target).find(fold(form))) >= 0:
        return start, start + len(form)
    return place

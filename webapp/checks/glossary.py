"""The glossary's terms are used, and what it forbids is not."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from webapp.checks.base import Check, CheckInput, Example, Finding, Severity, Term, TermPolicy
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
            place = find_term(text.source, term.source, SOURCE)
            if place is not None:
                yield from self._check(text, term, place)

    def _check(self, text: CheckInput, term: Term, place: tuple[int, int]) -> Iterator[Finding]:
        required, banned = _rules(term)
        if required and not any(_is_there(text, form, keep=term.policy is TermPolicy.KEEP) for form in required):
            yield self.finding(source_spans=[place], term=term.source, wanted=required[0])
        for form in banned:
            if found := find_term(text.target, form, text.language):
                yield self.finding(message=self.forbidden, source_spans=[place], spans=[found], term=term.source, forbidden=form)


def _rules(term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of which one is required, and those that are forbidden."""
    forms = tuple(form for form in (term.target, *term.variants) if form)
    if term.policy is TermPolicy.KEEP:
        return (term.source, *forms), term.forbidden
    if term.policy is TermPolicy.NEVER:
        return (), (*forms, *term.forbidden)
    return forms, term.forbidden


def _is_there(text: CheckInput, form: str, *, keep: bool) -> bool:
    if keep and fold(form) in fold(text.target):
        return True
    return find_term(text.target, form, text.language) is not None

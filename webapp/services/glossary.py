"""The glossary as people keep it: terms added, changed, deleted, listed; what hangs on them is checked again by a worker."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from webapp.checks.base import TermPolicy
from webapp.errors import TargetUnknown, TermInvalid, TermKnown, TermNotFound
from webapp.languages import TARGETS
from webapp.storage import articles, glossary
from webapp.storage.glossary import Forms, NewTerm, StoredTerm, TermPage
from webapp.storage.store import Transaction
from webapp.text.normalise import normalise
from webapp.text.terms import Pattern, case_tells

LONGEST: Final = 200
"""Code points of a term or a form."""
LONGEST_NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A term as somebody gives it: `forms` by target, the one to use first; `match_case` None: as the term looks."""

    source: str
    policy: str = TermPolicy.TRANSLATE.value
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str = ""
    match_case: bool | None = None


def add_term(tx: Transaction, given: Given, *, article_id: str | None = None, who: str = "local") -> StoredTerm:
    """Adds a term, to an article or (None) to the whole installation. The caller wakes the workers after the commit.

    Raises TermInvalid, TargetUnknown, TermKnown or ArticleNotFound.
    """
    article = None if article_id is None else articles.key_of(tx, article_id)
    term = replace(clean_term(given), article=article)
    known = glossary.same(tx, term)
    if known is not None:
        raise TermKnown(term=term.source, term_id=known.id)
    return get_term(tx, glossary.add(tx, [term], who=who)[0])


def change_term(tx: Transaction, number: int, given: Given, *, who: str = "local") -> StoredTerm:
    """Replaces what a term says. The caller wakes the workers. Raises TermNotFound and what `add_term` raises."""
    before = get_term(tx, number)
    term = replace(clean_term(given), article=before.article)
    known = glossary.same(tx, term)
    if known is not None and known.id != number:
        raise TermKnown(term=term.source, term_id=known.id)
    glossary.change(tx, number, term, who=who)
    return get_term(tx, number)


def delete_term(tx: Transaction, number: int) -> None:
    """Deletes a term. The caller wakes the workers. Raises TermNotFound."""
    if not glossary.remove(tx, number):
        raise TermNotFound(term_id=number)


def get_term(tx: Transaction, number: int) -> StoredTerm:
    """Reads a term. Raises TermNotFound."""
    found = glossary.get(tx, number)
    if found is None:
        raise TermNotFound(term_id=number)
    return found


def list_terms(tx: Transaction, *, query: str = "", article_id: str | None = None, limit: int = 50, offset: int = 0) -> TermPage:
    """Lists the terms of an article or (None) of the installation that hold `query`, by letter. Raises ArticleNotFound."""
    article = None if article_id is None else articles.key_of(tx, article_id)
    return glossary.page(tx, query, article, limit=limit, offset=offset)


def all_terms(tx: Transaction, *, article_id: str | None = None) -> list[StoredTerm]:
    """Reads every term of an article or (None) of the installation. Raises ArticleNotFound."""
    return glossary.of_installation(tx) if article_id is None else glossary.of_article(tx, articles.key_of(tx, article_id))


# --- what a term has to be --------------------------------------------------------------------------------------------


def clean_term(given: Given) -> NewTerm:
    """Gives a term as it is stored: one spelling, no space around, no form twice. Raises TermInvalid or TargetUnknown."""
    source = _clean(given.source)
    if not source or not Pattern(0, source).words:
        raise TermInvalid(detail="A French term with at least one word is needed.")
    if given.policy not in set(TermPolicy):
        raise TermInvalid(detail=f"The rule has to be one of {', '.join(TermPolicy)}, not “{given.policy}”.")
    targets = dict(_forms(given.forms))
    if not targets and given.policy != TermPolicy.KEEP:
        raise TermInvalid(detail=f"“{source}” needs a form in at least one target.")
    case = case_tells(source) if given.match_case is None else given.match_case
    return NewTerm(source, given.policy, targets, _clean(given.note, LONGEST_NOTE), case)


def _forms(forms: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Forms]]:
    for target in forms:
        if target not in TARGETS:
            raise TargetUnknown(target=target, known=", ".join(TARGETS))
    for target in TARGETS:
        found = tuple(dict.fromkeys(form for given in forms.get(target, ()) if (form := _clean(given))))
        if found:
            yield target, Forms(found[0], found[1:])


def _clean(text: str, longest: int = LONGEST) -> str:
    plain = " ".join(normalise(text).split())
    if len(plain) > longest:
        raise TermInvalid(detail=f"“{plain[:40]}…” is longer than {longest} characters.")
    return plain

"""The glossary at work: which terms a French sentence holds, and what they are to be in a target.

What belongs to an article overrides what the installation says of the same term. Every process keeps the terms it read, and
reads them again when somebody changed them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Final

from webapp.checks.base import Span, Term, TermPolicy
from webapp.checks.glossary import find_form, forbidden_in, misses
from webapp.reviewing import SentenceDetail
from webapp.storage import articles, glossary, surroundings
from webapp.storage.glossary import StoredTerm
from webapp.storage.store import Transaction
from webapp.text.terms import Pattern, TermFinder, french_words


@dataclass(frozen=True, slots=True)
class Hit:
    """A term with its places in a French sentence."""

    term: StoredTerm
    places: tuple[Span, ...]


class Glossary:
    """The terms that hold for one article, ready to be looked for."""

    def __init__(self, terms: Sequence[StoredTerm]) -> None:
        self._terms = {term.id: term for term in terms}
        self._finder = TermFinder(Pattern(term.id, term.source, term.match_case) for term in terms)

    def __len__(self) -> int:
        return len(self._terms)

    def hits(self, source: str) -> tuple[Hit, ...]:
        """Finds the terms of a French sentence, in reading order."""
        return tuple(Hit(self._terms[number], places) for number, places in self._finder.find(source).items())

    def places(self, source: str) -> str:
        """Where a French sentence has terms, for the script that marks them: `4-10 22-30`, "" where it has none."""
        return places_of(self.hits(source)) if self._terms else ""

    def terms(self, source: str, target: str) -> tuple[Term, ...]:
        """What a French sentence asks of its translation, as the checks take it."""
        if not self._terms:
            return ()
        found = (term_of(hit, target) for hit in self.hits(source))
        return tuple(term for term in found if term is not None)


def places_of(found: Iterable["Hit | ShownTerm"]) -> str:
    """The places of terms as the script that marks them reads them."""
    return " ".join(f"{start}-{end}" for one in found for start, end in one.places)


NO_TERMS: Final = Glossary(())


def term_of(hit: Hit, target: str) -> Term | None:
    """What a term asks of one target; None where it says nothing about it."""
    forms = hit.term.targets.get(target)
    policy = TermPolicy(hit.term.policy)
    if forms is None and policy is not TermPolicy.KEEP:
        return None
    text, variants = (forms.text, forms.variants) if forms is not None else ("", ())
    return Term(hit.term.source, text, variants, policy=policy, places=hit.places)


def allowed_words(terms: Sequence[Term]) -> frozenset[str]:
    """The Latin words that a translation may hold because the glossary says so."""
    kept = [form for term in terms for form in (term.target, *term.variants) if term.policy is not TermPolicy.NEVER]
    kept += [term.source for term in terms if term.policy is TermPolicy.KEEP]
    return frozenset(word.text for form in kept for word in french_words(form) if not word.text.isdigit())


def missed(terms: Sequence[Term], text: str, target: str) -> tuple[Term, ...]:
    """The terms that a translation does not have as the glossary asks: missing, or in a form it forbids."""
    return tuple(term for term in terms if misses(term, text, target) or any(forbidden_in(term, text, target)))


class Standing(StrEnum):
    """How a translation stands to a term of its French."""

    THERE = "there"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    FREE = "free"  # the term says nothing about this target, or only what not to write, which is not there


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term of a sentence beside its translation: `places` in the French, `found` where the translation has it."""

    term: StoredTerm
    places: tuple[Span, ...]
    standing: Standing
    found: tuple[Span, ...] = ()


def shown_terms(glossary: Glossary, source: str, text: str, target: str) -> tuple[ShownTerm, ...]:
    """Tells of every term of a French sentence how a translation stands to it, in reading order."""
    return tuple(_shown(hit, text, target) for hit in glossary.hits(source))


def terms_of_sentence(tx: Transaction, sentence: SentenceDetail, text: str, target: str) -> tuple[ShownTerm, ...]:
    """The terms of an open sentence, with how a text for it in `target` stands to them."""
    if sentence.language is not None:
        return ()
    return shown_terms(glossary_of(tx, articles.key_of(tx, sentence.article_id)), sentence.text, text, target)


def _shown(hit: Hit, text: str, target: str) -> ShownTerm:
    term = term_of(hit, target)
    if term is None:
        return ShownTerm(hit.term, hit.places, Standing.FREE)
    wrong = tuple(place for _, place in forbidden_in(term, text, target))
    if wrong:
        return ShownTerm(hit.term, hit.places, Standing.FORBIDDEN, wrong)
    if misses(term, text, target):
        return ShownTerm(hit.term, hit.places, Standing.MISSING)
    place = find_form(term, text, target)
    return ShownTerm(hit.term, hit.places, Standing.FREE if place is None else Standing.THERE, () if place is None else (place,))


def owner_of(tx: Transaction, term: StoredTerm) -> str | None:
    """The id of the article whose term it is, None for one that holds everywhere."""
    return None if term.article is None else surroundings.title_of(tx, term.article)[0]


def glossary_for(tx: Transaction, article_id: str) -> Glossary:
    """Reads the terms that hold for an article. Raises ArticleNotFound."""
    return glossary_of(tx, articles.key_of(tx, article_id))


# --- reading ----------------------------------------------------------------------------------------------------------

_lock: Final = Lock()


def glossary_of(tx: Transaction, article: int | None) -> Glossary:
    """Reads the terms that hold for an article (its row number), or (None) everywhere."""
    revision = glossary.revision(tx)
    if not revision:
        return NO_TERMS
    with _lock:
        known = _kept.get((revision, article))
    if known is None:
        known = _read(tx, article)
        with _lock:
            for key in [key for key in _kept if key[0] != revision or len(_kept) > _KEPT_AT_MOST]:
                del _kept[key]
            _kept[revision, article] = known
    return known


_KEPT_AT_MOST: Final = 64
_kept: Final[dict[tuple[int, int | None], Glossary]] = {}


def _read(tx: Transaction, article: int | None) -> Glossary:
    everywhere = glossary.of_installation(tx)
    if article is None:
        return Glossary(everywhere)
    own = glossary.of_article(tx, article)
    if not own:
        return glossary_of(tx, None)
    overridden = {term.source.casefold() for term in own}
    return Glossary([*own, *(term for term in everywhere if term.source.casefold() not in overridden)])

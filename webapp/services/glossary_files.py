"""Glossary files, CSV and TBX, into the glossary and out of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from webapp.checks.base import TermPolicy
from webapp.errors import TermInvalid
from webapp.services.glossary import Given, all_terms, clean_term
from webapp.services.importing import Reason, Report, Tally
from webapp.storage import articles, glossary
from webapp.storage.glossary import NewTerm, StoredTerm, key_of
from webapp.storage.store import Transaction
from webapp.text.tbx import read_tbx
from webapp.text.term_csv import read_csv, write_csv
from webapp.text.term_rows import TermRow

Key = tuple[tuple[str, bool], str]
_BEGINNING: Final = 512


def import_glossary(
    tx: Transaction,
    stream: BinaryIO,
    name: str,
    *,
    article_id: str | None = None,
    replace_known: bool = False,
    who: str = "local",
) -> Report:
    """Takes the terms of a CSV or TBX file, into the glossary of an article or (None) of the installation.

    A term the glossary holds is left as it is where the file says otherwise, unless it is to `replace_known` ones. The caller
    wakes the workers after the commit. Raises ImportUnreadable or ArticleNotFound.
    """
    article = None if article_id is None else articles.key_of(tx, article_id)
    known = {_key(term): term for term in all_terms(tx, article_id=article_id)}
    tally = Tally(name)
    new: dict[Key, NewTerm] = {}
    for row in _rows(stream, name):
        tally.read += 1
        term = _term(row, tally)
        if term is None:
            continue
        term = replace(term, article=article)
        before = known.get(_key(term)) or new.get(_key(term))
        if before is None:
            new[_key(term)] = term
        elif _says_the_same(before, term):
            tally.known += 1
        elif replace_known and isinstance(before, StoredTerm):
            glossary.change(tx, before.id, term, who=who)
            tally.changed += 1
        else:
            tally.leave(Reason.DIFFERS, row.number)
    glossary.add(tx, list(new.values()), who=who)
    tally.added = len(new)
    return tally.report


def _rows(stream: BinaryIO, name: str) -> Iterator[TermRow]:
    """Reads a file as what it is: an XML file begins like one, whatever its name."""
    beginning = stream.read(_BEGINNING)
    stream.seek(0)
    if beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return read_tbx(stream, name)
    return read_csv(stream.read(), name)


def _term(row: TermRow, tally: Tally) -> NewTerm | None:
    if not row.source:
        tally.leave(Reason.NO_FRENCH, row.number)
        return None
    if row.policy not in set(TermPolicy):
        tally.leave(Reason.RULE_UNKNOWN, row.number)
        return None
    try:
        return clean_term(Given(row.source, row.policy, row.forms, row.note, row.match_case))
    except TermInvalid:
        lacks = not row.forms and row.policy != TermPolicy.KEEP
        tally.leave(Reason.NO_TARGET if lacks else Reason.TOO_LONG, row.number)
        return None


def _key(term: NewTerm) -> Key:
    return key_of(term), term.policy


def _says_the_same(one: NewTerm, other: NewTerm) -> bool:
    return (one.targets, one.note) == (other.targets, other.note)


def export_glossary(tx: Transaction, *, article_id: str | None = None) -> str:
    """Writes the terms of an article or (None) of the installation as CSV. Raises ArticleNotFound."""
    return "".join(write_csv(_as_rows(all_terms(tx, article_id=article_id))))


def _as_rows(terms: Iterable[StoredTerm]) -> Iterator[TermRow]:
    for number, term in enumerate(terms, 1):
        forms = {target: found.all for target, found in term.targets.items()}
        yield TermRow(number, term.source, term.policy, forms, term.note, term.match_case)

"""Glossaries as tables: one row a French term, its forms in a column a language, several in a cell apart by `|`.

Header: `fr,policy,case,note,en,ru,ko`, in any order; only `fr` is needed. Names of languages and a few other words people
use for these columns will do. Commas, semicolons and tabs are told apart; lines end as they like.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from webapp.errors import ImportUnreadable
from webapp.languages import LANGUAGES, SOURCE, TARGETS
from webapp.text.encodings import decode
from webapp.text.normalise import normalise
from webapp.text.term_rows import TermRow
from webapp.text.xml_stream import base_language

COLUMNS: Final = (SOURCE, "policy", "case", "note", *TARGETS)
SEPARATOR: Final = "|"
_LONGEST_FIELD: Final = 1 << 16
_NAMES: Final[Mapping[str, str]] = {
    **{name.casefold(): code for code, one in LANGUAGES.items() for name in (code, one.endonym, one.english_name, one.locale)},
    **dict.fromkeys(("source", "term", "terme", "terme source", "source term", "french"), "fr"),
    **{"anglais": "en", "russe": "ru", "coréen": "ko", "английский": "en", "корейский": "ko", "영어": "en", "러시아어": "ru"},
    **dict.fromkeys(("policy", "rule", "règle", "правило", "규칙"), "policy"),
    **dict.fromkeys(("note", "notes", "comment", "commentaire", "remarque", "примечание", "메모"), "note"),
    **dict.fromkeys(("case", "match case", "casse", "регистр", "대소문자"), "case"),
}
_POLICIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("", "translate", "translate as", "traduire", "traduire par", "переводить", "번역"), "translate"),
    **dict.fromkeys(("keep", "keep as it is", "do not translate", "garder", "ne pas traduire", "не переводить", "유지"), "keep"),
    **dict.fromkeys(("never", "never use", "forbidden", "jamais", "interdit", "запрещено", "금지"), "never"),
}
_YES: Final = frozenset({"yes", "true", "1", "x", "oui", "да", "예", "match"})
_NO: Final = frozenset({"no", "false", "0", "non", "нет", "아니요"})


def read_csv(data: bytes, name: str) -> Iterator[TermRow]:
    """Reads the terms of a table in order; a row whose rule is none of the three comes with the word as it stands there.

    Raises ImportUnreadable where there is no column for the French, or the text cannot be read.
    """
    text = normalise(decode(data)[0]).lstrip("\ufeff")
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ImportUnreadable(name=name, detail=str(error)) from error
    head = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    columns = [] if head is None else [_column(cell) for cell in rows[head]]
    if head is None or SOURCE not in columns:
        raise ImportUnreadable(name=name, detail=f"its first line has to name the columns: {','.join(COLUMNS)}")
    return _terms(rows[head + 1 :], columns, head + 2)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _column(cell: str) -> str:
    word = " ".join(cell.replace("_", " ").split()).casefold()
    base = base_language(word)
    return _NAMES.get(word, base if base in LANGUAGES and len(word) <= 7 else "")


def _terms(rows: Iterable[Sequence[str]], columns: Sequence[str], first: int) -> Iterator[TermRow]:
    for number, row in enumerate(rows, first):
        cells: dict[str, str] = {}
        for column, cell in zip(columns, row, strict=False):
            if column and cell.strip():
                cells.setdefault(column, plain_cell(cell))
        if cells:
            yield _term(number, cells)


def _term(number: int, cells: Mapping[str, str]) -> TermRow:
    rule = cells.get("policy", "").casefold()
    case = cells.get("case", "").casefold()
    forms = {target: found for target in TARGETS if (found := split_forms(cells.get(target, "")))}
    return TermRow(
        number,
        cells.get(SOURCE, ""),
        _POLICIES.get(rule, rule),
        forms,
        cells.get("note", ""),
        True if case in _YES else False if case in _NO else None,
    )


def plain_cell(cell: str) -> str:
    """A cell without the spaces around it and the apostrophe that keeps spreadsheets from reading it as a formula."""
    plain = " ".join(cell.split())
    return plain[1:] if plain.startswith("'") and plain[1:2] in tuple("=+-@|%") else plain


def split_forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, each once, the one to use first."""
    return tuple(dict.fromkeys(form for part in cell.split(SEPARATOR) if (form := " ".join(part.split()))))


def write_csv(rows: Iterable[TermRow]) -> Iterator[str]:
    """Writes a table that `read_csv` reads, line by line, beginning with a byte order mark; nothing in it is a formula."""
    yield "\ufeff" + ",".join(COLUMNS) + "\r\n"
    for row in rows:
        case = {True: "yes", False: "no", None: ""}[row.match_case]
        forms = (SEPARATOR.join(f" {form} " for form in row.forms.get(target, ())).strip() for target in TARGETS)
        out = StringIO(newline="")
        csv.writer(out).writerow([_disarm(cell) for cell in (row.source, row.policy, case, row.note, *forms)])
        yield out.getvalue()


def _disarm(cell: str) -> str:
    return f"'{cell}" if cell.startswith(tuple("=+-@|%\t＝＋－＠")) else cell

"""What a brought version leaves out, adds and joins, as findings beside the translations."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from webapp.errors import N_
from webapp.storage import findings, held, writing
from webapp.storage.bringing import Brought, StoredRow
from webapp.storage.findings import NewFinding, Scope
from webapp.storage.store import Transaction

LEFT_OUT: Final = N_("The version that was brought leaves out this sentence.")
ADDED: Final = N_("The version that was brought adds after this: “%(text)s”")
ADDED_FIRST: Final = N_("The version that was brought begins with an addition: “%(text)s”")
TOGETHER: Final = N_("The version that was brought says this in the translation of the sentence before.")

_CHECK: Final = "brought"


def note_findings(tx: Transaction, current: Brought, changed: Collection[int]) -> None:
    """Notes what a version that was taken does not share with the French, in place of what an earlier one left.

    `changed` are the sentences that were taken: of a row that was left out nothing is said.
    """
    found: dict[int, list[NewFinding]] = {number: [] for number, _, _ in current.source}
    taken = {row.target[-1]: row for row in current.rows if row.source and row.target}
    for row in current.rows:
        numbers = [current.source[i][0] for i in row.source]
        if not row.target:
            for number in numbers:
                found[number].append(_finding("left-out", LEFT_OUT, {}))
        elif row.source and numbers[0] in changed:
            for number in numbers[1:]:
                found[number].append(_finding("together", TOGETHER, {}))
        elif not row.source:
            _note_addition(row, current, taken, found)
    _keep(tx, current, found)


def _note_addition(row: StoredRow, current: Brought, taken: dict[int, StoredRow], found: dict[int, list[NewFinding]]) -> None:
    text = " ".join(current.segments[j][0] for j in row.target)
    before = next((taken[j] for j in range(row.target[0] - 1, -1, -1) if j in taken), None)
    place = current.source[before.source[-1] if before else 0][0]
    found[place].append(_finding(f"added {row.target[0]}", ADDED if before else ADDED_FIRST, {"text": text}))


def _finding(key: str, message: str, data: dict[str, str]) -> NewFinding:
    return NewFinding(f"{_CHECK} {key}", _CHECK, "W", message, data)


def _keep(tx: Transaction, current: Brought, found: dict[int, list[NewFinding]]) -> None:
    target = current.target
    counts = findings.replace(tx, {(number, target): those for number, those in found.items()}, Scope.BROUGHT)
    translations = held.held(tx, current.article, targets=[target], only=sorted(found))
    changes = []
    for before in translations:
        count = counts[before.sentence, target]
        after = replace(before, errors=count.errors, warnings=count.warnings)
        if after != before:
            changes.append((before, after))
    writing.mark(tx, changes)

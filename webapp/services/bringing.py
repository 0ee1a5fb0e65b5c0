"""A version that people bring: aligned with the French by a worker, repaired by whoever brought it, taken into the article.

What is taken is one step that can be undone. A person's text in the article is replaced only where that was said for its row.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from webapp.align.ledger import Ledger
from webapp.align.repairs import Impossible, Repair, Row, repair
from webapp.domain import Origin, State
from webapp.errors import BroughtChanged, EmptyArticle, RepairImpossible, TargetUnknown
from webapp.services.aligning import Unit, read_text
from webapp.services.brought_findings import note_findings
from webapp.services.changing import apply, by_person, english_of_held, up_to_date
from webapp.storage import articles, bringing, held
from webapp.storage.bringing import Brought, Failure, Segments, StoredRow
from webapp.storage.held import Held
from webapp.storage.store import Transaction
from webapp.storage.writing import Act, Change

DOUBTFUL: Final = 0.8
"""Rows below this score are marked as doubtful."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as the page shows it. `is_moved`: its translation stands elsewhere than the French does.

    `kind` is "sure", "doubtful", "missing" (nothing of it in the translation), "added" (nothing of it in the French).
    `kept` are texts of people in the article that taking the row would replace, unless they say the same.
    """

    number: int
    source: tuple[str, ...]
    target: tuple[str, ...]
    score: float
    kind: str
    by_person: bool
    is_moved: bool
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BroughtView:
    """A brought version as it stands; `status` is "waiting", "running", "ready" or "failed"."""

    target: str
    status: str
    name: str
    revision: int
    rows: tuple[RowView, ...]
    steps: int
    failure: Failure | None

    def count(self, kind: str) -> int:
        """Counts the rows of a kind that nobody has confirmed."""
        return sum(row.kind == kind and not (row.by_person and kind == "doubtful") for row in self.rows)

    @property
    def conflicts(self) -> int:
        """Counts the rows that would replace a person's text."""
        return sum(bool(row.kept) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a version did: the step to undo, and how many translations were written, left out, and kept as they were."""

    step: int | None
    written: int
    missing: int
    added: int
    kept: int
    asked: tuple[str, ...] = ()


def read_brought(
    data: bytes | str, target: str, *, max_bytes: int, max_file_bytes: int, file_name: str | None, any_language: bool = False
) -> Segments:
    """Reads a brought version into sentences. Raises what reading raises, LanguageMismatch, TooManySegments."""
    paragraphs = read_text(
        data,
        target,
        Unit.SENTENCE,
        max_bytes=max_bytes,
        max_file_bytes=max_file_bytes,
        file_name=file_name,
        any_language=any_language,
    )
    return [(text, n == 0) for paragraph in paragraphs for n, text in enumerate(paragraph)]


def bring_version(
    tx: Transaction, article_id: str, target: str, segments: Segments, *, who: str = "local", name: str = ""
) -> None:
    """Stores a version to be aligned, in place of one of the same target that was not taken yet.

    The caller wakes the workers once the transaction is committed. Raises ArticleNotFound, TargetUnknown or EmptyArticle.
    """
    article = held.lock(tx, article_id)
    french = _french(tx, article, target)
    if not segments:
        raise EmptyArticle
    bringing.bring(tx, french, segments, target=target, who=who, name=name)


def _french(tx: Transaction, article: int, target: str) -> list[Held]:
    found = held.held(tx, article, targets=[target])
    if not found:
        raise TargetUnknown(target=target, known=", ".join(held.targets_of(tx, article)))
    return found


def brought_versions(tx: Transaction, article_id: str) -> dict[str, str]:
    """Tells which targets have a version that is not taken yet, and how it stands. Raises ArticleNotFound."""
    return bringing.listed(tx, articles.key_of(tx, article_id))


def get_brought(tx: Transaction, article_id: str, target: str) -> BroughtView:
    """Reads a brought version with its rows. Raises ArticleNotFound or BroughtNotFound."""
    article = articles.key_of(tx, article_id)
    current = bringing.get(tx, article, target)
    translations = {h.sentence: h for h in held.held(tx, article, targets=[target])}
    moved = _moved(current.rows)
    rows = tuple(_row_view(n, row, current, translations, n in moved) for n, row in enumerate(current.rows))
    return BroughtView(target, current.status, current.name, current.revision, rows, current.steps, current.failure)


def _row_view(number: int, row: StoredRow, current: Brought, translations: dict[int, Held], is_moved: bool) -> RowView:
    changes = _changes(row, current, translations, None)
    return RowView(
        number,
        tuple(current.source[i][1] for i in row.source),
        tuple(current.segments[j][0] for j in row.target),
        row.score,
        _kind(row),
        row.by_person,
        is_moved,
        tuple(before.text for before, after in changes if _is_somebodys(before) and before.text != after.text),
    )


def _kind(row: StoredRow) -> str:
    if not row.target:
        return "missing"
    if not row.source:
        return "added"
    return "doubtful" if row.score < DOUBTFUL and not row.by_person else "sure"


def _moved(rows: Sequence[StoredRow]) -> set[int]:
    """Rows whose translation stands before that of an earlier row, or after that of a later one, whichever are fewer."""
    matches = [(n, row.target[0]) for n, row in enumerate(rows) if row.source and row.target]
    tails: list[tuple[int, int]] = []
    lengths: list[int] = []
    for _, place in matches:  # the longest rising row of places stays where it is
        at = next((k for k, (last, _) in enumerate(tails) if last > place), len(tails))
        tails[at : at + 1] = [(place, at)]
        lengths.append(at)
    wanted, still = max(lengths, default=-1), set()
    for (number, _), length in zip(reversed(matches), reversed(lengths), strict=True):
        if length == wanted:
            still.add(number)
            wanted -= 1
    return {number for number, _ in matches} - still


# --- repairs ----------------------------------------------------------------------------------------------------------


def repair_row(tx: Transaction, article_id: str, target: str, number: int, how: Repair, *, revision: int) -> int:
    """Repairs a row and aligns its neighbourhood again; returns the number of the row where what was repaired now stands.

    `revision` is the one that was looked at. Raises BroughtChanged, RepairImpossible, BroughtNotFound or ArticleNotFound.
    """
    current = _open(tx, article_id, target, revision)
    if not 0 <= number < len(current.rows):
        raise BroughtChanged
    rows = tuple(Row(row.source, row.target, row.score, row.by_person) for row in current.rows)
    try:
        repaired = repair(rows, number, how, Ledger.unpack(current.ledger) if current.ledger else None)
    except Impossible as error:
        raise RepairImpossible(detail=str(error)) from error
    bringing.save_rows(tx, current, [StoredRow(row.source, row.target, row.score, row.by_person) for row in repaired])
    return _place_of(rows[number], repaired)


def undo_repair(tx: Transaction, article_id: str, target: str, *, revision: int) -> bool:
    """Undoes the last repair; returns whether there was one. Raises as `repair_row`."""
    return bringing.step_back(tx, _open(tx, article_id, target, revision))


def drop_brought(tx: Transaction, article_id: str, target: str) -> None:
    """Forgets a brought version; the article stays as it is. Raises ArticleNotFound."""
    bringing.drop(tx, held.lock(tx, article_id), target)


def _open(tx: Transaction, article_id: str, target: str, revision: int) -> Brought:
    current = bringing.get(tx, held.lock(tx, article_id), target, lock=True)
    if current.status != bringing.READY or current.revision != revision:
        raise BroughtChanged
    return current


def _place_of(row: Row, rows: Sequence[Row]) -> int:
    """The row that holds the first sentence of another one now."""
    for number, other in enumerate(rows):
        if (row.source and row.source[0] in other.source) or (not row.source and row.target[0] in other.target):
            return number
    return 0


# --- taking -----------------------------------------------------------------------------------------------------------


def take_version(
    tx: Transaction,
    article_id: str,
    target: str,
    *,
    revision: int,
    replacing: Collection[int] = (),
    who: str = "local",
    via: str = "web",
) -> Taken:
    """Makes a brought version the article's, as one step.

    Every row's translation becomes that of its French sentence, imported and translated; of several French sentences the first
    has all of it. A row that would replace a person's text is left out unless its number is in `replacing`. What the
    translation leaves out or adds is noted as findings. Raises BroughtChanged when the rows or the French moved on, and as
    `repair_row`. The caller wakes the workers.
    """
    current = _open(tx, article_id, target, revision)
    translations = {h.sentence: h for h in _french(tx, current.article, target)}
    if any(number not in translations or translations[number].source != text for number, text, _ in current.source):
        raise BroughtChanged
    english = _english(tx, current)
    changes: list[Change] = []
    kept = 0
    for number, row in enumerate(current.rows):
        wanted = _changes(row, current, translations, english)
        if any(_is_somebodys(before) and before.text != after.text for before, after in wanted) and number not in replacing:
            kept += 1
        else:
            changes += wanted
    outcome = apply(tx, Act("import", who, via), changes)
    note_findings(tx, current, {before.sentence for before, _ in changes})
    bringing.drop(tx, current.article, target)
    return Taken(
        outcome.step,
        written=sum(bool(after.text) for _, after in changes),
        missing=sum(len(row.source) for row in current.rows if not row.target),
        added=sum(len(row.target) for row in current.rows if not row.source),
        kept=kept,
        asked=outcome.asked,
    )


def _english(tx: Transaction, current: Brought) -> dict[int, str | None]:
    """What the English version says of every sentence, where a person stands behind it."""
    return {h.sentence: english_of_held(h) for h in held.held(tx, current.article, targets=["en"])}


def _changes(
    row: StoredRow, current: Brought, translations: dict[int, Held], english: dict[int, str | None] | None
) -> list[Change]:
    """What taking a row changes: the first of its French sentences gets the text, the others none.

    A sentence that the translation leaves out loses the machine's draft, never a person's text.
    """
    text = " ".join(current.segments[j][0] for j in row.target)
    changes: list[Change] = []
    for place, i in enumerate(row.source):
        before = translations.get(current.source[i][0])
        if before is None:
            continue
        if text and place == 0:
            written = by_person(before, text, origin=Origin.IMPORTED)
            after = up_to_date(written, (english or {}).get(before.sentence))
            changes.append((before, before if _says_the_same(before, text) else after))
        elif text or not _is_somebodys(before):
            changes.append((before, replace(before, text="", state=State.UNTRANSLATED, origin=Origin.IMPORTED, confidence=None)))
    return changes


def _says_the_same(before: Held, text: str) -> bool:
    """A person's own text that is the very same is left with its state."""
    return before.text == text and _is_somebodys(before)


def _is_somebodys(translation: Held) -> bool:
    return bool(translation.text) and not translation.is_the_machines

"""TMX files into the memory and out of it, in pieces: others work on while a large one is taken."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from itertools import islice
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from webapp.exports.units import TOOL, clean, locale
from webapp.languages import SOURCE, TARGETS
from webapp.services.importing import Reason, Report, Tally
from webapp.storage import memory
from webapp.storage.memory import Entry, NewEntry, Provenance
from webapp.storage.store import Store
from webapp.text.tmx import Unit, read_tmx

PIECE: Final = 400
"""Units taken in one transaction: some tenths of a second."""
_PAUSE_SECONDS: Final = 0.01  # in which others get at the database
_REVIEWED: Final = frozenset({"translated", "approved"})
_MACHINES: Final = frozenset({"mt", "mt!"})

Progress = Callable[[int, int], None]


def import_memory(
    store: Store,
    stream: BinaryIO,
    name: str,
    *,
    who: str = "local",
    targets: Sequence[str] = TARGETS,
    progress: Progress | None = None,
) -> Report:
    """Takes the pairs of a TMX file into the memory; `progress` is told (units done, units in all).

    The whole file is looked at first, so that a broken one leaves nothing behind. Pairs the memory holds already are counted,
    not doubled. Raises ImportUnreadable.
    """
    total = sum(1 for _ in read_tmx(stream, name))
    stream.seek(0)
    tally = Tally(name)
    units = read_tmx(stream, name)
    while piece := list(islice(units, PIECE)):
        entries = [entry for unit in piece for entry in _entries(unit, name, who, targets, tally)]
        with store.begin() as tx:
            done = memory.add(tx, entries)
        tally.read += len(piece)
        tally.added += done.added
        tally.known += done.known
        if progress is not None:
            progress(tally.read, total)
        time.sleep(_PAUSE_SECONDS)
    return tally.report


def _entries(unit: Unit, name: str, who: str, targets: Sequence[str], tally: Tally) -> Iterator[NewEntry]:
    texts = {target: unit.texts[target] for target in targets if target in unit.texts}
    reason = _reason_to_leave(unit, texts)
    if reason is not None:
        tally.leave(reason, unit.number)
        return
    for target, text in texts.items():
        if text:
            yield NewEntry(
                source=unit.texts[SOURCE],
                target=target,
                text=text,
                origin=Provenance.FILE,
                name=name,
                who=unit.who or who,
                previous=unit.previous,
                following=unit.following,
                approved=unit.props.get("x-state", "approved") == "approved",
                at=unit.at,
            )


def _reason_to_leave(unit: Unit, texts: dict[str, str]) -> Reason | None:
    if unit.props.get("x-state", "approved") not in _REVIEWED or unit.who.lower() in _MACHINES:
        return Reason.UNREVIEWED
    if SOURCE not in unit.texts:
        return Reason.NO_FRENCH
    if not texts:
        return Reason.NO_TARGET
    if not unit.texts[SOURCE] or not any(texts.values()):
        return Reason.TOO_LONG
    return None


# --- out --------------------------------------------------------------------------------------------------------------

_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="{tool}" creationtoolversion="1" segtype="sentence" o-tmf="{tool}" adminlang="en-US" \
srclang="{source}" datatype="plaintext"/><body>
"""


def export_memory(store: Store, targets: Sequence[str] = TARGETS) -> Iterator[str]:
    """Writes what is remembered in some targets as TMX 1.4, piece by piece; what nobody approved says so (`x-state`)."""
    yield _HEAD.format(tool=TOOL, source=locale(SOURCE))
    after = 0
    while True:
        with store.read() as tx:
            found = memory.all_entries(tx, targets, after=after)
        if not found:
            break
        after = found[-1].id
        yield "".join(_units(found))
    yield "</body></tmx>\n"


def _units(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        when = entry.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        props = "".join(f'<prop type="{kind}">{escape(clean(text))}</prop>' for kind, text in _props(entry))
        yield (
            f'<tu tuid="m{entry.id}" creationid={quoteattr(clean(entry.who))} creationdate="{when}">{props}'
            f"{_variant(SOURCE, entry.source)}{_variant(entry.target, entry.text)}</tu>\n"
        )


def _props(entry: Entry) -> Iterator[tuple[str, str]]:
    if not entry.approved:
        yield "x-state", "translated"
    if entry.previous is not None and entry.following is not None:
        yield "x-context-pre", entry.previous
        yield "x-context-post", entry.following


def _variant(language: str, text: str) -> str:
    return f'<tuv xml:lang="{locale(language)}"><seg>{escape(clean(text))}</seg></tuv>'

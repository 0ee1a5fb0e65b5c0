"""What waits to be aligned: asked for by pages and the API, done by a worker, which alone loads the encoder."""

import logging
from collections.abc import Sequence

from webapp.align.ledger import Ledger
from webapp.errors import QuatrainError, Unexpected
from webapp.services.aligning import Paragraphs
from webapp.storage import alignments, bringing
from webapp.storage.alignments import Alignment
from webapp.storage.bringing import Brought, Failure, Segments, StoredRow
from webapp.storage.store import Store, Transaction

_log = logging.getLogger(__name__)


def ask_alignment(tx: Transaction, source: Paragraphs, target: Paragraphs, language: str) -> str:
    """Asks the workers to align two texts; returns the id to ask with. The caller wakes them once it is committed."""
    return alignments.ask(tx, language, source, target)


def get_alignment(tx: Transaction, alignment_id: str) -> Alignment:
    """Reads two texts with their beads, once the status is ready. Raises AlignmentNotFound."""
    return alignments.get_alignment(tx, alignment_id)


def alignment_status(tx: Transaction, alignment_id: str) -> str:
    """Tells whether an alignment is waiting, running, ready or failed. Raises AlignmentNotFound."""
    return alignments.alignment_status(tx, alignment_id)


# --- the worker's side ------------------------------------------------------------------------------------------------


def align_round(store: Store) -> bool:
    """Aligns one pair of texts, those of somebody waiting for an answer first; returns whether there was one."""
    with store.read() as tx:
        if not bringing.something_waits(tx):
            return False
    with store.begin() as tx:
        asked = alignments.claim_alignment(tx)
        current = None if asked else bringing.claim_brought(tx)
        drafts = bringing.drafts_for(tx, current) if current else []
    try:
        if asked:
            _answer(store, asked)
        elif current:
            _align(store, current, drafts)
    except Exception as error:  # noqa: BLE001 — whatever breaks on one text, its asker is told and the worker goes on
        _log.exception("two texts could not be aligned")
        failure = _failure(error)
        with store.begin() as tx:
            if asked:
                alignments.refuse(tx, asked.id, failure)
            elif current:
                bringing.failed(tx, current, failure)
    return bool(asked or current)


def _answer(store: Store, asked: Alignment) -> None:
    from webapp.align.documents import align  # noqa: PLC0415  (numpy; only a worker comes here)

    beads = align(asked.source, asked.target, language=asked.language)
    with store.begin() as tx:
        alignments.answer(tx, asked.id, [StoredRow(bead.source, bead.target, bead.score) for bead in beads])


def _align(store: Store, current: Brought, drafts: Sequence[str]) -> None:
    from webapp.align.documents import compare  # noqa: PLC0415  (numpy; only a worker comes here)

    compared = compare(
        _paragraphs([(text, begins) for _, text, begins in current.source]),
        _paragraphs(current.segments),
        drafts=drafts,
        language=current.target,
    )
    rows = [StoredRow(bead.source, bead.target, bead.score) for bead in compared.beads()]
    ledger = Ledger.of(compared.lattice).pack()
    with store.begin() as tx:
        bringing.aligned(tx, current, rows, ledger)


def _paragraphs(segments: Segments) -> list[list[str]]:
    made: list[list[str]] = []
    for text, begins in segments:
        if begins or not made:
            made.append([])
        made[-1].append(text)
    return made


def _failure(error: Exception) -> Failure:
    known = error if isinstance(error, QuatrainError) else Unexpected(reference=type(error).__name__)
    return Failure(known.slug, str(known), known.data)


__all__ = ["Alignment", "align_round", "alignment_status", "ask_alignment", "get_alignment"]

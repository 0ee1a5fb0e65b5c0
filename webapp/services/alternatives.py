"""Alternatives: other translations the machine could have given, asked for on a page and computed by a worker."""

import logging
from typing import Final

from webapp.checks.repair import repair
from webapp.engine.base import Draft, Engine
from webapp.errors import EngineFailed, QuatrainError, SentenceNotFound
from webapp.languages import SOURCE
from webapp.reviewing import AlternativesView, AlternativeView
from webapp.storage import alternatives, articles
from webapp.storage.alternatives import Request
from webapp.storage.store import Store, Transaction

_log = logging.getLogger(__name__)

COUNT: Final = 9
"""As many as there are keys to take one with (Alt+1…9)."""


def request_alternatives(tx: Transaction, article_id: str, sentence_id: int, target: str) -> AlternativesView:
    """Asks for the alternatives of one translation, unless the answer to the same question is there; gives what there is.

    One that failed is asked again. The caller wakes the workers once the transaction is committed, and looks again while the
    status is waiting. Raises ArticleNotFound, or SentenceNotFound where the article has no such translation.
    """
    request = _request(tx, article_id, sentence_id, target)
    known = alternatives.view_of(tx, request)
    if known is not None and known.status != "failed":
        return known
    alternatives.ask(tx, request)
    return AlternativesView("waiting")


def get_alternatives(tx: Transaction, article_id: str, sentence_id: int, target: str) -> AlternativesView | None:
    """Reads the alternatives of one translation as it stands now; None when nobody asked. Raises as `request_alternatives`."""
    return alternatives.view_of(tx, _request(tx, article_id, sentence_id, target))


def _request(tx: Transaction, article_id: str, sentence_id: int, target: str) -> Request:
    request = alternatives.request_for(tx, articles.key_of(tx, article_id), sentence_id, target)
    if request is None:
        raise SentenceNotFound(article_id=article_id, sentence_id=sentence_id)
    return request


# --- the worker's side ----------------------------------------------------------------------------------------------


def answer_round(store: Store, engine: Engine, *, limit: int = 4) -> bool:
    """Answers some requests, the newest first, each saved at once; returns whether there were any.

    Two workers may answer the same one; the answers are the same.
    """
    with store.read() as tx:
        requests = alternatives.waiting(tx, limit)
    for request in requests:
        items, error = _ask(engine, request)
        with store.begin() as tx:
            alternatives.answer(tx, request, items, error)
    return bool(requests)


def _ask(engine: Engine, request: Request) -> tuple[tuple[AlternativeView, ...], str | None]:
    source = request.language or SOURCE
    if source == request.target:
        return (), None
    try:
        found = engine.alternatives(request.text, source=source, target=request.target, pivot=request.pivot, count=COUNT)
    except QuatrainError as error:
        return (), str(error)
    except Exception as error:  # noqa: BLE001 — whatever the engine raises, the asker is told and the worker goes on
        _log.warning("the engine broke on alternatives", exc_info=True)
        return (), str(EngineFailed(detail=f"{type(error).__name__}: {error}"))
    return _distinct(found, request), None


def _distinct(found: tuple[Draft, ...], request: Request) -> tuple[AlternativeView, ...]:
    """Repairs the typography as drafts have it, and leaves out what differs in nothing a reader sees."""
    once: dict[str, Draft] = {}
    for draft in found:
        once.setdefault(repair(draft.text, request.target, source=request.text).text, draft)
    return tuple(AlternativeView(text, draft.confidence, draft.pivot) for text, draft in once.items() if text)


def forget_alternatives(tx: Transaction) -> None:
    """Forgets every answer, because packages came or went."""
    alternatives.forget(tx)

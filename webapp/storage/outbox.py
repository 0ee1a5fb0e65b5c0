"""Events: what webhooks are told. Put in the post in the very transaction in which something happens."""

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from webapp.domain import State
from webapp.errors import QuatrainError
from webapp.storage import webhooks
from webapp.storage.store import Transaction

if TYPE_CHECKING:
    from webapp.storage.held import Held

_MOST_TOLD: Final = 200
"""Translations named in one event; approving a book tells of the first ones, and how many there are."""


class Event(StrEnum):
    """What may happen."""

    DRAFTED = "article.drafted"
    FAILED = "article.failed"
    TRANSLATION_APPROVED = "translation.approved"
    VERSION_APPROVED = "version.approved"
    PING = "ping"


def article_drafted(tx: Transaction, articles: Iterable[int]) -> None:
    """Tells that the machine has drafted all of some articles (row numbers)."""
    keys = sorted(articles)
    if keys and (listeners := _listeners(tx, Event.DRAFTED)):
        for key in keys:
            _send(tx, listeners, Event.DRAFTED, key, {})


def article_failed(tx: Transaction, article: int, error: QuatrainError) -> None:
    """Tells that drafting an article (row number) failed, and why."""
    if listeners := _listeners(tx, Event.FAILED):
        _send(tx, listeners, Event.FAILED, article, {"error": {"type": error.slug, "detail": str(error)}})


def approved(tx: Transaction, changes: Sequence[tuple["Held", "Held"]], who: str) -> None:
    """Tells which translations of one article these changes approved, and whether a version is approved with them."""
    new = [after for before, after in changes if after.state is State.APPROVED and before.state is not State.APPROVED]
    if not new:
        return
    article = new[0].article
    if listeners := _listeners(tx, Event.TRANSLATION_APPROVED):
        told = [{"sentence_id": h.sentence, "target": h.target, "text": h.text} for h in new[:_MOST_TOLD]]
        _send(tx, listeners, Event.TRANSLATION_APPROVED, article, {"who": who, "count": len(new), "translations": told})
    if listeners := _listeners(tx, Event.VERSION_APPROVED):
        for target in dict.fromkeys(h.target for h in new):
            if webhooks.is_approved(tx, article, target):
                _send(tx, listeners, Event.VERSION_APPROVED, article, {"who": who, "target": target})


def ping(tx: Transaction, webhook: int) -> None:
    """Sends something to one webhook, to see whether it arrives."""
    webhooks.queue(tx, webhook, Event.PING.value, _body(tx, Event.PING, {}))


def _listeners(tx: Transaction, event: Event) -> list[int]:
    return [webhook.id for webhook in webhooks.every(tx) if event.value in webhook.events]


def _send(tx: Transaction, listeners: Sequence[int], event: Event, article: int, data: Mapping[str, Any]) -> None:
    found = webhooks.titles(tx, [article]).get(article)
    if found is None:
        return
    body = _body(tx, event, {"article": {"id": found[0], "title": found[1], "url": f"/api/v1/articles/{found[0]}"}, **data})
    for listener in listeners:
        webhooks.queue(tx, listener, event.value, body)


def _body(tx: Transaction, event: Event, data: Mapping[str, Any]) -> str:
    at = tx.moment().isoformat(timespec="seconds").replace("+00:00", "Z")
    return json.dumps({"event": event.value, "at": at, **data}, ensure_ascii=False)

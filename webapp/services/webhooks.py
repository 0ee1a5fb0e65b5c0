"""Webhooks: registered, signed, delivered by the worker, tried again with longer and longer pauses, and written down."""

import hashlib
import hmac
import http.client
import logging
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from webapp.errors import QuatrainError, RequestInvalid, WebhookNotFound
from webapp.services import calling
from webapp.storage import outbox, webhooks
from webapp.storage.outbox import Event
from webapp.storage.store import Store, Transaction
from webapp.storage.webhooks import Delivery, Parcel, Webhook

_log = logging.getLogger(__name__)

PAUSES_SECONDS: Final = (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 12 * 3600)
"""After so many attempts in vain the delivery is given up: a day and something after the event."""
SIGNATURE_HEADER: Final = "Quatrain-Signature"
EVENTS: Final = tuple(event.value for event in Event if event is not Event.PING)
_AT_ONCE: Final = 4
_TAKEN: Final = 16
_LEASE_SECONDS: Final = 120.0
_LOG_SECONDS: Final = 30 * 24 * 3600.0

Post = Callable[..., int]


def add_webhook(tx: Transaction, url: str, wanted: Sequence[str], *, allow_private: bool) -> tuple[Webhook, str]:
    """Registers a webhook; gives it and the secret it signs with, which is not shown again.

    Raises WebhookAddressRefused, or RequestInvalid for an event that does not exist.
    """
    for event in [*wanted] or [""]:
        if event not in EVENTS:
            raise RequestInvalid(detail=f"“{event}” is no event; choose among {', '.join(EVENTS)}.")
    place = calling.read_address(url)
    if not allow_private:
        calling.check_name(place)
    secret = secrets.token_hex(32)
    return webhooks.add(tx, url, secret, [event for event in EVENTS if event in wanted]), secret


def list_webhooks(tx: Transaction) -> tuple[Webhook, ...]:
    """Lists the webhooks, the oldest first."""
    return webhooks.every(tx)


def get_webhook(tx: Transaction, webhook_id: int) -> Webhook:
    """Reads a webhook. Raises WebhookNotFound."""
    found = webhooks.one(tx, webhook_id)
    if found is None:
        raise WebhookNotFound(webhook_id=webhook_id)
    return found


def remove_webhook(tx: Transaction, webhook_id: int) -> None:
    """Removes a webhook with its log; nothing more is sent there. Raises WebhookNotFound."""
    if not webhooks.remove(tx, webhook_id):
        raise WebhookNotFound(webhook_id=webhook_id)


def ping_webhook(tx: Transaction, webhook_id: int) -> None:
    """Has something sent to a webhook, to see whether it arrives. Raises WebhookNotFound."""
    outbox.ping(tx, get_webhook(tx, webhook_id).id)


def list_deliveries(tx: Transaction, webhook_id: int, *, limit: int, offset: int) -> tuple[tuple[Delivery, ...], int]:
    """Lists a part of the deliveries of a webhook, the newest first, and counts all. Raises WebhookNotFound."""
    return webhooks.log(tx, get_webhook(tx, webhook_id).id, limit, offset)


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Signs `timestamp.body` with HMAC-SHA256; `t=…,v1=…` as the header carries it."""
    mac = hmac.new(secret.encode("ascii"), f"{timestamp}.".encode("ascii") + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"


# --- the worker's side ----------------------------------------------------------------------------------------------


def something_is_due(tx: Transaction) -> bool:
    """Tells whether something has to be sent now."""
    return webhooks.any_due(tx)


def deliver_round(store: Store, *, allow_private: bool, post: Post = calling.post) -> bool:
    """Sends what is due, a few at the same time, and writes down what became of each; returns whether anything was due."""
    with store.begin() as tx:
        parcels = webhooks.claim(tx, _TAKEN, seconds=_LEASE_SECONDS)
        webhooks.forget_old(tx, _LOG_SECONDS)
    if not parcels:
        return False
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="delivery") as threads:
        outcomes = list(threads.map(lambda parcel: _send(parcel, post, allow_private=allow_private), parcels))
    with store.begin() as tx:
        for parcel, (status, error) in zip(parcels, outcomes, strict=True):
            pause = PAUSES_SECONDS[parcel.attempts - 1] if parcel.attempts <= len(PAUSES_SECONDS) else None
            webhooks.note(tx, parcel.id, status=status, error=error, again_in=pause)
    return True


def _send(parcel: Parcel, post: Post, *, allow_private: bool) -> tuple[int | None, str | None]:
    """Sends one; gives the status that came back, and why it does not count as delivered, if it does not."""
    body, now = parcel.body.encode("utf-8"), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Quatrain",
        "Quatrain-Event": parcel.event,
        "Quatrain-Delivery": str(parcel.id),
        SIGNATURE_HEADER: sign(parcel.secret, now, body),
    }
    try:
        status = post(parcel.url, body, headers, allow_private=allow_private)
    except (OSError, http.client.HTTPException, QuatrainError) as error:
        _log.info("delivery %d did not arrive: %s", parcel.id, error)
        return None, (str(error) or type(error).__name__)[:500]
    return status, None if 200 <= status < 300 else f"the receiver answered {status}"

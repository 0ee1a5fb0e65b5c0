"""The same request sent twice makes one article: a client that heard no answer may ask again."""

from collections.abc import Callable
from dataclasses import dataclass

from webapp.errors import IdempotencyKeyReused
from webapp.storage import idempotency
from webapp.storage.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Once:
    """What tells a repeated request: the key that the caller chose, and the SHA-256 of what was asked."""

    caller: str
    key: str
    fingerprint: str


def create_once(store: Store, once: Once | None, create: Callable[[Transaction], str]) -> tuple[str, bool]:
    """Creates an article unless this very request did before; gives its id, and whether it is new.

    Raises IdempotencyKeyReused when the key came with another request.
    """
    if once is None:
        with store.begin() as tx:
            return create(tx), True
    try:
        with store.begin() as tx:
            known = _known(tx, once)
            return (known, False) if known is not None else (_create(tx, once, create), True)
    except _Quicker:
        with store.read() as tx:
            return _known(tx, once) or "", False


def _create(tx: Transaction, once: Once, create: Callable[[Transaction], str]) -> str:
    article_id = create(tx)
    if not idempotency.add(tx, once.caller, once.key, once.fingerprint, article_id):
        raise _Quicker  # undoes what was just created
    return article_id


class _Quicker(Exception):
    """The same request was answered at the same time by another thread or machine."""


def _known(tx: Transaction, once: Once) -> str | None:
    found = idempotency.find(tx, once.caller, once.key)
    if found is None:
        return None
    if found[0] != once.fingerprint:
        raise IdempotencyKeyReused
    return found[1]

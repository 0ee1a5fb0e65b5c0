"""API keys: made, shown once, recognised by their digest, revoked. What a key may do is told by its scopes."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from webapp.errors import KeyNameTaken, KeyNotFound, RequestInvalid
from webapp.storage import keys
from webapp.storage.keys import ApiKey
from webapp.storage.store import Transaction

BEGINNING: Final = "qtn_"
PREFIX_LENGTH: Final = 10
LONGEST_NAME: Final = 64
_USED_AGAIN_AFTER: Final = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may do. `review` includes `read`, `admin` includes everything."""

    TRANSLATE = "translate"
    READ = "read"
    REVIEW = "review"
    ADMIN = "admin"


_INCLUDES: Final = {
    Scope.ADMIN: frozenset(Scope),
    Scope.REVIEW: frozenset({Scope.REVIEW, Scope.READ}),
    Scope.READ: frozenset({Scope.READ}),
    Scope.TRANSLATE: frozenset({Scope.TRANSLATE}),
}


def create_key(tx: Transaction, name: str, scopes: Sequence[str], *, expires_at: datetime | None = None) -> str:
    """Makes a key and gives its secret, which nobody can find out later: only its SHA-256 is kept.

    The secret has 256 random bits, so a plain digest is as good as a slow one. Raises KeyNameTaken or RequestInvalid (no name,
    an unknown scope, an expiry that is over).
    """
    kept = _known_scopes(scopes)
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise RequestInvalid(detail=f"The name of a key needs 1 to {LONGEST_NAME} printable characters.")
    if expires_at is not None and expires_at <= tx.moment():
        raise RequestInvalid(detail="The expiry is over already.")
    if keys.by_name(tx, name) is not None:
        raise KeyNameTaken(name=name)
    secret = BEGINNING + secrets.token_urlsafe(32)
    keys.add(tx, name=name, prefix=secret[:PREFIX_LENGTH], digest=_digest(secret), scopes=kept, expires_at=expires_at)
    return secret


def authenticate(tx: Transaction, secret: str) -> ApiKey | None:
    """Finds the key with this secret if it is good for something today."""
    digest = _digest(secret)
    found = keys.by_digest(tx, digest)
    if found is None or not hmac.compare_digest(digest, found[1]):
        return None
    key = found[0]
    return None if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= tx.moment()) else key


def allows(key: ApiKey, scope: Scope) -> bool:
    """Tells whether a key may do what needs this scope."""
    return any(scope in _INCLUDES[Scope(own)] for own in key.scopes)


def is_due(tx: Transaction, key: ApiKey) -> bool:
    """Tells whether the last use has to be noted: once a minute is enough."""
    return key.last_used_at is None or tx.moment() - key.last_used_at > _USED_AGAIN_AFTER


def note_use(tx: Transaction, key: ApiKey) -> None:
    """Notes that a key was used now."""
    keys.used(tx, key.id)


def keys_exist(tx: Transaction) -> bool:
    """Tells whether the API is guarded by keys: as soon as one was made, also after it was revoked."""
    return keys.any_key(tx)


def list_keys(tx: Transaction) -> tuple[ApiKey, ...]:
    """Lists all keys, the oldest first, without their secrets."""
    return keys.every(tx)


def revoke_key(tx: Transaction, name: str) -> None:
    """Makes a key worthless; it stays in the list. Raises KeyNotFound."""
    keys.revoke(tx, _named(tx, name).id)


def remove_key(tx: Transaction, name: str) -> None:
    """Forgets a key; its name is free again. Raises KeyNotFound."""
    keys.remove(tx, _named(tx, name).id)


def _named(tx: Transaction, name: str) -> ApiKey:
    found = keys.by_name(tx, name)
    if found is None:
        raise KeyNotFound(name=name)
    return found


def _known_scopes(scopes: Sequence[str]) -> list[str]:
    for scope in [*scopes] or [""]:
        if scope not in set(Scope):
            raise RequestInvalid(detail=f"“{scope}” is no scope; choose among {', '.join(Scope)}.")
    return [scope.value for scope in Scope if scope in scopes]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

"""The API keys: their digests, what they allow, when they were used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update

from webapp.storage.api_models import api_keys
from webapp.storage.store import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key; `prefix` is how its secret begins."""

    id: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def add(tx: Transaction, *, name: str, prefix: str, digest: str, scopes: Sequence[str], expires_at: datetime | None) -> None:
    """Keeps a new key. Its name must be free."""
    row = {"name": name, "prefix": prefix, "digest": digest, "scopes": ",".join(scopes), "expires_at": expires_at}
    tx.connection.execute(insert(api_keys), row | {"created_at": tx.moment()})


def by_name(tx: Transaction, name: str) -> ApiKey | None:
    """Finds a key by its name, whatever became of it."""
    row = tx.connection.execute(select(api_keys).where(api_keys.c.name == name)).one_or_none()
    return None if row is None else _key(row)


def by_digest(tx: Transaction, digest: str) -> tuple[ApiKey, str] | None:
    """Finds a key by the digest of its secret, whatever became of it; gives the stored digest beside it."""
    row = tx.connection.execute(select(api_keys).where(api_keys.c.digest == digest)).one_or_none()
    return None if row is None else (_key(row), row.digest)


def every(tx: Transaction) -> tuple[ApiKey, ...]:
    """Lists all keys, the oldest first."""
    return tuple(_key(row) for row in tx.connection.execute(select(api_keys).order_by(api_keys.c.id)))


def any_key(tx: Transaction) -> bool:
    """Tells whether a key was ever made and not removed; a revoked one counts."""
    return bool(tx.connection.scalar(select(exists().where(api_keys.c.id.is_not(None)))))


def used(tx: Transaction, key: int) -> None:
    """Notes that a key was used now."""
    tx.connection.execute(update(api_keys).where(api_keys.c.id == key).values(last_used_at=tx.moment()))


def revoke(tx: Transaction, key: int) -> None:
    """Makes a key worthless from now on."""
    tx.connection.execute(update(api_keys).where(api_keys.c.id == key).values(revoked_at=tx.moment()))


def remove(tx: Transaction, key: int) -> None:
    """Forgets a key."""
    tx.connection.execute(delete(api_keys).where(api_keys.c.id == key))


def _key(row: AnyRow) -> ApiKey:
    return ApiKey(
        row.id,
        row.name,
        row.prefix,
        tuple(row.scopes.split(",")),
        row.created_at,
        row.expires_at,
        row.last_used_at,
        row.revoked_at,
    )

"""The tables that the API adds to the schema of `models`; like there, every column is written by one module of this room."""

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from webapp.storage.models import BIG, METADATA, UtcDateTime

__all__ = ["METADATA", "api_keys", "deliveries", "downloads", "idempotency", "requests", "suggestions", "webhooks"]

# Small texts that somebody waits for: asked by a web process, answered by a worker, deleted as soon as the answer is fetched.
requests: Final = Table(
    "requests",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("expires_at", Float, nullable=False),  # nobody waits any longer
    Column("question", Text, nullable=False),  # JSON
    Column("answer", Text),  # JSON; NULL: not answered yet
    Column("worker", String(255)),  # who is at it
    Index("ix_requests_expires_at", "expires_at"),
    sqlite_autoincrement=True,
)

# Translated files, for the short time until they are fetched.
downloads: Final = Table(
    "downloads",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("expires_at", Float, nullable=False),
)

# Better translations that somebody sent to /suggest, whether an article holds the text already or not.
suggestions: Final = Table(
    "suggestions",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("source", String(8), nullable=False),
    Column("target", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("who", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

# Of a key only the SHA-256 is kept, and its first characters so that people can tell it from others.
api_keys: Final = Table(
    "api_keys",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("prefix", String(16), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("scopes", String(64), nullable=False),  # separated by commas
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    sqlite_autoincrement=True,
)

# What an Idempotency-Key made, so that the same request sent again makes nothing more.
idempotency: Final = Table(
    "idempotency",
    METADATA,
    Column("caller", String(80), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),  # SHA-256 of the request
    Column("article_id", String(12), nullable=False),
    Column("created_at", Float, nullable=False),
)

webhooks: Final = Table(
    "webhooks",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", String(64), nullable=False),  # signs; it has to be known to sign
    Column("events", Text, nullable=False),  # separated by commas
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

# What is to be delivered and what became of it.
deliveries: Final = Table(
    "deliveries",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("webhook_id", BIG, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("event", String(32), nullable=False),
    Column("body", Text, nullable=False),  # JSON, as it is signed and sent
    Column("created_at", UtcDateTime, nullable=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Float, nullable=False),  # while waiting: when to try (again)
    Column("last_status", Integer),  # what the receiver answered last; NULL: nothing
    Column("last_error", Text),
    Column("finished_at", UtcDateTime),
    Index("ix_deliveries_status_due_at", "status", "due_at"),
    sqlite_autoincrement=True,
)

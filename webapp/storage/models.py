"""The schema: one table a noun of the domain.

Every column is written by one module of this room. Times people see are UTC timestamps; times that are only compared
(leases, ages) are seconds since the epoch. A later feature adds tables that point at `(sentence_id, target)`.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

from webapp.domain import State

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

BIG: Final = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number; SQLite only numbers rows by itself when the column is called INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC on both databases; SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turns any aware datetime into UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Marks what comes back as UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _article_key(**options: Any) -> Column[int]:
    return Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, **options)


def _sentence_key(**options: Any) -> Column[int]:
    return Column("sentence_id", BIG, ForeignKey("sentences.id", ondelete="CASCADE"), nullable=False, **options)


def _route_key() -> Column[int | None]:
    return Column("route_id", Integer, ForeignKey("routes.id"), nullable=True)


# `sqlite_autoincrement`: numbers of deleted articles and sentences are never given again, so that a worker that still drafts a
# deleted article cannot hit a new one.

articles = Table(
    "articles",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("public_id", String(12), nullable=False, unique=True),  # what addresses carry; random, so that it cannot be guessed
    Column("title", Text, nullable=False),
    Column("source", String(8), nullable=False),
    Column("encoding", String(32), nullable=False),
    Column("leading", Text, nullable=False),
    Column("detected_language", String(8)),
    Column("detected_probability", Float, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("revision", BIG, nullable=False),  # grows with every change of anything in the article
    Column("paragraph_count", Integer, nullable=False),
    Column("sentence_count", Integer, nullable=False),
    Column("word_count", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# Title and text without case and accents, for the search; apart, so that the list does not drag the texts along.
search_texts = Table("search_texts", METADATA, _article_key(primary_key=True), Column("folded", Text, nullable=False))

paragraphs = Table(
    "paragraphs",
    METADATA,
    Column("id", BIG, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("separator", Text, nullable=False),
    Column("language", String(8)),  # NULL: the article's own
    Column("revision", BIG, nullable=False),  # the article's revision at the last change inside this paragraph
    Index("ix_paragraphs_article_id_position", "article_id", "position", unique=True),
    sqlite_autoincrement=True,
)

sentences = Table(
    "sentences",
    METADATA,
    Column("id", BIG, primary_key=True),
    _article_key(index=True),
    Column("paragraph_id", BIG, ForeignKey("paragraphs.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),  # within the paragraph
    Column("text", Text, nullable=False),
    Column("separator", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("previous_text", Text),  # before the last update of the source, while a person's translation may still be of it
    Index("ix_sentences_paragraph_id_position", "paragraph_id", "position", unique=True),
    sqlite_autoincrement=True,
)


def sentences_in(state: State | str) -> str:
    """Names the column of `versions` that counts sentences in a state."""
    return f"{State(state).value}_sentences"


def words_in(state: State | str) -> str:
    """Names the column of `versions` that counts French words in a state."""
    return f"{State(state).value}_words"


# Counted in the transaction that changes a state, so that lists and heads never count translations.
versions = Table(
    "versions",
    METADATA,
    _article_key(primary_key=True),
    Column("target", String(8), primary_key=True),
    *(Column(name(state), Integer, nullable=False) for state in State for name in (sentences_in, words_in)),
    Column("unchecked", Boolean(create_constraint=False), nullable=False, server_default=false()),  # since its texts changed
)

translations = Table(
    "translations",
    METADATA,
    _sentence_key(primary_key=True),
    Column("target", String(8), primary_key=True),
    # A copy of sentences.article_id for the index of pending ones; without a foreign key, which would cost a second index.
    Column("article_id", BIG, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("origin", String(16)),
    Column("pivot", Text),
    Column("confidence", Float),
    Column("revision", Integer, nullable=False),  # optimistic locking: grows by one with every change of this row
    Column("pending", Boolean(create_constraint=False), nullable=False),  # the machine is asked for a (new) draft
    _route_key(),
    # What review adds. A proposal is a draft that stands beside a person's text.
    Column("stale", Boolean(create_constraint=False), nullable=False, server_default=false()),  # made of an earlier French
    Column("pivot_changed", Boolean(create_constraint=False), nullable=False, server_default=false()),  # … of an earlier English
    Column("corrected_pivot", Text),  # the English to draft this one translation from
    Column("wanted_as", String(16)),  # while pending: why a draft is wanted beside the text; NULL: instead of it
    Column("proposal_id", BIG),  # in drafts
    Column("proposal_reason", String(16)),
    Column("errors", Integer, nullable=False, server_default=text("0")),  # open findings
    Column("warnings", Integer, nullable=False, server_default=text("0")),
    Index(
        "ix_translations_pending",
        "article_id",
        "sentence_id",
        sqlite_where=text("pending = 1"),  # as SQLAlchemy writes the condition: otherwise SQLite does not see that it fits
        postgresql_where=text("pending"),
    ),
)

packages = Table(
    "packages",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("pair", String(32), nullable=False),
    Column("version", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    UniqueConstraint("sha256", "pair", "version", "kind"),
)

# Which packages, in order, wrote a draft; `key` spells the package numbers, so that a route is found by its packages.
routes = Table(
    "routes", METADATA, Column("id", Integer, primary_key=True), Column("key", String(128), nullable=False, unique=True)
)

route_hops = Table(
    "route_hops",
    METADATA,
    Column("route_id", Integer, ForeignKey("routes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("package_id", Integer, ForeignKey("packages.id"), nullable=False),
)

# Append-only: everything the machine ever proposed.
drafts = Table(
    "drafts",
    METADATA,
    Column("id", BIG, primary_key=True),
    _sentence_key(),
    Column("target", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("pivot", Text),
    Column("confidence", Float),
    _route_key(),
    Column("traces", LargeBinary),  # storage.traces; NULL where there are none
    Column("raw", Text),  # the engine's own text, where its typography was repaired
    Index("ix_drafts_sentence_id_target", "sentence_id", "target"),
)

# Append-only: every change of a text or a state.
history = Table(
    "history",
    METADATA,
    Column("id", BIG, primary_key=True),
    _sentence_key(),
    Column("target", String(8), nullable=False),
    Column("revision", Integer, nullable=False),  # the translation's, after the change
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("via", String(32), nullable=False),  # from where: worker, web, api, …
    Column("text_before", Text, nullable=False),
    Column("text_after", Text, nullable=False),
    Column("state_before", String(16), nullable=False),
    Column("state_after", String(16), nullable=False),
    Column("origin_before", String(16)),
    Column("origin_after", String(16)),
    Column("step_id", BIG),  # in steps; NULL: the worker's
    Column("aside_before", Text),  # JSON: what else the change replaced (pivot, proposal, …), for undoing it
    Index("ix_history_sentence_id_target", "sentence_id", "target"),
    Index("ix_history_step_id", "step_id"),
)

# The drafting of an article: one row each, used again when it is asked for again.
jobs = Table(
    "jobs",
    METADATA,
    _article_key(primary_key=True),
    Column("status", String(16), nullable=False, index=True),
    Column("done", Integer, nullable=False),  # sentence × target pairs, of `total`
    Column("total", Integer, nullable=False),
    Column("remaining", Integer, nullable=False),  # French words × targets still to draft: the size for the priority
    Column("queued_at", Float, nullable=False),
    Column("attempts", Integer, nullable=False),  # claims since the last progress
    Column("worker", String(255)),  # the lease: who drafts it now
    Column("finished_at", UtcDateTime),
    Column("error", String(64)),
    Column("error_detail", Text),
    Column("error_data", Text),  # JSON
)

workers = Table(
    "workers",
    METADATA,
    Column("id", String(255), primary_key=True),
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("process_start", String(64), nullable=False),  # tells a process from a later one with its number; "" if unknown
    Column("heartbeat_at", Float, nullable=False),
)

# Requests to install the official packages, the newest last.
installs = Table(
    "installs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("status", String(16), nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("worker", String(255)),
    Column("pair", String(32), nullable=False),
    Column("bytes_done", BIG, nullable=False),
    Column("bytes_total", BIG, nullable=False),
    Column("error", String(64)),
    Column("error_detail", Text),
    Column("error_data", Text),  # JSON
)

# What this installation was measured to do: `amount` in `seconds`, older measurements fading.
measures = Table(
    "measures",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("amount", Float, nullable=False),
    Column("seconds", Float, nullable=False),
)

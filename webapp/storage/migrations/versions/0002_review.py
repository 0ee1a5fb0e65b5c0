"""Review: steps, findings, comments, what is being typed, alternatives, the drawer"""

from collections.abc import Callable
from typing import Any

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _count(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))


ADDED: tuple[tuple[str, tuple[Callable[[], "sa.Column[Any]"], ...]], ...] = (
    ("sentences", (lambda: sa.Column("previous_text", sa.Text(), nullable=True),)),
    ("versions", (lambda: _flag("unchecked"),)),
    (
        "translations",
        (
            lambda: _flag("stale"),
            lambda: _flag("pivot_changed"),
            lambda: sa.Column("corrected_pivot", sa.Text(), nullable=True),
            lambda: sa.Column("wanted_as", sa.String(length=16), nullable=True),
            lambda: sa.Column("proposal_id", BIG, nullable=True),
            lambda: sa.Column("proposal_reason", sa.String(length=16), nullable=True),
            lambda: _count("errors"),
            lambda: _count("warnings"),
        ),
    ),
    ("drafts", (lambda: sa.Column("raw", sa.Text(), nullable=True),)),
    (
        "history",
        (
            lambda: sa.Column("step_id", BIG, nullable=True),
            lambda: sa.Column("aside_before", sa.Text(), nullable=True),
        ),
    ),
)


def _sentence_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["sentence_id"], ["sentences.id"], name=op.f(f"fk_{table}_sentence_id_sentences"), ondelete="CASCADE"
    )


def upgrade() -> None:
    for table, columns in ADDED:
        for column in columns:
            op.add_column(table, column())
    op.create_index("ix_history_step_id", "history", ["step_id"], unique=False)
    op.create_table(
        "steps",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=8), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("undone_by", BIG, nullable=True),
        sa.Column("undoes", BIG, nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_steps_article_id_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_steps_article_id_who", "steps", ["article_id", "who"], unique=False)
    op.create_table(
        "findings",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=1), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("source_spans", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=True),
        sa.Column("dismissed_by", sa.String(length=64), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        _sentence_key("findings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_findings_sentence_id_target", "findings", ["sentence_id", "target"], unique=False)
    op.create_table(
        "comments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=True),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.String(length=64), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        _sentence_key("comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_sentence_id", "comments", ["sentence_id"], unique=False)
    op.create_table(
        "unsaved",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _sentence_key("unsaved"),
        sa.PrimaryKeyConstraint("sentence_id", "target", "who", name=op.f("pk_unsaved")),
    )
    op.create_table(
        "alternatives",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("pivot", sa.Text(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        _sentence_key("alternatives"),
        sa.PrimaryKeyConstraint("sentence_id", "target", name=op.f("pk_alternatives")),
    )
    op.create_index("ix_alternatives_waiting", "alternatives", ["waiting"], unique=False)
    op.create_table(
        "removals",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("after_sentence_id", BIG, nullable=True),
        sa.Column("paragraph_id", BIG, nullable=False),
        sa.Column("paragraph_position", sa.Integer(), nullable=False),
        sa.Column("paragraph_separator", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        _sentence_key("removals"),
        sa.PrimaryKeyConstraint("sentence_id", name=op.f("pk_removals")),
    )


def downgrade() -> None:
    op.drop_table("removals")
    op.drop_index("ix_alternatives_waiting", table_name="alternatives")
    op.drop_table("alternatives")
    op.drop_table("unsaved")
    op.drop_index("ix_comments_sentence_id", table_name="comments")
    op.drop_table("comments")
    op.drop_index("ix_findings_sentence_id_target", table_name="findings")
    op.drop_table("findings")
    op.drop_index("ix_steps_article_id_who", table_name="steps")
    op.drop_table("steps")
    op.drop_index("ix_history_step_id", table_name="history")
    for table, columns in reversed(ADDED):
        for column in reversed(columns):
            op.drop_column(table, column().name)

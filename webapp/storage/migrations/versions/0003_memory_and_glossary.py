"""Translation memory and glossary"""

from alembic import op
import sqlalchemy as sa

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables."""
    _add_memory()
    _add_glossary()


def _add_memory() -> None:
    op.create_table(
        "memory_sources",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_sources")),
        sa.UniqueConstraint("key", name=op.f("uq_memory_sources_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memory_marks",
        sa.Column("mark", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("mark", "length", "source_id", name=op.f("pk_memory_marks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "memory_entries",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("following", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("article_id", sa.String(length=12), nullable=True),
        sa.Column("sentence_id", BIG, nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["memory_sources.id"], name=op.f("fk_memory_entries_source_id_memory_sources"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memory_entries_source_id_target", "memory_entries", ["source_id", "target"], unique=False)
    op.create_index("ix_memory_entries_sentence_id_target", "memory_entries", ["sentence_id", "target"], unique=True)


def _add_glossary() -> None:
    op.create_table(
        "glossary_terms",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("policy", sa.String(length=16), nullable=False),
        sa.Column("match_case", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_glossary_terms_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_terms")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_glossary_terms_folded", "glossary_terms", ["folded"], unique=False)
    op.create_index("ix_glossary_terms_article_id", "glossary_terms", ["article_id"], unique=False)
    op.create_table(
        "glossary_targets",
        sa.Column("term_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("variants", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"], ["glossary_terms.id"], name=op.f("fk_glossary_targets_term_id_glossary_terms"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term_id", "target", name=op.f("pk_glossary_targets")),
    )
    op.create_table(
        "glossary_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_state")),
    )
    op.create_table(
        "term_rounds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("after_sentence", BIG, nullable=False, server_default=sa.text("0")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_term_rounds_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_rounds")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_term_rounds_article_id", "term_rounds", ["article_id"], unique=False)


def downgrade() -> None:
    """Takes them away again."""
    op.drop_index("ix_term_rounds_article_id", table_name="term_rounds")
    op.drop_table("term_rounds")
    op.drop_table("glossary_state")
    op.drop_table("glossary_targets")
    op.drop_index("ix_glossary_terms_article_id", table_name="glossary_terms")
    op.drop_index("ix_glossary_terms_folded", table_name="glossary_terms")
    op.drop_table("glossary_terms")
    op.drop_index("ix_memory_entries_sentence_id_target", table_name="memory_entries")
    op.drop_index("ix_memory_entries_source_id_target", table_name="memory_entries")
    op.drop_table("memory_entries")
    op.drop_table("memory_marks")
    op.drop_table("memory_sources")

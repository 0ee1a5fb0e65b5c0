"""The files articles came from, and their inline marks"""

from alembic import op
import sqlalchemy as sa

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE")


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "source_files",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        _key("source_files", "article_id", "articles"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_source_files")),
    )
    op.create_table(
        "file_paragraphs",
        sa.Column("paragraph_id", BIG, nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        _key("file_paragraphs", "paragraph_id", "paragraphs"),
        sa.PrimaryKeyConstraint("paragraph_id", name=op.f("pk_file_paragraphs")),
    )
    op.create_table(
        "sentence_marks",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        _key("sentence_marks", "sentence_id", "sentences"),
        sa.PrimaryKeyConstraint("sentence_id", name=op.f("pk_sentence_marks")),
    )


def downgrade() -> None:
    """Takes them away again."""
    for table in ("sentence_marks", "file_paragraphs", "source_files"):
        op.drop_table(table)

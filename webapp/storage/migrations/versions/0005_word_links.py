"""Word links"""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "word_links",
        sa.Column("sentence_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("links", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentences.id"], name=op.f("fk_word_links_sentence_id_sentences"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sentence_id", "target", name=op.f("pk_word_links")),
    )
    op.create_table(
        "linked_versions",
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("revision", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_linked_versions_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "target", name=op.f("pk_linked_versions")),
    )


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("linked_versions")
    op.drop_table("word_links")

"""How long approved translations are, learned for the check of lengths; links hop by hop of what people wrote"""

from alembic import op
import sqlalchemy as sa

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table and the column; versions are linked anew, since links now belong to an English between, too."""
    op.create_table(
        "length_bands",
        sa.Column("target", sa.String(length=8), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("upto", BIG, nullable=False),
        sa.PrimaryKeyConstraint("target", name=op.f("pk_length_bands")),
    )
    op.add_column("word_links", sa.Column("hops", sa.LargeBinary(), nullable=True))
    op.execute("DELETE FROM linked_versions")


def downgrade() -> None:
    """Takes them away again."""
    op.drop_column("word_links", "hops")
    op.drop_table("length_bands")

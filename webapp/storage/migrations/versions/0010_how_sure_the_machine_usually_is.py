"""How sure the machine usually is, learned for the check of low scores"""

from alembic import op
import sqlalchemy as sa

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "confidence_floors",
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Float(), nullable=True),
        sa.Column("upto", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["routes.id"], name=op.f("fk_confidence_floors_route_id_routes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("route_id", name=op.f("pk_confidence_floors")),
    )


def downgrade() -> None:
    """Takes it away again."""
    op.drop_table("confidence_floors")

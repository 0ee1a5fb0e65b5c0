"""What updates of the source replaced, for undoing them"""

from alembic import op
import sqlalchemy as sa

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "source_snapshots",
        sa.Column("step_id", BIG, nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_source_snapshots_step_id_steps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_source_snapshots")),
    )


def downgrade() -> None:
    """Takes it away again."""
    op.drop_table("source_snapshots")

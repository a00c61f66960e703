"""What was used up of limits: by a client, or by an address in the form of a digest, in a window of time."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
ADDS_ONLY = True

INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "limit_counts",
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("portions", sa.Integer, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("who", "ends_at", name="pk_limit_counts"),
    )
    op.create_index("ix_limit_counts_ends_at", "limit_counts", ["ends_at"])
    if op.get_bind().dialect.name == "postgresql":
        # No clinic's: who comes in may not be known yet.
        op.execute("ALTER TABLE limit_counts ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE limit_counts FORCE ROW LEVEL SECURITY")
        op.execute(
            "CREATE POLICY reached ON limit_counts USING "
            "((SELECT current_setting('medication_checklist.reach', true) IN ('credentials', 'all')))"
        )


def downgrade() -> None:
    op.drop_table("limit_counts")

"""${message}."""

from alembic import op
import sqlalchemy as sa

revision = "${up_revision}"
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# True only where a release that does not know this revision goes on working with its tables: new tables, and
# columns that may be empty or have a default of the database's. Then it is upgraded without stopping.
ADDS_ONLY = False


def upgrade() -> None:
    """What is new."""
    ${upgrades if upgrades else "raise NotImplementedError"}


def downgrade() -> None:
    """The way back, keeping every row of the tables that stay."""
    ${downgrades if downgrades else "raise NotImplementedError"}

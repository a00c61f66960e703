"""Indexes by what rows refer to, so that a sheet or a link is deleted without reading those of everybody.

A release without them works as it did before.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
ADDS_ONLY = True

REFERRING = (("sign_offs", "checklist_id"), ("line_marks", "checklist_id"), ("intake_forms", "link_id"))


def upgrade() -> None:
    for table, column in REFERRING:
        op.create_index(f"ix_{table}_clinic_id_{column}", table, ["clinic_id", column])


def downgrade() -> None:
    for table, column in REFERRING:
        op.drop_index(f"ix_{table}_clinic_id_{column}", table)

"""Two indexes for many patients: the words of one patient's name, and the forms that were never sent.

A release without them works as it did before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
ADDS_ONLY = True

OF_A_PATIENT = "ix_patient_name_words_clinic_id_patient_id"
UNSENT = sa.text("sent_at IS NULL")


def upgrade() -> None:
    op.create_index(f"{OF_A_PATIENT}_word", "patient_name_words", ["clinic_id", "patient_id", "word"])
    op.drop_index(OF_A_PATIENT, "patient_name_words")
    op.create_index(
        "ix_intake_forms_unsent",
        "intake_forms",
        ["clinic_id", "expires_at"],
        sqlite_where=UNSENT,
        postgresql_where=UNSENT,
    )


def downgrade() -> None:
    op.drop_index("ix_intake_forms_unsent", "intake_forms")
    op.create_index(OF_A_PATIENT, "patient_name_words", ["clinic_id", "patient_id"])
    op.drop_index(f"{OF_A_PATIENT}_word", "patient_name_words")

"""PostgreSQL itself keeps clinics apart: a row of another clinic is neither seen, changed nor made.

The policies hold for the tables' owner too. They read a setting of the transaction: the id of the clinic that
it is for, ``all`` for the machine's operator, or ``credentials`` for whoever looks up who comes in. Without
the setting nothing is seen. Each policy asks for it in a query of its own, which PostgreSQL runs once for a
statement and not once for a row.

It does not only add: a release that does not set the reach would see nothing.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REACH = "current_setting('medication_checklist.reach', true)"
ALL = f"(SELECT {REACH} = 'all')"
CREDENTIALS = f"(SELECT {REACH} = 'credentials')"
CLINIC = f"(SELECT CASE WHEN length({REACH}) = 36 THEN {REACH}::uuid END)"

OF_A_CLINIC = (
    *("api_keys", "staff", "staff_sessions", "ehr_clients", "client_tokens", "used_assertions"),
    *("patients", "patient_identifiers", "patient_name_words", "list_versions", "list_items"),
    *("guidance_versions", "checklists", "checklist_withdrawals", "sign_offs", "sign_off_withdrawals"),
    *("line_marks", "intake_links", "intake_forms", "card_feedback", "idempotency_records", "audit_events"),
    "audit_chains",
)
# A form of the desk has no secret by which anybody could come in.
READ_TO_KNOW_THE_CLINIC = {
    "clinics": "",
    "api_keys": "",
    "staff": "",
    "staff_sessions": "",
    "ehr_clients": "",
    "client_tokens": "",
    "intake_links": "",
    "intake_forms": "secret_sha256 IS NOT NULL AND ",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    _keep_apart("clinics", "id")
    for table in OF_A_CLINIC:
        _keep_apart(table, "clinic_id")
    for table, only in READ_TO_KNOW_THE_CLINIC.items():
        op.execute(f"CREATE POLICY credentials ON {table} FOR SELECT USING ({only}{CREDENTIALS})")
    # A log-in that failed may be nobody's, so that there is no clinic to compare.
    _force("login_failures")
    op.execute(f"CREATE POLICY reached ON login_failures USING ({CREDENTIALS} OR {ALL})")


def _keep_apart(table: str, clinic: str) -> None:
    _force(table)
    op.execute(f"CREATE POLICY reached ON {table} USING ({clinic} = {CLINIC} OR {ALL})")


def _force(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in READ_TO_KNOW_THE_CLINIC:
        op.execute(f"DROP POLICY credentials ON {table}")
    for table in ("clinics", *OF_A_CLINIC, "login_failures"):
        op.execute(f"DROP POLICY reached ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

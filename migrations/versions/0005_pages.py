"""What the pages need: settings, staff who left, signatures, marks, intake links and forms, names to find."""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
NEVER_CHANGED = ("sign_offs", "sign_off_withdrawals", "line_marks")
LANGUAGES = ["en", "es"]
CATEGORIES = ["prescription", "over_the_counter", "supplement"]
KINDS = "'staff', 'system'"


def upgrade() -> None:
    _add_settings()
    op.add_column("staff", sa.Column("left_at", INSTANT))
    op.create_index(
        "ix_checklists_clinic_id_planned_start_id", "checklists", ["clinic_id", "planned_start", "id"]
    )
    _create_name_words()
    _create_sign_offs()
    _create_marks()
    _create_links()
    _create_forms()
    for table in NEVER_CHANGED:
        _refuse_update(table)


def _add_settings() -> None:
    """What a clinic had no choice about until now stays as it was: every language, every prompt."""
    for name, default in (("languages", LANGUAGES), ("prompts", CATEGORIES)):
        op.add_column("clinics", sa.Column(name, sa.JSON, nullable=False, server_default=json.dumps(default)))


def _create_name_words() -> None:
    op.create_table(
        "patient_name_words",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("word", sa.Text(collation=_by_code_point()), nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "word", "patient_id", name="pk_patient_name_words"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name="fk_patient_name_words_patients",
        ),
    )
    op.create_index(
        "ix_patient_name_words_clinic_id_patient_id", "patient_name_words", ["clinic_id", "patient_id"]
    )
    _fill_name_words()
    op.create_index("ix_patient_identifiers_clinic_id_value", "patient_identifiers", ["clinic_id", "value"])


def _by_code_point() -> str | None:
    """PostgreSQL's own order of letters is the machine's; a search by beginnings needs that of the codes."""
    return "C" if op.get_bind().dialect.name == "postgresql" else None


def _fill_name_words() -> None:
    """The words of the names on file, in the form in which they are sought."""
    connection = op.get_bind()
    patients = sa.table(
        "patients", sa.column("clinic_id", IDENTITY), sa.column("id", IDENTITY), sa.column("name", sa.Text)
    )
    words = sa.table(
        "patient_name_words",
        sa.column("clinic_id", IDENTITY),
        sa.column("word", sa.Text),
        sa.column("patient_id", IDENTITY),
    )
    named = connection.execute(sa.select(patients).where(patients.c.name.is_not(None))).all()
    rows = [
        {"clinic_id": row.clinic_id, "word": word, "patient_id": row.id}
        for row in named
        for word in sorted(set(_words_of(row.name)))
    ]
    if rows:
        connection.execute(sa.insert(words), rows)


def _words_of(name: str) -> list[str]:
    """Without capitals, accents and marks between letters."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in plain.casefold()).split()


def _create_sign_offs() -> None:
    op.create_table(
        "sign_offs",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("checklist_id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("deferred_reason", sa.Text),
        *_by(),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_sign_offs"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "checklist_id"],
            ["checklists.clinic_id", "checklists.id"],
            name="fk_sign_offs_checklists",
        ),
        sa.CheckConstraint("role IN ('nurse', 'patient', 'provider')", name="ck_sign_offs_role"),
        sa.CheckConstraint(f"by_kind IN ({KINDS})", name="ck_sign_offs_by_kind"),
    )
    op.create_index(
        "ix_sign_offs_clinic_id_patient_id_treatment_id_id",
        "sign_offs",
        ["clinic_id", "patient_id", "treatment_id", "id"],
    )
    op.create_table(
        "sign_off_withdrawals",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("sign_off_id", IDENTITY, nullable=False),
        *_by(),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "sign_off_id", name="pk_sign_off_withdrawals"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "sign_off_id"],
            ["sign_offs.clinic_id", "sign_offs.id"],
            name="fk_sign_off_withdrawals_sign_offs",
        ),
        sa.CheckConstraint(f"by_kind IN ({KINDS})", name="ck_sign_off_withdrawals_by_kind"),
    )


def _create_marks() -> None:
    op.create_table(
        "line_marks",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("checklist_id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("line_id", sa.Text, nullable=False),
        sa.Column("line_digest", sa.Text, nullable=False),
        sa.Column("mark", sa.Text),
        sa.Column("note", sa.Text),
        *_by(),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_line_marks"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "checklist_id"],
            ["checklists.clinic_id", "checklists.id"],
            name="fk_line_marks_checklists",
        ),
        sa.CheckConstraint(
            "mark IN ('changed', 'discussed', 'not_taking', 'told_provider')", name="ck_line_marks_mark"
        ),
        sa.CheckConstraint(f"by_kind IN ({KINDS})", name="ck_line_marks_by_kind"),
    )
    op.create_index(
        "ix_line_marks_clinic_id_patient_id_treatment_id_id",
        "line_marks",
        ["clinic_id", "patient_id", "treatment_id", "id"],
    )


def _by() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("by_kind", sa.Text, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _create_links() -> None:
    op.create_table(
        "intake_links",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("secret_sha256", sa.Text, nullable=False),
        sa.Column("collection_mode", sa.Text, nullable=False),
        *_by(),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_intake_links"),
        sa.UniqueConstraint("secret_sha256", name="uq_intake_links_secret_sha256"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name="fk_intake_links_patients",
        ),
        sa.CheckConstraint(
            "collection_mode IN ('handed_device', 'self')", name="ck_intake_links_collection_mode"
        ),
        sa.CheckConstraint(f"by_kind IN ({KINDS})", name="ck_intake_links_by_kind"),
    )
    op.create_index(
        "ix_intake_links_clinic_id_patient_id_id", "intake_links", ["clinic_id", "patient_id", "id"]
    )


def _create_forms() -> None:
    op.create_table(
        "intake_forms",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("link_id", IDENTITY),
        sa.Column("secret_sha256", sa.Text),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("made_from", sa.Integer, nullable=False),
        sa.Column("draft", sa.JSON, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("sent_version", sa.Integer),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_intake_forms"),
        sa.UniqueConstraint("secret_sha256", name="uq_intake_forms_secret_sha256"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name="fk_intake_forms_patients",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "link_id"],
            ["intake_links.clinic_id", "intake_links.id"],
            name="fk_intake_forms_intake_links",
        ),
    )
    op.create_index(
        "ix_intake_forms_clinic_id_patient_id_id", "intake_forms", ["clinic_id", "patient_id", "id"]
    )


def _refuse_update(table: str) -> None:
    name = f"{table}_refuse_update"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} are kept as they are: UPDATE is refused'); END"
        )


def downgrade() -> None:
    op.drop_index("ix_patient_identifiers_clinic_id_value", "patient_identifiers")
    in_order = (
        "intake_forms",
        "intake_links",
        "line_marks",
        "sign_off_withdrawals",
        "sign_offs",
        "patient_name_words",
    )
    for table in in_order:
        op.drop_table(table)
    op.drop_index("ix_checklists_clinic_id_planned_start_id", "checklists")
    op.drop_column("staff", "left_at")
    for name in ("languages", "prompts"):
        op.drop_column("clinics", name)

"""Issued checklists, and what was signed, marked and taken back on them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from service.domain.attribution import RecorderKind
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SignerRole
from service.domain.patients.patients import Paper, PrintSize
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import (
    by,
    clinic_table,
    one_of,
    refers_to,
    withdrawal,
)

# document_text is the issued sheet, byte for byte; the other columns only find it again.
checklists = clinic_table(
    "checklists",
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("code", Text, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("guidance_version", Text, nullable=False),
    Column("list_version", Integer, nullable=False),
    Column("planned_start", Date),
    Column("language", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("print_size", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("issued_by_kind", Text, nullable=False),
    Column("issued_by_id", Text, nullable=False),
    Column("issued_by_name", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("document_text", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("clinic_id", "code"),
    refers_to("list_versions", patient_id="patient_id", list_version="version"),
    refers_to("guidance_versions", treatment_id="treatment_id", guidance_version="version"),
    one_of("paper", Paper),
    one_of("print_size", PrintSize),
    one_of("issued_by_kind", RecorderKind),
    Index(None, "clinic_id", "patient_id", "id"),
    Index(None, "clinic_id", "planned_start", "id"),
)

# The treatments of a sheet for several, each with its guidance; one for a single treatment has no rows here.
checklist_treatments = clinic_table(
    "checklist_treatments",
    Column("checklist_id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("guidance_version", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "checklist_id", "treatment_id"),
    refers_to("checklists", checklist_id="id"),
    refers_to("guidance_versions", treatment_id="treatment_id", guidance_version="version"),
)

checklist_withdrawals = clinic_table(
    "checklist_withdrawals",
    Column("checklist_id", Identity, nullable=False),
    *withdrawal(),
    PrimaryKeyConstraint("clinic_id", "checklist_id"),
    refers_to("checklists", checklist_id="id"),
)


def _made_on_sheet(name: str, *columns: Column[object], words: Mapping[str, Iterable[str]]) -> Table:
    """What somebody made on a sheet; ``words`` are those that some of the columns hold.

    patient_id and treatment_id repeat the checklist's: it holds on every sheet with the same content.
    """
    return clinic_table(
        name,
        Column("id", Identity, nullable=False),
        Column("checklist_id", Identity, nullable=False),
        Column("patient_id", Identity, nullable=False),
        Column("treatment_id", Text, nullable=False),
        *columns,
        *by(),
        PrimaryKeyConstraint("clinic_id", "id"),
        refers_to("checklists", checklist_id="id"),
        *(one_of(column, held) for column, held in words.items()),
        Index(None, "clinic_id", "checklist_id"),
        Index(None, "clinic_id", "patient_id", "treatment_id", "id"),
    )


sign_offs = _made_on_sheet(
    "sign_offs",
    Column("section", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("deferred_reason", Text),
    words={"role": SignerRole},
)

sign_off_withdrawals = clinic_table(
    "sign_off_withdrawals",
    Column("sign_off_id", Identity, nullable=False),
    *withdrawal(),
    PrimaryKeyConstraint("clinic_id", "sign_off_id"),
    refers_to("sign_offs", sign_off_id="id"),
)

# Every mark that was ever made; the latest of a line counts, and one without a word takes the earlier back.
line_marks = _made_on_sheet(
    "line_marks",
    Column("line_id", Text, nullable=False),
    Column("line_digest", Text, nullable=False),
    Column("mark", Text),
    Column("note", Text),
    words={"mark": MarkWord},
)

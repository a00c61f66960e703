"""Keep a checklist as it is issued, never to be changed, and that it was taken back."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Text, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.checklists.checklist import Checklist, Withdrawal
from service.domain.errors import ConflictError, NotFoundError
from service.store.checklists import load_checklist
from service.store.database.inserts import COUNTED
from service.store.tables import checklist_treatments as treatments
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists
from service.store.tables.column_types import Instant
from service.store.withdrawals import withdrawal_columns

_INSERT = insert(checklists)
_INSERT_TREATMENTS = insert(treatments)
_WITHDRAW = (
    insert_unless(withdrawals)
    .from_select(
        ["clinic_id", "checklist_id", "by_kind", "by_id", "by_name", "at", "reason"],
        select(
            checklists.c.clinic_id,
            checklists.c.id,
            bindparam("by_kind", type_=Text),
            bindparam("by_id", type_=Text),
            bindparam("by_name", type_=Text),
            bindparam("at", type_=Instant),
            bindparam("reason", type_=Text),
        ).where(checklists.c.clinic_id == bindparam("clinic"), checklists.c.id == bindparam("checklist")),
    )
    .on_conflict_do_nothing(index_elements=["clinic_id", "checklist_id"])
    .execution_options(**COUNTED)
)


def insert_checklist(
    connection: Connection, clinic_id: UUID, checklist: Checklist, document_text: str, content_digest: str
) -> None:
    """Keep an issued checklist. Its list and guidance versions must be on file."""
    connection.execute(_INSERT, _columns(clinic_id, checklist, document_text, content_digest))
    if len(checklist.treatments) > 1:
        connection.execute(_INSERT_TREATMENTS, _treatment_rows(clinic_id, checklist))


def insert_withdrawal(
    connection: Connection, clinic_id: UUID, checklist_id: UUID, withdrawal: Withdrawal
) -> None:
    """Keep a withdrawal. Raises ConflictError (``already_withdrawn``) and NotFoundError."""
    taken_back = {"clinic": clinic_id, "checklist": checklist_id, **withdrawal_columns(withdrawal)}
    if connection.execute(_WITHDRAW, taken_back).rowcount:
        return
    if load_checklist(connection, clinic_id, checklist_id) is None:
        raise NotFoundError("There is no such checklist.")
    raise ConflictError("The checklist was taken back before.", code="already_withdrawn")


def _columns(
    clinic_id: UUID, checklist: Checklist, document_text: str, content_digest: str
) -> dict[str, Any]:
    return {
        "clinic_id": clinic_id,
        "id": checklist.id,
        "patient_id": checklist.patient.id,
        "code": checklist.code,
        "treatment_id": checklist.treatment_id,
        "guidance_version": checklist.guidance_version,
        "list_version": checklist.list_version,
        "planned_start": checklist.planned_start,
        "language": checklist.language,
        "paper": checklist.paper.value,
        "print_size": checklist.print_size.value,
        "time_zone": checklist.time_zone,
        "issued_at": checklist.issued_at,
        "issued_by_kind": checklist.issued_by.kind.value,
        "issued_by_id": checklist.issued_by.id,
        "issued_by_name": checklist.issued_by.name,
        "content_digest": content_digest,
        "document_text": document_text,
    }


def _treatment_rows(clinic_id: UUID, checklist: Checklist) -> list[dict[str, Any]]:
    return [
        {
            "clinic_id": clinic_id,
            "checklist_id": checklist.id,
            "treatment_id": treatment.id,
            "guidance_version": treatment.guidance.version,
        }
        for treatment in checklist.treatments
    ]

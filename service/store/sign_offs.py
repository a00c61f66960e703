"""Signatures under sections and those taken back; kept as they were made."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.checklists.checklist import SectionId, Withdrawal
from service.domain.checklists.sign_offs import SignerRole, SignOff
from service.domain.errors import ConflictError
from service.store.attributions import by_columns, recorder_of
from service.store.database.inserts import COUNTED
from service.store.tables import sign_off_withdrawals as withdrawals
from service.store.tables import sign_offs
from service.store.withdrawals import told_beside, withdrawal_columns, withdrawal_of

Signed = tuple[UUID, str]
"""Whose signatures: a patient and a treatment."""

_INSERT = insert(sign_offs)
_WITHDRAW = (
    insert_unless(withdrawals)
    .on_conflict_do_nothing(index_elements=["clinic_id", "sign_off_id"])
    .execution_options(**COUNTED)
)
_STORED: Select[Any] = (
    select(sign_offs, *told_beside(withdrawals))
    .outerjoin(
        withdrawals,
        (withdrawals.c.clinic_id == sign_offs.c.clinic_id) & (withdrawals.c.sign_off_id == sign_offs.c.id),
    )
    .where(sign_offs.c.clinic_id == bindparam("clinic"))
)
_LIST = _STORED.where(
    sign_offs.c.patient_id == bindparam("patient"), sign_offs.c.treatment_id == bindparam("treatment")
).order_by(sign_offs.c.id)
# By the patient alone, in no order: else SQLite reads all signatures of the clinic.
_LIST_MANY = _STORED.where(sign_offs.c.patient_id.in_(bindparam("sought", expanding=True)))


def insert_sign_off(
    connection: Connection, clinic_id: UUID, sign_off: SignOff, patient_id: UUID, treatment_id: str
) -> None:
    """Keep a signature on a checklist of this clinic."""
    connection.execute(
        _INSERT,
        {
            "clinic_id": clinic_id,
            "id": sign_off.id,
            "checklist_id": sign_off.checklist_id,
            "patient_id": patient_id,
            "treatment_id": treatment_id,
            "section": sign_off.section.value,
            "role": sign_off.role.value,
            "name": sign_off.name,
            "content_digest": sign_off.content_digest,
            "deferred_reason": sign_off.deferred_reason,
            **by_columns(sign_off.by, sign_off.at),
        },
    )


def list_sign_offs(
    connection: Connection, clinic_id: UUID, patient_id: UUID, treatment_id: str
) -> tuple[SignOff, ...]:
    """Every signature on sheets of a patient for a treatment, oldest first."""
    asked = {"clinic": clinic_id, "patient": patient_id, "treatment": treatment_id}
    return tuple(map(_sign_off, connection.execute(_LIST, asked)))


def list_sign_offs_of_many(
    connection: Connection, clinic_id: UUID, sought: Sequence[Signed]
) -> Mapping[Signed, tuple[SignOff, ...]]:
    """The same for many patients in one statement; those without a signature are not in it."""
    found: dict[Signed, list[SignOff]] = {key: [] for key in sought}
    patients = list({patient_id for patient_id, _ in sought})
    rows = connection.execute(_LIST_MANY, {"clinic": clinic_id, "sought": patients}).all()
    for row in sorted(rows, key=attrgetter("id")):
        if (row.patient_id, row.treatment_id) in found:
            found[row.patient_id, row.treatment_id].append(_sign_off(row))
    return {key: tuple(signed) for key, signed in found.items() if signed}


def insert_withdrawal(
    connection: Connection, clinic_id: UUID, sign_off_id: UUID, withdrawal: Withdrawal
) -> None:
    """Keep that a signature of this clinic was taken back. Raises ConflictError (``already_withdrawn``)."""
    taken_back = {"clinic_id": clinic_id, "sign_off_id": sign_off_id, **withdrawal_columns(withdrawal)}
    if connection.execute(_WITHDRAW, taken_back).rowcount == 0:
        raise ConflictError("The signature was taken back before.", code="already_withdrawn")


def _sign_off(row: Row[Any]) -> SignOff:
    return SignOff(
        id=row.id,
        checklist_id=row.checklist_id,
        section=SectionId(row.section),
        role=SignerRole(row.role),
        name=row.name,
        content_digest=row.content_digest,
        deferred_reason=row.deferred_reason,
        by=recorder_of(row),
        at=row.at,
        withdrawal=withdrawal_of(row),
    )

"""Clinics."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from service.domain.access.clinics import Clinic, ItemExport, NoneExport
from service.domain.errors import ConflictError, NotFoundError
from service.domain.medications.categories import Category
from service.domain.patients.patients import Paper
from service.store.audit_chain import begin_chain
from service.store.database.inserts import COUNTED
from service.store.tables import clinics

_INSERT = insert(clinics).on_conflict_do_nothing(index_elements=["name"]).execution_options(**COUNTED)
_UPDATE = (
    update(clinics)
    .where(clinics.c.id == bindparam("clinic"))
    .values(
        {
            name: bindparam(f"new_{name}", type_=clinics.c[name].type)
            for name in (
                "language",
                "paper",
                "time_zone",
                "languages",
                "prompts",
                "item_export",
                "none_export",
            )
        }
    )
)
_LOAD = select(clinics).where(clinics.c.id == bindparam("clinic_id"))
_LIST = select(clinics).order_by(clinics.c.name)
_FIND = select(clinics).where(clinics.c.name == bindparam("clinic_name"))


def insert_clinic(connection: Connection, clinic: Clinic, created_at: datetime) -> None:
    """Keep a new clinic. Raises ConflictError (``clinic_name_taken``)."""
    kept = connection.execute(
        _INSERT,
        {
            "id": clinic.id,
            "name": clinic.name,
            "created_at": created_at,
            **_settings(clinic),
        },
    )
    if kept.rowcount == 0:
        raise ConflictError("There is a clinic of this name.", code="clinic_name_taken", pointer="/name")
    begin_chain(connection, clinic.id)


def update_settings(connection: Connection, clinic: Clinic) -> None:
    """Replace the settings of a clinic; its name stays. Raises NotFoundError."""
    settings = {f"new_{name}": value for name, value in _settings(clinic).items()}
    if connection.execute(_UPDATE, {"clinic": clinic.id, **settings}).rowcount == 0:
        raise NotFoundError("There is no such clinic.")


def load_clinic(connection: Connection, clinic_id: UUID) -> Clinic | None:
    """The clinic with this id."""
    row = connection.execute(_LOAD, {"clinic_id": clinic_id}).one_or_none()
    return _clinic(row) if row else None


def find_clinic_by_name(connection: Connection, name: str) -> Clinic | None:
    """The clinic of this name, letter for letter."""
    row = connection.execute(_FIND, {"clinic_name": name}).one_or_none()
    return _clinic(row) if row else None


def list_clinics(connection: Connection) -> tuple[Clinic, ...]:
    """Every clinic, by name: for whoever has the machine."""
    return tuple(_clinic(row) for row in connection.execute(_LIST))


def _clinic(row: Row[Any]) -> Clinic:
    return Clinic(
        row.id,
        row.name,
        row.language,
        Paper(row.paper),
        row.time_zone,
        tuple(row.languages),
        frozenset(map(Category, row.prompts)),
        ItemExport(row.item_export),
        NoneExport(row.none_export),
    )


def _settings(clinic: Clinic) -> dict[str, Any]:
    return {
        "language": clinic.language,
        "paper": clinic.paper.value,
        "time_zone": clinic.time_zone,
        "languages": list(clinic.languages),
        "prompts": [category.value for category in Category if category in clinic.prompts],
        "item_export": clinic.item_export.value,
        "none_export": clinic.none_export.value,
    }

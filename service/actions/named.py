"""Whom the things are about that an address names."""

from collections.abc import Mapping
from uuid import UUID

from service.store import checklists as checklist_store
from service.store import medications as medication_store
from service.store.database import Connection


def patient_named(connection: Connection, clinic_id: UUID, named: Mapping[str, UUID]) -> UUID | None:
    """The patient whom one of these ids stands for or is about; a patient's own id also of nobody on file.

    The names are those of the places in an address. In ``list_id`` and ``named`` the id is the patient's.
    """
    for name in ("patient_id", "list_id", "named"):
        if name in named:
            return named[name]
    if "checklist_id" in named:
        sheet = checklist_store.load_checklist(connection, clinic_id, named["checklist_id"])
        return sheet.patient_id if sheet else None
    item_id = named.get("item_id") or named.get("provenance_id")
    return medication_store.find_patient_of_item(connection, clinic_id, item_id) if item_id else None

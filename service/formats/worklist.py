"""The worklist as JSON-ready data."""

from typing import Any

from service.domain.checklists.gaps import gap_document
from service.domain.checklists.guidance_today import guidance_today_document
from service.domain.checklists.short_code import printed
from service.domain.checklists.worklist import CategoryState, ListState, NewestSheet, WorklistRow
from service.domain.patients.patients import patient_document


def row_document(row: WorklistRow) -> dict[str, Any]:
    """One patient and treatment of the day."""
    return {
        "status": row.status.value,
        "patient": patient_document(row.patient),
        "medication_list": list_state_document(row.medications),
        "checklist": _sheet(row.sheet),
    }


def list_state_document(state: ListState) -> dict[str, Any]:
    """How a patient's list stands."""
    return {
        "version": state.version,
        "categories": {one.category.value: _category(one) for one in state.categories},
        "uncategorized": state.uncategorized,
        "earlier_items": state.earlier,
        "gaps": [gap_document(gap) for gap in state.gaps],
    }


def _category(state: CategoryState) -> dict[str, Any]:
    return {"answer": state.answer.value, "items": state.items}


def _sheet(sheet: NewestSheet) -> dict[str, Any]:
    return {
        "id": str(sheet.id),
        "code": printed(sheet.code),
        "treatment": {"id": sheet.treatment_id, "name": sheet.treatment_name},
        "planned_start": sheet.planned_start.isoformat(),
        "status": sheet.status.value,
        "guidance_today": [guidance_today_document(one) for one in sheet.guidance],
        "list_version": sheet.list_version,
        "issued_at": sheet.issued_at.isoformat(),
        "signed": [section.value for section in sheet.signed],
        "to_sign": [section.value for section in sheet.to_sign],
    }

"""A whole intake as it comes in."""

from collections.abc import Mapping
from typing import Any

from marshmallow import post_load, validates_schema

from service.actions.intake import Intake
from service.web.fields import Part, Text
from service.web.schemas.checklists import (
    ChecklistOptionsSchema,
    SeveralTreatments,
    check_treatments,
    checklist_request,
)
from service.web.schemas.medications import WholeListSchema, whole_list_from
from service.web.schemas.patients import PostedPatientSchema
from service.web.schemas.strict import SHORT


class IntakeTreatmentSchema(ChecklistOptionsSchema):
    """The treatment that the checklist is for, or several: ``id`` or ``ids``, not both."""

    id = Text(most=SHORT)
    ids = SeveralTreatments()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_treatments(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        """Refuse both fields, neither, and a treatment twice."""
        check_treatments(data, original, "id", "ids")


class IntakeSchema(WholeListSchema):
    """A patient, a whole list and, where a checklist is wanted, the treatment it is for."""

    patient = Part(PostedPatientSchema, required=True)
    treatment = Part(IntakeTreatmentSchema, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Intake:
        """Build what the action takes."""
        treatment = data.get("treatment")
        return Intake(
            patient=data["patient"],
            medications=whole_list_from(data),
            informant=data.get("informant"),
            collection_mode=data.get("collection_mode"),
            checklist=checklist_request(treatment, "id", "ids", "/treatment") if treatment else None,
        )

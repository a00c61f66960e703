"""Which checklist is wanted, and why one is taken back, as they come in."""

from collections.abc import Mapping
from typing import Any

from marshmallow import post_load

from service.actions.checklists import ChecklistRequest
from service.domain.patients import Paper, PrintSize
from service.web.fields import Choice, Day, Text
from service.web.schemas.strict import SHORT, TEXT, LanguageField, StrictSchema


class ChecklistOptionsSchema(StrictSchema):
    """How the sheet is wanted; what is left out comes from the patient and the clinic."""

    planned_start = Day(allow_none=True)
    language = LanguageField()
    paper = Choice(Paper, allow_none=True)
    print_size = Choice(PrintSize, allow_none=True)


class ChecklistRequestSchema(ChecklistOptionsSchema):
    """Which checklist is to be issued."""

    treatment = Text(most=SHORT, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChecklistRequest:
        """Build what the action takes."""
        return checklist_request(data, "treatment", "/treatment")


def checklist_request(data: Mapping[str, Any], treatment_field: str, pointer: str) -> ChecklistRequest:
    """What was asked for, with the treatment under the name that the schema has for it."""
    options = {name: value for name, value in data.items() if name != treatment_field}
    return ChecklistRequest(treatment_id=data[treatment_field], treatment_pointer=pointer, **options)


class WithdrawalSchema(StrictSchema):
    """Why a sheet is taken back."""

    reason = Text(most=TEXT, required=True)

"""Which checklist is wanted, and why one is taken back, as they come in."""

from collections.abc import Mapping
from typing import Any

from marshmallow import post_load, validates_schema

from service.actions.issuing import ChecklistRequest
from service.domain.checklists.treatments import MOST_TREATMENTS
from service.domain.errors import Fault
from service.domain.patients.patients import Paper, PrintSize
from service.web.fields import Choice, Day, ListOf, Text
from service.web.schemas.strict import SHORT, TEXT, DomainFaultsError, LanguageField, StrictSchema


class ChecklistOptionsSchema(StrictSchema):
    """How the sheet is wanted; what is left out comes from the patient and the clinic."""

    planned_start = Day(allow_none=True)
    language = LanguageField()
    paper = Choice(Paper, allow_none=True)
    print_size = Choice(PrintSize, allow_none=True)


class SeveralTreatments(ListOf):
    """The ids of the treatments of one sheet."""

    def __init__(self) -> None:
        super().__init__(
            Text(most=SHORT, required=True),
            most=MOST_TREATMENTS,
            allow_none=True,
            metadata={"minItems": 1, "uniqueItems": True},
        )


class ChecklistRequestSchema(ChecklistOptionsSchema):
    """Which checklist is to be issued: ``treatment`` or ``treatments``, not both."""

    treatment = Text(most=SHORT)
    treatments = SeveralTreatments()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_treatments(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        """Refuse both fields, neither, and a treatment twice."""
        check_treatments(data, original, "treatment", "treatments")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChecklistRequest:
        """Build what the action takes."""
        return checklist_request(data, "treatment", "treatments")


def check_treatments(data: Mapping[str, Any], sent: object, one: str, several: str) -> None:
    """Raise ValidationError where not just one of two fields was sent, or a treatment stands there twice.

    A field that was refused has its fault already.
    """
    if not isinstance(sent, Mapping):
        return
    named = data.get(several) or []
    if sent.get(one) and sent.get(several):
        detail = f"Send {one} or {several}, and not both."
        raise DomainFaultsError([Fault(f"/{several}", "one_or_several", detail)])
    if not any(data.get(name) or (sent.get(name) and name not in data) for name in (one, several)):
        raise DomainFaultsError([Fault(f"/{one}", "required", "This is needed.")])
    repeated = [
        Fault(f"/{several}/{place}", "repeated", "This treatment stands there twice.")
        for place, treatment_id in enumerate(named)
        if treatment_id in named[:place]
    ]
    if repeated:
        raise DomainFaultsError(repeated)


def checklist_request(data: Mapping[str, Any], one: str, several: str, place: str = "") -> ChecklistRequest:
    """What was asked for, its treatment in the field ``one`` or more of them in ``several``, at ``place``."""
    options = {name: value for name, value in data.items() if name not in (one, several)}
    if data.get(one):
        return ChecklistRequest((data[one],), pointers=(f"{place}/{one}",), **options)
    pointers = tuple(f"{place}/{several}/{number}" for number in range(len(data[several])))
    return ChecklistRequest(tuple(data[several]), pointers=pointers, **options)


class WithdrawalSchema(StrictSchema):
    """Why a sheet is taken back."""

    reason = Text(most=TEXT, required=True)

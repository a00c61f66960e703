"""Patients as they come in."""

from typing import Any

from marshmallow import post_load

from service.actions.patients import PostedPatient
from service.domain.patients.patients import Identifier, PrintSize
from service.web.fields import Choice, Part, PartialDay, Text
from service.web.schemas.strict import NAME, SHORT, LanguageField, StrictSchema


class IdentifierSchema(StrictSchema):
    """A number in a named system."""

    system = Text(most=SHORT, required=True)
    value = Text(most=SHORT, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Identifier:
        """Build the domain object."""
        return Identifier(**data)


class PostedPatientSchema(StrictSchema):
    """A patient as a form or an EHR names them."""

    identifier = Part(IdentifierSchema, required=True)
    name = Text(most=NAME)
    birth_date = PartialDay(allow_none=True)
    language = LanguageField()
    print_size = Choice(PrintSize, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PostedPatient:
        """Build what the actions take."""
        return PostedPatient(**data)


class PatientChangesSchema(StrictSchema):
    """What can be changed of a patient; what is left out stays."""

    name = Text(most=NAME)
    birth_date = PartialDay(allow_none=True)
    language = LanguageField()
    print_size = Choice(PrintSize, allow_none=True)


class SearchSchema(StrictSchema):
    """What is typed to find a patient."""

    sought = Text(most=SHORT, required=True)

"""The steps of the intake form, and what makes a link, as they come in: parts of a posted intake."""

from collections.abc import Collection
from typing import Any

from marshmallow import fields, post_load

from service.domain.attribution import CollectionMode
from service.domain.intake.forms import LINK_MODES
from service.domain.medications.categories import Answer
from service.domain.medications.still_taking import StillTaking
from service.web.fields import MESSAGES, Choice, Id, Part, Text
from service.web.schemas.medications import InformantSchema
from service.web.schemas.strict import NAME, StrictSchema


class _ModeField(Choice):
    """One of the ways in which this form, or this link, is filled in."""

    def __init__(self, modes: Collection[CollectionMode]) -> None:
        words = [mode.value for mode in CollectionMode if mode in modes]
        super().__init__(CollectionMode, required=True, metadata={"enum": words})
        self.members = {word: CollectionMode(word) for word in words}


DESK_MODES = (
    CollectionMode.INTERVIEW,
    CollectionMode.PHONE,
    CollectionMode.PAPER,
    CollectionMode.HANDED_DEVICE,
)
"""How answers come in at the desk; who fills the form in alone has a link."""


class IntakeLinkSchema(StrictSchema):
    """On whose device the form behind a link is filled in."""

    collection_mode = _ModeField(LINK_MODES)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> CollectionMode:
        """Build the domain's word."""
        mode: CollectionMode = data["collection_mode"]
        return mode


class NamedPatientSchema(StrictSchema):
    """The name of the person whose medicines these are, as it is told."""

    name = Text(most=NAME)


class WhoSchema(StrictSchema):
    """Who is answering, and for whom."""

    informant = Part(InformantSchema, required=True)
    patient = Part(NamedPatientSchema)


class WhoAtDeskSchema(StrictSchema):
    """Who is answering, and how the answers come in."""

    informant = Part(InformantSchema, required=True)
    collection_mode = _ModeField(DESK_MODES)


class CategoryStepSchema(StrictSchema):
    """What is answered for a category, and of the items on file by their ids."""

    answer = Choice(Answer)
    still = fields.Dict(keys=Id(), values=Choice(StillTaking), error_messages=MESSAGES)

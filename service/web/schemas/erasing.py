"""Why a patient is erased, and the identifier that a person typed again."""

from service.domain.patients.erasure import ErasureReason
from service.web.fields import Choice, Text
from service.web.schemas.strict import TEXT, StrictSchema


class ErasureSchema(StrictSchema):
    """What a person says to erase a patient."""

    reason = Choice(ErasureReason, required=True)
    confirm = Text(most=TEXT, required=True)

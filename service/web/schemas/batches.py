"""Which sheets are to be printed together, as it comes in."""

from typing import Any

from marshmallow import post_load

from service.domain.checklists.batches import MOST_SHEETS, BatchRequest
from service.domain.errors import RefusedError
from service.web.fields import Day, Flag, Id, ListOf
from service.web.schemas.strict import DomainFaultsError, StrictSchema


class BatchRequestSchema(StrictSchema):
    """A day or a list of checklists; ``renew``: issue anew what is out of date (for a day unless false)."""

    date = Day(allow_none=True)
    checklists = ListOf(Id(required=True, metadata={"format": "uuid"}), most=MOST_SHEETS, allow_none=True)
    renew = Flag(allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> BatchRequest:
        """Build what the action takes."""
        try:
            return BatchRequest(data.get("date"), tuple(data.get("checklists") or ()), data.get("renew"))
        except RefusedError as error:
            raise DomainFaultsError(list(error.faults)) from error

"""What may stand in a query."""

from typing import Any

from marshmallow import fields, validate

from service.web.fields import Day, Id, Text
from service.web.replies import MOST_PER_PAGE, PER_PAGE
from service.web.schemas.strict import StrictSchema

_NUMBER_MESSAGES: dict[str, str | list[Any] | dict[Any, Any]] = {
    "invalid": "type|A whole number.",
    "too_large": "type|A whole number.",
}
_MOST_VERSION = 2_000_000_000


def _number(least: int, most: int, **kwargs: object) -> fields.Integer:
    range_message = f"range|A whole number from {least} to {most}."
    return fields.Integer(
        error_messages=_NUMBER_MESSAGES,
        validate=validate.Range(least, most, error=range_message),
        **kwargs,  # type: ignore[arg-type]
    )


class PageQuery(StrictSchema):
    """Which page of a list."""

    limit = _number(1, MOST_PER_PAGE, load_default=PER_PAGE)
    cursor = Text(most=100, load_default=None)


class PatientsQuery(PageQuery):
    """Which patients."""

    identifier = Text(most=401, load_default=None, metadata={"description": "system|value"})


class AuditQuery(PageQuery):
    """Which audit events."""

    patient_id = Id(load_default=None)


class WorklistQuery(StrictSchema):
    """Which day."""

    date = Day(required=True)


class VersionQuery(StrictSchema):
    """Which version of a list; the latest when left out."""

    version = _number(1, _MOST_VERSION, load_default=None)


class DifferenceQuery(StrictSchema):
    """From which version to which."""

    from_version = _number(1, _MOST_VERSION, required=True, data_key="from")
    to_version = _number(1, _MOST_VERSION, required=True, data_key="to")

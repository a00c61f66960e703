"""A log-in as it comes in."""

from service.web.fields import Text
from service.web.schemas.strict import SHORT, StrictSchema


class LogInSchema(StrictSchema):
    """A person's log-in."""

    login = Text(most=SHORT, required=True)
    password = Text(most=SHORT, required=True)

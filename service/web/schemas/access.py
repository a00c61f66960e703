"""Staff, keys and a clinic's settings as an administrator types them."""

from typing import Any
from zoneinfo import available_timezones

from marshmallow import ValidationError, post_load, validates

from service.domain.access.clinics import ItemExport, NoneExport
from service.domain.access.credentials import KEY_ROLES, STAFF_ROLES
from service.domain.access.permissions import Role
from service.domain.medications.categories import Category
from service.domain.patients.patients import Paper
from service.web.fields import Choice, ListOf, Text
from service.web.schemas.strict import NAME, SHORT, StrictSchema


class _RoleField(Choice):
    """One of the roles that a person, or a key, can hold."""

    def __init__(self, roles: frozenset[Role]) -> None:
        super().__init__(Role, required=True)
        self.members = {role.value: role for role in Role if role in roles}


class NewMemberSchema(StrictSchema):
    """A person who is to log in."""

    name = Text(most=NAME, required=True)
    login = Text(most=SHORT, required=True)
    role = _RoleField(STAFF_ROLES)


class OwnPasswordSchema(StrictSchema):
    """One's password as it is and as it is to be."""

    now = Text(most=SHORT, required=True)
    new = Text(most=SHORT, required=True)


class NewKeySchema(StrictSchema):
    """A program's key."""

    name = Text(most=NAME, required=True)
    role = _RoleField(KEY_ROLES)


class SettingsSchema(StrictSchema):
    """A clinic's settings, all of them; of the lists, what is not named is off."""

    language = Text(most=SHORT, required=True)
    languages = ListOf(Text(most=SHORT, required=True), most=50, load_default=list)
    paper = Choice(Paper, required=True)
    time_zone = Text(most=SHORT, required=True)
    item_export = Choice(ItemExport, required=True)
    none_export = Choice(NoneExport, required=True)
    prompts = ListOf(Choice(Category), most=len(Category), load_default=list)

    @validates("time_zone")
    def check_time_zone(self, value: str, **_: Any) -> None:
        """Refuse a name that no clock knows."""
        if value not in available_timezones():
            raise ValidationError("choice|Not the IANA name of a time zone.")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Build what the action takes."""
        return {**data, "languages": tuple(data["languages"]), "prompts": frozenset(data["prompts"])}

"""Who may do what: one table, and nobody acts without a name."""

import re
from uuid import UUID

import pytest

from service.domain.access.permissions import PERMISSIONS, Actor, ActorKind, Permission, Role, require
from service.domain.attribution import Recorder, RecorderKind
from service.domain.errors import ForbiddenError

MAY = {
    Role.INTAKE: "submit_intake read_treatments",
    Role.EHR: (
        "submit_intake read_patients write_patients read_lists write_lists read_treatments "
        "read_checklists issue_checklists make_intake_links read_worklist"
    ),
    Role.NURSE: (
        "submit_intake read_patients write_patients read_lists write_lists read_treatments "
        "read_checklists issue_checklists withdraw_checklists sign_checklists make_intake_links read_worklist"
    ),
    Role.ADMINISTRATOR: (
        "submit_intake read_patients write_patients erase_patients read_lists write_lists read_treatments "
        "read_checklists issue_checklists withdraw_checklists sign_checklists make_intake_links "
        "read_worklist publish_guidance read_audit export_patient_data manage_clinic"
    ),
}


def actor(role: Role, kind: ActorKind = ActorKind.KEY) -> Actor:
    return Actor(UUID(int=1), kind, UUID(int=2), "Front desk", role)


def test_every_role_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role) == set(MAY)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_is_written_here_and_nothing_else(role: Role) -> None:
    may = {permission for permission in Permission if actor(role).may(permission)}
    assert may == {Permission(word) for word in MAY[role].split()}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_whoever_may_not_is_refused_by_name_of_the_permission(role: Role, permission: Permission) -> None:
    if actor(role).may(permission):
        require(actor(role), permission)
    else:
        with pytest.raises(
            ForbiddenError, match=re.escape(f"The role {role} may not do this ({permission})")
        ):
            require(actor(role), permission)


def test_a_form_in_the_lobby_shows_nobodys_record() -> None:
    reading = {permission for permission in Permission if permission.startswith("read_")}
    assert PERMISSIONS[Role.INTAKE] & reading == {Permission.READ_TREATMENTS}


def test_no_program_takes_a_sheet_back() -> None:
    assert not actor(Role.EHR).may(Permission.WITHDRAW_CHECKLISTS)


@pytest.mark.parametrize(
    ("kind", "recorded_as"),
    [(ActorKind.STAFF, RecorderKind.STAFF), (ActorKind.KEY, RecorderKind.SYSTEM)],
)
def test_whoever_sends_a_list_is_its_recorder(kind: ActorKind, recorded_as: RecorderKind) -> None:
    recorder = actor(Role.NURSE, kind).recorder
    assert recorder == Recorder(recorded_as, str(UUID(int=2)), "Front desk")

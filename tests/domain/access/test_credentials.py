"""Which roles programs and people can hold, and whom they act as."""

from uuid import UUID

import pytest

from service.domain.access.credentials import KEY_ROLES, STAFF_ROLES, ApiKey, StaffMember
from service.domain.access.permissions import Actor, ActorKind, Role
from tests.domain.made_up import NOW

KEY, NURSE, CLINIC = UUID(int=1), UUID(int=2), UUID(int=3)


def key(role: Role) -> ApiKey:
    return ApiKey(KEY, CLINIC, role, "The EHR", "0" * 64, NOW)


def member(role: Role) -> StaffMember:
    return StaffMember(NURSE, CLINIC, "nurse", "Test Nurse", role, "$argon2id$made-up")


@pytest.mark.parametrize("role", Role)
def test_a_program_is_no_nurse(role: Role) -> None:
    if role in KEY_ROLES:
        assert key(role).actor == Actor(CLINIC, ActorKind.KEY, KEY, "The EHR", role)
    else:
        with pytest.raises(ValueError, match=f"a key cannot hold the role {role}"):
            key(role)


@pytest.mark.parametrize("role", Role)
def test_a_person_is_no_form_and_no_ehr(role: Role) -> None:
    if role in STAFF_ROLES:
        assert member(role).actor == Actor(CLINIC, ActorKind.STAFF, NURSE, "Test Nurse", role)
    else:
        with pytest.raises(ValueError, match=f"staff cannot hold the role {role}"):
            member(role)


def test_every_role_is_held_by_somebody_and_a_nurse_only_by_a_person() -> None:
    assert set(Role) == KEY_ROLES | STAFF_ROLES
    assert Role.NURSE not in KEY_ROLES

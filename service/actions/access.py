"""Who may come in to the clinic at hand: its staff and its keys. A secret is shown once and never again."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from service.actions.credentials import add_staff, create_key, known_words
from service.actions.passwords import check_password, hash_password, password_fits
from service.actions.work import Work
from service.domain.access.credentials import ApiKey, StaffMember, check_may_leave
from service.domain.access.permissions import Permission, Role
from service.domain.audit.events import AuditAction
from service.domain.errors import Fault, NotFoundError, RefusedError
from service.store import api_keys as key_store
from service.store import staff as staff_store

# Nobody takes one of these for another, on paper or by ear.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _SIGNS_IN_A_GROUP = 4, 5


@dataclass(frozen=True, slots=True)
class Admission:
    """A person and the password that was made for them, to be shown once."""

    member: StaffMember
    password: str


def list_staff(work: Work) -> tuple[StaffMember, ...]:
    """Everybody of the clinic, those who have left too."""
    work.require(Permission.MANAGE_CLINIC)
    return staff_store.list_staff(work.connection, work.clinic_id)


def add_member(work: Work, *, role: Role, login: str, name: str, password: str | None = None) -> Admission:
    """Add a person, with a password of 100 random bits where none is given.

    Raises ConflictError (``login_taken``).
    """
    work.require(Permission.MANAGE_CLINIC)
    password = made_password() if password is None else password
    member = add_staff(work.connection, work.clinic_id, role, login, name, password, work.now)
    work.record(AuditAction.ADD_STAFF, subject=f"staff/{member.id}", details={"role": role.value})
    return Admission(member, password)


def give_new_password(work: Work, staff_id: UUID) -> Admission:
    """Make another password for a person and end their sessions. Raises NotFoundError."""
    work.require(Permission.MANAGE_CLINIC)
    member, password = _known_member(work, staff_id), made_password()
    staff_store.set_password_hash(work.connection, work.clinic_id, staff_id, hash_password(password))
    work.record(AuditAction.CHANGE_STAFF, subject=f"staff/{staff_id}", details={"fields": "password"})
    return Admission(member, password)


def end_access(work: Work, staff_id: UUID) -> None:
    """Let a person who has left log in no longer and end their sessions.

    Raises NotFoundError, and ConflictError for oneself and for the last administrator.
    """
    work.require(Permission.MANAGE_CLINIC)
    member = _known_member(work, staff_id)
    check_may_leave(member, work.actor, staff_store.list_staff(work.connection, work.clinic_id))
    if member.left_at is None:
        staff_store.set_left(work.connection, work.clinic_id, staff_id, work.now)
        work.record(AuditAction.CHANGE_STAFF, subject=f"staff/{staff_id}", details={"fields": "left_at"})


def renew_access(work: Work, staff_id: UUID) -> Admission:
    """Let a person who had left log in again, with another password. Raises NotFoundError."""
    work.require(Permission.MANAGE_CLINIC)
    _known_member(work, staff_id)
    staff_store.set_left(work.connection, work.clinic_id, staff_id, None)
    return give_new_password(work, staff_id)


def change_own_password(work: Work, now: str, new: str) -> None:
    """Change the actor's own password and end all their sessions. Raises RefusedError."""
    member = _known_member(work, work.actor.id)
    if not password_fits(member, now):
        raise RefusedError(Fault("/now", "log_in_refused", "This is not the password."))
    known = known_words(work.connection, work.clinic_id, member.login, member.name)
    check_password(new, "/new", (*known, now))
    staff_store.set_password_hash(work.connection, work.clinic_id, member.id, hash_password(new))
    work.record(AuditAction.CHANGE_STAFF, subject=f"staff/{member.id}", details={"fields": "password"})


def list_keys(work: Work) -> tuple[ApiKey, ...]:
    """Every key of the clinic, revoked ones too, without their secrets."""
    work.require(Permission.MANAGE_CLINIC)
    return key_store.list_keys(work.connection, work.clinic_id)


def make_key(work: Work, *, role: Role, name: str) -> str:
    """Make a key and return its secret: the only time that it is to be seen."""
    work.require(Permission.MANAGE_CLINIC)
    secret = create_key(work.connection, work.clinic_id, role, name, work.now)
    work.record(AuditAction.MAKE_KEY, details={"role": role.value})
    return secret


def revoke_key(work: Work, key_id: UUID) -> None:
    """Revoke a key; it stops working at once. Raises NotFoundError where there is no such valid key."""
    work.require(Permission.MANAGE_CLINIC)
    if not key_store.revoke_key(work.connection, work.clinic_id, key_id, work.now):
        raise NotFoundError("There is no such valid key.")
    work.record(AuditAction.REVOKE_KEY, subject=f"key/{key_id}")


def made_password() -> str:
    """A password of 20 random signs in groups, easy to read from paper."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_SIGNS_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _known_member(work: Work, staff_id: UUID) -> StaffMember:
    staff = staff_store.list_staff(work.connection, work.clinic_id)
    found = next((member for member in staff if member.id == staff_id), None)
    if found is None:
        raise NotFoundError("There is no such member of staff.")
    return found

"""Who may do what: one table, read by every action."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from service.domain.attribution import Recorder, RecorderKind
from service.domain.errors import ForbiddenError


class Role(StrEnum):
    """Keys hold intake, ehr or administrator; staff hold nurse or administrator."""

    INTAKE = "intake"
    EHR = "ehr"
    NURSE = "nurse"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What an action asks for. The names are those of the permission table in the documentation."""

    SUBMIT_INTAKE = "submit_intake"
    READ_PATIENTS = "read_patients"
    WRITE_PATIENTS = "write_patients"
    READ_LISTS = "read_lists"
    WRITE_LISTS = "write_lists"
    READ_TREATMENTS = "read_treatments"
    READ_CHECKLISTS = "read_checklists"
    ISSUE_CHECKLISTS = "issue_checklists"
    WITHDRAW_CHECKLISTS = "withdraw_checklists"
    SIGN_CHECKLISTS = "sign_checklists"
    MAKE_INTAKE_LINKS = "make_intake_links"
    READ_WORKLIST = "read_worklist"
    PUBLISH_GUIDANCE = "publish_guidance"
    READ_AUDIT = "read_audit"
    MANAGE_CLINIC = "manage_clinic"


_EHR = frozenset(
    {
        Permission.SUBMIT_INTAKE,
        Permission.READ_PATIENTS,
        Permission.WRITE_PATIENTS,
        Permission.READ_LISTS,
        Permission.WRITE_LISTS,
        Permission.READ_TREATMENTS,
        Permission.READ_CHECKLISTS,
        Permission.ISSUE_CHECKLISTS,
        Permission.MAKE_INTAKE_LINKS,
        Permission.READ_WORKLIST,
    }
)

PERMISSIONS = MappingProxyType(
    {
        # An intake key posts and cannot read back: a form on a lobby's tablet shows nobody's record.
        Role.INTAKE: frozenset({Permission.SUBMIT_INTAKE, Permission.READ_TREATMENTS}),
        Role.EHR: _EHR,
        # Taking back an issued sheet, signing and marking are a person's acts, so no EHR key holds them.
        Role.NURSE: _EHR | {Permission.WITHDRAW_CHECKLISTS, Permission.SIGN_CHECKLISTS},
        Role.ADMINISTRATOR: frozenset(Permission),
    }
)


class ActorKind(StrEnum):
    """What kind of credentials an actor showed."""

    KEY = "key"
    STAFF = "staff"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts for one clinic, in one role: a key, a member of staff, or who opened an intake link.

    There is no anonymous actor.
    """

    clinic_id: UUID
    kind: ActorKind
    id: UUID
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether the role holds the permission."""
        return permission in PERMISSIONS[self.role]

    @property
    def recorder(self) -> Recorder:
        """The actor as the recorder of what it sends."""
        kind = RecorderKind.STAFF if self.kind is ActorKind.STAFF else RecorderKind.SYSTEM
        return Recorder(kind, str(self.id), self.name)


def require_person(actor: Actor) -> None:
    """Raise ForbiddenError unless a member of staff acts: what a person does no key can do for them."""
    if actor.kind is not ActorKind.STAFF:
        raise ForbiddenError("A person does this, with a log-in. A key cannot.")


def require(actor: Actor, permission: Permission) -> None:
    """Raise ForbiddenError unless the actor's role holds the permission."""
    if not actor.may(permission):
        raise ForbiddenError(f"The role {actor.role} may not do this ({permission}).")

"""Who may do what: one table, read by every action."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from service.domain.access.scopes import ALL_RESOURCES, Scope
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
    ERASE_PATIENTS = "erase_patients"
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
    EXPORT_PATIENT_DATA = "export_patient_data"
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


_LISTS = ("MedicationStatement", "MedicationRequest", "List", "QuestionnaireResponse")
_SHEETS = ("Composition", "DocumentReference", "Bundle", "Binary")
_ANY = (ALL_RESOURCES,)

# Permissions that no resource of FHIR stands for need a scope over all of them.
_GRANTED_BY: Mapping[Permission, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        Permission.READ_PATIENTS: (("Patient",), "rs"),
        Permission.WRITE_PATIENTS: (("Patient",), "cu"),
        Permission.READ_LISTS: ((*_LISTS, "Provenance"), "rs"),
        Permission.WRITE_LISTS: (_LISTS, "cu"),
        Permission.SUBMIT_INTAKE: (("QuestionnaireResponse",), "c"),
        Permission.READ_TREATMENTS: ((*_SHEETS, "Questionnaire"), "rs"),
        Permission.READ_CHECKLISTS: (_SHEETS, "rs"),
        Permission.ISSUE_CHECKLISTS: (("Composition",), "c"),
        Permission.MAKE_INTAKE_LINKS: (_ANY, "c"),
        Permission.READ_WORKLIST: (_ANY, "s"),
    }
)


def granted(scopes: Iterable[Scope]) -> frozenset[Permission]:
    """The permissions that these scopes leave a program; never more than its role holds."""
    known = tuple(scopes)
    return frozenset(
        permission
        for permission, (resources, letters) in _GRANTED_BY.items()
        if any(scope.covers(r, letter) for scope in known for r in resources for letter in letters)
    )


class ActorKind(StrEnum):
    """What kind of credentials an actor showed."""

    KEY = "key"
    STAFF = "staff"
    LINK = "link"
    CLIENT = "client"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts for one clinic, in one role: a key, a member of staff, who opened a link, an EHR's client, or
    the operator of the machine.

    ``scopes`` are those of a client's access token: they leave it a part of what its role holds. Nobody else
    has any (None), and no client at CDS Hooks. There is no anonymous actor.
    """

    clinic_id: UUID
    kind: ActorKind
    id: UUID
    name: str
    role: Role
    scopes: tuple[Scope, ...] | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role holds the permission, and the scopes leave it."""
        left = self.scopes is None or permission in granted(self.scopes)
        return left and permission in PERMISSIONS[self.role]

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
        who = "The scope" if permission in PERMISSIONS[actor.role] else f"The role {actor.role}"
        raise ForbiddenError(f"{who} may not do this ({permission}).")

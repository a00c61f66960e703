"""Keys of programs, and staff. Secrets never stand here, only what is derived from them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.errors import ConflictError

KEY_PREFIX = "mcl_"
TOKEN_PREFIX = "mct_"  # noqa: S105 -- what every access token of a client begins with
KEY_ROLES = frozenset({Role.INTAKE, Role.EHR, Role.ADMINISTRATOR})
SHORTEST_PASSWORD = 15
"""Signs of a password that a person chose (NIST SP 800-63B-4, 3.1.1.2)."""
STAFF_ROLES = frozenset({Role.NURSE, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A program's key. ``secret_sha256`` is hex; the key itself is shown once and not kept."""

    id: UUID
    clinic_id: UUID
    role: Role
    name: str
    secret_sha256: str
    created_at: datetime
    revoked_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.role not in KEY_ROLES:
            raise ValueError(f"a key cannot hold the role {self.role}")

    @property
    def actor(self) -> Actor:
        """The key as an actor."""
        return Actor(self.clinic_id, ActorKind.KEY, self.id, self.name, self.role)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who logs in. ``login`` is unique over all clinics; ``password_hash`` is Argon2id's.

    Who has left (``left_at``) logs in no longer; what they recorded keeps their name.
    """

    id: UUID
    clinic_id: UUID
    login: str
    name: str
    role: Role
    password_hash: str
    left_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.role not in STAFF_ROLES:
            raise ValueError(f"staff cannot hold the role {self.role}")

    @property
    def actor(self) -> Actor:
        """The person as an actor."""
        return Actor(self.clinic_id, ActorKind.STAFF, self.id, self.name, self.role)


def check_may_leave(member: StaffMember, actor: Actor, staff: Iterable[StaffMember]) -> None:
    """Refuse what would shut a clinic out of its own house. Raises ConflictError.

    Nobody ends their own access, and the last administrator who can log in stays.
    """
    if member.id == actor.id:
        raise ConflictError("Nobody ends their own access.", code="own_access")
    administrators = [m.id for m in staff if m.role is Role.ADMINISTRATOR and m.left_at is None]
    if administrators == [member.id]:
        raise ConflictError("The last administrator cannot leave.", code="last_administrator")


def secret_digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256, in hex.

    Secrets are looked up by it and never compared with one another. How long a look takes may tell of the
    digest that was sought; nobody can choose a secret by its digest and come nearer to one that is kept.
    """
    return hashlib.sha256(secret.encode()).hexdigest()

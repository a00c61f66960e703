"""A clinic to measure in, made through the service's own actions: one key that posts and one that reads."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from service.actions.credentials import authenticate, create_key
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance
from service.actions.performing import perform
from service.actions.work import new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.audit.chain import AuditKeys
from service.formats.guidance_file.reading import read_guidance
from service.store import clinics as clinic_store
from service.store.database import Database, Reach

AUDIT_KEY = "the key of the audit trails of the benchmark"
CLINIC_NAME = "Clinic of the benchmark"
GUIDANCE = Path(__file__).parents[1] / "seed" / "guidance" / "sorafenib.toml"


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets of an intake form and of an EHR."""

    intake: str
    ehr: str


def set_up_clinic(database_url: str, name: str = CLINIC_NAME) -> Keys:
    """Make the clinic in a migrated database and publish the guidance that ships with the service."""
    database = Database(database_url)
    now = datetime.now(UTC)
    clinic = Clinic(new_id(now), name)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, clinic, now)
        intake, ehr, administrator = (
            create_key(connection, clinic.id, role, f"Key of the benchmark: {role}", now)
            for role in (Role.INTAKE, Role.EHR, Role.ADMINISTRATOR)
        )
    actor = authenticate(database, administrator, now)
    assert actor is not None
    guidance = read_guidance(GUIDANCE.read_text("utf-8"))
    door = Door(database, AuditKeys((AUDIT_KEY,)), lambda: datetime.now(UTC), actor, "set-up")
    perform(door, lambda work: publish_shipped_guidance(work, guidance))
    database.dispose()
    return Keys(intake, ehr)


def keys_of(database_url: str, clinic_id: UUID) -> Keys:
    """New keys of a clinic that is there already."""
    database, now = Database(database_url), datetime.now(UTC)
    with database.transaction(clinic_id) as connection:
        intake, ehr = (
            create_key(connection, clinic_id, role, f"Key of the benchmark: {role}", now)
            for role in (Role.INTAKE, Role.EHR)
        )
    database.dispose()
    return Keys(intake, ehr)

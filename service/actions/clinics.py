"""The clinic: whose house this is, and its settings."""

from service.domain.access import Actor
from service.domain.clinics import Clinic
from service.domain.errors import NotFoundError
from service.store import clinics as clinic_store
from service.store.database import Database


def clinic_of(database: Database, actor: Actor) -> Clinic:
    """The clinic that an actor belongs to. Raises NotFoundError."""
    with database.transaction(reads_only=True) as connection:
        clinic = clinic_store.load_clinic(connection, actor.clinic_id)
    if clinic is None:
        raise NotFoundError("There is no such clinic.")
    return clinic

"""A clinic on a real database, and the door that its nurse comes in by."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest

from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance, retire_guidance
from service.actions.performing import perform
from service.actions.work import Work, new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor, ActorKind, Role
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.domain.made_up import NOW
from tests.guidance_of_tests import TREATMENT, guidance_of_tests

T = TypeVar("T")


@dataclass
class ClinicOfPromises:
    """What a nurse does here is done by the real actions, a minute after what was done before."""

    database: Database
    id: UUID
    minutes: int = field(default=0)

    def does(self, act: Callable[[Work], T], role: Role = Role.NURSE) -> T:
        kind = ActorKind.STAFF if role is Role.NURSE else ActorKind.KEY
        actor = Actor(self.id, kind, UUID(int=77), "Test Nurse", role)
        return perform(Door(self.database, AUDIT_KEYS, self._now, actor, "a request"), act)

    def publishes(self, **changed: Any) -> None:
        guidance = replace(guidance_of_tests(), **changed)
        self.does(lambda work: publish_shipped_guidance(work, guidance), Role.ADMINISTRATOR)

    def retires(self) -> None:
        self.does(lambda work: retire_guidance(work, TREATMENT), Role.ADMINISTRATOR)

    def _now(self) -> datetime:
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)


@pytest.fixture
def clinic(database: Database) -> ClinicOfPromises:
    made = ClinicOfPromises(database, new_id(NOW))
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, Clinic(made.id, "The clinic"), NOW)
    made.publishes()
    return made

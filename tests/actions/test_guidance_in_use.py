"""Guidance is published, retired and published again; what was done last decides, whatever the clock says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from service.actions import guidance as actions
from service.actions.door import Door
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.errors import ConflictError, ForbiddenError, NotFoundError
from service.domain.guidance.publications import Publication, PublicationAct
from service.domain.guidance.statements import Guidance
from service.store import audit as audit_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.store.records import NOW, add_clinic

T = TypeVar("T")
DAY = timedelta(days=1)
FIRST = guidance_of_tests()
SECOND = replace(FIRST, statements=FIRST.statements[:2])


class Administrator:
    """Somebody of the clinic who does one thing after the other."""

    def __init__(self, database: Database, clinic_id: UUID, role: Role = Role.ADMINISTRATOR) -> None:
        self.database = database
        self.actor = Actor(clinic_id, ActorKind.STAFF, uuid4(), "Test Administrator 01", role)

    def does(self, act: Callable[[Work], T], at: datetime = NOW) -> T:
        return perform(Door(self.database, AUDIT_KEYS, lambda: at, self.actor, "request-1"), act)


@pytest.fixture
def administrator(database: Database) -> Administrator:
    with database.transaction(Reach.ALL) as connection:
        return Administrator(database, add_clinic(connection))


def publish(one: Administrator, made: Guidance, at: datetime = NOW) -> str:
    return one.does(lambda work: actions.publish_shipped_guidance(work, made), at).version


def retire(work: Work) -> Publication:
    return actions.retire_guidance(work, TREATMENT)


def versions(work: Work) -> list[tuple[str, bool, int]]:
    return [(one.version, one.in_use, len(one.times)) for one in actions.list_versions(work, TREATMENT)]


def test_retired_guidance_is_told_of_and_can_be_published_again(administrator: Administrator) -> None:
    publish(administrator, FIRST)
    publish(administrator, SECOND, NOW + DAY)
    administrator.does(retire, NOW + 2 * DAY)

    with pytest.raises(NotFoundError, match="was retired on 2026-11-25"):
        administrator.does(lambda work: actions.get_treatment(work, TREATMENT))
    assert administrator.does(actions.list_treatments) == ()
    assert administrator.does(versions) == [(SECOND.version, False, 1), (FIRST.version, False, 1)]

    publish(administrator, FIRST, NOW + 3 * DAY)
    assert administrator.does(versions) == [(FIRST.version, True, 2), (SECOND.version, False, 1)]


def test_what_was_done_last_decides_also_where_the_clock_stands_or_goes_back(
    administrator: Administrator,
) -> None:
    publish(administrator, FIRST)
    publish(administrator, SECOND, NOW - DAY)
    assert administrator.does(lambda work: actions.get_treatment(work, TREATMENT)).version == SECOND.version
    for _ in range(8):
        administrator.does(retire)
        assert administrator.does(actions.list_treatments) == ()
        publish(administrator, FIRST)
        assert [one.version for one in administrator.does(actions.list_treatments)] == [FIRST.version]


def test_guidance_that_is_not_in_use_cannot_be_retired(administrator: Administrator) -> None:
    with pytest.raises(NotFoundError):
        administrator.does(retire)
    publish(administrator, FIRST)
    retired = administrator.does(retire)
    assert (retired.act, retired.version) == (PublicationAct.RETIRE, FIRST.version)
    with pytest.raises(ConflictError, match="was retired on") as refused:
        administrator.does(retire)
    assert refused.value.code == "already_retired"


def test_only_an_administrator_retires_and_it_is_on_record(
    administrator: Administrator, database: Database
) -> None:
    clinic_id = administrator.actor.clinic_id
    publish(administrator, FIRST)
    with pytest.raises(ForbiddenError):
        Administrator(database, clinic_id, Role.NURSE).does(retire)
    assert administrator.does(versions) == [(FIRST.version, True, 1)]
    administrator.does(retire, NOW + DAY)
    with database.transaction(Reach.ALL) as connection:
        newest = audit_store.list_events(connection, clinic_id, None, 1)[0]
    assert (newest.action, newest.subject) == ("retire_guidance", f"guidance/{TREATMENT}/{FIRST.version}")


def test_every_version_on_file_can_be_read_by_how_its_digest_begins(administrator: Administrator) -> None:
    first = publish(administrator, FIRST)
    publish(administrator, SECOND)
    for beginning in (first, first[:8]):
        found = administrator.does(lambda work, named=beginning: actions.get_version(work, TREATMENT, named))
        assert (found.guidance, found.in_use) == (FIRST, False)
    for unknown in (first[:7], "0" * 64, "", "%" * 8, first.upper()):
        with pytest.raises(NotFoundError):
            administrator.does(lambda work, named=unknown: actions.get_version(work, TREATMENT, named))

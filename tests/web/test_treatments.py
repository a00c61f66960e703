"""Treatments over HTTP: what is in use, every version that was, and what retiring does."""

from dataclasses import replace
from uuid import uuid4

from service.actions.clock import utc_now
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance, retire_guidance
from service.actions.performing import perform
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.guidance.statements import Guidance
from service.store.database import Database
from tests.audit_keys import AUDIT_KEYS
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted

ADDRESS = f"/v1/treatments/{TREATMENT}"
FIRST = guidance_of_tests()
SECOND = replace(FIRST, statements=FIRST.statements[:3])


def administrator(database: Database, clinic: ClinicOfTests) -> Door:
    actor = Actor(clinic.id, ActorKind.STAFF, uuid4(), "Test Administrator 01", Role.ADMINISTRATOR)
    return Door(database, AUDIT_KEYS, utc_now, actor, "console")


def publish(database: Database, clinic: ClinicOfTests, made: Guidance) -> None:
    perform(administrator(database, clinic), lambda work: publish_shipped_guidance(work, made))


def retire(database: Database, clinic: ClinicOfTests) -> None:
    perform(administrator(database, clinic), lambda work: retire_guidance(work, TREATMENT))


def test_every_version_stays_readable_beside_the_one_in_use(
    clinic: ClinicOfTests, database: Database
) -> None:
    publish(database, clinic, SECOND)
    retire(database, clinic)
    publish(database, clinic, FIRST)

    listed = clinic.intake.get(f"{ADDRESS}/versions").get_json()

    assert listed["next"] is None
    assert [
        (one["version"], one["in_use"], [time["ended"] for time in one["times"]]) for one in listed["items"]
    ] == [(FIRST.version, True, [None, "replaced"]), (SECOND.version, False, ["retired"])]
    (of_second,) = listed["items"][1]["times"]
    assert of_second["published_by"] == of_second["ended_by"] == "Test Administrator 01"
    assert of_second["published_at"] < of_second["ended_at"]
    for made in (FIRST, SECOND):
        found = clinic.ehr.get(f"{ADDRESS}/versions/{made.version}").get_json()
        assert [one["text"] for one in found["statements"]] == [one.text for one in made.statements]
        assert (found["id"], found["version"], found["in_use"]) == (TREATMENT, made.version, made is FIRST)


def test_versions_that_nobody_published_are_not_there(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests, database: Database
) -> None:
    publish(database, other_clinic, SECOND)
    assert clinic.ehr.get("/v1/treatments/another/versions").get_json() == {"items": [], "next": None}
    for version in (SECOND.version, "0" * 64, "%25", FIRST.version[:4]):
        assert clinic.ehr.get(f"{ADDRESS}/versions/{version}").status_code == 404


def test_retired_guidance_is_told_apart_from_what_never_was(
    clinic: ClinicOfTests, database: Database
) -> None:
    receipt = clinic.ehr.post("/v1/intake", posted("Water")).get_json()
    retire(database, clinic)

    assert clinic.ehr.get("/v1/treatments").get_json()["items"] == []
    gone, never = clinic.ehr.get(ADDRESS), clinic.ehr.get("/v1/treatments/another")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert "was retired on" in gone.get_json()["detail"]
    assert "retired" not in never.get_json()["detail"]

    for path, sent, pointer in (
        (f"/v1/patients/{receipt['patient_id']}/checklists", {"treatment": TREATMENT}, "/treatment"),
        ("/v1/intake", asked("Soap"), "/treatment/id"),
    ):
        refused = clinic.ehr.post(path, sent)
        (fault,) = refused.get_json()["errors"]
        assert refused.status_code == 422
        assert (fault["pointer"], fault["code"]) == (pointer, "retired_treatment")
        assert "was retired on" in fault["detail"]
    versions = clinic.ehr.get(f"/v1/patients/{receipt['patient_id']}/medication-list/versions").get_json()
    assert len(versions["items"]) == 1
    assert clinic.ehr.get(f"/v1/patients/{receipt['patient_id']}/checklists").get_json()["items"] == []

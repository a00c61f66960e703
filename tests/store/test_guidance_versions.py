"""A clinic's versions stand side by side, each with its times in use and the sheets made from it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from service.domain.checklists.checklist import SheetTreatment
from service.domain.errors import NotFoundError
from service.domain.guidance.publications import Publication, PublicationAct, TimeInUse
from service.domain.guidance.statements import Treatment
from service.store import checklist_writing, guidance, medication_writing
from service.store.database import Connection, Database, Reach
from service.store.guidance_versions import count_sheets, find_version, list_versions
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.store.records import DOCUMENT, NOW, add_patient, checklist_of, first_list

DAY = timedelta(days=1)
FIRST = guidance_of_tests()
SECOND = replace(FIRST, statements=FIRST.statements[:1])


def act(
    connection: Connection, clinic_id: UUID, version: str, what: PublicationAct, at: datetime
) -> Publication:
    made = Publication(uuid4(), TREATMENT, version, what, at, "Test Administrator 01")
    if what is PublicationAct.PUBLISH:
        says = FIRST if version == "aa01" else SECOND
        guidance.insert_version(connection, clinic_id, says, version, at, made.by)
    guidance.insert_publication(connection, clinic_id, made)
    return made


def test_each_version_has_its_times_in_use_and_what_ended_them(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = act(connection, clinic_id, "aa01", PublicationAct.PUBLISH, NOW)
        second = act(connection, clinic_id, "aa02", PublicationAct.PUBLISH, NOW + DAY)
        retired = act(connection, clinic_id, "aa02", PublicationAct.RETIRE, NOW + 2 * DAY)
        again = act(connection, clinic_id, "aa01", PublicationAct.PUBLISH, NOW + 3 * DAY)

        found = list_versions(connection, clinic_id)

    assert [(one.version, one.guidance, one.in_use, one.times) for one in found] == [
        ("aa01", FIRST, True, (TimeInUse(again, None), TimeInUse(first, second))),
        ("aa02", SECOND, False, (TimeInUse(second, retired),)),
    ]


def test_only_the_versions_of_the_treatment_asked_for_are_listed(database: Database, clinic_id: UUID) -> None:
    other = replace(FIRST, treatment=Treatment("another", "Another"))
    with database.transaction(Reach.ALL) as connection:
        act(connection, clinic_id, "aa01", PublicationAct.PUBLISH, NOW)
        guidance.insert_version(connection, clinic_id, other, "bb01", NOW, "A")
        published = Publication(uuid4(), "another", "bb01", PublicationAct.PUBLISH, NOW, "A")
        guidance.insert_publication(connection, clinic_id, published)

        assert [one.version for one in list_versions(connection, clinic_id, "another")] == ["bb01"]
        assert [one.version for one in list_versions(connection, clinic_id)] == ["bb01", "aa01"]
        assert list_versions(connection, clinic_id, "none") == ()


def test_a_version_is_found_by_how_it_alone_begins_in_use_or_not(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        act(connection, clinic_id, "aa01", PublicationAct.PUBLISH, NOW)
        act(connection, clinic_id, "aa02", PublicationAct.PUBLISH, NOW + DAY)

        assert find_version(connection, clinic_id, TREATMENT, "aa01").guidance == FIRST
        assert find_version(connection, clinic_id, TREATMENT, "aa02").version == "aa02"
        for beginning, said in (("aa", "More than one"), ("aa03", "no such"), ("a_01", "no such")):
            with pytest.raises(NotFoundError, match=said):
                find_version(connection, clinic_id, TREATMENT, beginning)
        with pytest.raises(NotFoundError):
            find_version(connection, clinic_id, "another", "aa01")


def test_the_sheets_of_each_version_are_counted(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        for version in ("aa01", "aa02"):
            act(connection, clinic_id, version, PublicationAct.PUBLISH, NOW)
        person = add_patient(connection, clinic_id)
        listed = first_list(person.id, "Amlodipine")
        medication_writing.insert_first_list(connection, clinic_id, listed)
        for number, version in enumerate(("aa01", "aa01", "aa02")):
            made = checklist_of(person, listed, f"7K2M9X4P{number}")
            made = replace(made, treatments=(SheetTreatment.of(guidance_of_tests(), version),))
            checklist_writing.insert_checklist(connection, clinic_id, made, DOCUMENT, "sha256:made-up")

        assert count_sheets(connection, clinic_id) == {(TREATMENT, "aa01"): 2, (TREATMENT, "aa02"): 1}

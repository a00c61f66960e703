"""An issued sheet knows what has become of the guidance of each of its treatments."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from service.domain.checklists.checklist import SheetTreatment
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday, worst_of
from service.domain.guidance.publications import Publication, PublicationAct
from service.domain.guidance.statements import Treatment
from service.store import checklist_writing, checklists, guidance, medication_writing, worklist
from service.store.database import Connection, Database, Reach
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.store.records import DOCUMENT, NOW, add_checklist, add_patient, checklist_of, first_list, publish

DAY = timedelta(days=1)
FIRST = guidance_of_tests()
SECOND = replace(FIRST, statements=FIRST.statements[:1])
OTHER = replace(FIRST, treatment=Treatment("another", "Another"))


def told(connection: Connection, clinic_id: UUID, checklist_id: UUID) -> tuple[GuidanceToday, ...]:
    """The same by id, by code, in the patient's list and on the day's."""
    stored = checklists.load_checklist(connection, clinic_id, checklist_id)
    assert stored is not None
    assert checklists.find_checklist_by_code(connection, clinic_id, stored.code) == stored
    assert checklists.list_checklists(connection, clinic_id, stored.patient_id, None, 9) == (stored,)
    assert stored.planned_start is not None
    assert worklist.list_planned(connection, clinic_id, stored.planned_start, 9) == (stored,)
    return stored.guidance


def retire(connection: Connection, clinic_id: UUID, treatment: str, version: str, days: int) -> None:
    act = Publication(uuid4(), treatment, version, PublicationAct.RETIRE, NOW + days * DAY, "A")
    guidance.insert_publication(connection, clinic_id, act)


def test_the_last_act_says_whether_a_sheets_guidance_is_in_use_older_or_retired(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        publish(connection, other_clinic_id, SECOND, "v9", NOW + 9 * DAY)
        publish(connection, clinic_id, OTHER, "w1", NOW + 9 * DAY)

        def today() -> tuple[GuidanceToday, ...]:
            return told(connection, clinic_id, made.id)

        assert today() == (GuidanceToday(TREATMENT, GuidanceStatus.IN_USE, "v1", NOW),)
        publish(connection, clinic_id, SECOND, "v2", NOW + DAY)
        assert today() == (GuidanceToday(TREATMENT, GuidanceStatus.OLDER, "v2", NOW + DAY),)
        retire(connection, clinic_id, TREATMENT, "v2", 2)
        assert today() == (GuidanceToday(TREATMENT, GuidanceStatus.RETIRED, None, NOW + 2 * DAY),)
        publish(connection, clinic_id, FIRST, "v1", NOW + 3 * DAY)
        assert today() == (GuidanceToday(TREATMENT, GuidanceStatus.IN_USE, "v1", NOW + 3 * DAY),)


def test_a_sheet_for_several_treatments_is_told_of_each(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id)
        listed = first_list(person.id, "Amlodipine")
        medication_writing.insert_first_list(connection, clinic_id, listed)
        publish(connection, clinic_id, FIRST, "v1", NOW)
        publish(connection, clinic_id, OTHER, "w1", NOW)
        used = {"another": "w1", TREATMENT: "v1"}
        guidance.insert_versions_together(connection, clinic_id, used, NOW, "A")
        both = (SheetTreatment.of(OTHER, "w1"), SheetTreatment.of(FIRST, "v1"))
        made = replace(checklist_of(person, listed), treatments=both)
        checklist_writing.insert_checklist(connection, clinic_id, made, DOCUMENT, "sha256:made-up")
        publish(connection, clinic_id, SECOND, "v2", NOW + DAY)

        found = told(connection, clinic_id, made.id)

    assert found == (
        GuidanceToday("another", GuidanceStatus.IN_USE, "w1", NOW),
        GuidanceToday(TREATMENT, GuidanceStatus.OLDER, "v2", NOW + DAY),
    )
    assert worst_of(found) is GuidanceStatus.OLDER


def test_the_worst_of_several_is_retired_before_older_before_in_use() -> None:
    def one(status: GuidanceStatus) -> GuidanceToday:
        return GuidanceToday("a", status, None, NOW)

    in_use, older, retired = map(one, GuidanceStatus)
    assert worst_of(()) is worst_of((in_use,)) is GuidanceStatus.IN_USE
    assert worst_of((in_use, older)) is GuidanceStatus.OLDER
    assert worst_of((older, retired, in_use)) is GuidanceStatus.RETIRED

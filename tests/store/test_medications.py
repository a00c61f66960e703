"""Lists come back as they were saved, every version whole."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.medications.items import ItemFacts
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list, start_list
from service.store.database import Database, Reach
from service.store.medication_writing import insert_first_list, save_next_list
from service.store.medications import find_patient_of_item, list_versions, load_latest_list, load_list
from tests.store.plans import plan_of
from tests.store.records import SAID, add_patient, add_patient_with_list, first_list, next_list
from tests.strategies import attributions, hostile_names, medication_lists, whole_lists

many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(made=medication_lists())
def test_a_list_comes_back_equal_to_what_was_saved(
    database: Database, clinic_id: UUID, made: MedicationList
) -> None:
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id, uuid4().hex)
        saved = replace(made, patient_id=person.id)
        insert_first_list(connection, clinic_id, saved)

    with database.transaction(Reach.ALL) as connection:
        latest = load_latest_list(connection, clinic_id, person.id)
        assert latest == saved
        assert load_list(connection, clinic_id, person.id, 1) == saved
    assert latest is not None
    assert isinstance(latest.items, tuple)
    assert all(isinstance(item.facts.codings, tuple) for item in latest.items)
    assert latest.attribution.recorded_at.utcoffset() == timedelta(0)


@many
@given(sent=st.lists(whole_lists(), min_size=1, max_size=4), said=attributions(complete=True))
def test_every_earlier_version_stays_whole_when_the_list_moves_on(
    database: Database, clinic_id: UUID, sent: list[WholeList], said: object
) -> None:
    versions: list[MedicationList] = []
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id, uuid4().hex)
        for whole in sent:
            if versions:
                following = replace_list(versions[-1], whole, said, new_id=uuid4)  # type: ignore[arg-type]
                if following is not versions[-1]:
                    versions.append(following)
                    save_next_list(connection, clinic_id, following)
            else:
                versions.append(start_list(person.id, whole, said, new_id=uuid4))  # type: ignore[arg-type]
                insert_first_list(connection, clinic_id, versions[-1])

    with database.transaction(Reach.ALL) as connection:
        for version in versions:
            assert load_list(connection, clinic_id, person.id, version.version) == version
        assert load_latest_list(connection, clinic_id, person.id) == versions[-1]


def test_sixty_hostile_names_come_back_letter_for_letter_and_in_order(
    database: Database, clinic_id: UUID
) -> None:
    names = (hostile_names * 2)[:60]
    with database.transaction(Reach.ALL) as connection:
        made = add_patient_with_list(connection, clinic_id, *names)
    with database.transaction(Reach.ALL) as connection:
        found = load_latest_list(connection, clinic_id, made.patient_id)
    assert found is not None
    assert [item.facts.name for item in found.items] == names


def test_a_patient_without_a_list_has_no_latest_version(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id)
        assert load_latest_list(connection, clinic_id, person.id) is None
        assert load_latest_list(connection, clinic_id, uuid4()) is None


def test_the_history_of_a_list_is_read_page_by_page_newest_first(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        latest = add_patient_with_list(connection, clinic_id, "Tea")
        for name in ("Drops", "Cream"):
            latest = next_list(latest, name)
            save_next_list(connection, clinic_id, latest)

        page = list_versions(connection, clinic_id, latest.patient_id, None, 2)
        rest = list_versions(connection, clinic_id, latest.patient_id, page[-1].version, 2)

    assert [(v.version, v.item_count, v.attribution) for v in (*page, *rest)] == [
        (3, 3, SAID),
        (2, 2, SAID),
        (1, 1, SAID),
    ]


def test_the_history_counts_no_item_that_a_new_list_came_without(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea", "Drops")
        save_next_list(connection, clinic_id, replace_list(first, WholeList(), SAID, new_id=uuid4))
        latest = list_versions(connection, clinic_id, first.patient_id, None, 1)
    assert [(v.version, v.item_count) for v in latest] == [(2, 0)]


def test_not_only_when_needed_is_kept_apart_from_not_known(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        person = add_patient(connection, clinic_id)
        made = first_list(person.id, "Tea", "Drops")
        daily = replace(made.items[0], facts=ItemFacts("Tea", as_needed=False))
        insert_first_list(connection, clinic_id, replace(made, items=(daily, made.items[1])))
        found = load_latest_list(connection, clinic_id, person.id)
    assert found is not None
    assert [item.facts.as_needed for item in found.items] == [False, None]


def test_an_item_leads_to_the_patient_on_whose_latest_list_it_stands_by_its_index(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        one, other = (add_patient_with_list(connection, clinic_id, "Water") for _ in range(2))
        save_next_list(connection, clinic_id, next_list(one, "Soap"))
        save_next_list(connection, clinic_id, replace(other, version=2, items=()))
        item_id = one.items[0].id
        plan = plan_of(connection, lambda: find_patient_of_item(connection, clinic_id, item_id))

        assert find_patient_of_item(connection, clinic_id, item_id) == one.patient_id
        assert find_patient_of_item(connection, clinic_id, other.items[0].id) is None
        assert find_patient_of_item(connection, clinic_id, uuid4()) is None
    assert "ix_list_items_clinic_id_item_id" in plan

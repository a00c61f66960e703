"""Sheets for several treatments: what they are made from, and when a sheet takes another's place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select

from service.domain.checklists.checklist import Withdrawal
from service.store.checklist_writing import insert_checklist, insert_withdrawal
from service.store.checklists import load_checklist
from service.store.database import Database, Reach
from service.store.guidance import guidance_used, insert_versions_together, list_guidance, load_guidance
from service.store.medication_writing import insert_first_list
from service.store.replacements import sheets_before
from service.store.tables import checklist_treatments
from service.store.worklist import list_planned, next_planned_day
from tests.guidance_of_tests import other_guidance_of_tests
from tests.store.records import DOCUMENT, LATER, NOW, NURSE, add_patient, checklist_of, first_list, publish

DAY, OTHER_DAY, BEFORE = date(2026, 12, 1), date(2026, 12, 8), date(2026, 11, 30)
USED = {letter: other_guidance_of_tests(letter, letter.upper()) for letter in "abc"}


class Clinic:
    """A clinic with guidance for the treatments a, b and c, and one patient; each sheet is the newest."""

    def __init__(self, connection: Connection, clinic_id: UUID) -> None:
        self.connection, self.clinic_id = connection, clinic_id
        for guidance in USED.values():
            publish(connection, clinic_id, guidance, "v1")
        self.patient = add_patient(connection, clinic_id)
        self.list = first_list(self.patient.id, "Water")
        insert_first_list(connection, clinic_id, self.list)
        self.number = 0

    def issue(self, letters: str, day: date | None = DAY) -> UUID:
        """A sheet for the treatments of these letters."""
        self.number += 1
        used = tuple(USED[letter] for letter in letters)
        if len(used) > 1:
            insert_versions_together(
                self.connection, self.clinic_id, dict.fromkeys(letters, "v1"), NOW, "Test Nurse"
            )
        made = checklist_of(self.patient, self.list, f"{self.number:09}", *used)
        sheet = replace(made, id=UUID(int=self.number), planned_start=day)
        insert_checklist(self.connection, self.clinic_id, sheet, DOCUMENT, "sha256:made-up")
        return sheet.id

    def take_back(self, sheet: UUID) -> None:
        insert_withdrawal(self.connection, self.clinic_id, sheet, Withdrawal(NURSE, LATER, "A slip."))

    def planned(self, day: date = DAY) -> list[UUID]:
        return [one.id for one in list_planned(self.connection, self.clinic_id, day, 9)]


@pytest.fixture
def clinic(database: Database, clinic_id: UUID) -> Iterator[Clinic]:
    with database.transaction(Reach.ALL) as connection:
        yield Clinic(connection, clinic_id)


def test_a_sheet_keeps_each_treatment_with_the_version_that_was_used(clinic: Clinic) -> None:
    sheet = clinic.issue("ac")
    stored = load_checklist(clinic.connection, clinic.clinic_id, sheet)
    assert stored is not None
    assert (stored.treatment_id, stored.treatment_ids) == ("a+c", ("a", "c"))
    used = guidance_used(clinic.connection, clinic.clinic_id, stored.treatment_id, stored.guidance_version)
    assert used == (USED["a"], USED["c"])
    kept = select(checklist_treatments.c.treatment_id, checklist_treatments.c.guidance_version)
    found = clinic.connection.execute(kept.where(checklist_treatments.c.clinic_id == clinic.clinic_id))
    assert sorted(map(tuple, found)) == [("a", "v1"), ("c", "v1")]


def test_a_sheet_for_one_treatment_has_no_rows_beside_it(clinic: Clinic) -> None:
    clinic.issue("a")
    counted = select(func.count()).select_from(checklist_treatments)
    of_clinic = counted.where(checklist_treatments.c.clinic_id == clinic.clinic_id)
    assert clinic.connection.execute(of_clinic).scalar_one() == 0


def test_what_is_used_together_is_kept_once_and_is_not_in_use(clinic: Clinic) -> None:
    clinic.issue("ab")
    clinic.issue("ab")
    assert load_guidance(clinic.connection, clinic.clinic_id, "a+b") is None
    in_use = [one.guidance.treatment.id for one in list_guidance(clinic.connection, clinic.clinic_id)]
    assert in_use == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("older", "newer", "is_replaced"),
    [
        ("a", "a", True),
        ("a", "ab", True),
        ("b", "ab", True),
        ("a", "abc", True),
        ("ab", "ab", True),
        ("ab", "abc", True),
        ("ac", "abc", True),
        ("a", "b", False),
        ("a", "bc", False),
        ("ab", "a", False),
        ("ab", "b", False),
        ("ab", "ac", False),
        ("ab", "c", False),
        ("abc", "ab", False),
    ],
)
def test_a_newer_sheet_for_all_of_its_treatments_takes_the_place_of_an_older_one(
    clinic: Clinic, older: str, newer: str, is_replaced: bool
) -> None:
    first = clinic.issue(older)
    second = clinic.issue(newer)
    assert clinic.planned() == ([second] if is_replaced else [first, second])
    before = sheets_before(clinic.connection, clinic.clinic_id, [first, second])
    assert before == ({second: (first,)} if is_replaced else {})


def test_a_sheet_for_several_takes_the_place_of_one_for_each(clinic: Clinic) -> None:
    first, second = clinic.issue("a"), clinic.issue("b")
    both = clinic.issue("ab")
    assert clinic.planned() == [both]
    assert sheets_before(clinic.connection, clinic.clinic_id, [both]) == {both: (first, second)}


def test_only_the_sheet_that_stood_last_is_replaced(clinic: Clinic) -> None:
    first, second, third = clinic.issue("a"), clinic.issue("ab"), clinic.issue("abc")
    before = sheets_before(clinic.connection, clinic.clinic_id, [third, second])
    assert before == {third: (second,), second: (first,)}


def test_where_the_sheet_for_several_is_taken_back_those_before_it_are_shown_again(clinic: Clinic) -> None:
    first, second = clinic.issue("a"), clinic.issue("b")
    clinic.take_back(clinic.issue("ab"))
    assert clinic.planned() == [first, second]


def test_a_sheet_without_a_day_is_shown_once_on_each_day_that_was_planned_before_it(clinic: Clinic) -> None:
    clinic.issue("a")
    clinic.issue("b")
    clinic.issue("c", OTHER_DAY)
    together = clinic.issue("abc", None)
    assert clinic.planned() == [together]
    assert clinic.planned(OTHER_DAY) == [together]
    (shown,) = list_planned(clinic.connection, clinic.clinic_id, OTHER_DAY, 9)
    assert shown.planned_start == OTHER_DAY


def test_a_day_that_a_newer_sheet_has_moved_hides_nothing_of_the_same_day(clinic: Clinic) -> None:
    clinic.issue("a")
    clinic.issue("b")
    clinic.issue("a", OTHER_DAY)
    together = clinic.issue("ab", None)
    assert clinic.planned() == [together]
    assert clinic.planned(OTHER_DAY) == [together]


def test_a_sheet_for_several_that_names_a_day_plans_all_of_them_for_it(clinic: Clinic) -> None:
    clinic.issue("a")
    clinic.issue("b", OTHER_DAY)
    together = clinic.issue("ab", OTHER_DAY)
    assert clinic.planned() == []
    assert clinic.planned(OTHER_DAY) == [together]
    assert next_planned_day(clinic.connection, clinic.clinic_id, BEFORE) == OTHER_DAY

"""What an issued sheet says of itself today."""

from dataclasses import replace
from uuid import UUID

import pytest

from service.domain.checklists.checklist import ChecklistStatus, Withdrawal
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import difference
from service.domain.medications.items import Status
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import NOW, NURSE, item, listing

BEFORE = listing(item(1, "Water"), item(2, "Soap"), answers={Category.SUPPLEMENT: Answer.NONE_REPORTED})
AFTER = listing(
    item(1, "Warm water", note="daily"),
    item(2, "Soap", status=Status.STOPPED),
    item(3, "Tea", category=Category.SUPPLEMENT),
    version=4,
)
CHANGES = difference(BEFORE, AFTER)
WITHDRAWAL = Withdrawal(NURSE, NOW, "wrong visit")


def test_a_sheet_of_the_latest_list_is_current_and_says_nothing_more() -> None:
    assert state_document(ChecklistState(1, 1), ENGLISH_CATALOGUE) == {
        "status": "current",
        "latest_version": 1,
        "withdrawn": None,
        "changes": None,
        "guidance_today": [],
        "sign_offs": (),
        "marks": (),
    }


def test_a_sheet_that_is_out_of_date_says_what_changed_in_words_and_for_programs() -> None:
    said = state_document(ChecklistState(1, 4, CHANGES), ENGLISH_CATALOGUE)
    assert (said["status"], said["latest_version"]) == ("superseded", 4)
    assert said["changes"] == {
        "from_version": 1,
        "to_version": 4,
        "items": [
            {
                "kind": "changed",
                "label": "Changed",
                "item_id": str(UUID(int=1)),
                "text": "Warm water",
                "before_text": "Water",
                "fields": [
                    {"key": "name", "label": "Name", "before": "Water", "after": "Warm water"},
                    {"key": "note", "label": "Note", "before": None, "after": "daily"},
                ],
            },
            {
                "kind": "stopped",
                "label": "Reported as stopped",
                "item_id": str(UUID(int=2)),
                "text": "Soap",
                "before_text": "Soap",
                "fields": [
                    {"key": "status", "label": "Status", "before": "taken now", "after": "stopped"},
                ],
            },
            {
                "kind": "added",
                "label": "New on the list",
                "item_id": str(UUID(int=3)),
                "text": "Tea",
                "before_text": None,
                "fields": [],
            },
        ],
        "answers": [
            {
                "category": "supplement",
                "before": "none_reported",
                "after": "items_reported",
                "text": "Vitamins, minerals, herbals and other supplements: "
                "the answer was “none”, now “yes”.",
            }
        ],
    }


def test_a_sheet_that_was_taken_back_says_by_whom_and_why_and_still_what_changed() -> None:
    state = ChecklistState(1, 4, CHANGES, WITHDRAWAL)
    said = state_document(state, ENGLISH_CATALOGUE)
    assert state.status is ChecklistStatus.WITHDRAWN
    assert said["withdrawn"] == {
        "by": {"kind": "staff", "id": "nurse-1", "name": "Test Nurse"},
        "at": "2026-11-23T09:30:00+00:00",
        "reason": "wrong visit",
    }
    assert said["changes"]["to_version"] == 4


def test_a_newer_list_that_says_the_same_still_makes_the_sheet_out_of_date() -> None:
    same = difference(BEFORE, replace(BEFORE, version=2))
    said = state_document(ChecklistState(1, 2, same), ENGLISH_CATALOGUE)
    assert (said["status"], said["changes"]["items"], said["changes"]["answers"]) == ("superseded", [], [])


@pytest.mark.parametrize(("latest", "changes"), [(1, CHANGES), (4, None)])
def test_a_sheet_cannot_be_out_of_date_without_saying_what_changed(latest: int, changes: object) -> None:
    with pytest.raises(ValueError, match="says what changed, no other does"):
        ChecklistState(1, latest, changes)  # type: ignore[arg-type]

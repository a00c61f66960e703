"""What an EHR is answered when a record is opened: a card where a treatment is planned or ordered."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from service.store.database import Database, Reach
from tests.cds_calls import bundle, order, sign, view, whole_prefetch
from tests.web.cds_hooks.conftest import Hooks
from tests.web.lists import posted

Json = dict[str, Any]


def planned(hooks: Hooks, start: str | None) -> Json:
    treatment = {"id": "examplinib", **({"planned_start": start} if start else {})}
    receipt: Json = hooks.clinic.ehr.post("/v1/intake", posted("Water", treatment=treatment)).get_json()
    return receipt


@pytest.mark.parametrize(
    ("start", "shown"), [("2026-12-01", True), ("2026-12-02", True), ("2026-11-30", False), (None, False)]
)
def test_a_record_that_is_opened_gives_a_card_where_a_treatment_is_planned(
    hooks: Hooks, start: str | None, shown: bool
) -> None:
    planned(hooks, start)
    hooks.clock.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert bool(hooks.cards(view())) is shown


def test_today_is_the_clinics_own_day(hooks: Hooks, database: Database) -> None:
    planned(hooks, "2026-12-01")
    hooks.clock.now = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
    assert hooks.cards(view()) == []
    with database.transaction(Reach.ALL) as connection:
        connection.exec_driver_sql("UPDATE clinics SET time_zone = 'America/New_York'")
    assert hooks.cards(view())


def test_a_withdrawn_sheet_plans_nothing_and_is_not_led_to(hooks: Hooks) -> None:
    receipt = planned(hooks, "2030-12-01")
    sheet = receipt["checklist"]["id"]
    assert hooks.card(view())["links"][0]["url"] == f"http://localhost/checklists/{sheet}"
    hooks.clinic.nurse.post(f"/v1/checklists/{sheet}/withdrawal", {"reason": "Wrong day."})

    assert hooks.cards(view()) == []
    assert "checklists" not in json.dumps(hooks.card(sign())["links"])


def test_a_sheet_that_is_out_of_date_still_plans_and_is_not_led_to(hooks: Hooks) -> None:
    planned(hooks, "2030-12-01")
    hooks.on_file("Water", "Soap")
    assert "checklists" not in json.dumps(hooks.card(view())["links"])


@pytest.mark.parametrize(("status", "shown"), [("active", True), ("completed", False)])
def test_a_record_that_is_opened_gives_a_card_where_a_treatment_is_ordered(
    hooks: Hooks, status: str, shown: bool
) -> None:
    hooks.on_file("Water")
    sent = whole_prefetch(medicationRequests=bundle(order(status=status)))
    assert bool(hooks.cards(view(sent))) is shown

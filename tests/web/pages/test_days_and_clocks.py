"""Days and clocks that are not as usual, on both databases: summer time, 29 February, set back, 2038."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask

from service.actions.access import list_keys, revoke_key
from service.actions.performing import perform
from service.actions.work import new_id
from service.app import create_app
from service.store.database import Database
from tests.web.built_apps import app_on
from tests.web.conftest import PASSWORD, Caller, ClinicOfTests, settings_of_tests
from tests.web.lists import TREATMENT_ASKED, asked, posted
from tests.web.pages.conftest import Browser, forms_of, text_of
from tests.web.pages.intake import change_clinic
from tests.web.registered import SetClock, administrator_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def app(database: Database, clock: SetClock) -> Flask:
    return app_on(database, settings_of_tests(), clock)


@pytest.fixture
def nurse(app: Flask, clinic: ClinicOfTests) -> Browser:
    return Browser(app.test_client())


def logged_in(app: Flask, clinic: ClinicOfTests) -> Caller:
    """The nurse after a log-in by the clock at hand."""
    sent = {"login": clinic.nurse_login, "password": PASSWORD}
    opened = app.test_client().post("/v1/sessions", json=sent)
    assert opened.status_code == 201
    return Caller(app.test_client(), opened.get_json()["token"])


def planned(day: str, mrn: str = "000123", **patient: str) -> dict[str, Any]:
    body = posted("Water", mrn=mrn, treatment={**TREATMENT_ASKED, "planned_start": day})
    return {**body, "patient": {**body["patient"], **patient}}


@pytest.mark.parametrize(
    ("instant", "tomorrow"),
    [
        # The clocks of Chicago go forward at 08:00 UTC on 8 March 2026 and back at 07:00 UTC on 1 November.
        ("2026-03-08T05:59:59", "2026-03-08"),
        ("2026-03-08T06:00:00", "2026-03-09"),
        ("2026-03-09T04:59:59", "2026-03-09"),
        ("2026-03-09T05:00:00", "2026-03-10"),
        ("2026-11-01T04:59:59", "2026-11-01"),
        ("2026-11-01T05:00:00", "2026-11-02"),
        ("2026-11-02T05:59:59", "2026-11-02"),
        ("2026-11-02T06:00:00", "2026-11-03"),
        ("2028-02-29T05:59:59", "2028-02-29"),
        ("2028-02-29T06:00:00", "2028-03-01"),
        ("2026-12-31T06:00:00", "2027-01-01"),
    ],
)
def test_tomorrow_is_the_clinics_own_day_also_when_its_clocks_change(
    nurse: Browser, app: Flask, clinic: ClinicOfTests, clock: SetClock, instant: str, tomorrow: str
) -> None:
    change_clinic(app, clinic, time_zone="America/Chicago")
    clock.now = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    nurse.log_in(clinic.nurse_login)

    form = next(form for form in forms_of(nurse.get("/")) if form.method == "get")
    assert form.values["date"] == tomorrow


def test_what_was_issued_in_the_hour_that_comes_twice_is_told_apart_and_read_in_the_clinics_time(
    nurse: Browser, app: Flask, clinic: ClinicOfTests, clock: SetClock
) -> None:
    change_clinic(app, clinic, time_zone="America/Chicago")
    nurse_at = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (6, 7)]
    sheets = []
    for at in nurse_at:
        clock.now = at
        receipt = clinic.ehr.post("/v1/intake", asked("Water", mrn=f"{at.hour:06d}")).get_json()
        sheets.append(clinic.ehr.get(f"/v1/checklists/{receipt['checklist']['id']}").get_json())
    nurse.log_in(clinic.nurse_login)

    assert [datetime.fromisoformat(sheet["issued_at"]) for sheet in sheets] == nurse_at
    for sheet in sheets:
        assert "1 November 2026, 01:30" in text_of(nurse.get(f"/checklists/{sheet['id']}"))


def test_29_february_is_a_day_of_birth_and_of_a_start_and_only_in_its_years(clinic: ClinicOfTests) -> None:
    leap = clinic.ehr.post("/v1/intake", planned("2028-02-29", birth_date="1960-02-29"))
    assert leap.status_code == 201
    patient = leap.get_json()["patient_id"]
    assert clinic.ehr.get(f"/v1/patients/{patient}").get_json()["birth_date"] == "1960-02-29"

    for wrong in (planned("2027-02-29"), planned("2028-02-29", birth_date="1961-02-29")):
        refused = clinic.ehr.post("/v1/intake", wrong)
        assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "date")


@pytest.mark.parametrize("day", ["2028-02-29", "0001-01-01", "9999-12-31"])
def test_the_worklist_has_every_day_that_a_start_can_be_planned_for(
    app: Flask, clinic: ClinicOfTests, day: str
) -> None:
    change_clinic(app, clinic, time_zone="Pacific/Kiritimati")
    body = planned(day)
    assert clinic.ehr.post("/v1/intake", body).status_code == 201

    items = logged_in(app, clinic).get(f"/v1/worklist?date={day}").get_json()["items"]
    assert len(items) == 1


@pytest.mark.parametrize(
    "at", [datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC), datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC)]
)
def test_the_day_when_small_counters_of_seconds_end_is_a_day_like_any_other(
    nurse: Browser, app: Flask, clinic: ClinicOfTests, clock: SetClock, at: datetime
) -> None:
    for step in (-1, 0, 1):
        clock.now = at + timedelta(seconds=step)
        receipt = clinic.ehr.post("/v1/intake", asked("Water", mrn=f"{step + 1:06d}"))
        assert receipt.status_code == 201
        sheet = clinic.ehr.get(f"/v1/checklists/{receipt.get_json()['checklist']['id']}").get_json()
        assert datetime.fromisoformat(sheet["issued_at"]) == clock.now
        patient = f"/v1/patients/{receipt.get_json()['patient_id']}"
        link = clinic.ehr.post(f"{patient}/intake-links", {"collection_mode": "self"}).get_json()
        assert datetime.fromisoformat(link["expires_at"]) > clock.now
    assert nurse.log_in(clinic.nurse_login).status_code == 302
    events = clinic.administrator.get("/v1/audit-events?limit=3").get_json()["items"]
    assert datetime.fromisoformat(events[0]["at"]) == clock.now


def test_a_log_in_outlives_a_clock_that_was_set_back_and_still_ends(
    app: Flask, clinic: ClinicOfTests, clock: SetClock
) -> None:
    nurse = logged_in(app, clinic)
    clock.now -= timedelta(days=1)
    assert nurse.get("/v1/patients").status_code == 200

    clock.now += timedelta(minutes=15, seconds=1)
    assert nurse.get("/v1/patients").status_code == 401

    nurse = logged_in(app, clinic)
    clock.now -= timedelta(days=1)
    used = 0
    while nurse.get("/v1/patients").status_code == 200:
        clock.now += timedelta(minutes=14)
        used += 1
    assert timedelta(hours=35) < used * timedelta(minutes=14) < timedelta(hours=37)


def test_a_revoked_key_stays_revoked_when_the_clock_is_set_back(
    app: Flask, clinic: ClinicOfTests, clock: SetClock, nurse: Browser
) -> None:
    door = administrator_of(app.extensions["house"].database, clinic, clock)
    ehr = next(key for key in perform(door, list_keys) if key.role == "ehr")
    perform(door, lambda work: revoke_key(work, ehr.id))

    for step in (timedelta(0), timedelta(seconds=-1), timedelta(days=-1)):
        clock.now = NOON + step
        assert clinic.ehr.get("/v1/patients").status_code == 401


def test_what_is_written_after_the_clock_was_set_back_has_ids_of_its_own_and_its_place(
    clinic: ClinicOfTests, clock: SetClock
) -> None:
    first = clinic.ehr.post("/v1/intake", asked("Water")).get_json()
    clock.now -= timedelta(days=1)
    second = clinic.ehr.post("/v1/intake", asked("Water", "Soap")).get_json()
    listed = f"/v1/patients/{first['patient_id']}/medication-list"

    assert second["patient_id"] == first["patient_id"]
    assert second["medication_list"]["version"] == first["medication_list"]["version"] + 1
    assert [item["name"] for item in clinic.ehr.get(listed).get_json()["items"]] == ["Water", "Soap"]
    assert clinic.ehr.get(f"/v1/checklists/{first['checklist']['id']}").get_json()["status"] == "superseded"
    assert clinic.ehr.get(f"/v1/checklists/{second['checklist']['id']}").get_json()["status"] == "current"
    events = clinic.administrator.get("/v1/audit-events").get_json()["items"]
    assert len({event["id"] for event in events}) == len(events)


def test_ids_made_at_one_instant_or_before_an_earlier_one_are_never_the_same() -> None:
    made = [new_id(NOON - timedelta(seconds=step % 3), step % 2) for step in range(3000)]

    assert len(set(made)) == len(made)
    assert all(one < two for one, two in pairwise(new_id(NOON, place) for place in range(4096)))


def test_a_key_of_a_request_answers_again_for_a_day_by_the_clock_that_took_it(
    clinic: ClinicOfTests, clock: SetClock
) -> None:
    def post() -> str:
        headers = {"Idempotency-Key": "one"}
        return str(clinic.ehr.post("/v1/intake", posted("Water"), headers=headers).get_json())

    first = post()
    for step in (timedelta(days=-1), timedelta(hours=23, minutes=59)):
        clock.now = NOON + step
        assert post() == first
    clock.now = NOON + timedelta(hours=24, seconds=1)
    assert post() != first


class Ticking:
    """A clock that has passed midnight whenever it is asked again."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        told, self.now = self.now, self.now + timedelta(days=1)
        return told


def test_a_request_that_lasts_over_midnight_has_one_instant(
    database: Database, clinic: ClinicOfTests
) -> None:
    ticking = create_app(
        settings_of_tests(), database=database, clock=Ticking(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC))
    )
    answer = Caller(ticking.test_client(), clinic.ehr.secret).post(
        "/v1/intake", asked("Water", "Soap"), headers={"X-Request-Id": "over-midnight"}
    )
    assert answer.status_code == 201
    receipt = answer.get_json()
    events = [
        event
        for event in clinic.administrator.get("/v1/audit-events").get_json()["items"]
        if event["request_id"] == "over-midnight"
    ]
    listed = clinic.ehr.get(f"/v1/patients/{receipt['patient_id']}/medication-list").get_json()
    sheet = clinic.ehr.get(f"/v1/checklists/{receipt['checklist']['id']}").get_json()

    recorded = {item["attribution"]["recorded_at"] for item in listed["items"]}
    assert len(events) > 1
    assert {event["at"] for event in events} | recorded == {sheet["issued_at"]}

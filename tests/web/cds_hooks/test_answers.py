"""What an EHR is answered: cards for a treatment, of the right patient's list, and none for anything else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from service.store.database import Database
from service.store.tables import card_feedback, list_versions
from tests.cds_calls import ADDRESSES, MRN, bundle, order, patient, sign, view, whole_prefetch
from tests.cds_calls import select as selecting
from tests.web.cds_hooks.conftest import Hooks
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted

Json = dict[str, Any]
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "cds-hooks"
CARD = "01a213f4-a512-7000-9e57-e4727fd0c9ad"
NONE_OF = {"answer": "none_reported"}
AT = "2026-11-25T10:00:00Z"


def on_file(hooks: Hooks, *names: str, **fields: Any) -> str:
    receipt = hooks.clinic.ehr.post("/v1/intake", posted(*names, **fields)).get_json()
    patient_id: str = receipt["patient_id"]
    return patient_id


def planned(hooks: Hooks, start: str | None) -> Json:
    treatment = {"id": "examplinib", **({"planned_start": start} if start else {})}
    receipt: Json = hooks.clinic.ehr.post("/v1/intake", posted("Water", treatment=treatment)).get_json()
    return receipt


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    yield said
    event.remove(database._engine, "before_cursor_execute", note)


def test_the_card_of_an_ordered_treatment_says_what_was_not_asked(hooks: Hooks) -> None:
    on_file(hooks, "Water", categories={"over_the_counter": NONE_OF})
    for body in (selecting(), sign()):
        card = hooks.card(body)
        assert card["summary"] == "Disclosure incomplete: supplements not asked"
        assert "- Prescription medicines: 1 listed\n" in card["detail"]
        assert "- Medicines bought without a prescription: none\n" in card["detail"]
        assert "- Orders: 1\n- Reported medicines: 2\n" in card["detail"]


def test_each_card_has_an_id_of_its_own(hooks: Hooks) -> None:
    assert len({hooks.card(sign())["uuid"] for _ in range(3)}) == 3


@pytest.mark.parametrize("text", ["Water", "Nexamplinib 5 mg"])
def test_an_order_for_anything_else_gives_no_card(hooks: Hooks, text: str) -> None:
    for body in (selecting(order(text)), sign(order(text))):
        assert hooks.send(body).get_json() == {"cards": []}


def test_no_order_at_all_gives_no_card_and_needs_no_patient(hooks: Hooks) -> None:
    empty = {**sign(prefetch={}), "context": {**sign()["context"], "draftOrders": {"resourceType": "Bundle"}}}
    assert hooks.send(empty).get_json() == {"cards": []}


def test_only_the_selected_order_decides_when_one_is_selected(hooks: Hooks) -> None:
    drafts = order("Water", 1), order(number=2)
    assert hooks.cards(selecting(*drafts, selections=["MedicationRequest/order-1"])) == []
    assert hooks.cards(selecting(*drafts, selections=[])) == []
    assert hooks.cards(selecting(*drafts, selections=["MedicationRequest/order-2"]))
    assert hooks.cards(sign(*drafts))


@pytest.mark.parametrize("name", ["inferno-order_select.json", "inferno-order_sign.json"])
def test_the_calls_of_the_corpus_are_answered(hooks: Hooks, name: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of CDS Hooks is not beside this checkout: ../shared/corpus/cds-hooks")
    body = json.loads((CORPUS / name).read_text("utf-8"))
    answer = hooks.send(body)
    assert (answer.status_code, answer.get_json()) == (200, {"cards": []})


def test_a_patient_who_is_not_on_file_gives_a_card_that_says_that_nothing_was_asked(hooks: Hooks) -> None:
    card = hooks.card(sign())
    assert card["summary"].startswith("Disclosure incomplete: no list on file here")
    assert [link["url"] for link in card["links"]] == ["http://localhost/", "http://localhost/patients/new"]
    assert hooks.events("show_card") == []


def test_another_clinics_patient_answers_like_an_unknown_one(
    hooks: Hooks, other_clinic: ClinicOfTests
) -> None:
    unknown = hooks.card(sign())
    theirs = other_clinic.ehr.post("/v1/intake", asked("Water")).get_json()["patient_id"]
    for body in (sign(), sign(prefetch={}, patientId=theirs)):
        card = hooks.card(body)
        for name in ("summary", "links", "source"):
            assert card[name] == unknown[name]


def test_a_patient_is_found_by_our_own_id_without_a_prefetch(hooks: Hooks) -> None:
    own = on_file(hooks, "Water")
    assert hooks.card(sign(prefetch={}, patientId=own))["links"][0]["url"].endswith(f"/{own}/intake-links")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"patient": None},
        {"patient": {"resourceType": "OperationOutcome", "issue": []}},
        {"patient": patient(identifier=[])},
        {"patient": patient(identifier=[{"value": "000123"}])},
    ],
)
def test_a_card_that_is_due_for_nobody_who_is_named_is_412(hooks: Hooks, sent: Json) -> None:
    for body in (sign(prefetch=sent), view(sent)):
        refused = hooks.send(body)
        assert (refused.status_code, refused.get_json()["code"]) == (412, "patient_needed")
        assert refused.content_type == "application/problem+json"


def test_identifiers_of_two_patients_show_neithers_list(hooks: Hooks) -> None:
    on_file(hooks, "Water")
    on_file(hooks, "Soap", mrn="000999")
    both = patient(identifier=[{"system": MRN, "value": value} for value in ("000123", "000999")])
    card = hooks.card(sign(prefetch=whole_prefetch(patient=both)))
    assert card["summary"].startswith("No list is shown")
    assert "listed" not in card["detail"]


def test_a_contradicting_date_of_birth_shows_no_list_and_is_recorded(hooks: Hooks) -> None:
    patient_id = on_file(hooks, "Water")
    other = whole_prefetch(patient=patient(birthDate="1991-04-02"))
    assert hooks.card(sign(prefetch=other))["summary"].startswith("No list is shown")
    (event_,) = hooks.events("show_card")
    assert (event_["patient_id"], event_["details"]["whose"]) == (patient_id, "born_otherwise")


def test_what_came_in_part_is_said_to_be_part(hooks: Hooks) -> None:
    on_file(hooks, "Water")
    sent = whole_prefetch(medicationRequests=bundle(total=4), medicationStatements={"resourceType": "List"})
    said = hooks.card(sign(prefetch=sent))["detail"]
    assert "- Orders: 0, and not all of them came\n" in said
    assert "- Reported medicines: they could not be read" in said


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
    with database.transaction() as connection:
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
    on_file(hooks, "Water", "Soap")
    assert "checklists" not in json.dumps(hooks.card(view())["links"])


@pytest.mark.parametrize(("status", "shown"), [("active", True), ("completed", False)])
def test_a_record_that_is_opened_gives_a_card_where_a_treatment_is_ordered(
    hooks: Hooks, status: str, shown: bool
) -> None:
    on_file(hooks, "Water")
    sent = whole_prefetch(medicationRequests=bundle(order(status=status)))
    assert bool(hooks.cards(view(sent))) is shown


def test_a_clinic_without_guidance_never_gives_a_card(hooks: Hooks, database: Database) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM guidance_versions")
    assert hooks.cards(sign()) == []
    assert hooks.send(view({})).get_json() == {"cards": []}


def test_a_clinic_that_speaks_spanish_gives_spanish_cards(hooks: Hooks, database: Database) -> None:
    on_file(hooks, "Water")
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE clinics SET language = 'es'")
    card = hooks.card(sign())
    assert card["summary"] == "Información incompleta: sin receta, suplementos sin preguntar"
    assert card["detail"].startswith("No se comprobó si hay interacciones.")


def test_a_card_is_recorded_once_and_the_list_stays_as_it_is(hooks: Hooks, database: Database) -> None:
    patient_id = on_file(hooks, "Water")
    card = hooks.card(sign())
    (shown,) = hooks.events("show_card")
    assert (shown["patient_id"], shown["details"]["cards"], shown["details"]["version"]) == (
        patient_id,
        card["uuid"],
        "1",
    )
    with database.transaction() as connection:
        assert len(connection.execute(select(list_versions)).all()) == 1


def test_a_call_takes_few_statements_and_fewer_where_there_is_nothing_to_say(
    hooks: Hooks, database: Database
) -> None:
    on_file(hooks, "Water")
    hooks.cards(sign())
    with statements(database) as for_a_card:
        hooks.cards(sign())
    with statements(database) as for_none:
        hooks.cards(sign(order("Water")))
    assert len(for_a_card) - sum("BEGIN" in said for said in for_a_card) <= 7
    assert len(for_none) - sum("BEGIN" in said for said in for_none) <= 2


def test_feedback_is_kept_and_recorded(hooks: Hooks, database: Database) -> None:
    told = [
        {"card": CARD, "outcome": "accepted", "outcomeTimestamp": AT},
        {
            "card": CARD,
            "outcome": "overridden",
            "overrideReason": {"userComment": "later"},
            "outcomeTimestamp": AT,
        },
    ]
    answer = hooks.send({"feedback": told}, ADDRESSES["order-sign"] + "/feedback")
    assert (answer.status_code, answer.data) == (200, b"")
    with database.transaction() as connection:
        rows = connection.execute(select(card_feedback).order_by(card_feedback.c.id)).all()
    assert [(str(row.card), row.outcome, row.service) for row in rows] == [
        (CARD, "accepted", "disclosure-order-sign"),
        (CARD, "overridden", "disclosure-order-sign"),
    ]
    assert rows[1].body == {"outcomeTimestamp": AT, "overrideReason/userComment": "later"}
    assert rows[0].clinic_id == hooks.clinic.id
    assert [event_["details"] for event_ in hooks.events("keep_feedback")] == [{"cards": "2"}]


def test_a_card_is_answered_in_time(hooks: Hooks) -> None:
    on_file(hooks, *(f"Water {number}" for number in range(20)))
    drafts = bundle(*(order(f"Water {n}", n, status="active") for n in range(20)))
    hooks.card(selecting())
    began = datetime.now(UTC)
    hooks.card(selecting(prefetch=whole_prefetch(medicationRequests=drafts)))
    assert datetime.now(UTC) - began < timedelta(milliseconds=500)

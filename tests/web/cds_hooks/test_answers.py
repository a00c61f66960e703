"""What an EHR is answered: cards for a treatment, of the right patient's list, and none for anything else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from service.store.database import Database, Reach
from service.store.tables import list_versions
from tests.cds_calls import MRN, bundle, order, patient, sign, view, whole_prefetch
from tests.cds_calls import select as selecting
from tests.web.cds_hooks.conftest import Hooks
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked

Json = dict[str, Any]
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "cds-hooks"
NONE_OF = {"answer": "none_reported"}


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    yield said
    event.remove(database._engine, "before_cursor_execute", note)


def test_the_card_of_an_ordered_treatment_says_what_was_not_asked(hooks: Hooks) -> None:
    hooks.on_file("Water", categories={"over_the_counter": NONE_OF})
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
    own = hooks.on_file("Water")
    assert hooks.card(sign(prefetch={}, patientId=own))["links"][0]["url"].endswith(f"/{own}/intake-links")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"patient": None},
        {"patient": {"resourceType": "OperationOutcome", "issue": []}},
    ],
)
def test_a_card_that_is_due_for_nobody_who_is_named_is_412(hooks: Hooks, sent: Json) -> None:
    for body in (sign(prefetch=sent), view(sent)):
        refused = hooks.send(body)
        assert (refused.status_code, refused.get_json()["code"]) == (412, "patient_needed")
        assert refused.content_type == "application/problem+json"


@pytest.mark.parametrize("identifiers", [[], [{"value": "000123"}]])
def test_a_record_without_an_identifier_shows_no_list_and_says_so(hooks: Hooks, identifiers: Any) -> None:
    hooks.on_file("Water")
    nobodys = whole_prefetch(patient=patient(identifier=identifiers))

    assert hooks.card(sign(prefetch=nobodys))["summary"].startswith("No list is shown: the patient’s record")
    assert hooks.send(view(nobodys)).get_json() == {"cards": []}


def test_identifiers_of_two_patients_show_neithers_list(hooks: Hooks) -> None:
    hooks.on_file("Water")
    hooks.on_file("Soap", mrn="000999")
    both = patient(identifier=[{"system": MRN, "value": value} for value in ("000123", "000999")])
    card = hooks.card(sign(prefetch=whole_prefetch(patient=both)))
    assert card["summary"].startswith("No list is shown")
    assert "listed" not in card["detail"]


def test_a_contradicting_date_of_birth_shows_no_list_and_is_recorded(hooks: Hooks) -> None:
    patient_id = hooks.on_file("Water")
    other = whole_prefetch(patient=patient(birthDate="1991-04-02"))
    assert hooks.card(sign(prefetch=other))["summary"].startswith("No list is shown")
    (event_,) = hooks.events("show_card")
    assert (event_["patient_id"], event_["details"]["whose"]) == (patient_id, "born_otherwise")


def test_what_came_in_part_is_said_to_be_part(hooks: Hooks) -> None:
    hooks.on_file("Water")
    sent = whole_prefetch(medicationRequests=bundle(total=4), medicationStatements={"resourceType": "List"})
    said = hooks.card(sign(prefetch=sent))["detail"]
    assert "- Orders: 0, and not all of them came\n" in said
    assert "- Reported medicines: they could not be read" in said


def test_a_clinic_without_guidance_never_gives_a_card(hooks: Hooks, database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        connection.exec_driver_sql("DELETE FROM guidance_publications")
    assert hooks.cards(sign()) == []
    assert hooks.send(view({})).get_json() == {"cards": []}


def test_a_clinic_that_speaks_spanish_gives_spanish_cards(hooks: Hooks, database: Database) -> None:
    hooks.on_file("Water")
    with database.transaction(Reach.ALL) as connection:
        connection.exec_driver_sql("UPDATE clinics SET language = 'es'")
    card = hooks.card(sign())
    assert card["summary"] == "Información incompleta: sin receta, suplementos sin preguntar"
    assert card["detail"].startswith("No se comprobó si hay interacciones.")


def test_a_card_is_recorded_once_and_the_list_stays_as_it_is(hooks: Hooks, database: Database) -> None:
    patient_id = hooks.on_file("Water")
    card = hooks.card(sign())
    (shown,) = hooks.events("show_card")
    assert (shown["patient_id"], shown["details"]["cards"], shown["details"]["version"]) == (
        patient_id,
        card["uuid"],
        "1",
    )
    with database.transaction(Reach.ALL) as connection:
        assert len(connection.execute(select(list_versions)).all()) == 1


def test_a_call_takes_few_statements_and_fewer_where_there_is_nothing_to_say(
    hooks: Hooks, database: Database
) -> None:
    hooks.on_file("Water")
    hooks.cards(sign())
    with statements(database) as for_a_card:
        hooks.cards(sign())
    with statements(database) as for_none:
        hooks.cards(sign(order("Water")))
    assert sum(not _opens(said) for said in for_a_card) <= 7
    assert sum(not _opens(said) for said in for_none) <= 2


def _opens(said: str) -> bool:
    """Whether a statement opens a transaction, or says whose rows it reaches."""
    return "BEGIN" in said or "set_config" in said


def test_a_card_is_answered_in_time(hooks: Hooks) -> None:
    hooks.on_file(*(f"Water {number}" for number in range(20)))
    drafts = bundle(*(order(f"Water {n}", n, status="active") for n in range(20)))
    hooks.card(selecting())
    began = datetime.now(UTC)
    hooks.card(selecting(prefetch=whole_prefetch(medicationRequests=drafts)))
    assert datetime.now(UTC) - began < timedelta(milliseconds=500)

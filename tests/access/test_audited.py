"""Whatever is shown of a patient, done to one or refused is on record: an event for each patient."""

from collections import Counter
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.actions.work import Work
from service.domain.access.permissions import Role
from service.domain.audit.chain import ChainedEvent
from service.store import audit_chain as chain_store
from service.store.database import Reach
from service.store.tables import checklists, intake_forms, list_items, patient_identifiers
from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW, PRINTED
from tests.access.policy import RULES, Kind, May

pytestmark = pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)

NOTHING_SHOWN = {
    "POST /fhir/List": "the List of this call says nothing, and nothing changes",
    "GET /fhir/MedicationRequest": "the clinic gives its items as MedicationStatement",
    "POST /fhir/MedicationRequest/_search": "the same",
    "POST /patients/{patient_id}/intake-links/hand-over": "it logs out, and leads to the link",
}
"""Calls that name a patient and neither show nor change anything of one."""

THE_TRAIL = frozenset({"GET /v1/audit-events", "GET /administration/audit"})
"""It names patients by id. That a page of it was read is one event; one for each patient would double it."""


ALLOWED = [operation for operation in {**HOW, **PRINTED} if any(RULES[operation].allowed())]
REFUSED = {
    operation: kinds
    for operation, rule in RULES.items()
    if (kinds := [kind for kind, may in rule.cells.items() if may is May.NO and rule.refusals(kind) == {403}])
}
"""By operations the kinds of callers who are known and may not."""


ROLES = {
    Kind.INTAKE: Role.INTAKE,
    Kind.EHR: Role.EHR,
    Kind.ADMINISTRATOR_KEY: Role.ADMINISTRATOR,
    Kind.NURSE: Role.NURSE,
    Kind.OTHER_CLIENT: Role.EHR,
}


def names_of(clinic: FilledClinic) -> dict[str, UUID]:
    """Every id and number that stands for one of the clinic's patients."""
    columns = {
        patient_identifiers: ("patient_id", "value"),
        list_items: ("item_id",),
        checklists: ("id", "code"),
        intake_forms: ("id", "link_id"),
    }
    found: dict[str, UUID] = {}
    with clinic.database.transaction(Reach.ALL) as connection:
        for table, names in columns.items():
            rows = connection.execute(select(table).where(table.c.clinic_id == clinic.known.id))
            for row in rows.mappings():
                found |= {str(row[name]): row["patient_id"] for name in names if row[name]}
    return found


def people_in(text: str, names: dict[str, UUID]) -> set[UUID]:
    return {patient_id for name, patient_id in names.items() if name in text or _in_groups(name) in text}


def _in_groups(name: str) -> str:
    return f"{name[:3]}-{name[3:6]}-{name[6:]}" if len(name) == 9 else name


def text_of(answer: TestResponse) -> str:
    """What an answer shows, and where it leads."""
    if answer.mimetype == "application/pdf":
        document = pypdfium2.PdfDocument(answer.data)
        shown = "\n".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return shown
    return answer.data.decode(errors="replace") + answer.headers.get("Location", "")


def asked(
    clinic: FilledClinic, operation: str, kind: Kind, call: Call
) -> tuple[TestResponse, list[ChainedEvent]]:
    """The answer, and what was put on record for it."""
    request_id = f"audited-{clinic.number()}"
    answer = clinic.ask(operation, kind, call, **{"X-Request-Id": request_id})
    with clinic.database.transaction(Reach.ALL) as connection:
        trail = chain_store.read_chain(connection, clinic.known.id, None, 10**6)
    return answer, [event for event in trail if event.request_id == request_id]


def patients_of(events: list[ChainedEvent]) -> set[UUID]:
    return {UUID(bytes=event.patient_id) for event in events if isinstance(event.patient_id, bytes)}


def unrecorded(clinic: FilledClinic, operation: str) -> list[str]:
    """Patients whom an allowed call names or its answer shows, without an event; hopefully none."""
    kind = next(iter(RULES[operation].allowed()))
    call = {**HOW, **PRINTED}[operation](clinic)
    answer, events = asked(clinic, operation, kind, call)
    names = names_of(clinic)
    named = people_in(f"{call.path(RULES[operation])} {call.json} {call.form}", names)
    about = people_in(text_of(answer), names) | named
    if operation in NOTHING_SHOWN:
        about -= named
    return [f"{operation} as {kind}: {answer.status_code} {one}" for one in about - patients_of(events)]


@pytest.mark.parametrize("operation", [one for one in ALLOWED if one not in THE_TRAIL])
def test_every_patient_whom_a_call_names_or_shows_has_an_event(ours: FilledClinic, operation: str) -> None:
    found = unrecorded(ours, operation)
    assert found == [], found


PAGES = {
    "GET /v1/worklist": Call(query="?date=2026-12-01"),
    "GET /": Call(query="?date=2026-12-01"),
    "POST /search": Call(form={"sought": "Test Patient"}),
    "GET /v1/patients": Call(query="?limit=100"),
    "GET /fhir/Patient": Call(query="?_count=100"),
}


def test_every_patient_of_a_page_has_an_event_of_their_own(ours: FilledClinic) -> None:
    several = {ours.sheet.patient, ours.new_sheet().patient, ours.new_sheet().patient}
    for operation, call in PAGES.items():
        answer, events = asked(ours, operation, Kind.NURSE, call)
        shown = people_in(text_of(answer), names_of(ours))
        counted = Counter(event.patient_id for event in events)

        assert {UUID(one) for one in several} <= shown, operation
        assert shown == patients_of(events), operation
        assert set(counted.values()) == {1}, operation


@pytest.mark.parametrize("operation", REFUSED)
def test_a_refusal_is_one_event_with_who_it_was_and_whose_data(ours: FilledClinic, operation: str) -> None:
    rule = RULES[operation]
    kind = REFUSED[operation][0]
    call = HOW[operation](ours)
    answer, events = asked(ours, operation, kind, call)

    assert answer.status_code == 403
    assert [(event.action, event.outcome) for event in events] == [("access", "refused")]
    assert events[0].details["operation"].partition(" ")[0] == rule.method
    assert events[0].actor_role == ROLES[kind]
    ids = {name: one for name, one in names_of(ours).items() if len(name) == len(str(UUID(int=0)))}
    assert patients_of(events) == people_in(rule.address.format(**call.places), ids)


@pytest.mark.parametrize("operation", ["GET /v1/patients/{patient_id}", "GET /v1/patients", "GET /"])
def test_the_control_a_read_that_is_not_recorded_is_noticed(
    ours: FilledClinic, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unrecorded(ours, operation) == []
    monkeypatch.setattr(Work, "record", lambda *_, **__: None)

    assert unrecorded(ours, operation) != []

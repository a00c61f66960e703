"""Whatever is shown of a patient, done to one or refused is on record: an event for each patient, with who it was."""

from collections import Counter
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.domain.audit_chain import ChainedEvent
from service.domain.checklist_code import read_code
from service.store import audit_chain as chain_store
from service.store.database import Reach
from service.store.tables import checklists, intake_forms, list_items, patient_identifiers
from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW, PRINTED
from tests.access.policy import RULES, Kind, May

pytestmark = pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)

# The trail itself is read in pages of ids; that it was read is one event, or reading it would double it.
THE_TRAIL = "GET /v1/audit-events"


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


def unrecorded(clinic: FilledClinic, operation: str, how: object = None) -> list[str]:
    """Patients whom an allowed call names or its answer shows, without an event; hopefully none."""
    kind = next(iter(RULES[operation].allowed()))
    call = {**HOW, **PRINTED}[operation](clinic)
    answer, events = asked(clinic, operation, kind, call)
    names = names_of(clinic)
    sent = f"{call.path(RULES[operation])} {call.json} {call.form}"
    about = people_in(text_of(answer), names) | people_in(sent, names)
    on_record = {UUID(bytes=event.patient_id) for event in events if isinstance(event.patient_id, bytes)}
    return [f"{operation} as {kind}: {answer.status_code} {patient}" for patient in about - on_record]


@pytest.mark.parametrize("operation", [one for one in {**HOW, **PRINTED} if one != THE_TRAIL])
def test_every_patient_whom_a_call_names_or_shows_has_an_event(ours: FilledClinic, operation: str) -> None:
    found = unrecorded(ours, operation)
    assert found == [], found

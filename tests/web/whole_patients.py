"""A patient of whom something is kept in every table; each text that was said or typed bears their word."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from service.actions.door import Door
from service.actions.performing import perform
from service.actions.work import new_id
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.events import AuditAction
from service.store.database import Database, Reach
from service.store.tables import card_feedback, intake_forms, intake_links
from tests.audit_keys import AUDIT_KEYS
from tests.guidance_of_tests import TREATMENT
from tests.store.records import LATER, NOW, secret
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import asked

Json = dict[str, Any]


def whole_patient(clinic: ClinicOfTests, database: Database, word: str, mrn: str) -> UUID:
    """Keep such a patient; ``word`` stands in every text and in no other patient's."""
    person = {
        "identifier": {"system": "urn:clinic:mrn", "value": mrn},
        "name": f"Test Patient {word}",
        "birth_date": "1961-04-02",
    }
    receipt = clinic.intake.post(
        "/v1/intake", asked(f"{word} one", f"{word} two", f"{word} three", f"{word} four", patient=person)
    ).get_json()
    patient_id, sheet_id = UUID(receipt["patient_id"]), receipt["checklist"]["id"]
    _sign_and_mark(clinic, sheet_id, word)
    _change_the_list(clinic, patient_id, word)
    issued = clinic.nurse.post(f"/v1/patients/{patient_id}/checklists", {"treatment": TREATMENT})
    clinic.nurse.post(f"/v1/checklists/{sheet_id}/withdrawal", {"reason": f"{word} was printed twice."})
    assert issued.status_code == 201, issued.get_json()
    clinic.nurse.post(f"/v1/patients/{patient_id}/intake-links", {"collection_mode": "self"})
    clinic.intake.get(f"/v1/patients/{patient_id}")
    _keep_form_and_feedback(database, clinic.id, patient_id, word)
    return patient_id


def _sign_and_mark(clinic: ClinicOfTests, sheet_id: str, word: str) -> None:
    sheet: Json = clinic.nurse.get(f"/v1/checklists/{sheet_id}").get_json()
    for section, more in (("tell", {}), ("supplement", {"deferred_reason": f"{word} is asked later."})):
        part = next(part for part in sheet["sections"] if part["id"] == section)
        signed = clinic.nurse.post(
            f"/v1/checklists/{sheet_id}/sections/{section}/sign-offs",
            {"role": "nurse", "name": f"Nurse of {word}", "content_digest": part["content_digest"], **more},
        )
        assert signed.status_code == 201, signed.get_json()
    sign_off = signed.get_json()["sign_offs"][0]
    clinic.nurse.post(
        f"/v1/checklists/{sheet_id}/sections/{sign_off['section']}/sign-offs/{sign_off['id']}/withdrawal",
        {"reason": f"{word} was somebody else."},
    )
    lines = [line for part in sheet["sections"] for line in part["lines"] if "number" in line]
    for mark, note in (("discussed", f"{word} by phone"), (None, None)):
        marked = clinic.nurse.put(
            f"/v1/checklists/{sheet_id}/lines/{lines[0]['id']}/mark", {"mark": mark, "note": note}
        )
        assert marked.status_code == 200, marked.get_json()


def _change_the_list(clinic: ClinicOfTests, patient_id: UUID, word: str) -> None:
    address = f"/v1/patients/{patient_id}/medication-list"
    said = {"informant": {"kind": "caregiver", "name": f"Caregiver {word}"}, "collection_mode": "interview"}
    items = clinic.nurse.get(address).get_json()["items"]
    changes: tuple[Json, ...] = (
        {"status": "stopped", "stopped_on": "2026-05"},
        {"dosage_text": f"{word} in the morning", "as_needed": True, "note": f"{word} noted"},
    )
    for item, change in zip(items, changes, strict=False):
        changed = clinic.nurse.patch(f"{address}/items/{item['id']}", {**change, **said})
        assert changed.status_code == 200, changed.get_json()
    gone = clinic.nurse.delete(f"{address}/items/{items[2]['id']}", {"reason": f"{word} mistyped"})
    assert gone.status_code == 200, gone.get_json()
    clinic.nurse.put(f"{address}/categories/supplement", {"answer": "none_reported", **said})
    clinic.nurse.post(f"{address}/items", {"description": f"{word} white tablet", **said})


def _keep_form_and_feedback(database: Database, clinic_id: UUID, patient_id: UUID, word: str) -> None:
    """A form that nobody sent, a card that was shown, and what an EHR told of it."""
    card = uuid4()
    with database.transaction(Reach.ALL) as connection:
        link = connection.execute(select(intake_links.c.id).where(intake_links.c.patient_id == patient_id))
        connection.execute(
            insert(intake_forms).values(
                clinic_id=clinic_id,
                id=uuid4(),
                patient_id=patient_id,
                link_id=link.scalar_one(),
                secret_sha256=secret(f"form {word}"),
                opened_at=NOW,
                expires_at=LATER,
                made_from=1,
                draft={
                    "informant": {"kind": "caregiver", "name": f"Typed {word}"},
                    "categories": {"supplement": {"answer": "declined"}},
                    "items": {"1": {"category": "prescription", "name": f"{word} typed"}},
                    "items_made": 1,
                },
            )
        )
        connection.execute(
            insert(card_feedback).values(
                clinic_id=clinic_id,
                id=new_id(NOW),
                client_id=uuid4(),
                service="disclosure",
                card=card,
                outcome="overridden",
                body={"card": str(card), "outcome": "overridden", "userComment": f"{word} was seen"},
                at=NOW,
            )
        )
    actor = Actor(clinic_id, ActorKind.CLIENT, uuid4(), "Test EHR", Role.EHR)
    door = Door(database, AUDIT_KEYS, lambda: LATER, actor, "shown")
    perform(
        door,
        lambda work: work.record(AuditAction.SHOW_CARD, patient_id=patient_id, details={"cards": str(card)}),
    )


def exported(caller: Caller, patient_id: UUID) -> dict[str, bytes]:
    """The parts of the file by their names, in its order."""
    answer = caller.get(f"/v1/patients/{patient_id}/export")
    assert (answer.status_code, answer.content_type) == (200, "application/zip"), answer.get_data()
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as file:
        return {name: file.read(name) for name in file.namelist()}


def record_in(parts: dict[str, bytes]) -> Json:
    """``record.json``, parsed."""
    record: Json = json.loads(parts["record.json"])
    return record

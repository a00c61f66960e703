"""A patient with a row in every table that can hold something of a patient, and one word in every text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert
from werkzeug.test import TestResponse

from service.store.database import Reach
from service.store.guidance import load_guidance
from service.store.tables import checklist_treatments
from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.policy import Kind
from tests.cds_calls import patient as prefetched
from tests.cds_calls import sign
from tests.guidance_of_tests import TREATMENT

_PATIENT = "/v1/patients/{patient_id}"
_SHEET = "/v1/checklists/{checklist_id}"
_SERVICE = {"service_id": "disclosure-order-sign"}


@dataclass
class FullRecord:
    """A patient whose every text has ``word`` in it. ``posted`` are posts about them, by their keys."""

    clinic: FilledClinic
    word: str
    patient_id: str = ""
    checklist_id: str = ""
    item_id: str = ""
    code: str = ""
    link_secret: str = ""
    posted: dict[str, tuple[str, Kind, Call]] = field(default_factory=dict)

    @property
    def identifier(self) -> dict[str, str]:
        return {"system": "urn:clinic:mrn", "value": f"{self.word}-1"}

    def post(self, operation: str, kind: Kind, places: Mapping[str, str], **sent: Any) -> TestResponse:
        """Send something under an idempotency key of its own."""
        key = str(uuid4())
        call = Call(places, **sent)
        answer = self.clinic.ask(operation, kind, call, **{"Idempotency-Key": key})
        assert answer.status_code < 400, answer.data
        if operation.startswith("POST /v1"):
            self.posted[key] = operation, kind, call
        return answer


def full_record(clinic: FilledClinic, word: str) -> FullRecord:
    """Make one by what callers send."""
    made = FullRecord(clinic, word)
    _list(made)
    _sheet(made)
    _forms(made)
    _card(made)
    return made


def _list(made: FullRecord) -> None:
    word = made.word
    item = {
        "category": "supplement",
        **{name: f"{word} {name}" for name in ("name", "description", "strength", "dosage_text", "note")},
        **{name: f"{word} {name}" for name in ("form", "route", "frequency", "reason", "prescriber")},
    }
    intake = {
        "patient": {"identifier": made.identifier, "name": f"Test {word}", "birth_date": "1961-04-02"},
        "informant": {"kind": "caregiver", "name": f"{word} informant"},
        "collection_mode": "phone",
        "items": [item, {"category": "prescription", "name": f"{word} second"}],
        "treatment": {"id": TREATMENT, "planned_start": "2026-12-01"},
    }
    receipt = made.post("POST /v1/intake", Kind.INTAKE, {}, json=intake).get_json()
    made.patient_id, sheet = receipt["patient_id"], receipt["checklist"]
    made.checklist_id, made.code = sheet["id"], sheet["code"]
    about = {"patient_id": made.patient_id}
    listed = made.clinic.ask(f"GET {_PATIENT}/medication-list", Kind.EHR, Call(about)).get_json()
    made.item_id = listed["items"][1]["id"]
    made.post(f"POST {_PATIENT}/medication-list/items", Kind.EHR, about, json={"name": f"{word} third"})
    changed = Call(about, json={"name": f"Test {word} Changed"}, headers={"If-Match": "*"})
    assert made.clinic.ask(f"PATCH {_PATIENT}", Kind.EHR, changed).status_code == 200
    in_error = Call(
        {**about, "item_id": made.item_id}, json={"reason": f"{word} error"}, headers={"If-Match": "*"}
    )
    gone = made.clinic.ask(f"DELETE {_PATIENT}/medication-list/items/{{item_id}}", Kind.EHR, in_error)
    assert gone.status_code == 200


def _sheet(made: FullRecord) -> None:
    word, on = made.word, {"checklist_id": made.checklist_id}
    of_sheet = made.clinic.ask(f"GET {_SHEET}", Kind.EHR, Call(on)).get_json()
    digest = next(one["content_digest"] for one in of_sheet["sections"] if one["id"] == "tell")
    section = {**on, "section": "tell"}
    signed = {"role": "patient", "name": f"Test {word}", "content_digest": digest}
    sign_offs = f"POST {_SHEET}/sections/{{section}}/sign-offs"
    answer = made.post(sign_offs, Kind.NURSE, section, json=signed).get_json()
    taken = {**section, "sign_off_id": answer["sign_offs"][0]["id"]}
    made.post(f"{sign_offs}/{{sign_off_id}}/withdrawal", Kind.NURSE, taken, json={"reason": f"{word} back"})
    mark = Call({**on, "line": "ask-open"}, json={"mark": "discussed", "note": f"{word} note"})
    assert made.clinic.ask(f"PUT {_SHEET}/lines/{{line}}/mark", Kind.NURSE, mark).status_code == 200
    made.post(f"POST {_SHEET}/withdrawal", Kind.NURSE, on, json={"reason": f"{word} withdrawn"})
    with made.clinic.database.transaction(Reach.ALL) as connection:
        published = load_guidance(connection, made.clinic.known.id, TREATMENT)
        assert published is not None
        row = {"treatment_id": TREATMENT, "guidance_version": published.version}
        connection.execute(
            insert(checklist_treatments).values(
                clinic_id=made.clinic.known.id, checklist_id=UUID(made.checklist_id), **row
            )
        )


def _forms(made: FullRecord) -> None:
    """A form behind a link and one at the desk, with something typed into each; and a link for later."""
    about, name = {"patient_id": made.patient_id}, {"name": f"{made.word} typed"}
    for opened in (True, False):
        link = made.post(
            f"POST {_PATIENT}/intake-links", Kind.EHR, about, json={"collection_mode": "self"}
        ).get_json()
        made.link_secret = str(link["url"]).rpartition("/")[2]
        if opened:
            led = made.post("POST /intake/{secret}", Kind.LINK, {"secret": made.link_secret}, form={})
            places = {"link_id": led.location.split("/")[-2], "category": "supplement"}
            made.post("POST /form/{link_id}/{category}/items/new", Kind.LINK, places, form=name)
    led = made.post(
        "POST /patients/{patient_id}/intake-forms", Kind.NURSE, about, form={"-once": str(uuid4())}
    )
    places = {"form_id": led.location.split("/")[-2], "category": "supplement"}
    made.post("POST /intake-forms/{form_id}/{category}/items/new", Kind.NURSE, places, form=name)


def _card(made: FullRecord) -> None:
    called = sign(prefetch={"patient": prefetched(made.identifier["value"])})
    (card,) = made.post("POST /cds-services/{service_id}", Kind.CLIENT, _SERVICE, json=called).get_json()[
        "cards"
    ]
    told = {
        "card": card["uuid"],
        "outcome": "overridden",
        "overrideReason": {"userComment": f"{made.word} comment"},
        "outcomeTimestamp": "2026-11-25T10:00:00Z",
    }
    made.post("POST /cds-services/{service_id}/feedback", Kind.CLIENT, _SERVICE, json={"feedback": [told]})

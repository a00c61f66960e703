"""How each page, and each form of one, is asked for so that whoever may do it succeeds."""

from collections.abc import Callable, Mapping

from tests.access.calls import Call
from tests.access.clinics import FilledClinic, Sheet
from tests.access.operations_v1 import NO_DAY, NOBODY_PLANNED, How, identified, signed
from tests.access.policy import Kind
from tests.guidance_of_tests import TREATMENT
from tests.web.conftest import PASSWORD

_PATIENT = "/patients/{patient_id}"
_ITEM = f"{_PATIENT}/items/{{item_id}}"
_SHEET = "/checklists/{checklist_id}"
_SIGNATURE = f"{_SHEET}/sections/{{section}}/sign-offs/{{sign_off_id}}"


def page_of_patient(query: str = "", **places: str) -> How:
    return lambda c: Call({"patient_id": c.sheet.patient, **places}, query)


def page_of_item(**places: str) -> How:
    return lambda c: Call({"patient_id": c.sheet.patient, "item_id": c.sheet.item, **places})


def page_of_sheet(c: FilledClinic) -> Call:
    return Call({"checklist_id": c.sheet.checklist})


def version(c: FilledClinic, patient: str) -> str:
    """The field that says which version of the list a form was made from."""
    listed = c.known.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()
    return str(listed["version"])


def changing_list(form: Mapping[str, str], **places: str) -> How:
    """A form that changes the list of the patient on file, made from the latest version."""

    def make(c: FilledClinic) -> Call:
        patient = c.sheet.patient
        sent = {**form, "-made_from": version(c, patient)}
        return Call({"patient_id": patient, **places}, form=sent)

    return make


def changing_item(form: Mapping[str, str], sheet: Callable[[FilledClinic], Sheet], **places: str) -> How:
    """The same about an item."""

    def make(c: FilledClinic) -> Call:
        on = sheet(c)
        sent = {**form, "-made_from": version(c, on.patient)}
        return Call({"patient_id": on.patient, "item_id": on.item, **places}, form=sent)

    return make


def _shared(c: FilledClinic) -> Sheet:
    return c.sheet


def _record(c: FilledClinic) -> Call:
    patient = c.sheet.patient
    etag = c.known.ehr.get(f"/v1/patients/{patient}").headers["ETag"]
    form = {"name": "Test Patient 01", "-made_from": etag.strip('"')}
    return Call({"patient_id": patient}, form=form)


def _erasure(c: FilledClinic) -> Call:
    sheet = c.new_sheet()
    return Call({"patient_id": sheet.patient}, form={"reason": "made_by_mistake", "confirm": sheet.mrn})


def _new_patient(c: FilledClinic) -> Call:
    return Call(form={f"identifier/{name}": value for name, value in identified(c).items()})


def _section(c: FilledClinic) -> Call:
    form = {
        "-do": "sign",
        "tell/role": "nurse",
        "tell/name": "Test Nurse",
        "tell/content_digest": c.sheet.digest,
    }
    return Call({"checklist_id": c.sheet.checklist, "section": "tell"}, form=form)


def _language(_: FilledClinic) -> Call:
    return Call(form={"language": "es", "-path": "/log-in"})


def _log_in(c: FilledClinic) -> Call:
    # A log-in ends the one that the browser held before.
    return Call(form={"login": c.known.nurse_login, "password": PASSWORD}, ends_session=True)


def _own_password(_: FilledClinic) -> Call:
    return Call(form={"now": PASSWORD, "new": "quartz lantern 48 mosaic fjord"}, ends_session=True)


def _hand_over(c: FilledClinic) -> Call:
    return Call({"patient_id": c.sheet.patient}, form={"secret": c.new_link()}, ends_session=True)


def _withdrawal(c: FilledClinic) -> Call:
    return Call({"checklist_id": c.new_sheet().checklist}, form={"reason": "x"})


PAGES: Mapping[str, How] = {
    "GET /": lambda _: Call(query="?date=2026-12-01"),
    "POST /search": lambda c: Call(form={"sought": c.tag}),
    "GET /code": lambda c: Call(query=f"?code={c.sheet.code}"),
    "GET /log-in": lambda _: Call(),
    "POST /log-in": _log_in,
    "POST /log-out": lambda _: Call(form={}, ends_session=True),
    "POST /language": _language,
    "GET /password": lambda _: Call(),
    "POST /password": _own_password,
    "POST /print-batches": lambda _: Call(form={"date": NO_DAY}, statuses=NOBODY_PLANNED),
    "GET /patients/new": lambda _: Call(),
    "POST /patients/new": _new_patient,
    f"GET {_PATIENT}": page_of_patient(),
    f"GET {_PATIENT}/alike": page_of_patient(),
    f"GET {_PATIENT}/own-data": page_of_patient(),
    f"GET {_PATIENT}/own-data.zip": lambda c: Call({"patient_id": c.new_sheet().patient}),
    f"GET {_PATIENT}/erase": page_of_patient(),
    f"POST {_PATIENT}/erase": _erasure,
    f"GET {_PATIENT}/record": page_of_patient(),
    f"POST {_PATIENT}/record": _record,
    f"GET {_PATIENT}/history": page_of_patient(),
    f"GET {_PATIENT}/versions/{{version}}": page_of_patient(version="1"),
    f"GET {_PATIENT}/difference": page_of_patient("?from=1&to=1"),
    f"GET {_PATIENT}/categories/{{category}}": page_of_patient(category="supplement"),
    f"POST {_PATIENT}/categories/{{category}}": changing_list(
        {"answer": "declined", "informant/kind": "patient", "collection_mode": "phone"},
        category="over_the_counter",
    ),
    f"GET {_PATIENT}/items/new": page_of_patient(),
    f"POST {_PATIENT}/items/new": changing_list({"name": "Clay"}),
    f"GET {_ITEM}/change": page_of_item(),
    f"POST {_ITEM}/change": changing_item({"note": "x"}, _shared),
    f"GET {_ITEM}/{{fact}}": page_of_item(fact="status"),
    f"POST {_ITEM}/{{fact}}": changing_item({"status": "unknown"}, _shared, fact="status"),
    f"GET {_ITEM}/entered-in-error": page_of_item(),
    f"POST {_ITEM}/entered-in-error": changing_item({"reason": "x"}, FilledClinic.new_sheet),
    f"POST {_PATIENT}/checklists": lambda c: Call(
        {"patient_id": c.sheet.patient}, form={"treatment": TREATMENT}
    ),
    f"POST {_PATIENT}/intake-forms": lambda c: Call({"patient_id": c.sheet.patient}, form={}),
    f"GET {_PATIENT}/intake-links": page_of_patient(),
    f"POST {_PATIENT}/intake-links": lambda c: Call(
        {"patient_id": c.sheet.patient}, form={"collection_mode": "self"}
    ),
    f"POST {_PATIENT}/intake-links/hand-over": _hand_over,
    f"GET {_SHEET}": page_of_sheet,
    f"GET {_SHEET}/sheet": page_of_sheet,
    f"GET {_SHEET}/sheet.pdf": page_of_sheet,
    f"GET {_SHEET}/withdraw": page_of_sheet,
    f"POST {_SHEET}/withdraw": _withdrawal,
    f"POST {_SHEET}/sections/{{section}}": _section,
    f"GET {_SIGNATURE}/take-back": lambda c: Call(signed(c)),
    f"POST {_SIGNATURE}/take-back": lambda c: Call(signed(c), form={"reason": "x"}),
}


def _new_key(c: FilledClinic) -> Call:
    return Call(form={"name": f"Key {c.number()}", "role": "intake"})


def _new_client(c: FilledClinic) -> Call:
    return Call(form={"name": f"EHR {c.number()}", "scopes": "system/*.rs", "jwks": c.key_set})


def _member(c: FilledClinic) -> Call:
    return Call({"staff_id": c.new_member(Kind.NURSE)[1]})


def _member_posted(c: FilledClinic) -> Call:
    return Call(_member(c).places, form={})


_SETTINGS = {
    "language": "en",
    "paper": "a4",
    "time_zone": "UTC",
    "item_export": "medication_statement",
    "none_export": "empty_reason",
    "languages/0": "en",
}

_GUIDANCE = "/administration/guidance"
_VERSION = f"{_GUIDANCE}/treatments/{{treatment_id}}/versions/{{version}}"
_DRAFT = f"{_GUIDANCE}/drafts/{{draft_id}}"
_STATEMENT = f"{_DRAFT}/statements/{{statement_id}}"
_TEXT = {"title": "A leaflet", "-text": "It is kept in the dark.\n"}
_STATED = {"text": "Report any severe itching.", "section": "report", "cites": "2.3"}


def _of_draft(c: FilledClinic) -> Call:
    return Call({"draft_id": c.draft.id})


def _of_new_draft(form: Mapping[str, str]) -> How:
    """A form about a draft that nobody has changed."""
    return lambda c: Call({"draft_id": c.new_draft().id}, form={"-revision": "1", **form})


def _of_statement(c: FilledClinic) -> Call:
    return Call({"draft_id": c.draft.id, "statement_id": c.draft.statement})


def _of_new_statement(form: Mapping[str, str]) -> How:
    def call(c: FilledClinic) -> Call:
        draft = c.new_draft()
        sent = {"-revision": "1", "-digest": draft.digest, **form}
        return Call({"draft_id": draft.id, "statement_id": draft.statement}, form=sent)

    return call


GUIDANCE: Mapping[str, How] = {
    f"GET {_GUIDANCE}": lambda _: Call(),
    f"GET {_VERSION}": lambda c: Call(c.version),
    f"GET {_VERSION}/draft": lambda c: Call(c.version),
    f"POST {_VERSION}/draft": lambda c: Call(c.version, form=_TEXT),
    f"GET {_GUIDANCE}/treatments/{{treatment_id}}/retire": lambda c: Call(
        {"treatment_id": c.version["treatment_id"]}
    ),
    f"POST {_GUIDANCE}/treatments/{{treatment_id}}/retire": lambda c: Call(
        {"treatment_id": c.new_version()["treatment_id"]}, form={}
    ),
    f"GET {_GUIDANCE}/drafts/new": lambda _: Call(),
    f"POST {_GUIDANCE}/drafts/new": lambda c: Call(
        form={**_TEXT, "treatment_name": f"Brimolate {c.number()}", "language": "en"}
    ),
    f"GET {_DRAFT}": _of_draft,
    f"POST {_DRAFT}": _of_new_draft({"-ticked/2.1": "yes"}),
    f"GET {_DRAFT}/document": _of_draft,
    f"POST {_DRAFT}/document": _of_new_draft({**_TEXT, "treatment_name": "Brimolate"}),
    f"GET {_DRAFT}/publish": _of_draft,
    f"POST {_DRAFT}/publish": lambda c: Call(
        {"draft_id": c.new_draft(complete=True).id}, form={"-revision": "1"}
    ),
    f"GET {_DRAFT}/delete": _of_draft,
    f"POST {_DRAFT}/delete": _of_new_draft({}),
    f"GET {_DRAFT}/statements": _of_draft,
    f"POST {_DRAFT}/statements": _of_new_draft(_STATED),
    f"GET {_STATEMENT}": _of_statement,
    f"POST {_STATEMENT}": _of_new_statement(_STATED),
    f"GET {_STATEMENT}/remove": _of_statement,
    f"POST {_STATEMENT}/remove": _of_new_statement({}),
    f"GET {_STATEMENT}/review": _of_statement,
    f"POST {_STATEMENT}/review": _of_new_statement({}),
}

ADMINISTRATION: Mapping[str, How] = {
    "GET /administration": lambda _: Call(),
    "POST /administration": lambda _: Call(form=_SETTINGS),
    "GET /administration/audit": lambda _: Call(),
    "GET /administration/staff": lambda _: Call(),
    "POST /administration/staff": lambda c: Call(
        form={"name": "Test Nurse", "login": f"nurse.{c.number()}", "role": "nurse"}
    ),
    "GET /administration/staff/{staff_id}/leave": _member,
    "POST /administration/staff/{staff_id}/leave": _member_posted,
    "POST /administration/staff/{staff_id}/password": _member_posted,
    "POST /administration/staff/{staff_id}/return": _member_posted,
    "GET /administration/keys": lambda _: Call(),
    "POST /administration/keys": _new_key,
    "GET /administration/keys/{key_id}/revoke": lambda c: Call({"key_id": c.spare_key}),
    "POST /administration/keys/{key_id}/revoke": lambda c: Call({"key_id": c.new_key()[0]}, form={}),
    "GET /administration/clients": lambda _: Call(),
    "POST /administration/clients": _new_client,
    "GET /administration/clients/{client_id}/keys": lambda c: Call({"client_id": c.spare_client}),
    "POST /administration/clients/{client_id}/keys": lambda c: Call(
        {"client_id": c.spare_client}, form={"jwks": c.key_set}
    ),
    "GET /administration/clients/{client_id}/revoke": lambda c: Call({"client_id": c.spare_client}),
    "POST /administration/clients/{client_id}/revoke": lambda c: Call(
        {"client_id": str(c.new_client().client.id)}, form={}
    ),
}

"""How each operation below /fhir, of CDS Hooks and of SMART is called so that whoever may do it succeeds."""

from collections.abc import Mapping

from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations_v1 import How, of_patient
from tests.cds_calls import patient as prefetched
from tests.cds_calls import sign
from tests.formats.fhir.reading.answered import TEA, WHO, YES, chosen, group, response
from tests.web.fhir.sent import answered, bundle, identified, patient, plan, statement
from tests.web.registered import ASSERTION

_SERVICE = {"service_id": "disclosure-order-sign"}
_FEEDBACK = {
    "feedback": [
        {
            "card": "00000000-0000-4000-8000-000000000001",
            "outcome": "overridden",
            "outcomeTimestamp": "2026-11-29T10:00:00Z",
        }
    ]
}


def searched(kind: str, parameter: str = "patient") -> dict[str, How]:
    """A search for what belongs to the patient on file, by its address and by a form."""
    return {
        f"GET /fhir/{kind}": lambda c: Call(query=f"?{parameter}={c.sheet.patient}"),
        f"POST /fhir/{kind}/_search": lambda c: Call(form={parameter: c.sheet.patient}),
    }


def _of_sheet(c: FilledClinic) -> Call:
    return Call({"checklist_id": c.sheet.checklist})


def _of_item(c: FilledClinic) -> Call:
    return Call({"item_id": c.sheet.item})


def _filled_in(c: FilledClinic) -> Call:
    who = group("who", *WHO["item"], chosen("collection-mode", "collection-mode", "phone"))
    return Call(json=response(who, group("supplement", YES, TEA), subject=identified(c.number())))


def _bundle(c: FilledClinic) -> Call:
    mrn = c.number()
    return Call(json=bundle("batch", patient(mrn), statement("Water", subject=identified(mrn))))


def _token(c: FilledClinic) -> Call:
    form = {
        "grant_type": "client_credentials",
        "scope": "system/*.rs",
        "client_assertion_type": ASSERTION,
        "client_assertion": c.client.signer.token(),
    }
    return Call(form=form)


_NO_SUCH_TYPE = frozenset({404})

FHIR: Mapping[str, How] = {
    "GET /fhir/metadata": lambda _: Call(),
    "GET /fhir/.well-known/smart-configuration": lambda _: Call(),
    "POST /fhir": _bundle,
    "POST /fhir/": _bundle,
    "GET /fhir/{resource_type}": lambda _: Call({"resource_type": "Observation"}, statuses=_NO_SUCH_TYPE),
    "POST /fhir/{resource_type}": lambda _: Call({"resource_type": "Observation"}, statuses=_NO_SUCH_TYPE),
    "POST /fhir/Patient": lambda c: Call(json=patient(c.number())),
    "POST /fhir/MedicationStatement": lambda c: Call(
        json=statement("Water", subject={"reference": f"Patient/{c.sheet.patient}"})
    ),
    "POST /fhir/MedicationRequest": lambda c: Call(
        json=plan("Soap", subject={"reference": f"Patient/{c.sheet.patient}"})
    ),
    "POST /fhir/List": lambda c: Call(
        json=answered("supplement", "unavailable", subject={"reference": f"Patient/{c.sheet.patient}"})
    ),
    "POST /fhir/QuestionnaireResponse": _filled_in,
    **searched("Patient", "_id"),
    **searched("MedicationStatement"),
    **searched("MedicationRequest"),
    **searched("List"),
    **searched("Provenance"),
    **searched("Composition"),
    **searched("DocumentReference"),
    **searched("QuestionnaireResponse"),
    "GET /fhir/Questionnaire": lambda _: Call(),
    "POST /fhir/Questionnaire/_search": lambda _: Call(form={}),
    "GET /fhir/Patient/{patient_id}": of_patient(),
    "GET /fhir/Patient/{patient_id}/$everything": of_patient(),
    "GET /fhir/MedicationStatement/{item_id}": _of_item,
    "GET /fhir/MedicationRequest/{item_id}": _of_item,
    "GET /fhir/List/{list_id}": lambda c: Call({"list_id": f"{c.sheet.patient}.supplement"}),
    "GET /fhir/Provenance/{provenance_id}": lambda c: Call({"provenance_id": f"item.{c.sheet.item}"}),
    "GET /fhir/Questionnaire/medication-list": lambda _: Call(),
    "GET /fhir/QuestionnaireResponse/{named}": lambda c: Call({"named": f"{c.sheet.patient}.1"}),
    "GET /fhir/Composition/{checklist_id}": _of_sheet,
    "GET /fhir/Composition/{checklist_id}/$document": _of_sheet,
    "GET /fhir/Bundle/{checklist_id}": _of_sheet,
    "GET /fhir/DocumentReference/{checklist_id}": _of_sheet,
    "GET /fhir/Binary/{checklist_id}": _of_sheet,
}

HOOKS: Mapping[str, How] = {
    "GET /cds-services": lambda _: Call(),
    "POST /cds-services/{service_id}": lambda c: Call(
        _SERVICE, json=sign(prefetch={"patient": prefetched(c.sheet.mrn)})
    ),
    "POST /cds-services/{service_id}/feedback": lambda _: Call(_SERVICE, json=_FEEDBACK),
    "POST /smart/token": _token,
}

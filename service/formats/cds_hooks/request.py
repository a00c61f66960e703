"""Reading the call of a service: its hook, its context and what came along."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.domain.cards.asked import CardRequest
from service.domain.cards.orders import MedicineOrder
from service.domain.errors import Fault
from service.formats.cds_hooks.discovery import ORDERS, PATIENT, HookService
from service.formats.cds_hooks.faults import HookRefusedError
from service.formats.cds_hooks.members import Json, an_object, text_of
from service.formats.cds_hooks.orders import read_orders, read_planned_orders
from service.formats.cds_hooks.prefetch import read_patient, read_record

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SELECTS = frozenset({"order-select"})
_HAS_DRAFTS = frozenset({"order-select", "order-sign"})


@dataclass(frozen=True, slots=True)
class _Check:
    """What a member has to be; ``code`` and ``detail`` tell what it is not."""

    code: str
    detail: str
    holds: Callable[[Any], bool]


def read_request(service: HookService, body: object, *, sandbox: bool = False) -> CardRequest:
    """What an EHR asks of a service. Raises HookRefusedError with every fault of hook and context.

    Members that are not known here are passed over; so is what an EHR says of its own server. A ``sandbox``
    makes up the ids of its calls: there a patient's record under another id than the call's is no fault, and
    the card says so.
    """
    context, prefetch = _parts(service, body)
    ids_differ = _ids_differ(context, prefetch)
    if ids_differ and not sandbox:
        detail = "The prefetched Patient is another one than that of the context."
        raise HookRefusedError([Fault("/prefetch/patient/id", "another_patient", detail)])
    return CardRequest(
        service=service.id,
        patient=read_patient(prefetch),
        patient_id=None if ids_differ else _own_id(context["patientId"].removeprefix("Patient/")),
        orders=_orders(service.hook, context, prefetch),
        planned_too=service.hook not in _HAS_DRAFTS,
        sent=read_record(prefetch),
        ids_differ=ids_differ,
    )


def _parts(service: HookService, body: object) -> tuple[Json, Json]:
    """Context and prefetch of a call without a fault."""
    if not isinstance(body, dict):
        raise HookRefusedError([Fault("", "type", "A call is a JSON object.")])
    faults = [*_faults_of_call(service, body), *_faults_of_context(service.hook, body)]
    if faults:
        raise HookRefusedError(faults)
    return body["context"], an_object(body.get("prefetch"))


def is_uuid(value: object) -> bool:
    """Whether it is a UUID in its usual form."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _orders(hook: str, context: Json, prefetch: Json) -> tuple[MedicineOrder, ...]:
    if hook not in _HAS_DRAFTS:
        return read_planned_orders(prefetch.get(ORDERS))
    selected = frozenset(context["selections"]) if hook in _SELECTS else None
    return read_orders(context["draftOrders"], selected)


def _own_id(patient_id: str) -> UUID | None:
    return UUID(patient_id) if is_uuid(patient_id) else None


def _faults_of_call(service: HookService, body: Json) -> list[Fault]:
    answers_to = _Check(
        "choice", f"This service answers to {service.hook}.", lambda hook: hook == service.hook
    )
    faults = _faults(body, "", {"hookInstance": _UUID_TEXT, "hook": answers_to})
    if not isinstance(body.get("prefetch"), dict | None):
        faults.append(Fault("/prefetch", "type", "The prefetch is a JSON object."))
    return faults


def _faults_of_context(hook: str, body: Json) -> list[Fault]:
    faults = _faults(
        body, "", {"context": _Check("type", "A JSON object.", lambda one: isinstance(one, dict))}
    )
    if faults:
        return faults
    context = body["context"]
    checks = {"userId": _TEXT, "patientId": _TEXT}
    if hook in _SELECTS:
        checks["selections"] = _TEXTS
    if hook in _HAS_DRAFTS:
        checks["draftOrders"] = _BUNDLE
    return _faults(context, "/context", checks)


def _ids_differ(context: Json, prefetch: Json) -> bool:
    """Whether the Patient that came is another one than the context's: whose card would it be?"""
    sent = an_object(prefetch.get(PATIENT))
    if sent.get("resourceType") != "Patient" or "id" not in sent:
        return False
    return bool(sent["id"] != context["patientId"].removeprefix("Patient/"))


def _faults(members: Json, place: str, checks: Mapping[str, _Check]) -> list[Fault]:
    faults = []
    for name, check in checks.items():
        value = members.get(name)
        if value is None:
            faults.append(Fault(f"{place}/{name}", "required", "This is needed."))
        elif not check.holds(value):
            faults.append(Fault(f"{place}/{name}", check.code, check.detail))
    return faults


def _is_bundle(value: object) -> bool:
    bundle = an_object(value)
    entries = bundle.get("entry", [])
    readable = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    return bundle.get("resourceType") == "Bundle" and readable


_UUID_TEXT = _Check("id", "This is a UUID.", is_uuid)
_TEXT = _Check("type", "This is text, and not empty.", lambda value: text_of(value) is not None)
_TEXTS = _Check(
    "type",
    "This is a list of texts such as MedicationRequest/1.",
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
)
_BUNDLE = _Check("type", "This is a FHIR R4 Bundle.", _is_bundle)

"""The services that there are, and the document in which an EHR finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

PATIENT, ORDERS, STATEMENTS = "patient", "medicationRequests", "medicationStatements"
PREFETCH: Mapping[str, str] = MappingProxyType(
    {
        PATIENT: "Patient/{{context.patientId}}",
        ORDERS: "MedicationRequest?patient={{context.patientId}}",
        STATEMENTS: "MedicationStatement?patient={{context.patientId}}",
    }
)
"""What an EHR is asked to send along, by the key that it sends it under."""

_USAGE = (
    "FHIR R4. Send the prefetch: nothing is ever fetched from the EHR. The patient is found by an identifier "
    "of the prefetched Patient. Speaks only of treatments that the clinic has guidance for, and gives cards "
    "of indicator info only. Nothing is checked for interactions."
)


@dataclass(frozen=True, slots=True)
class HookService:
    """One service: its id, the hook it answers to, and what it is."""

    id: str
    hook: str
    title: str
    description: str


_ALL = (
    HookService(
        "disclosure-order-select",
        "order-select",
        "Medication disclosure when an order is selected",
        "Says what of the patient's own medication list is on file, and what was not asked, when a treatment "
        "is among the selected orders.",
    ),
    HookService(
        "disclosure-order-sign",
        "order-sign",
        "Medication disclosure when orders are signed",
        "Says what of the patient's own medication list is on file, and what was not asked, when a treatment "
        "is among the orders to be signed.",
    ),
    HookService(
        "disclosure-patient-view",
        "patient-view",
        "Medication disclosure when a record is opened",
        "Says what of the patient's own medication list is on file, and what was not asked, when a treatment "
        "is planned or ordered for the patient.",
    ),
)
SERVICES: Mapping[str, HookService] = MappingProxyType({service.id: service for service in _ALL})
"""Every service by its id."""


def discovery_document() -> dict[str, Any]:
    """The answer to ``GET …/cds-services``."""
    return {
        "services": [
            {
                "id": service.id,
                "hook": service.hook,
                "title": service.title,
                "description": service.description,
                "prefetch": dict(PREFETCH),
                "usageRequirements": _USAGE,
            }
            for service in _ALL
        ]
    }

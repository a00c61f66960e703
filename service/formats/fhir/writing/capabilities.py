"""What the FHIR face can do, as a CapabilityStatement: made from the routes that there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.formats.fhir.codes import FHIR_VERSION, MEDIA_TYPE
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.writing.elements import Element, made

_CHANGED_ON = "2026-11-25"
_TITLE = "Medication disclosure checklist"
_SECURITY_SERVICE = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_OAUTH_ADDRESSES = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
OPERATIONS: Mapping[str, str] = MappingProxyType(
    {
        "everything": "http://hl7.org/fhir/OperationDefinition/Patient-everything",
        "document": "http://hl7.org/fhir/OperationDefinition/Composition-document",
    }
)
"""Where each operation is defined, by its name."""
_VERSIONED = frozenset(
    {
        *("Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance"),
        "QuestionnaireResponse",
    }
)
READ, CREATE, UPDATE, SEARCH = "read", "create", "update", "search-type"
_ORDER = (READ, CREATE, UPDATE, SEARCH)


@dataclass(frozen=True, slots=True, order=True)
class Routed:
    """What a route does: an interaction or an operation (its name) on a type; the type is "" for all."""

    resource_type: str
    does: str


def write_capabilities(routed: Iterable[Routed], base: str, token_address: str, release: str) -> Element:
    """The statement of this one service and its release. ``base`` is the address of the FHIR face."""
    known = set(routed)
    types = sorted({one.resource_type for one in known if one.resource_type})
    return made(
        resourceType="CapabilityStatement",
        name="MedicationDisclosureChecklist",
        title=_TITLE,
        status="active",
        date=_CHANGED_ON,
        kind="instance",
        software={"name": _TITLE, "version": release},
        implementation={"description": f"{_TITLE} at this address", "url": base},
        fhirVersion=FHIR_VERSION,
        format=[MEDIA_TYPE, "json"],
        rest=[
            made(
                mode="server",
                security=_security(token_address),
                resource=[_resource(kind, known) for kind in types],
                interaction=[{"code": one.does} for one in sorted(known) if not one.resource_type],
            )
        ],
    )


def _security(token_address: str) -> Element:
    service = {"system": _SECURITY_SERVICE, "code": "SMART-on-FHIR"}
    return {
        "extension": [{"url": _OAUTH_ADDRESSES, "extension": [{"url": "token", "valueUri": token_address}]}],
        "service": [{"coding": [service], "text": "SMART Backend Services, or a key of the clinic"}],
    }


def _resource(kind: str, known: set[Routed]) -> Element:
    does = {one.does for one in known if one.resource_type == kind}
    parameters = SEARCHES.get(kind, ()) if SEARCH in does else ()
    return made(
        type=kind,
        interaction=[{"code": code} for code in _ORDER if code in does],
        versioning="versioned" if kind in _VERSIONED else "no-version",
        conditionalRead="not-match" if kind in _VERSIONED else None,
        searchParam=[
            {"name": one.name, "type": one.type, "documentation": one.documentation} for one in parameters
        ],
        operation=[
            {"name": name, "definition": OPERATIONS[name]} for name in sorted(does.difference(_ORDER))
        ],
    )

"""The code systems of both sides, and the words that stand for each other.

Source of every FHIR word: the required bindings of FHIR R4 4.0.1.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status

FHIR_VERSION = "4.0.1"
MEDIA_TYPE = "application/fhir+json"
CONTENT_TYPE = f"{MEDIA_TYPE}; fhirVersion={FHIR_VERSION[:3]}"
"""How what is sent is labelled: in which release it is, besides."""

# The service's own systems. They name the product, not one installation, so that lists travel between them.
_OWN = "urn:medication-checklist"
ITEM_ID = f"{_OWN}:item"
"""Identifier system: an item's id in the service that keeps it."""
PATIENT_ID = f"{_OWN}:patient"
"""Identifier system: a patient's id in the service that keeps the record."""
CHECKLIST_ID = f"{_OWN}:checklist"
"""Identifier system: an issued checklist."""
SENDER = f"{_OWN}:sender"
"""Identifier systems ``…:sender:<id>``: what a sender calls a resource that has no identifier of its own."""
NAMED_SYSTEM = f"{_OWN}:named-system"
"""Systems ``…:named-system:<name>``: one whose name is no URI; see ``named_systems``."""
CATEGORY = f"{_OWN}:category"
ANSWER = f"{_OWN}:answer"
COLLECTION_MODE = f"{_OWN}:collection-mode"
INFORMANT = f"{_OWN}:informant"
RECORDER = f"{_OWN}:recorder"
SECTION = f"{_OWN}:section"
"""The sections of an issued checklist."""
DOCUMENT_TYPE = f"{_OWN}:document-type"
STATUS = f"{_OWN}:status"
"""Whether an item is taken, in our own words: the answers of the form."""
STANDING = f"{_OWN}:standing"
"""Where an item stands: ``on_earlier_list`` when the latest list came without it."""
EXTENSION = f"{_OWN}:extension"
"""Extensions ``…:extension:<name>``: fields of an item that R4 has no element for."""

EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
DATA_ABSENT_REASON = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
PROVENANCE_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ROLE_CLASS = "http://terminology.hl7.org/CodeSystem/v3-RoleClass"
LOINC = "http://loinc.org"
SNOMED_CT = "http://snomed.info/sct"
ABSENT_DATA = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
URI = "urn:ietf:rfc:3986"
"""Identifier system: the value is an address."""
LANGUAGE = "urn:ietf:bcp:47"
LANGUAGE_EXTENSION = "http://hl7.org/fhir/StructureDefinition/language"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ADHERENCE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-medication-adherence"

_K = TypeVar("_K")


def turned(words: Mapping[_K, str]) -> Mapping[str, _K]:
    """The same words the other way round."""
    return MappingProxyType({word: key for key, word in words.items()})


CATEGORY_CODES: Mapping[Category, str] = MappingProxyType({c: c.value.replace("_", "-") for c in Category})
CATEGORY_OF_CODE: Mapping[str, Category] = turned(CATEGORY_CODES)
UNCATEGORIZED_CODE = "uncategorized"

EMPTY_REASONS: Mapping[Answer, tuple[str, str | None]] = MappingProxyType(
    {
        Answer.NONE_REPORTED: ("nilknown", None),
        Answer.NOT_ASKED: ("notasked", None),
        Answer.UNKNOWN: ("unavailable", "asked-unknown"),
        Answer.DECLINED: ("withheld", "asked-declined"),
    }
)
"""For each answer that needs one: the reason why a list is empty, and the data-absent-reason beside it."""

STATEMENT_STATUS: Mapping[Status, str] = MappingProxyType(
    {
        Status.ACTIVE: "active",
        Status.ON_HOLD: "on-hold",
        Status.INTENDED: "intended",
        Status.UNKNOWN: "unknown",
        Status.STOPPED: "stopped",
        Status.ENTERED_IN_ERROR: "entered-in-error",
    }
)
REQUEST_STATUS: Mapping[Status, str] = MappingProxyType({**STATEMENT_STATUS, Status.INTENDED: "draft"})

STATUS_OF_STATEMENT: Mapping[str, Status] = MappingProxyType(
    {
        **turned(STATEMENT_STATUS),
        # By R4 the patient takes it no longer.
        "completed": Status.STOPPED,
    }
)
"""Without ``not-taken``, which is no medicine on a list."""

STATUS_OF_REQUEST: Mapping[str, Status] = MappingProxyType(
    {
        **turned(REQUEST_STATUS),
        # By R4 it was taken back before anybody took any of it.
        "cancelled": Status.STOPPED,
        # By R4 all that the order asked for was done, which does not say whether the patient still takes it.
        # A plan that was reported (US Core) is a statement in all but its name; see ``reading``.
        "completed": Status.UNKNOWN,
    }
)

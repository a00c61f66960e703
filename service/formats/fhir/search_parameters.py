"""What can be searched for below /fhir, by type: the one list that routes read and the metadata shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SearchParameter:
    """A parameter of a search; ``type`` is one of R4's types of search parameters."""

    name: str
    type: str
    documentation: str


_ID = SearchParameter("_id", "token", "The id of the resource; several with commas.")
_PATIENT = SearchParameter("patient", "reference", "Whose: one patient.")
_SUBJECT = SearchParameter("subject", "reference", "The same as patient.")
_STATUS = SearchParameter("status", "token", "The status; several with commas.")

SEARCHES: Mapping[str, tuple[SearchParameter, ...]] = MappingProxyType(
    {
        "Patient": (
            _ID,
            SearchParameter("identifier", "token", "An identifier of the patient, as system|value."),
        ),
        "MedicationStatement": (_ID, _PATIENT, _SUBJECT, _STATUS),
        "MedicationRequest": (
            _ID,
            _PATIENT,
            _SUBJECT,
            _STATUS,
            SearchParameter("intent", "token", "The intent: always plan."),
        ),
        "List": (
            _ID,
            _PATIENT,
            _SUBJECT,
            _STATUS,
            SearchParameter("code", "token", "The category, as system|code."),
        ),
        "Provenance": (
            _ID,
            SearchParameter("patient", "reference", "In whose record the target stands: one patient."),
            SearchParameter("target", "reference", "The item or the List that it is about."),
        ),
        "Composition": (_ID, _PATIENT, _SUBJECT),
        "DocumentReference": (_ID, _PATIENT, _SUBJECT, _STATUS),
        "Questionnaire": (
            _ID,
            SearchParameter("url", "uri", "The canonical address of the form."),
        ),
        "QuestionnaireResponse": (_PATIENT, _SUBJECT, _STATUS),
    }
)

EVERYTHING: tuple[SearchParameter, ...] = ()
"""Patient/$everything takes what every search takes and nothing else."""

"""A patient as a Patient."""

import re
from datetime import datetime

from service.domain.patients.patients import Identifier, Patient, version_of
from service.formats.fhir.codes import LANGUAGE, PATIENT_ID
from service.formats.fhir.named_systems import written_identifier
from service.formats.fhir.writing.elements import PATIENT, Element, concept, extension, made, meta, present

_TAG = re.compile(r"[A-Za-z0-9-]+")


def write_patient(patient: Patient, updated_at: datetime | None = None) -> Element:
    """The patient with the clinic's identifiers and our own; a date of birth is as whole as it is known."""
    identifiers = (*patient.identifiers, Identifier(PATIENT_ID, str(patient.id)))
    size = patient.print_size
    return made(
        resourceType=PATIENT,
        id=str(patient.id),
        meta=meta(version_of(patient), updated_at),
        extension=present(extension("print-size", valueCode=size.value if size else None)),
        identifier=[written_identifier(identifier) for identifier in identifiers],
        name=present(made(text=patient.name)),
        birthDate=str(patient.birth_date) if patient.birth_date else None,
        communication=_languages(patient.language),
    )


def _languages(tag: str | None) -> list[Element]:
    """The language that the patient wants; what is no tag is only said in words."""
    if tag is None:
        return []
    language = concept(LANGUAGE, tag) if _TAG.fullmatch(tag) else {"text": tag}
    return [{"language": language, "preferred": True}]

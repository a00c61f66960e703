"""The small parts that every resource is put together from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.attribution import Informant, InformantKind, Recorder, RecorderKind
from service.domain.medications.categories import Category
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.codes import CATEGORY, EXTENSION, INFORMANT, RECORDER
from service.formats.fhir.ids import category_code

Element = dict[str, Any]
PATIENT = "Patient"
_TYPES = {
    InformantKind.RELATED_PERSON: "RelatedPerson",
    InformantKind.CAREGIVER: "RelatedPerson",
    InformantKind.PRACTITIONER: "Practitioner",
    InformantKind.ORGANIZATION: "Organization",
}
_RECORDER_TYPES = {RecorderKind.STAFF: "Practitioner", RecorderKind.SYSTEM: "Device"}


def made(**parts: Any) -> Element:
    """An element or a resource of the parts that there is something to say in: R4 knows nothing empty."""
    return {name: part for name, part in parts.items() if part is not None and part not in ("", [], {})}


def entry_of(resource: Element, base: str) -> Element:
    """A resource as the entry of a Bundle; ``base`` is the address of the FHIR face."""
    return {"fullUrl": f"{base}/{resource['resourceType']}/{resource['id']}", "resource": resource}


def weak_tag(version: str) -> str:
    """A version as HTTP has it, and so a Bundle of responses."""
    return f'W/"{version}"'


def extension(name: str, **value: Any) -> Element | None:
    """An extension of ours with a value such as ``valueString="…"``; None where there is no value."""
    known = made(**value)
    return {"url": f"{EXTENSION}:{name}", **known} if known else None


def present(*parts: Element | None) -> list[Element]:
    """Those parts that are there."""
    return [part for part in parts if part]


def meta(version: str, at: datetime | None) -> Element:
    """Which version of a resource this is, and since when."""
    return made(versionId=version, lastUpdated=instant(at) if at else None)


def instant(at: datetime) -> str:
    """A moment with its offset."""
    return at.isoformat()


def concept(system: str, code: str, text: str | None = None) -> Element:
    """A concept with one code."""
    return made(coding=[{"system": system, "code": code}], text=text)


def category_concept(category: Category | None) -> Element:
    """A category with its title."""
    return concept(CATEGORY, category_code(category), category_title(category))


def category_title(category: Category | None) -> str:
    """What a category is called on the sheet."""
    return ENGLISH_CATALOGUE.text(f"section.{category.value if category else 'uncategorized'}")


def patient_reference(patient_id: UUID) -> Element:
    """A reference to the patient."""
    return {"reference": f"{PATIENT}/{patient_id}"}


def informant_reference(informant: Informant | None, patient_id: UUID, *allowed: str) -> Element | None:
    """A reference to who said it; the patient is a resource of ours, all others are named in words.

    R4 has no type for caregivers, so our own identifier tells them from relatives. ``allowed`` are the types
    that the element may refer to, where not all: the type is then left out, and the identifier tells it.
    """
    if informant is None:
        return None
    if informant.kind is InformantKind.PATIENT:
        return made(**patient_reference(patient_id), display=informant.name)
    kind = _TYPES[informant.kind]
    return made(
        type=kind if not allowed or kind in allowed else None,
        identifier={"system": INFORMANT, "value": informant.kind.value},
        display=informant.name,
    )


def recorder_reference(recorder: Recorder) -> Element:
    """A reference to who keyed it, or to the system that sent it."""
    return made(
        type=_RECORDER_TYPES[recorder.kind],
        identifier={"system": f"{RECORDER}:{recorder.kind.value}", "value": recorder.id},
        display=recorder.name,
    )

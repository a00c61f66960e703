"""A Patient: by what the clinic knows the person, and what they are called."""

from uuid import UUID

from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier
from service.domain.text import LANGUAGE_LENGTH
from service.formats.fhir.codes import LANGUAGE
from service.formats.fhir.reading.dates import day
from service.formats.fhir.reading.document import Entry
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import extensions_of
from service.formats.fhir.reading.identifiers import codes_in
from service.formats.fhir.reading.leftovers import tell_if_cut, tell_leftovers
from service.formats.fhir.reading.people import human_name
from service.formats.fhir.reading.references import patient_identifier
from service.formats.fhir.reading.understood import NOTHING, Understood
from service.formats.findings import Whose

_PASSING = ("old", "temp")


def read_patient(entry: Entry) -> Understood:
    """Who the patient is; one without an identifier cannot be found again and is refused."""
    root = entry.root
    _refuse_unusable(root)
    patient_id, identifiers = _identifiers(root)
    name, birth_date, language = human_name(root), day(root, "birthDate"), _language(root)
    extensions_of(root)
    if patient_id is None and not identifiers and not entry.notes.refused:
        detail = "A patient is known by an identifier with a system and a value."
        entry.notes.refuse(root.at("identifier"), "required", detail)
    if entry.notes.refused:
        return NOTHING
    tell_if_cut(root)
    tell_leftovers(root)
    whose = Whose(patient_id=patient_id) if patient_id else None
    return Understood(SentPatient(identifiers, name, birth_date, language), whose)


def _refuse_unusable(root: Element) -> None:
    """R4: a record out of use, or in the place of which another is used, is not to be relied on."""
    if root.flag("active") is False:
        root.notes.refuse(root.at("active"), "business-rule", "This patient's record is not in use.")
    for link in root.parts("link"):
        if link.code("type") == "replaced-by":
            detail = "Another record is used in the place of this one."
            root.notes.refuse(link.at("type"), "business-rule", detail)
    for name in ("deceasedBoolean", "deceasedDateTime"):
        if root.content.get(name):
            root.notes.warn(root.at("deceased"), "not-supported", "What `deceased[x]` says is not kept.")
            root.take(name)


def _identifiers(root: Element) -> tuple[UUID | None, tuple[Identifier, ...]]:
    """Our own id where it is given back, and one identifier of each system."""
    patient_id: UUID | None = None
    known: dict[str, Identifier] = {}
    for element in root.parts("identifier"):
        passing = element.code("use") in _PASSING
        own_id, identifier = patient_identifier(element)
        patient_id = patient_id or own_id
        if identifier is None:
            continue
        if passing or known.setdefault(identifier.system, identifier) != identifier:
            detail = "Not kept: an old or passing identifier, or a second one of the same system."
            element.notes.tell(element.place, detail)
    return patient_id, tuple(known.values())


def _language(root: Element) -> str | None:
    """The language that is preferred, or the only one."""
    spoken = root.parts("communication")
    preferred = [one for one in spoken if one.flag("preferred")] or (spoken if len(spoken) == 1 else [])
    concepts = [concept for one in preferred if (concept := one.part("language"))]
    for concept in concepts:
        for code in codes_in(concept, LANGUAGE):
            concept.take_all()
            return concept.checked("coding", code, LANGUAGE_LENGTH)
    return None

"""People's names, and who said something."""

from collections.abc import Mapping
from types import MappingProxyType

from service.domain.attribution import Informant, InformantKind
from service.domain.text import NAME_LENGTH
from service.formats.fhir.codes import ADHERENCE, INFORMANT, ROLE_CLASS, ROLE_CODE
from service.formats.fhir.reading.document import Entry, tail
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import extensions_of
from service.formats.fhir.reading.identifiers import codes_in, words_of
from service.formats.fhir.reading.notes import Notes
from service.formats.fhir.reading.references import PATIENT, type_of

_KINDS: Mapping[str, InformantKind] = MappingProxyType(
    {
        PATIENT: InformantKind.PATIENT,
        "RelatedPerson": InformantKind.RELATED_PERSON,
        "Practitioner": InformantKind.PRACTITIONER,
        "PractitionerRole": InformantKind.PRACTITIONER,
        "Organization": InformantKind.ORGANIZATION,
    }
)
_OWN_KINDS = {kind.value: kind for kind in InformantKind}
# Of HL7's role classes and role codes, those that say who speaks; every other role code is a relation.
_ROLES: Mapping[str, InformantKind] = MappingProxyType(
    {
        "PAT": InformantKind.PATIENT,
        "PROV": InformantKind.PRACTITIONER,
        "CAREGIVER": InformantKind.CAREGIVER,
    }
)
_SELF = "ONESELF"
# R4's uses of a name, the one to call a person by first; names that are no longer used are not among them.
_USES = ("official", "usual", None, "nickname", "temp", "anonymous")


def human_name(element: Element) -> str | None:
    """The name to call a person by: as it is written whole, else its parts in their order."""
    names = [(one.code("use"), one) for one in element.parts("name")]
    for use in _USES:
        for one in (one for its_use, one in names if its_use == use):
            if whole := _whole_name(one):
                return whole
    return None


def _whole_name(name: Element) -> str | None:
    text = name.text("text", NAME_LENGTH)
    given, family, suffix = name.texts("given"), name.text("family"), name.texts("suffix")
    if text:
        return text
    parts = [*given, *([family] if family else []), *suffix]
    return name.checked("family", " ".join(parts), NAME_LENGTH)


def name_in(reference: Element, entry: Entry) -> str | None:
    """What a reference calls somebody, else the name in the resource that it means."""
    display = reference.text("display", NAME_LENGTH)
    target = reference.code("reference")
    found = entry.find(target) if target and not display else None
    if found is None:
        return display
    # A fault there is that entry's; here the name is only beside the point.
    person = Element(found.content, found.place, Notes())
    if found.resource_type == "Organization":
        return person.text("name", NAME_LENGTH)
    return human_name(person) if found.resource_type in _KINDS else None


def informant_in(reference: Element, entry: Entry) -> Informant | None:
    """Who said it, by what a reference means; None where that is neither a person nor an organization."""
    kind = _own_kind(reference) or _KINDS.get(type_of(reference, entry) or "")
    if kind is None:
        detail = "Who said it is not known: this is neither a person nor an organization."
        entry.notes.tell(reference.place, detail)
        return None
    if kind is InformantKind.PATIENT:
        return _patient_as_informant(reference, entry)
    name = name_in(reference, entry)
    reference.take_all()
    return Informant(kind, name)


def _own_kind(reference: Element) -> InformantKind | None:
    identifier = reference.part("identifier")
    if identifier is None or identifier.code("system") != INFORMANT:
        return None
    return _OWN_KINDS.get(identifier.code("value") or "")


def _patient_as_informant(reference: Element, entry: Entry) -> Informant | None:
    """The patient; not another one, such as the mother in her own record. A name only where it is another."""
    subject = entry.root.part("subject")
    name = reference.text("display", NAME_LENGTH)
    if subject is not None:
        if not _same_target(reference.code("reference"), subject.code("reference"), entry):
            detail = "Who said it is not known: this is another patient."
            entry.notes.warn(reference.place, "value", detail)
            return None
        name = None if name == subject.text("display", NAME_LENGTH) else name
    reference.take_all()
    return Informant(InformantKind.PATIENT, name)


def _same_target(first: str | None, second: str | None, entry: Entry) -> bool:
    """Whether two references can mean the same; one that is not there contradicts nothing."""
    if first is None or second is None or first == second:
        return True
    found = entry.find(first)
    if found is not None:
        return found is entry.find(second)
    return (tail(first) or first) == (tail(second) or second)


def informant_by_adherence(entry: Entry) -> Informant | None:
    """Who said it, by US Core's extension on how a patient takes what was ordered."""
    for extension in extensions_of(entry.root).named(ADHERENCE):
        for inner in extension.parts("extension"):
            if inner.code("url") == "informationSource":
                return _by_role(inner.part("valueCodeableConcept"))
    return None


def _by_role(concept: Element | None) -> Informant | None:
    classes = [kind for code in codes_in(concept, ROLE_CLASS) if (kind := _ROLES.get(code))]
    relations = codes_in(concept, ROLE_CODE)
    if not classes and not relations:
        return None
    relative = InformantKind.PATIENT if _SELF in relations else InformantKind.RELATED_PERSON
    kind = classes[0] if classes else relative
    return Informant(kind, None if kind is InformantKind.PATIENT else words_of(concept))

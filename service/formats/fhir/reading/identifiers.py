"""Identifiers and codes in named systems."""

from uuid import UUID

from service.domain.codings import Coding
from service.domain.patients.patients import Identifier
from service.formats.fhir.ids import read_uuid
from service.formats.fhir.named_systems import read_coding, read_system
from service.formats.fhir.reading.elements import Element

MOST_CODINGS = 20


def read_identifier(element: Element) -> Identifier | None:
    """A number in a named system; None where one of the two is not there, which is told."""
    raw = element.code("system")
    system = raw and element.checked("system", read_system(raw))
    value = element.short("value")
    element.take_all()
    if system and value:
        return Identifier(system, value)
    if not element.notes.refused:
        element.notes.tell(element.place, "Not kept: an identifier needs a system and a value.", "required")
    return None


def own_uuid(element: Element, identifier: Identifier) -> UUID | None:
    """The id of ours that an identifier of one of our own systems holds."""
    found = read_uuid(identifier.value)
    if found is None:
        element.notes.refuse(element.at("value"), "value", "Not an id of this service.")
    return found


def read_codings(concept: Element) -> tuple[Coding, ...]:
    """The codes of a concept that have a system; more than are kept is told."""
    read = [_coding(element) for element in concept.parts("coding")]
    found = [coding for coding in read if coding]
    if len(found) > MOST_CODINGS:
        place = concept.at("coding")
        concept.notes.warn(place, "incomplete", f"Only the first {MOST_CODINGS} codes are kept.")
    return tuple(found[:MOST_CODINGS])


def _coding(element: Element) -> Coding | None:
    system, code = element.code("system"), element.code("code")
    display = element.text("display")
    if not system or not code:
        element.notes.tell(element.place, "A code without a system is only a name here.", "required")
        return None
    plain_system, plain_code = read_coding(system, code)
    kept_system = element.checked("system", plain_system)
    kept_code = element.checked("code", plain_code)
    return Coding(kept_system, kept_code, display) if kept_system and kept_code else None


def words_of(concept: Element | None) -> str | None:
    """What a concept is called: its text, else the words beside its first code, else that code."""
    if concept is None:
        return None
    text = concept.text("text")
    if text:
        return text
    codings = concept.parts("coding")
    displays = [display for coding in codings if (display := coding.text("display"))]
    if displays:
        return displays[0]
    return next((code for coding in codings if (code := coding.text("code"))), None)


def codes_in(concept: Element | None, system: str) -> list[str]:
    """The codes of one system in a concept, to be compared."""
    codings = concept.parts("coding") if concept else []
    return [code for coding in codings if coding.code("system") == system and (code := coding.code("code"))]

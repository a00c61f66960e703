"""Which medicine is meant: by a code, by words, or by a Medication inside the resource or beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.domain.codings import Coding
from service.domain.text import NAME_LENGTH
from service.formats.fhir.codes import ABSENT_DATA, ABSENT_UNKNOWN, ANSWER, SNOMED_CT
from service.formats.fhir.reading.amounts import ingredient_name, strength_of
from service.formats.fhir.reading.document import Sent
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import read_codings, words_of
from service.formats.fhir.reading.notes import Notes
from service.formats.fhir.reading.releases import refuse_unreadable

Find = Callable[[str], Sent | None]

# IPS 1 and IPS 2: nothing is taken, or nothing is known of it. Not the name of a medicine.
_NO_MEDICINE = frozenset(
    {
        (ABSENT_UNKNOWN, "no-known-medications"),
        (ABSENT_UNKNOWN, "no-medication-info"),
        (SNOMED_CT, "787481004"),
    }
)


@dataclass(frozen=True, slots=True)
class Medicine:
    """What a medicine is called and its codes.

    ``name`` is None where nothing names it; ``names`` are all the words that do, the name first. ``negated``
    says that the codes mean "no medicine" or "not known".
    """

    name: str | None = None
    names: tuple[str, ...] = ()
    codings: tuple[Coding, ...] = ()
    strength: str | None = None
    form: str | None = None
    negated: bool = False


def medicine_of(
    resource: Mapping[str, Any], find: Callable[[str], Mapping[str, Any] | None] = lambda _: None
) -> Medicine:
    """The medicine of an order or a statement. ``find`` gives the resource that a reference means.

    Nothing is refused here: what cannot be read is left out.
    """

    def sent(reference: str) -> Sent | None:
        found = _contained(resource, reference) if reference.startswith("#") else find(reference)
        return None if found is None else Sent("Medication", dict(found))

    return read_medicine(Element(dict(resource), "MedicationRequest", Notes()), sent)


def _contained(resource: Mapping[str, Any], reference: str) -> Mapping[str, Any] | None:
    contained = resource.get("contained")
    inside = [one for one in contained if isinstance(one, dict)] if isinstance(contained, list) else []
    return next((one for one in inside if one.get("id") == reference[1:]), None)


def read_medicine(root: Element, find: Find) -> Medicine:
    """The medicine of a resource; one that nothing names is an error."""
    concept = root.part("medicationCodeableConcept")
    reference = root.part("medicationReference")
    place = root.at("medication")
    if concept and reference:
        root.notes.refuse(place, "invariant", "Two medicines in one entry.")
        return Medicine()
    medicine = _by_reference(reference, find) if reference else _by_concept(concept)
    if medicine.name is None and not medicine.negated and not root.notes.refused:
        root.notes.refuse(place, "required", "Nothing names the medicine: no text, no display, no code.")
    return medicine


def _by_concept(concept: Element | None, *further: str | None) -> Medicine:
    """``further`` names it where neither text nor display does; a code alone comes last."""
    if concept is None:
        return _called(*further)
    codings = read_codings(concept)
    elements = [one for one in concept.parts("coding") if one.content.get("system") != ABSENT_DATA]
    displays = [one.text("display", NAME_LENGTH) for one in elements]
    names = _names((concept.text("text", NAME_LENGTH), *displays, *further))
    name = names[0] if names else None
    negated = any((one.system, one.code) in _NO_MEDICINE or one.system == ANSWER for one in codings)
    code = next(filter(None, (one.short("code") for one in elements)), None)
    if name is None and code and not negated:
        concept.notes.warn(concept.place, "incomplete", "Only a code names this medicine.")
        name = code
    kept = tuple(one for one in codings if one.system != ABSENT_DATA)
    return Medicine(name, names, kept, negated=negated)


def _names(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _called(*names: str | None) -> Medicine:
    known = _names(names)
    return Medicine(known[0] if known else None, known)


def _by_reference(reference: Element, find: Find) -> Medicine:
    display = reference.text("display", NAME_LENGTH)
    target = reference.code("reference")
    found = find(target) if target else None
    if target is None or found is None:
        return _not_sent(reference, display)
    reference.take_all()
    if found.resource_type != "Medication":
        reference.notes.refuse(reference.at("reference"), "value", "This is not a Medication.")
        return Medicine()
    name = "contained" if target.startswith("#") else "Medication"
    return _by_resource(Element(found.content, found.place, reference.notes, name), display)


def _not_sent(reference: Element, display: str | None) -> Medicine:
    """A medicine in a resource that is not here goes by the words or the number beside the reference."""
    element = reference.part("identifier")
    medicine = _called(display, element.short("value") if element else None)
    reference.take_all()
    if element:
        element.take_all()
    if medicine.name is not None:
        detail = "The Medication itself was not sent; the words beside the reference name it."
        reference.notes.warn(reference.place, "not-found", detail)
    return medicine


def _by_resource(medication: Element, display: str | None) -> Medicine:
    refuse_unreadable(medication, "Medication")
    status = medication.code("status")
    if status not in (None, "active", "inactive"):
        detail = "The Medication is entered in error, or its status is not one of R4's."
        medication.notes.refuse(medication.at("status"), "code-invalid", detail)
    ingredients = [(ingredient_name(one), one) for one in medication.parts("ingredient")]
    made_of = " + ".join(name for name, _ in ingredients if name)
    medicine = _by_concept(
        medication.part("code"), display, medication.checked("ingredient", made_of, NAME_LENGTH)
    )
    return replace(medicine, strength=strength_of(ingredients), form=words_of(medication.part("form")))

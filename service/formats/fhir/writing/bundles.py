"""Bundles of what was found."""

from collections.abc import Iterable, Sequence

from service.domain.access.clinics import Clinic
from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.outcome import operation_outcome
from service.formats.fhir.writing.elements import Element, entry_of, made
from service.formats.fhir.writing.items import write_item
from service.formats.fhir.writing.lists import categories_of, write_list
from service.formats.fhir.writing.provenances import write_provenances
from service.formats.findings import Issue


def searchset(
    found: Iterable[Element],
    base: str,
    *,
    total: int | None,
    own_link: str,
    next_link: str | None = None,
    issues: Sequence[Issue] = (),
) -> Element:
    """A page of what was found. ``base`` is the address of the FHIR face; ``total`` counts all pages."""
    links = [("self", own_link), *([("next", next_link)] if next_link else [])]
    entries = [{**entry_of(resource, base), "search": {"mode": "match"}} for resource in found]
    if issues:
        entries.append({"resource": operation_outcome(issues), "search": {"mode": "outcome"}})
    return made(
        resourceType="Bundle",
        type="searchset",
        total=total,
        link=[{"relation": relation, "url": url} for relation, url in links],
        entry=entries,
    )


def collection(resources: Iterable[Element], base: str) -> Element:
    """Resources that somebody takes along. ``base`` is the address of the FHIR face, as in ``searchset``."""
    return made(
        resourceType="Bundle", type="collection", entry=[entry_of(resource, base) for resource in resources]
    )


def write_record(clinic: Clinic, medication_list: MedicationList) -> tuple[Element, ...]:
    """The whole list: a List for each category, every item in the list's order, and who said what."""
    style = clinic.item_export
    lists = (
        write_list(medication_list, category, style, clinic.none_export)
        for category in categories_of(medication_list)
    )
    items = (write_item(item, medication_list, style) for item in medication_list.items)
    return (*lists, *items, *write_provenances(medication_list, style))


def write_everything(
    clinic: Clinic, patient: Element, medication_list: MedicationList, sheets: Iterable[Element] = ()
) -> tuple[Element, ...]:
    """All that there is of a patient's list, the patient first and ``sheets``, as references, last."""
    return (patient, *write_record(clinic, medication_list), *sheets)

"""The medicines ordered by MedicationRequests in a Bundle, with all that each is called and its codes."""

from collections.abc import Collection, Iterator, Mapping

from service.domain.cards.orders import MedicineOrder
from service.domain.codings import Coding
from service.formats.cds_hooks.members import Json, an_object, objects, resources, text_of, texts

ENDED = frozenset({"cancelled", "completed", "entered-in-error", "stopped"})
"""R4's words for an order that nobody follows any more."""
PLANNED = frozenset({"active", "draft", "on-hold"})


def read_orders(bundle: object, selected: Collection[str] | None = None) -> tuple[MedicineOrder, ...]:
    """What is ordered; with ``selected`` only orders that it names as ``MedicationRequest/id``.

    Orders that have ended or say that something is not to be done, and all other resources, are passed over.
    """
    return _orders(bundle, [order for order in resources(bundle) if is_order(order)], selected)


def read_planned_orders(bundle: object) -> tuple[MedicineOrder, ...]:
    """The same for orders on record: only those that are to be followed."""
    orders = [order for order in resources(bundle) if is_order(order)]
    return _orders(bundle, [order for order in orders if text_of(order.get("status")) in PLANNED], None)


def is_order(resource: Json) -> bool:
    """Whether a resource orders a medicine, and still does."""
    return (
        resource.get("resourceType") == "MedicationRequest"
        and resource.get("doNotPerform") is not True
        and text_of(resource.get("status")) not in ENDED
    )


def _orders(
    bundle: object, orders: list[Json], selected: Collection[str] | None
) -> tuple[MedicineOrder, ...]:
    medicines = dict(_medicines(bundle))
    return tuple(
        _read(order, medicines)
        for order in orders
        if selected is None or f"MedicationRequest/{order.get('id')}" in selected
    )


def _read(order: Json, medicines: Mapping[str, Json]) -> MedicineOrder:
    reference = an_object(order.get("medicationReference"))
    medicine = _resolved(reference, order, medicines)
    concepts = [an_object(order.get("medicationCodeableConcept")), an_object(medicine.get("code"))]
    codings = [coding for concept in concepts for coding in objects(concept.get("coding"))]
    displays = (coding.get("display") for coding in codings)
    return MedicineOrder(
        tuple(texts(*(concept.get("text") for concept in concepts), *displays, reference.get("display"))),
        tuple(
            Coding(system, code)
            for coding in codings
            if (system := text_of(coding.get("system"))) and (code := text_of(coding.get("code")))
        ),
    )


def _resolved(reference: Json, order: Json, medicines: Mapping[str, Json]) -> Json:
    """The Medication that is referred to, in the order or beside it; an empty one where it is elsewhere."""
    address = text_of(reference.get("reference")) or ""
    if address.startswith("#"):
        contained = objects(order.get("contained"))
        return next((one for one in contained if one.get("id") == address[1:]), {})
    return medicines.get(address, {})


def _medicines(bundle: object) -> Iterator[tuple[str, Json]]:
    """Every Medication of the Bundle by the addresses that it can be referred to by."""
    for entry in objects(an_object(bundle).get("entry")):
        resource = an_object(entry.get("resource"))
        if resource.get("resourceType") == "Medication":
            yield f"Medication/{resource.get('id')}", resource
            if address := text_of(entry.get("fullUrl")):
                yield address, resource

"""A MedicationStatement or a MedicationRequest as an item of the list."""

from service.domain.attribution import Informant
from service.domain.imports.sent import SentItem
from service.domain.medications.items import Status
from service.formats.fhir.codes import STANDING, STATEMENT_STATUS
from service.formats.fhir.reading.document import Entry, Testimony
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import extensions_of
from service.formats.fhir.reading.identifiers import codes_in, words_of
from service.formats.fhir.reading.item_facts import read_facts
from service.formats.fhir.reading.leftovers import tell_if_cut, tell_leftovers
from service.formats.fhir.reading.medicines import read_medicine
from service.formats.fhir.reading.origins import read_names, read_origin
from service.formats.fhir.reading.people import informant_by_adherence, informant_in
from service.formats.fhir.reading.references import whose_of
from service.formats.fhir.reading.statuses import Standing, request_standing, statement_standing
from service.formats.fhir.reading.understood import NOTHING, Understood

_ON_EARLIER_LIST = "on_earlier_list"


def read_statement(entry: Entry) -> Understood:
    """What a MedicationStatement says is taken."""
    standing = statement_standing(entry.root)
    if standing is None:
        return NOTHING
    return _read(entry, standing, entry.root.parts("statusReason"), "dosage")


def read_request(entry: Entry) -> Understood:
    """What a MedicationRequest says is taken, or was ordered."""
    standing = request_standing(entry.root)
    if standing is None:
        return NOTHING
    reason = entry.root.part("statusReason")
    return _read(entry, standing, [reason] if reason else [], "dosageInstruction")


def _read(entry: Entry, standing: Standing, reasons: list[Element], dosages: str) -> Understood:
    root = entry.root
    if entry.number in entry.document.deleted:
        entry.notes.tell(root.place, "A List says that this is deleted: no item; nothing changes.")
        return NOTHING
    medicine = read_medicine(root, entry.find)
    if medicine.negated:
        entry.notes.tell(root.at("medication"), "This says that there is no medicine; nothing changes.")
        return NOTHING
    own = extensions_of(root)
    facts = read_facts(entry, standing.status, medicine, own, dosages)
    whose, names = whose_of(entry), read_names(entry)
    origin = read_origin(entry, standing, names, own)
    informant, told = _informant(entry), entry.document.testimonies.get(entry.number, Testimony())
    left_out = [reason for reason in reasons if _ON_EARLIER_LIST in codes_in(reason, STANDING)]
    for element in filter(None, [own.own("left-out-since"), *left_out]):
        element.take_all()
    error_reason = _error_reason(standing.status, reasons)
    tell_if_cut(root)
    if facts is None or whose is None or entry.notes.refused:
        return NOTHING
    tell_leftovers(root)
    mode = told.collection_mode
    item = SentItem(facts, informant, mode, origin, names.item_id, error_reason, bool(left_out))
    return Understood(item, whose)


def _informant(entry: Entry) -> Informant | None:
    """Who said it: as the resource says or, where it does not, a Provenance that was sent along."""
    for name in ("informationSource", "reportedReference"):
        reference = entry.root.part(name)
        if reference is not None:
            return informant_in(reference, entry)
    told = entry.document.testimonies.get(entry.number, Testimony())
    return informant_by_adherence(entry) or told.informant


def _error_reason(status: Status, reasons: list[Element]) -> str | None:
    """Why an item is in error; where nothing says it, R4's word for that."""
    if status is not Status.ENTERED_IN_ERROR:
        return None
    return next(filter(None, (words_of(one) for one in reasons)), STATEMENT_STATUS[status])

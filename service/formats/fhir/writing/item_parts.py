"""The parts that both views of an item are put together from."""

from collections.abc import Mapping

from service.domain.medications.items import Item, ItemFacts, Origin, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.codes import ITEM_ID, STANDING
from service.formats.fhir.named_systems import written_coding, written_identifier
from service.formats.fhir.writing.elements import Element, concept, extension, instant, made, meta, present
from service.formats.fhir.writing.item_narratives import item_narrative


def head_of(item: Item, medication_list: MedicationList) -> Element:
    """Its id, the version of the list that it is of, and its narrative."""
    at = medication_list.attribution.recorded_at
    version = meta(str(medication_list.version), at)
    return {"id": str(item.id), "meta": version, "text": item_narrative(item)}


def identifiers_of(item: Item) -> list[dict[str, str]]:
    """Our own id, then what other systems know it by."""
    known = item.origin.identifiers if item.origin else ()
    return [written_identifier(one) for one in (Identifier(ITEM_ID, str(item.id)), *known)]


def status_of(item: Item, words: Mapping[Status, str], read: Mapping[str, Status]) -> str:
    """The sender's own word where it still says what the item's status is, else ours."""
    sent = item.origin.status if item.origin else None
    if sent is not None and read.get(sent) is item.facts.status:
        return sent
    return words[item.facts.status]


def status_reason_of(item: Item) -> Element | None:
    """Why it is in error, or that the latest list came without it."""
    if item.left_out_since is None:
        return made(text=item.error_reason)
    return concept(
        STANDING, "on_earlier_list", item.error_reason or ENGLISH_CATALOGUE.text("section.earlier_list")
    )


def medicine_of(facts: ItemFacts) -> Element:
    """Which medicine, by its codes and by what it is called."""
    return made(coding=[written_coding(coding) for coding in facts.codings], text=facts.called)


def asserted_at(item: Item) -> str:
    """When it was said, as the sender has it, else when it was recorded."""
    sent = item.origin.asserted_at if item.origin else None
    return sent or instant(item.attribution.recorded_at)


def dosage_of(facts: ItemFacts) -> Element:
    """How it is taken, in words."""
    return made(
        text=facts.dosage_text,
        timing=made(code=made(text=facts.frequency)),
        asNeededBoolean=facts.as_needed,
        route=made(text=facts.route),
    )


def period_of(facts: ItemFacts) -> tuple[Element, list[Element | None]]:
    """The period, and what does not fit into it.

    R4 forbids a period that ends before it starts, and what it cannot compare ("2026" with "2026-03") may be
    taken for one; the end is then an extension.
    """
    start, stop = facts.started_on, facts.stopped_on
    if start is None or stop is None or _surely_in_order(start, stop):
        return made(start=_text(start), end=_text(stop)), []
    return made(start=_text(start)), [date_extension("stopped-on", stop)]


def _surely_in_order(start: PartialDate, stop: PartialDate) -> bool:
    first, second = str(start), str(stop)
    shorter = min(len(first), len(second))
    return first <= second if len(first) == len(second) else first[:shorter] < second[:shorter]


def _text(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def date_extension(name: str, day: PartialDate | None) -> Element | None:
    """A date that R4 has no element for."""
    return extension(name, valueDate=_text(day))


def extensions_of(item: Item, status: str, *further: Element | None) -> list[Element]:
    """What R4 has no element for; and what another system said that our own words do not say."""
    facts, origin = item.facts, item.origin or Origin()
    return present(
        extension("description", valueString=facts.description),
        _name_beside(facts),
        extension("strength", valueString=facts.strength),
        extension("form", valueString=facts.form),
        extension("last-taken", valueString=facts.last_taken),
        extension("prescriber", valueString=facts.prescriber),
        *further,
        extension("left-out-since", valuePositiveInt=item.left_out_since),
        extension("status", valueCode=origin.status if origin.status != status else None),
        extension("intent", valueCode=origin.intent),
        extension("recorder", valueString=origin.recorder),
    )


def _name_beside(facts: ItemFacts) -> Element | None:
    """A text that is the description alone means that there is no name; this one says that there is."""
    if facts.name is None or facts.name != facts.description:
        return None
    return extension("name", valueString=facts.name)

"""What an issued sheet shows of the record, read back from its document: the patient as issued, the items.

Nothing is looked up: the document alone tells, so that it says the same for ever. What the sheet does not
show (a sender's identifiers, the version that first came without an item) is not there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.access.clinics import ItemExport
from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.checklists.document import Document
from service.domain.codings import Coding
from service.domain.medications.categories import UNCATEGORIZED, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient, PrintSize
from service.domain.text import PartialDate
from service.formats.fhir.codes import EXTENSION
from service.formats.fhir.writing.elements import Element, made
from service.formats.fhir.writing.items import write_item
from service.formats.fhir.writing.patients import write_patient

_NOT_SHOWN = f"{EXTENSION}:left-out-since"
# The document has one version, and one narrative for all: the Composition's.
_TOLD_ELSEWHERE = frozenset({"meta", "text"})
_AS_THEY_ARE = (
    *("name", "description", "strength", "form", "dosage_text", "route", "frequency", "as_needed", "reason"),
    *("last_taken", "prescriber", "note"),
)


def issued_patient(document: Document) -> Element:
    """The patient as the sheet names them."""
    said = document["patient"]
    patient = Patient(
        id=UUID(said["id"]),
        identifiers=tuple(Identifier(one["system"], one["value"]) for one in said["identifiers"]),
        name=said["name"],
        birth_date=PartialDate.parse(said["birth_date"]) if said["birth_date"] else None,
        language=said["language"],
        print_size=PrintSize(said["print_size"]) if said["print_size"] else None,
    )
    return write_patient(patient)


def issued_recorder(said: Mapping[str, str]) -> Recorder:
    """A person or a system, as a sheet names them."""
    return Recorder(RecorderKind(said["kind"]), said["id"], said["name"])


def issued_items(document: Document) -> tuple[Element, ...]:
    """Every item of the sheet in its order, as statements whatever the clinic exports otherwise."""
    lines = (line for section in document["sections"] for line in section["lines"] if "item" in line)
    return tuple(_written(line, document) for line in lines)


def _written(line: Mapping[str, Any], document: Document) -> Element:
    item = _item(line, document["list_version"])
    of_version = MedicationList(
        UUID(document["patient"]["id"]), document["list_version"], attribution=item.attribution
    )
    statement = write_item(item, of_version, ItemExport.MEDICATION_STATEMENT)
    shown = [one for one in statement.pop("extension", []) if one["url"] != _NOT_SHOWN]
    kept = {name: part for name, part in statement.items() if name not in _TOLD_ELSEWHERE}
    return made(**kept, extension=shown)


def _item(line: Mapping[str, Any], version: int) -> Item:
    return Item(
        id=UUID(line["item"]["id"]),
        facts=_facts(line["item"]),
        attribution=_attribution(line["attribution"]),
        left_out_since=version if line["on_earlier_list"] else None,
    )


def _facts(said: Mapping[str, Any]) -> ItemFacts:
    category, started_on, stopped_on = said["category"], said["started_on"], said["stopped_on"]
    return ItemFacts(
        **{name: said[name] for name in _AS_THEY_ARE},
        category=None if category == UNCATEGORIZED else Category(category),
        status=Status(said["status"]),
        started_on=PartialDate.parse(started_on) if started_on else None,
        stopped_on=PartialDate.parse(stopped_on) if stopped_on else None,
        codings=tuple(Coding(one["system"], one["code"], one["display"]) for one in said["codings"]),
    )


def _attribution(said: Mapping[str, Any]) -> Attribution:
    informant, mode = said["informant"], said["collection_mode"]
    return Attribution(
        informant=Informant(InformantKind(informant["kind"]), informant["name"]) if informant else None,
        collection_mode=CollectionMode(mode) if mode else None,
        recorder=issued_recorder(said["recorder"]),
        recorded_at=datetime.fromisoformat(said["recorded_at"]),
    )

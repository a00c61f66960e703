"""The EHR guide's tables of fields: each field of ours is written where its row says."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from service.domain.access.clinics import ItemExport
from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.medications.items import Item, ItemFacts, Origin, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient, PrintSize
from service.domain.text import PartialDate
from service.formats.fhir.codes import REQUEST_STATUS, STATEMENT_STATUS
from service.formats.fhir.writing.elements import informant_reference
from service.formats.fhir.writing.items import RESOURCE_TYPES, write_item
from service.formats.fhir.writing.patients import write_patient
from service.formats.fhir.writing.provenances import of_item
from tests.docs.markdown import table

GUIDE = "docs/ehrs.md"
Json = Mapping[str, Any]
BY = Attribution(
    Informant(InformantKind.RELATED_PERSON, "Test Daughter"),
    CollectionMode.PHONE,
    Recorder(RecorderKind.STAFF, "n1", "Test Nurse 01"),
    datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
)
# Every field has a value of its own, so that none can stand in another's place.
ITEM = Item(
    UUID(int=7),
    ItemFacts(
        name="Lisinopril",
        description="small white tablet",
        category=Category.OVER_THE_COUNTER,
        status=Status.ENTERED_IN_ERROR,
        strength="10 mg",
        form="tablet",
        dosage_text="one in the morning",
        route="by mouth",
        frequency="daily",
        as_needed=False,
        reason="blood pressure",
        last_taken="last Tuesday",
        started_on=PartialDate(2024),
        stopped_on=PartialDate(2026, 3),
        prescriber="Test Doctor",
        note="one\ntwo",
        codings=(Coding("urn:codes", "1", "A tablet"),),
    ),
    BY,
    left_out_since=2,
    error_reason="of another person",
    origin=Origin((Identifier("urn:ehr", "rx-1"),), "on-hold", "order", "2026-10-01", "Test Clerk", "0" * 64),
)
LIST = MedicationList(UUID(int=1), 3, BY, (ITEM,))
PATIENT = Patient(
    UUID(int=1),
    (Identifier("urn:clinic:mrn", "000123"),),
    "Test Patient 01",
    PartialDate(1961, 4),
    "es",
    PrintSize.LARGE,
)


def places(cell: str) -> list[str]:
    """The places that a cell of the guide names."""
    return [place for place in cell.replace("`", "").split(", ") if place]


def at(resource: Json, place: str) -> Any:
    """What stands at a place of a resource; ``extension:strength`` is the value of one of ours."""
    if place.startswith("extension:"):
        own = [one for one in resource["extension"] if one["url"] == f"urn:medication-checklist:{place}"]
        return next((value for one in own for name, value in one.items() if name != "url"), None)
    value: Any = resource
    for name, position in re.findall(r"(\w+)(?:\[(\d+)\])?", place):
        value = value[name][int(position)] if position else value[name]
    return value


def names_of(kind: type) -> list[str]:
    """What a record is made from; what it finds in itself is no field of its own."""
    return [field.name for field in fields(kind) if field.init]


def said_of(item: Item, style: ItemExport) -> dict[str, Any]:
    """Every field of an item by its name in the guide, as R4 has its value."""
    facts, origin = item.facts, item.origin or Origin()
    words = STATEMENT_STATUS if style is ItemExport.MEDICATION_STATEMENT else REQUEST_STATUS
    known = {
        **{name: getattr(item, name) for name in ("id", "error_reason", "left_out_since")},
        **{name: getattr(facts, name) for name in names_of(ItemFacts)},
        **{f"origin.{name}": getattr(origin, name) for name in names_of(Origin)},
        "category": facts.category and facts.category.replace("_", "-"),
        "status": words[facts.status],
        "codings": [{"system": "urn:codes", "code": "1", "display": "A tablet"}],
        "origin.identifiers": {"system": "urn:ehr", "value": "rx-1"},
    }
    return {
        name: str(value) if isinstance(value, UUID | PartialDate) else value for name, value in known.items()
    }


@pytest.mark.parametrize("style", list(ItemExport))
def test_each_field_of_an_item_stands_where_its_row_says(style: ItemExport) -> None:
    rows = {row["ours"]: places(row[RESOURCE_TYPES[style]]) for row in table(GUIDE, "Fields of an item")}
    said, resource = said_of(ITEM, style), write_item(ITEM, LIST, style)

    assert set(rows) == set(said)
    assert [name for name in rows if not rows[name]] == ["origin.digest"]
    for name, where in rows.items():
        for place in where:
            assert at(resource, place) == said[name], (name, place)


@pytest.mark.parametrize("style", list(ItemExport))
def test_an_item_without_a_name_has_its_description_as_the_text(style: ItemExport) -> None:
    nameless = replace(ITEM, facts=replace(ITEM.facts, name=None))

    resource = write_item(nameless, LIST, style)

    assert at(resource, "medicationCodeableConcept.text") == at(resource, "extension:description")


def test_each_field_of_an_attribution_stands_where_its_row_says() -> None:
    rows = {
        row["ours"]: row["where"].replace("`", "") for row in table(GUIDE, "Who said it and who recorded it")
    }
    provenance = of_item(ITEM, LIST, ItemExport.MEDICATION_STATEMENT)

    said: dict[str, str] = {
        "collection_mode": "phone",
        "recorder.kind": "urn:medication-checklist:recorder:staff",
        "recorder.id": "n1",
        "recorder.name": "Test Nurse 01",
        "recorded_at": BY.recorded_at.isoformat(),
    }
    whole = {"informant", "informant.kind", "informant.name", "recorder"}

    assert set(rows) == said.keys() | whole
    assert set(names_of(Attribution)) | {f"recorder.{name}" for name in names_of(Recorder)} <= set(rows)
    assert {f"informant.{name}" for name in names_of(Informant)} <= set(rows)
    for name, value in said.items():
        assert at(provenance, rows[name].removeprefix("Provenance.")) == value, name


def test_each_informant_has_the_type_of_its_row() -> None:
    rows = {row["informant"]: row["type of the reference"] for row in table(GUIDE, "Informants in FHIR")}

    assert list(rows) == list(InformantKind)
    for kind in InformantKind:
        reference = informant_reference(Informant(kind, "Test Person"), PATIENT.id) or {}
        assert (reference.get("type") or "") == rows[kind], kind
        assert reference["display"] == "Test Person"
        if kind is not InformantKind.PATIENT:
            assert reference["identifier"] == {"system": "urn:medication-checklist:informant", "value": kind}


def test_each_field_of_a_list_has_a_row() -> None:
    rows = table(GUIDE, "Fields of a list")

    assert [row["ours"] for row in rows] == names_of(MedicationList)


def test_each_field_of_a_patient_stands_where_its_row_says() -> None:
    rows = {row["ours"]: row["Patient"] for row in table(GUIDE, "Fields of a patient")}
    resource = write_patient(PATIENT)

    assert list(rows) == names_of(Patient)
    for name, place in rows.items():
        value = getattr(PATIENT, name)
        if name == "identifiers":
            assert {"system": "urn:clinic:mrn", "value": "000123"} in at(resource, place)
        else:
            assert at(resource, place) == str(value), name

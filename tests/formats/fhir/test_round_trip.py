"""What is written is read back: every item with all that was said of it, every answer, and who gave it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest
from hypothesis import assume, given

from service.domain.access.clinics import Clinic, ItemExport
from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.codings import Coding
from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from service.domain.medications.items import Item, ItemFacts, Origin
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient
from service.domain.text import SHORT_LENGTH, PartialDate, clean
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from service.formats.fhir.writing.bundles import searchset, write_everything
from service.formats.fhir.writing.patients import write_patient
from service.formats.findings import Reading, Severity, Whose
from tests.domain.made_up import steady
from tests.strategies import clinics, hostile_names, medication_lists, patients

BASE = "https://clinic.example/fhir"


def there_and_back(clinic: Clinic, patient: Patient, medication_list: MedicationList) -> Reading:
    """The reading of a patient's whole export, as it would arrive over the wire."""
    resources = write_everything(clinic, write_patient(patient), medication_list)
    bundle = searchset(
        resources, BASE, total=len(resources), own_link=f"{BASE}/Patient/{patient.id}/$everything"
    )
    return read(parse_fhir(orjson.dumps(bundle)), sender=None, base=BASE)


def numbers_in(patient: Patient, medication_list: MedicationList) -> Iterator[Identifier]:
    """Every identifier of the patient, and of the items at who sent them."""
    yield from patient.identifiers
    yield from (one for item in medication_list.items if item.origin for one in item.origin.identifiers)


def as_sent(item: Item) -> SentItem:
    """What an import is to make of an item: the facts letter for letter, and what it is known by."""
    origin, said = item.origin or Origin(), item.attribution
    return SentItem(
        facts=item.facts,
        informant=said.informant,
        collection_mode=said.collection_mode,
        origin=replace(
            origin,
            asserted_at=origin.asserted_at or said.recorded_at.isoformat(),
            recorder=origin.recorder or said.recorder.name,
            digest=None,
        ),
        item_id=item.id,
        error_reason=item.error_reason,
        left_out=item.left_out_since is not None,
    )


@steady
@given(clinics(), patients(), medication_lists())
def test_a_list_is_read_back_as_it_was(
    clinic: Clinic, patient: Patient, medication_list: MedicationList
) -> None:
    of_patient = replace(medication_list, patient_id=patient.id)
    # Longer numbers come in through no door.
    assume(all(len(one.value) <= SHORT_LENGTH for one in numbers_in(patient, of_patient)))

    reading = there_and_back(clinic, patient, of_patient)

    said = [entry.said for entry in reading.entries]
    assert [issue for issue in reading.issues if issue.severity is not Severity.INFORMATION] == []
    assert [one for one in said if isinstance(one, SentPatient)] == [
        SentPatient(patient.identifiers, patient.name, patient.birth_date, patient.language)
    ]
    assert reading.entries[0].whose == Whose(patient_id=patient.id)
    assert {entry.whose and entry.whose.entry for entry in reading.entries[1:] if entry.said} <= {0}
    assert [one for one in said if isinstance(one, SentItem)] == [as_sent(item) for item in of_patient.items]
    assert [one for one in said if isinstance(one, SentAnswer)] == [
        SentAnswer(category, given.answer, given.attribution.informant, given.attribution.collection_mode)
        for category, given in of_patient.answers.items()
        if given.attribution is not None
    ]


def listed(*items: ItemFacts) -> MedicationList:
    """A list of these items and nothing else; the patient has said them all."""
    given_by = Attribution(Informant(InformantKind.PATIENT), CollectionMode.SELF, _RECORDER, _AT)
    present = {facts.category for facts in items}
    answers = {
        c: CategoryAnswer(Answer.ITEMS_REPORTED, given_by) if c in present else NOT_ASKED for c in Category
    }
    return MedicationList(
        _PATIENT.id, 1, given_by, tuple(Item(uuid4(), facts, given_by) for facts in items), answers
    )


_RECORDER = Recorder(RecorderKind.SYSTEM, "form-1", "Test form")
_AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_PATIENT = Patient(uuid4(), (Identifier("urn:clinic:mrn", "000123"),))
STYLES = [Clinic(uuid4(), "Test clinic", item_export=style) for style in ItemExport]


def facts_read_back(clinic: Clinic, medication_list: MedicationList) -> list[ItemFacts]:
    reading = there_and_back(clinic, _PATIENT, medication_list)
    return [entry.said.facts for entry in reading.entries if isinstance(entry.said, SentItem)]


@pytest.mark.parametrize("clinic", STYLES, ids=list(ItemExport))
@pytest.mark.parametrize("name", [*hostile_names, "x" * 1000])
def test_a_hostile_text_in_every_field_is_read_back_letter_for_letter(clinic: Clinic, name: str) -> None:
    text = clean(name)
    codes = (Coding(text[:200], text[:200], text),)
    fields = dict.fromkeys(
        (
            *("name", "strength", "form", "dosage_text", "route", "frequency"),
            *("reason", "last_taken", "prescriber", "note"),
        ),
        text,
    )
    named = ItemFacts(**fields, description=f"{text[:998]} x", codings=codes, category=Category.SUPPLEMENT)
    nameless = ItemFacts(description=text)
    both = ItemFacts(name=text, description=text)

    assert facts_read_back(clinic, listed(named, nameless, both)) == [named, nameless, both]


@pytest.mark.parametrize("clinic", STYLES, ids=list(ItemExport))
def test_1_50_stays_1_50_and_two_doses_stay_two_items(clinic: Clinic) -> None:
    one = ItemFacts("Water", strength="1.50 mg", dosage_text="1.50 mg once", as_needed=False)
    other = replace(one, strength="1.5 mg")

    assert facts_read_back(clinic, listed(one, other, one)) == [one, other, one]


@pytest.mark.parametrize("clinic", STYLES, ids=list(ItemExport))
@pytest.mark.parametrize(
    ("started", "stopped"),
    [
        ("2026", "2025"),
        ("2026-03", "2026"),
        ("2026", "2026-03-01"),
        ("2025-12", "2026"),
        ("2026-03", "2026-03"),
        (None, "2026"),
        ("2026-03-02", None),
    ],
)
def test_dates_stay_as_whole_as_they_are_in_whatever_order(
    clinic: Clinic, started: str | None, stopped: str | None
) -> None:
    first, last = (PartialDate.parse(day) if day else None for day in (started, stopped))
    facts = ItemFacts("Water", started_on=first, stopped_on=last)

    assert facts_read_back(clinic, listed(facts)) == [facts]

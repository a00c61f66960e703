"""Whatever stands on a list, its export taken in again changes nothing there, and loses nothing elsewhere."""

from dataclasses import replace
from uuid import UUID

import orjson
from hypothesis import given

from service.domain.access.clinics import Clinic
from service.domain.attribution import CollectionMode
from service.domain.imports.merge import merge
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, Origin
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from service.formats.fhir.writing.bundles import searchset, write_everything
from service.formats.fhir.writing.patients import write_patient
from tests.domain.made_up import NOBODY_SAID, NOW, SYSTEM, new_ids, steady
from tests.strategies import clinics, medication_lists, patients

BASE = "https://clinic.example/fhir"


def exported_into(
    clinic: Clinic, patient: Patient, medication_list: MedicationList, other: MedicationList
) -> MedicationList:
    """The other list after the export of the first was taken in."""
    resources = write_everything(clinic, write_patient(patient), medication_list)
    bundle = searchset(
        resources, BASE, total=len(resources), own_link=f"{BASE}/Patient/{patient.id}/$everything"
    )
    said = [entry.said for entry in read(parse_fhir(orjson.dumps(bundle)), sender="ehr", base=BASE).entries]
    return merge(
        other,
        [one for one in said if isinstance(one, SentItem)],
        [one for one in said if isinstance(one, SentAnswer)],
        recorder=SYSTEM,
        now=NOW,
        new_id=new_ids(10**9),
    )


def without_identity(item: Item) -> tuple[object, ...]:
    """What is said of an item, by whom and how; not its id here, nor who sent it."""
    said, origin = item.attribution, item.origin or Origin()
    return (
        item.facts,
        item.error_reason,
        item.left_out_since is not None,
        said.informant,
        said.collection_mode or CollectionMode.IMPORT,
        origin.status,
        origin.intent,
    )


@steady
@given(clinics(), patients(), medication_lists())
def test_an_export_taken_in_where_it_came_from_changes_nothing(
    clinic: Clinic, patient: Patient, medication_list: MedicationList
) -> None:
    own = replace(medication_list, patient_id=patient.id)
    assert exported_into(clinic, patient, own, own) is own


@steady
@given(clinics(), patients(), medication_lists())
def test_an_export_taken_in_elsewhere_loses_nothing_and_then_changes_nothing(
    clinic: Clinic, patient: Patient, medication_list: MedicationList
) -> None:
    own = replace(medication_list, patient_id=patient.id)
    empty = MedicationList(UUID(int=2), 1, NOBODY_SAID)

    there = exported_into(clinic, patient, own, empty)

    in_order = sorted(own.items, key=lambda item: item.left_out_since is not None)
    assert list(map(without_identity, there.items)) == list(map(without_identity, in_order))
    answers = {category: (one.answer, one.attribution) for category, one in there.answers.items()}
    for category in Category:
        before = own.answers[category]
        answer, attribution = answers[category]
        assert answer is before.answer
        if answer is not Answer.NOT_ASKED and not own.in_category(category):
            assert attribution is not None
            assert before.attribution is not None
            assert attribution.informant == before.attribution.informant
    assert exported_into(clinic, patient, own, there) is there
    elsewhere = replace(patient, id=there.patient_id)
    assert exported_into(clinic, elsewhere, there, there) is there
    assert exported_into(clinic, elsewhere, there, own) is own

"""Silence is not "none": what a List answers for a category, and what answers nothing."""

from typing import Any

import pytest

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.medications.categories import Answer, Category
from service.formats.findings import Whose
from tests.formats.fhir.reading.made import (
    PATIENT_ID,
    SUBJECT,
    Resource,
    answer_of,
    bundle,
    entry_of,
    reading_of,
    refusals,
    statement,
    told,
)

OWN = "urn:medication-checklist"
REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def a_list(**said: Any) -> Resource:
    """A List of supplements, by the patient."""
    whole = {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "code": {"coding": [{"system": f"{OWN}:category", "code": "supplement"}], "text": "Supplements"},
        "subject": SUBJECT,
        "source": SUBJECT,
        **said,
    }
    return {name: value for name, value in whole.items() if value is not None}


def empty(code: str | None = None, absent: str | None = None, own: str | None = None) -> Resource:
    codings = [(REASON, code), (f"{OWN}:answer", own)]
    return {
        "coding": [{"system": system, "code": word} for system, word in codings if word],
        "extension": [{"url": ABSENT, "valueCode": absent}] if absent else [],
        "text": "because",
    }


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        (empty("nilknown"), Answer.NONE_REPORTED),
        (empty("nilknown", own="none_reported"), Answer.NONE_REPORTED),
        (empty(own="none_reported"), Answer.NONE_REPORTED),
        (empty("unavailable", "asked-unknown"), Answer.UNKNOWN),
        (empty("withheld", "asked-declined"), Answer.DECLINED),
        (empty(own="declined"), Answer.DECLINED),
        (empty(own="items_reported"), Answer.ITEMS_REPORTED),
    ],
)
def test_an_empty_list_says_what_was_answered(reason: Resource, answer: Answer) -> None:
    said = answer_of(a_list(emptyReason=reason))

    assert (said.category, said.answer) == (Category.SUPPLEMENT, answer)
    assert said.informant == Informant(InformantKind.PATIENT)
    assert entry_of(a_list(emptyReason=reason)).whose == Whose(
        patient_id=PATIENT_ID, reference=f"Patient/{PATIENT_ID}"
    )


@pytest.mark.parametrize(
    "reason",
    [
        None,
        {},
        {"text": "The patient is not on any medications"},
        empty("notasked"),
        empty("notasked", own="not_asked"),
        empty("unavailable"),
        empty("withheld"),
        empty("withheld", "asked-unknown"),
        empty("nilknown", "asked-unknown"),
        empty("closed"),
        empty("started"),
        empty("something"),
    ],
)
def test_an_empty_list_without_an_answer_changes_nothing(reason: Resource | None) -> None:
    entry = entry_of(a_list(emptyReason=reason))

    assert (entry.said, entry.refused) == (None, False)
    assert told(entry)[-1] == ("information", "informational", "List")


@pytest.mark.parametrize("source", [None, {"reference": "Device/1"}, {"display": "Somebody"}])
@pytest.mark.parametrize("own", ["none_reported", "unknown", "declined"])
def test_a_persons_answer_that_no_person_gave_is_none(own: str, source: Resource | None) -> None:
    entry = entry_of(a_list(emptyReason=empty(own=own), source=source))

    assert entry.said is None
    assert told(entry)[-1] == ("warning", "required", "List.source")


@pytest.mark.parametrize("said", [{"mode": "changes"}, {"mode": None}, {"status": None}])
def test_only_a_whole_list_that_is_in_use_says_none(said: Resource) -> None:
    entry = entry_of(a_list(emptyReason=empty("nilknown"), **said))

    assert entry.said is None
    assert told(entry) == [("warning", "business-rule", "List.mode")]


@pytest.mark.parametrize("status", ["retired", "entered-in-error"])
def test_a_list_that_is_not_in_use_says_nothing(status: str) -> None:
    entry = entry_of(a_list(emptyReason=empty("nilknown"), status=status))

    assert entry.said is None
    assert told(entry) == [("information", "informational", "List.status")]


@pytest.mark.parametrize(
    "code",
    [
        None,
        {},
        {"text": "Supplements"},
        {"coding": [{"system": "http://snomed.info/sct", "code": "182836005"}]},
    ],
)
def test_a_list_without_one_of_our_categories_sets_nothing_and_says_so(code: Resource | None) -> None:
    entry = entry_of(a_list(emptyReason=empty("nilknown"), code=code))

    assert (entry.said, entry.refused) == (None, False)
    assert told(entry) == [("information", "informational", "List.code")]


def test_what_is_not_sorted_is_no_category_to_answer_for() -> None:
    unsorted = {"coding": [{"system": f"{OWN}:category", "code": "uncategorized"}]}
    entry = entry_of(a_list(code=unsorted, emptyReason=empty("nilknown")))

    assert (entry.said, entry.issues) == (None, ())


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ({"code": {"coding": [{"system": f"{OWN}:category", "code": "herbal"}]}}, "code-invalid", "code"),
        ({"status": "open"}, "code-invalid", "status"),
        ({"mode": "whole"}, "code-invalid", "mode"),
        ({"emptyReason": empty(own="none")}, "code-invalid", "emptyReason.coding"),
        ({"emptyReason": empty("nilknown", own="declined")}, "invariant", "emptyReason"),
        ({"emptyReason": empty("nilknown", own="items_reported")}, "invariant", "emptyReason"),
        (
            {"emptyReason": empty("nilknown"), "entry": [{"item": {"reference": "MedicationStatement/1"}}]},
            "invariant",
            "emptyReason",
        ),
        ({"emptyReason": None, "entry": [{}]}, "required", "entry[0].item"),
        ({"subject": None}, "required", "subject"),
        (
            {"entry": [{"deleted": "yes", "item": {"reference": "MedicationStatement/1"}}]},
            "structure",
            "entry[0].deleted",
        ),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(said: Resource, code: str, place: str) -> None:
    whole = a_list(**({"emptyReason": empty("nilknown")} if "entry" not in said else {}) | said)

    assert refusals(whole)[0] == (code, f"List.{place}")


def test_entries_answer_for_their_category() -> None:
    whole = a_list(entry=[{"item": {"reference": "MedicationStatement/1"}}])
    reading = reading_of(bundle(whole, statement(id="1")))

    said = reading.entries[0].said
    assert (said.answer, said.informant) == (Answer.ITEMS_REPORTED, Informant(InformantKind.PATIENT))
    assert reading.issues == ()


def test_entries_answer_also_where_nobody_is_named() -> None:
    assert (
        answer_of(a_list(entry=[{"item": {"reference": "MedicationStatement/1"}}], source=None)).informant
        is None
    )


NEGATION = {
    "resourceType": "MedicationStatement",
    "id": "none",
    "status": "not-taken",
    "medicationCodeableConcept": {
        "coding": [{"system": f"{OWN}:answer", "code": "none_reported"}],
        "text": "None",
    },
}


def test_an_entry_that_says_none_is_the_answer_none() -> None:
    whole = a_list(contained=[NEGATION], entry=[{"item": {"reference": "#none"}}])

    assert answer_of(whole).answer is Answer.NONE_REPORTED
    assert told(entry_of(whole)) == []
    assert (
        entry_of(a_list(contained=[NEGATION], entry=[{"item": {"reference": "#none"}}], source=None)).said
        is None
    )


def test_an_entry_that_says_none_beside_others_is_refused() -> None:
    entries = [{"item": {"reference": "#none"}}, {"item": {"reference": "MedicationStatement/1"}}]

    assert refusals(a_list(contained=[NEGATION], entry=entries)) == [("invariant", "List.entry")]


def test_an_entry_of_what_is_not_taken_is_neither_an_item_nor_none() -> None:
    entry = [{"item": {"reference": "MedicationStatement/1"}}]
    for concept in ({"text": "Tea"}, None):
        not_taken = statement(id="1", status="not-taken", medicationCodeableConcept=concept)
        reading = reading_of(bundle(a_list(entry=entry), not_taken))

        assert [one.said for one in reading.entries] == [None, None]


def test_a_deleted_entry_is_neither_an_item_nor_none() -> None:
    whole = a_list(mode="changes", entry=[{"deleted": True, "item": {"display": "Tea"}}])

    assert entry_of(whole).said is None
    assert told(entry_of(whole)) == [
        ("information", "informational", "List.entry[0].deleted"),
        ("information", "informational", "List"),
    ]


@pytest.mark.parametrize(
    "item",
    [
        {"display": "Tea"},
        {"reference": "MedicationStatement/1"},
        {"reference": "urn:uuid:1"},
        {"reference": "#inside"},
    ],
)
def test_an_entry_that_names_a_medicine_without_sending_it_is_warned_of(item: Resource) -> None:
    contained = [statement(id="inside", subject=None)]
    entry = entry_of(a_list(entry=[{"item": item}], contained=contained))

    assert ("warning", "incomplete", "List.entry[0].item") in told(entry)


@pytest.mark.parametrize("item", [{"reference": "Observation/1"}, {"type": "Condition", "display": "Thirst"}])
def test_an_entry_that_is_no_medicine_is_not_warned_of(item: Resource) -> None:
    assert not [grave for grave, _, _ in told(entry_of(a_list(entry=[{"item": item}]))) if grave == "warning"]


def test_a_provenance_says_how_an_answer_was_collected() -> None:
    witness = {
        "resourceType": "Provenance",
        "target": [{"reference": "List/1"}],
        "activity": {"coding": [{"system": f"{OWN}:collection-mode", "code": "interview"}]},
        "agent": [
            {
                "type": {
                    "coding": [
                        {
                            "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                            "code": "informant",
                        }
                    ]
                },
                "who": SUBJECT,
            }
        ],
    }
    whole = a_list(id="1", emptyReason=empty("nilknown"), source=None)

    said = reading_of(bundle(witness, whole)).entries[1].said

    assert said.collection_mode is CollectionMode.INTERVIEW
    assert said.informant == Informant(InformantKind.PATIENT)


def test_what_else_a_list_says_is_named_as_not_kept() -> None:
    assert told(entry_of(a_list(emptyReason=empty("nilknown"), title="Supplements"))) == [
        ("information", "not-supported", "List")
    ]

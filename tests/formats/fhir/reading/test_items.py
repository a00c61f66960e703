"""What is said of an item beside its name, its status and its dose, and what of it is not kept."""

from typing import Any

import pytest

from service.domain.attribution import Informant, InformantKind
from service.domain.medications import Category
from service.domain.patients import Identifier
from service.domain.text import PartialDate
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import (
    SUBJECT,
    Resource,
    bundle,
    detail_at,
    entry_of,
    item_of,
    patient,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

OWN = "urn:medication-checklist"
CATEGORY = f"{OWN}:category"


def own(name: str, **value: Any) -> Resource:
    return {"url": f"{OWN}:extension:{name}", **value}


def test_our_own_extensions_hold_what_r4_has_no_element_for() -> None:
    facts = item_of(
        request(
            extension=[
                own("strength", valueString="1.50 mg"),
                own("form", valueString="drops"),
                own("last-taken", valueString="last Tuesday"),
                own("prescriber", valueString="Test Prescriber 01"),
                own("started-on", valueDate="2025"),
                own("stopped-on", valueDate="2026-01-31"),
            ]
        )
    ).facts

    assert (facts.strength, facts.form, facts.last_taken) == ("1.50 mg", "drops", "last Tuesday")
    assert facts.prescriber == "Test Prescriber 01"
    assert (facts.started_on, facts.stopped_on) == (PartialDate(2025), PartialDate(2026, 1, 31))


def test_a_period_is_read_as_whole_as_it_is_known() -> None:
    facts = item_of(statement(effectivePeriod={"start": "2025-03", "end": "2026"})).facts

    assert (facts.started_on, facts.stopped_on) == (PartialDate(2025, 3), PartialDate(2026))


def test_the_hour_of_a_period_is_not_kept_and_said_so() -> None:
    entry = entry_of(statement(effectivePeriod={"start": "2025-03-01T23:30:00-08:00"}))

    assert entry.said.facts.started_on == PartialDate(2025, 3, 1)
    assert told(entry) == [("information", "informational", "MedicationStatement.effectivePeriod.start")]


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "01/02/2025", "yesterday", "2025-1", "0000", "२०२५"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusals(statement(effectivePeriod={"end": text})) == [
        ("value", "MedicationStatement.effectivePeriod.end")
    ]


def test_that_it_was_so_at_one_time_is_no_start() -> None:
    entry = entry_of(statement(effectiveDateTime="2025-03-01"))

    assert entry.said.facts.started_on is None
    assert detail_at(entry, "MedicationStatement") == "Not kept: effectiveDateTime."


def test_reasons_and_notes_stand_in_a_row() -> None:
    facts = item_of(
        statement(
            reasonCode=[{"text": "thirst"}, {"coding": [{"display": "heat"}]}, {}],
            reasonReference=[{"display": "a long walk"}, {"reference": "Condition/1"}],
            note=[{"text": "with\r\nsugar"}, {"text": " "}, {"text": "no milk"}],
        )
    ).facts

    assert (facts.reason, facts.note) == ("thirst; heat; a long walk", "with\nsugar\nno milk")


def test_notes_that_are_too_long_together_are_refused_and_not_cut() -> None:
    assert refusals(statement(note=[{"text": "x" * 3000}, {"text": "y" * 3000}])) == [
        ("too-long", "MedicationStatement.note")
    ]


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("prescription", Category.PRESCRIPTION),
        ("over-the-counter", Category.OVER_THE_COUNTER),
        ("supplement", Category.SUPPLEMENT),
        ("uncategorized", None),
    ],
)
def test_our_own_code_says_the_category(code: str, category: Category | None) -> None:
    concept = {"coding": [{"system": CATEGORY, "code": code}], "text": "as on the sheet"}

    assert item_of(statement(category=concept)).facts.category is category
    assert item_of(request(category=[{"text": "inpatient"}, concept])).facts.category is category
    assert told(entry_of(statement(category=concept))) == []


def test_no_other_systems_code_says_a_category() -> None:
    entry = entry_of(request(category=[{"coding": [{"system": "urn:other", "code": "supplement"}]}]))

    assert entry.said.facts.category is None
    assert detail_at(entry, "MedicationRequest") == "Not kept: category.coding."


def test_a_category_that_is_not_ours_in_our_own_system_is_refused() -> None:
    wrong = {"coding": [{"system": CATEGORY, "code": "herbal"}]}
    two = {"coding": [{"system": CATEGORY, "code": code} for code in ("prescription", "supplement")]}

    assert refusals(statement(category=wrong)) == [("code-invalid", "MedicationStatement.category")]
    assert refusals(statement(category=two)) == [("invariant", "MedicationStatement.category")]


@pytest.mark.parametrize(
    ("requester", "prescriber"),
    [
        ({"display": "Test Prescriber 01"}, "Test Prescriber 01"),
        ({"reference": "Practitioner/1", "display": "Test Prescriber 01"}, "Test Prescriber 01"),
        ({"reference": "Patient/1", "display": "Test Patient 01"}, None),
        ({"type": "RelatedPerson", "display": "Test Relative 01"}, None),
        ({"reference": "Practitioner/1"}, None),
    ],
)
def test_who_ordered_it_is_the_prescriber_and_a_patient_is_none(
    requester: Resource, prescriber: str | None
) -> None:
    assert item_of(request(requester=requester)).facts.prescriber == prescriber


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (
            {"resourceType": "Practitioner", "name": [{"given": ["Test"], "family": "Prescriber 01"}]},
            "Test Prescriber 01",
        ),
        ({"resourceType": "Organization", "name": "Test Clinic 01"}, "Test Clinic 01"),
        ({"resourceType": "Device", "name": "Test Device 01"}, None),
        ({"resourceType": "Practitioner", "name": "Test Prescriber 01"}, None),
    ],
)
def test_a_prescriber_without_a_display_is_looked_up(resource: Resource, name: str | None) -> None:
    order = request(requester={"type": "Practitioner", "reference": "urn:uuid:p"})

    reading = reading_of(bundle({"fullUrl": "urn:uuid:p", "resource": resource}, order))

    assert reading.entries[1].said.facts.prescriber == name
    assert not reading.refused


def test_the_senders_identifiers_id_and_address_are_kept() -> None:
    entry = {
        "fullUrl": "https://ehr.example/fhir/MedicationStatement/7",
        "resource": statement(
            id="7",
            identifier=[{"system": "urn:rx", "value": "A 1"}, {"value": "no system"}, {"system": "urn:rx"}],
        ),
    }
    (found,) = reading_of(bundle(entry)).entries

    assert found.said.origin.identifiers == (
        Identifier("urn:rx", "A 1"),
        Identifier("urn:medication-checklist:sender:ehr-1", "MedicationStatement/7"),
        Identifier("urn:ietf:rfc:3986", "https://ehr.example/fhir/MedicationStatement/7"),
    )
    assert [place for _, code, place in told(found) if code == "required"] == [
        "Bundle.entry[0].resource.identifier[1]",
        "Bundle.entry[0].resource.identifier[2]",
    ]


@pytest.mark.parametrize(
    ("full_url", "base"),
    [
        ("urn:uuid:1", None),
        ("https://checklist.example/fhir/MedicationStatement/7", "https://checklist.example/fhir"),
        (f"https://ehr.example/{'x' * 300}", None),
        (None, None),
    ],
)
def test_an_address_that_names_nothing_of_the_senders_is_not_kept(
    full_url: str | None, base: str | None
) -> None:
    entry = {"fullUrl": full_url, "resource": statement()}

    (found,) = read(bundle(entry), sender=None, base=base).entries

    assert found.said.origin.identifiers == ()


def test_an_id_that_is_none_of_r4s_is_not_kept() -> None:
    entry = entry_of(statement(id="7 or 8"))

    assert entry.said.origin.identifiers == ()
    assert told(entry) == [("information", "value", "MedicationStatement.id")]
    assert read(statement(id="7"), sender=None).entries[0].said.origin.identifiers == ()


def test_our_own_id_of_an_item_is_known_again() -> None:
    mine = {"system": f"{OWN}:item", "value": "0b7d9a3e-5a4b-4a69-8d55-1f2e3d4c5b6a"}
    item = item_of(statement(identifier=[mine, mine]))

    assert (str(item.item_id), item.origin.identifiers) == (mine["value"], ())
    assert refusals(statement(identifier=[{**mine, "value": "7"}])) == [
        ("value", "MedicationStatement.identifier[0].value")
    ]


def test_a_system_whose_name_is_no_uri_is_read_as_it_was() -> None:
    written = {"system": f"{OWN}:named-system:Ward%20book", "value": "7"}
    hidden = {"system": f"{OWN}:named-system:Ward%E2%80%AEbook", "value": "7"}

    assert item_of(statement(identifier=[written])).origin.identifiers == (Identifier("Ward book", "7"),)
    assert refusals(statement(identifier=[hidden])) == [("value", "MedicationStatement.identifier[0].system")]
    codings = {"coding": [{"system": hidden["system"], "code": "7"}]}
    assert refusals(statement(medicationCodeableConcept=codings)) == [
        ("value", "MedicationStatement.medicationCodeableConcept.coding[0].system")
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2025-03", "2025-03"),
        ("2025-03-01T10:30:00+05:45", "2025-03-01T10:30:00+05:45"),
        ("2025-03-01T10:30:00.123Z", "2025-03-01T10:30:00.123Z"),
        ("2025-03-01T10:30:00", "2025-03-01"),
        ("2025-03-01T25:30:00Z", "2025-03-01"),
        ("2025-03T10", "2025-03"),
    ],
)
def test_the_senders_own_date_stays_as_it_stood(said: str, kept: str) -> None:
    assert item_of(statement(dateAsserted=said)).origin.asserted_at == kept
    assert item_of(request(authoredOn=said)).origin.asserted_at == kept
    place = ("information", "informational", "MedicationStatement.dateAsserted")
    assert (place in told(entry_of(statement(dateAsserted=said)))) == (said != kept)


def test_the_senders_recorder_is_kept() -> None:
    further = own("recorder", valueString="Test Recorder 02")

    assert item_of(request(recorder={"display": "Test Recorder 01"})).origin.recorder == "Test Recorder 01"
    assert item_of(request(recorder={"reference": "Practitioner/1"})).origin.recorder is None
    both = request(recorder={"display": "Test Recorder 01"}, extension=[further])
    assert item_of(both).origin.recorder == "Test Recorder 02"


ADHERENCE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-medication-adherence"


@pytest.mark.parametrize(
    ("system", "code", "informant"),
    [
        ("v3-RoleCode", "SPS", Informant(InformantKind.RELATED_PERSON, "as it says")),
        ("v3-RoleCode", "ONESELF", Informant(InformantKind.PATIENT)),
        ("v3-RoleClass", "PAT", Informant(InformantKind.PATIENT)),
        ("v3-RoleClass", "PROV", Informant(InformantKind.PRACTITIONER, "as it says")),
        ("v3-RoleClass", "CAREGIVER", Informant(InformantKind.CAREGIVER, "as it says")),
        ("v3-RoleClass", "THER", None),
        ("v3-Other", "PAT", None),
    ],
)
def test_us_cores_adherence_says_who_said_it(system: str, code: str, informant: Informant | None) -> None:
    coding = {
        "system": f"http://terminology.hl7.org/CodeSystem/{system}",
        "code": code,
        "display": "as it says",
    }
    inner = [
        {"url": "medicationAdherence", "valueCodeableConcept": {"text": "takes it"}},
        {"url": "informationSource", "valueCodeableConcept": {"coding": [coding]}},
        {"url": "dateAsserted", "valueDateTime": "2025-03-01"},
    ]
    item = item_of(
        request(intent="plan", reportedBoolean=True, extension=[{"url": ADHERENCE, "extension": inner}])
    )

    assert (item.informant, item.origin.asserted_at) == (informant, "2025-03-01")


def test_an_adherence_without_a_source_says_nothing_of_it() -> None:
    inner = [{"url": "medicationAdherence", "valueCodeableConcept": {"text": "takes it"}}]

    assert item_of(request(extension=[{"url": ADHERENCE, "extension": inner}])).informant is None
    assert (
        item_of(
            request(extension=[{"url": ADHERENCE, "extension": [{"url": "informationSource"}]}])
        ).informant
        is None
    )


def test_what_was_not_kept_is_named_in_one_issue() -> None:
    entry = entry_of(
        statement(
            basedOn=[{"reference": "CarePlan/1"}],
            context={"reference": "Encounter/1"},
            extension=[{"url": "urn:other", "valueString": "x"}, own("strength", valueString="1 cup")],
            note=[{"text": "hot", "time": "2025"}],
            _status={"id": "s"},
            text={"status": "additional", "div": "<div>More</div>"},
            meta={"profile": ["urn:p"]},
            id=None,
        )
    )

    assert told(entry) == [("information", "not-supported", "MedicationStatement")]
    assert detail_at(entry, "MedicationStatement") == (
        "Not kept: basedOn, context, _status, text, extension, note.time."
    )


def test_a_narrative_made_from_the_rest_is_no_loss() -> None:
    assert told(entry_of(statement(text={"status": "generated", "div": "<div>Water</div>"}))) == []


def test_a_contained_resource_that_nothing_points_to_is_named() -> None:
    entry = entry_of(statement(contained=[{"resourceType": "Organization", "id": "o"}]))

    assert detail_at(entry, "MedicationStatement") == "Not kept: contained."
    assert detail_at(entry_of(statement(contained="o")), "MedicationStatement") == "Not kept: contained."


def test_names_that_are_none_of_r4s_are_not_repeated() -> None:
    entry = entry_of(statement(**{"Test Patient 01 has a cough": 1}))

    assert detail_at(entry, "MedicationStatement") == "Not kept: elements that R4 does not have."


def test_only_so_many_names_are_listed() -> None:
    entry = entry_of(statement(**{f"field{'x' * n}": 1 for n in range(30)}))

    assert detail_at(entry, "MedicationStatement").endswith(", and others.")
    assert detail_at(entry, "MedicationStatement").count(",") == 20


def test_a_resource_that_the_sender_cut_is_warned_of() -> None:
    cut = statement(meta={"tag": ["x", {"code": "y"}, {"code": "SUBSETTED"}]})

    assert told(entry_of(cut)) == [("warning", "incomplete", "MedicationStatement.meta.tag[2]")]
    assert told(entry_of(statement(meta={"tag": "x"}))) == []


def test_a_null_is_read_as_left_out() -> None:
    entry = read(
        parse_fhir(
            b'{"resourceType": "MedicationStatement", "status": null, "note": null, '
            b'"medicationCodeableConcept": {"text": "Water"}, "subject": {"reference": "Patient/1"}}'
        ),
        sender=None,
    ).entries[0]

    assert not entry.refused
    assert ("information", "structure", "MedicationStatement.status") in told(entry)
    assert ("information", "structure", "MedicationStatement.note") in told(entry)


def test_the_subject_in_the_same_bundle_is_named_by_its_entry() -> None:
    sent = {"fullUrl": "urn:uuid:p", "resource": patient()}
    reading = reading_of(
        bundle(sent, statement(subject={"reference": "urn:uuid:p"}), statement(subject=SUBJECT))
    )

    assert reading.entries[1].whose is not None
    assert reading.entries[1].whose.entry == 0
    assert reading.entries[2].whose is not None
    assert reading.entries[2].whose.entry is None

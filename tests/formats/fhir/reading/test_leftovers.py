"""What stood in a resource and was not kept is named, without repeating anything of the patient."""

from typing import Any

from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import (
    Resource,
    detail_at,
    entry_of,
    statement,
    told,
)

OWN = "urn:medication-checklist"
CATEGORY = f"{OWN}:category"


def own(name: str, **value: Any) -> Resource:
    return {"url": f"{OWN}:extension:{name}", **value}


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

"""A text is kept as it was said, or the entry is refused: never cut, never changed in silence."""

import pytest

from tests.formats.fhir.reading.made import Resource, entry_of, item_of, refusals, statement, told


def named(text: object) -> Resource:
    return statement(medicationCodeableConcept={"text": text})


PLACE = "MedicationStatement.medicationCodeableConcept.text"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wa\x00ter", "value"),
        ("Wa\u202eter", "value"),
        ("Wa\ud800ter", "value"),
        ("\u200b", "value"),
        ("Wa\vter", "value"),
        ("Wa\ufdd0ter", "value"),
        ("x" * 1001, "too-long"),
        (5, "structure"),
        (["Water"], "structure"),
        ({"text": "Water"}, "structure"),
        (True, "structure"),
    ],
    ids=repr,
)
def test_a_name_that_a_sheet_could_not_carry_is_refused(text: object, code: str) -> None:
    assert refusals(named(text)) == [(code, PLACE)]


@pytest.mark.parametrize("text", ["x" * 1000, "چای سبز", "<b>Water</b>", "2 %", "\u1ea1\u0307"])
def test_any_other_name_is_kept_letter_for_letter(text: str) -> None:
    assert item_of(named(text)).facts.name == text


def test_blanks_around_a_text_are_no_part_of_it() -> None:
    assert item_of(named("  Water \u00a0")).facts.name == "Water"
    assert told(entry_of(named("  Water "))) == []


def test_line_breaks_and_tabs_in_a_name_are_blanks_and_said_so() -> None:
    assert item_of(named("Green\r\n\ttea\n")).facts.name == "Green tea"
    assert told(entry_of(named("Green\ttea"))) == [("information", "informational", PLACE)]


def test_a_note_keeps_its_lines() -> None:
    note = "hot\r\nwith sugar\rno milk\n\tnever"

    assert item_of(statement(note=[{"text": note}])).facts.note == "hot\nwith sugar\nno milk\n never"


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"note": {"text": "hot"}}, "note"),
        ({"note": ["hot"]}, "note[0]"),
        ({"dosage": "daily"}, "dosage"),
        ({"subject": "Patient/1"}, "subject"),
        ({"status": ["active"]}, "status"),
        ({"identifier": {"system": "urn:x", "value": "1"}}, "identifier"),
        ({"dosage": [{"timing": {"event": [5]}}]}, "dosage[0].timing.event[0]"),
        ({"dosage": [{"timing": "daily"}]}, "dosage[0].timing"),
        ({"extension": "x"}, "extension"),
        ({"id": 7}, "id"),
        ({"reasonCode": [None]}, "reasonCode[0]"),
    ],
)
def test_what_is_of_another_kind_than_r4_says_is_refused(said: Resource, place: str) -> None:
    assert refusals(statement(**said)) == [("structure", f"MedicationStatement.{place}")]

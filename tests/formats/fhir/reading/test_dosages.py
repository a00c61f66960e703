"""How a patient takes something: the sender's words, else its literal values, never what they might mean."""

import json
from typing import Any

import pytest

from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import detail_at, entry_of, item_of, refusals, request, statement, told


def taken(*dosages: dict[str, Any]) -> Any:
    return item_of(statement(dosage=list(dosages))).facts


def words(**dosage: Any) -> str | None:
    text: str | None = taken(dosage).dosage_text
    return text


def test_the_text_of_a_dosage_stands_as_it_is() -> None:
    entry = entry_of(
        request(dosageInstruction=[{"text": "1 cup b.i.d.", "doseAndRate": [{"doseQuantity": {"value": 2}}]}])
    )

    assert entry.said.facts.dosage_text == "1 cup b.i.d."
    assert detail_at(entry, "MedicationRequest") == "Not kept: dosageInstruction.doseAndRate."


def test_several_dosages_stand_in_a_row() -> None:
    facts = taken({"text": "1 in the morning"}, {"text": "2 at night"}, {})

    assert facts.dosage_text == "1 in the morning; 2 at night"


def test_route_and_frequency_are_read_from_text_display_or_code() -> None:
    facts = taken(
        {"route": {"text": "by mouth"}, "timing": {"code": {"coding": [{"display": "daily"}]}}},
        {"route": {"coding": [{"code": "PO"}]}, "timing": {"code": {"text": "daily"}}},
    )

    assert (facts.route, facts.frequency) == ("by mouth; PO", "daily")


@pytest.mark.parametrize(
    ("dosages", "as_needed"),
    [
        ([{"asNeededBoolean": True}], True),
        ([{"asNeededBoolean": False}], False),
        ([{}], None),
        ([], None),
        ([{"asNeededCodeableConcept": {"text": "thirst"}}], True),
        ([{"asNeededBoolean": True}, {"asNeededBoolean": True}], True),
    ],
)
def test_as_needed_is_true_false_or_not_said(dosages: list[dict[str, Any]], as_needed: bool | None) -> None:
    assert taken(*dosages).as_needed is as_needed


def test_dosages_that_differ_in_whether_they_are_needed_say_neither() -> None:
    entry = entry_of(statement(dosage=[{"asNeededBoolean": True}, {"text": "1 at night"}]))

    assert entry.said.facts.as_needed is None
    assert told(entry) == [("information", "informational", "MedicationStatement.dosage")]


@pytest.mark.parametrize("word", ["yes", "true", 1, []])
def test_a_word_for_as_needed_is_not_taken_for_true(word: object) -> None:
    resource = statement(dosage=[{"asNeededBoolean": word}])

    assert refusals(resource) == [("structure", "MedicationStatement.dosage[0].asNeededBoolean")]


MG = {"unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
ONE, TWO = {"value": 1, "unit": "cup"}, {"value": 2, "unit": "cup"}


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ({"doseQuantity": {"value": 5, **MG}}, "5 mg"),
        ({"doseQuantity": {"value": 2}}, "2"),
        ({"doseQuantity": {"value": 2, "code": "TAB"}}, "2 TAB"),
        ({"doseQuantity": {"value": 5, "comparator": "<", **MG}}, "< 5 mg"),
        ({"doseQuantity": {}}, None),
        ({"doseRange": {"low": ONE, "high": TWO}}, "1 cup to 2 cup"),
        ({"doseRange": {"low": ONE}}, "low 1 cup"),
        ({"doseRange": {"high": TWO}}, "high 2 cup"),
        ({"doseRange": {}}, None),
        ({"rateRatio": {"numerator": ONE, "denominator": {"value": 1, "unit": "h"}}}, "rate 1 cup / 1 h"),
        ({"rateRatio": {}}, None),
        ({"rateRange": {"low": ONE, "high": TWO}}, "rate 1 cup to 2 cup"),
        ({"rateQuantity": ONE}, "rate 1 cup"),
    ],
)
def test_a_dose_without_a_text_is_its_number_and_its_unit(dose: dict[str, Any], said: str | None) -> None:
    assert words(doseAndRate=[dose]) == said


@pytest.mark.parametrize(
    ("repeat", "said"),
    [
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, "1 time per 1 d"),
        ({"frequency": 3, "period": 2, "periodUnit": "wk"}, "3 times per 2 wk"),
        (
            {"frequency": 1, "frequencyMax": 2, "period": 4, "periodMax": 6, "periodUnit": "h"},
            "1-2 times per 4-6 h",
        ),
        ({"frequencyMax": 3, "period": 1}, "max 3 times per 1"),
        ({"period": 4, "periodUnit": "h"}, "per 4 h"),
        ({"periodUnit": "d"}, None),
        ({"count": 1, "countMax": 3}, "count 1-3"),
        ({"duration": 5, "durationUnit": "min"}, "duration 5 min"),
        ({"dayOfWeek": ["mon", "fri"]}, "on mon, fri"),
        ({"timeOfDay": ["08:00:00"]}, "at 08:00:00"),
        ({"when": ["HS"], "offset": 30}, "when HS, offset 30"),
        ({"boundsDuration": {"value": 7, "unit": "d"}}, "bounds 7 d"),
        ({"boundsRange": {"low": {"value": 7, "unit": "d"}}}, "bounds low 7 d"),
        ({"boundsPeriod": {"start": "2026-01-01", "end": "2026-02-01"}}, "bounds 2026-01-01 to 2026-02-01"),
        ({"boundsPeriod": {}}, None),
    ],
)
def test_a_timing_without_a_text_is_its_values(repeat: dict[str, Any], said: str | None) -> None:
    assert words(timing={"repeat": repeat}) == said


def test_what_else_a_dosage_says_stands_behind() -> None:
    said = words(
        doseAndRate=[{"doseQuantity": ONE}],
        timing={"event": ["2026-01-01"]},
        asNeededCodeableConcept={"text": "thirst"},
        site={"text": "left arm"},
        method={"coding": [{"display": "Swallow"}]},
        maxDosePerPeriod={"numerator": {"value": 3}, "denominator": {"value": 1, "unit": "d"}},
        maxDosePerAdministration=TWO,
        maxDosePerLifetime={"value": 9},
        additionalInstruction=[{"text": "slowly"}],
        patientInstruction="sit down",
    )

    assert said == (
        "1 cup, 2026-01-01, as needed: thirst, site left arm, method Swallow, at most 3 / 1 d, "
        "at most 2 cup, at most 9, slowly, sit down"
    )


def test_words_made_of_values_are_said_to_be_so() -> None:
    entry = entry_of(statement(dosage=[{"doseAndRate": [{"doseQuantity": ONE}]}]))

    assert told(entry) == [("information", "informational", "MedicationStatement.dosage[0].text")]


@pytest.mark.parametrize(
    "digits", ["1.50", "0.10", "1E2", "100", "1.0", "-0.5", "0.000000000000000000001", "1e-7"]
)
def test_a_number_keeps_its_digits(digits: str) -> None:
    resource = json.dumps(statement(dosage=[{"doseAndRate": [{"doseQuantity": {"value": 7, **MG}}]}]))
    written = resource.replace('"value": 7', f'"value": {digits}')

    (entry,) = read(parse_fhir(written.encode()), sender=None).entries

    assert entry.said.facts.dosage_text == f"{digits} mg"


def test_a_number_of_another_parser_is_read_too() -> None:
    (entry,) = read(
        statement(dosage=[{"doseAndRate": [{"doseQuantity": {"value": 1.5}}]}]), sender=None
    ).entries

    assert entry.said.facts.dosage_text == "1.5"


@pytest.mark.parametrize("value", ["1.50", True, [], {}])
def test_what_is_no_number_is_refused(value: object) -> None:
    resource = statement(dosage=[{"doseAndRate": [{"doseQuantity": {"value": value}}]}])

    assert refusals(resource) == [
        ("structure", "MedicationStatement.dosage[0].doseAndRate[0].doseQuantity.value")
    ]


def test_a_row_of_dosages_that_is_too_long_is_refused_and_not_cut() -> None:
    assert refusals(statement(dosage=[{"text": "x" * 600}, {"text": "y" * 600}])) == [
        ("too-long", "MedicationStatement.dosage")
    ]

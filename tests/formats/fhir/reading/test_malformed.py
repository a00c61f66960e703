"""Resources with anything in the place of anything: the answer is issues, never an exception."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.imports.sent import SentItem
from service.domain.text import NOTE_LENGTH, fault_in
from service.formats.fhir.codes import ADHERENCE, ANSWER, CATEGORY, COLLECTION_MODE, EMPTY_REASON, EXTENSION
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import IDENTIFIER, SUBJECT, Resource, bundle, patient, request, statement

CODED = {"coding": [{"system": "urn:codes", "code": "1", "display": "Soap"}], "text": "Tea"}
DOSE = {
    "text": "two cups",
    "asNeededBoolean": True,
    "route": CODED,
    "timing": {
        "code": CODED,
        "event": ["2026-01-01"],
        "repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]},
    },
    "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "cup"}, "doseRange": {"low": {"value": 1}}}],
    "maxDosePerPeriod": {"numerator": {"value": 1}, "denominator": {"value": 1}},
}
WORDLESS = {name: value for name, value in DOSE.items() if name != "text"}
MEDICATION = {
    "resourceType": "Medication",
    "id": "m",
    "status": "active",
    "code": CODED,
    "form": CODED,
    "ingredient": [{"itemCodeableConcept": CODED, "strength": {"numerator": {"value": 1, "unit": "mg"}}}],
}
RICH = {
    "id": "1",
    "meta": {"tag": [{"code": "SUBSETTED"}]},
    "contained": [MEDICATION],
    "identifier": [IDENTIFIER],
    "extension": [
        {"url": f"{EXTENSION}:strength", "valueString": "1.50 mg"},
        {"url": f"{EXTENSION}:started-on", "valueDate": "2026-01"},
        {
            "url": ADHERENCE,
            "extension": [
                {"url": "informationSource", "valueCodeableConcept": CODED},
                {"url": "dateAsserted", "valueDateTime": "2026-01-01"},
            ],
        },
    ],
    "note": [{"text": "with\nsugar"}],
    "reasonCode": [CODED],
}
FULL = (
    statement(
        **RICH,
        statusReason=[CODED],
        category={"coding": [{"system": CATEGORY, "code": "supplement"}]},
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m", "display": "Tea", "identifier": IDENTIFIER},
        effectivePeriod={"start": "2026-01-01T10:00:00Z", "end": "2026-02"},
        dateAsserted="2026-03-01T10:00:00Z",
        informationSource={**SUBJECT, "display": "Test Patient 01"},
        dosage=[DOSE, WORDLESS],
    ),
    request(
        **RICH,
        statusReason=CODED,
        doNotPerform=False,
        reportedReference={"type": "RelatedPerson", "identifier": IDENTIFIER, "display": "Test Relative 01"},
        category=[{"coding": [{"system": CATEGORY, "code": "prescription"}]}],
        medicationCodeableConcept=CODED,
        requester={"reference": "Practitioner/1", "display": "Test Prescriber 01"},
        recorder={"display": "Test Recorder 01"},
        dosageInstruction=[WORDLESS],
    ),
    patient(
        name=[{"use": "official", "given": ["Test"], "family": "Patient 01", "suffix": ["Jr"]}],
        birthDate="1961-04-02",
        communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}}],
        link=[{"type": "seealso"}],
        active=True,
    ),
    {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "code": {"coding": [{"system": CATEGORY, "code": "supplement"}]},
        "subject": SUBJECT,
        "source": SUBJECT,
        "emptyReason": {
            "coding": [
                {"system": EMPTY_REASON, "code": "nilknown"},
                {"system": ANSWER, "code": "none_reported"},
            ]
        },
    },
    {
        "resourceType": "List",
        "status": "current",
        "mode": "changes",
        "entry": [{"deleted": True, "item": {"reference": "MedicationStatement/1"}}],
    },
    {
        "resourceType": "Provenance",
        "target": [{"reference": "MedicationStatement/1"}],
        "activity": {"coding": [{"system": COLLECTION_MODE, "code": "phone"}]},
        "agent": [{"type": CODED, "who": SUBJECT}],
    },
    {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]},
    {"resourceType": "Practitioner", "id": "1", "name": [{"text": "Test Prescriber 01"}]},
    {"resourceType": "Composition", "status": "final"},
    MEDICATION,
)
HOSTILE = "\u202eknow\x00n\ud800"
# With half a pair in a key the whole body is refused, before it is read.
HOSTILE_KEY = HOSTILE.removesuffix("\ud800")

anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", " ", HOSTILE, "\t", "a\nb", "#", "#m", "x" * 5000, "Patient?identifier=|", "urn:uuid:"]
    ),
    st.sampled_from(
        [[], {}, [[]], [None], [{}], {"text": {"text": {}}}, [0], ["Water"], {"coding": "Water"}]
    ),
    st.text(max_size=5),
    st.just([[[[[[[[]]]]]]]]),
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places_in(one, (*path, key))


def mutated(document: Resource, path: tuple[Any, ...], draw: st.DrawFn) -> Resource:
    changed = copy.deepcopy(document)
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    how = draw(st.sampled_from(["put", "put", "put", "drop", "wrap", "add"]))
    if how == "drop":
        del holder[path[-1]]
    elif how == "wrap":
        holder[path[-1]] = [holder[path[-1]]]
    elif how == "add" and isinstance(holder, dict):
        holder[
            draw(st.sampled_from(["modifierExtension", "implicitRules", "taken", "reason", HOSTILE_KEY]))
        ] = draw(anything)
    else:
        holder[path[-1]] = draw(anything)
    return changed


@st.composite
def documents(draw: st.DrawFn) -> Resource:
    """A valid resource or Bundle with up to four places in it changed."""
    kind = draw(st.sampled_from(["transaction", "batch", "collection", "searchset", "document", "message"]))
    entries = [
        {"fullUrl": f"urn:uuid:{n}", "resource": one, "request": {"method": "PUT", "url": "Patient/1"}}
        for n, one in enumerate(FULL)
    ]
    document = draw(st.sampled_from([*FULL, bundle(*entries, kind=kind, link=[{"relation": "next"}])]))
    for _ in range(draw(st.integers(1, 4))):
        places = list(places_in(document))
        document = mutated(document, draw(st.sampled_from(places)), draw) if places else document
    return document


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(documents())
def test_anything_in_the_place_of_anything_gives_issues_and_no_exception(document: Resource) -> None:
    reading = read(parse_fhir(json.dumps(document).encode()), sender="ehr-1")

    for entry in reading.entries:
        assert entry.said is None or not entry.refused
        assert all(issue.expression and issue.expression.startswith(entry.place) for issue in entry.issues)
        assert not any(HOSTILE[0] in issue.detail + (issue.expression or "") for issue in entry.issues)
        if isinstance(entry.said, SentItem):
            check_texts(entry.said)


def check_texts(said: SentItem) -> None:
    """Nothing that a sheet could not carry is kept."""
    for name in ("name", "description", "strength", "dosage_text", "route", "reason", "prescriber", "note"):
        text = getattr(said.facts, name)
        assert text is None or (text and fault_in(text, most=NOTE_LENGTH, lines=name == "note") is None)
    for identifier in said.origin.identifiers:
        assert (
            fault_in(identifier.system, most=NOTE_LENGTH)
            is fault_in(identifier.value, most=NOTE_LENGTH)
            is None
        )


def test_every_resource_that_is_changed_here_is_read_without_an_error() -> None:
    reading = read(parse_fhir(json.dumps(bundle(*FULL)).encode()), sender="ehr-1")

    assert [issue for entry in reading.entries for issue in entry.issues if issue.severity == "error"] == []

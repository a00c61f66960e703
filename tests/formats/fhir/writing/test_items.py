"""An item as an EHR is given it, in both views."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from service.domain.access.clinics import ItemExport
from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from service.domain.medications.items import Origin, Status
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from tests.domain.made_up import NOBODY_SAID, NURSE, PATIENT, PATIENT_SAID, item
from tests.formats.fhir.writing.written_items import OWN, REQUEST, STATEMENT, WHOLE, extensions, written


def test_a_statement_says_every_fact_in_the_patients_words() -> None:
    resource = written(WHOLE)

    assert resource["identifier"] == [{"system": f"{OWN}:item", "value": str(WHOLE.id)}]
    assert resource["meta"] == {"versionId": "3", "lastUpdated": "2026-11-23T09:30:00+00:00"}
    assert (resource["id"], resource["status"]) == (str(WHOLE.id), "active")
    assert resource["medicationCodeableConcept"] == {
        "text": "Water",
        "coding": [
            {"system": "urn:codes", "code": "12", "display": "water"},
            {"system": "urn:codes", "code": "13"},
        ],
    }
    assert resource["category"]["coding"] == [{"system": f"{OWN}:category", "code": "over-the-counter"}]
    assert resource["subject"] == resource["informationSource"] == {"reference": f"Patient/{PATIENT.id}"}
    assert resource["dateAsserted"] == "2026-11-23T09:30:00+00:00"
    assert resource["dosage"] == [
        {
            "text": "2 drops",
            "timing": {"code": {"text": "in the morning"}},
            "asNeededBoolean": False,
            "route": {"text": "by mouth"},
        }
    ]
    assert (resource["reasonCode"], resource["note"]) == (
        [{"text": "sleep"}],
        [{"text": "at noon\nor later"}],
    )
    assert resource["effectivePeriod"] == {"start": "2026", "end": "2027-03"}
    assert extensions(resource) == {
        "description": "the white one",
        "strength": "1.50 mg",
        "form": "drops",
        "last-taken": "last Tuesday",
        "prescriber": "my sister",
    }


def test_a_request_is_a_plan_that_was_reported_and_says_the_same() -> None:
    statement, request = written(WHOLE), written(WHOLE, REQUEST)

    assert (request["resourceType"], request["intent"]) == ("MedicationRequest", "plan")
    assert request["reportedReference"] == {"reference": f"Patient/{PATIENT.id}"}
    assert request["authoredOn"] == statement["dateAsserted"]
    assert request["category"] == [statement["category"]]
    assert request["dosageInstruction"] == statement["dosage"]
    same = (
        "id",
        "meta",
        "identifier",
        "status",
        "medicationCodeableConcept",
        "subject",
        "reasonCode",
        "note",
    )
    assert {name: request[name] for name in same} == {name: statement[name] for name in same}
    assert extensions(request) == extensions(statement) | {"started-on": "2026", "stopped-on": "2027-03"}
    assert not {"requester", "dispenseRequest", "doNotPerform", "priority"} & request.keys()


@pytest.mark.parametrize(
    ("status", "as_statement", "as_request"),
    [
        (Status.ACTIVE, "active", "active"),
        (Status.ON_HOLD, "on-hold", "on-hold"),
        (Status.INTENDED, "intended", "draft"),
        (Status.UNKNOWN, "unknown", "unknown"),
        (Status.STOPPED, "stopped", "stopped"),
        (Status.ENTERED_IN_ERROR, "entered-in-error", "entered-in-error"),
    ],
)
def test_each_status_has_its_word_in_both_views(status: Status, as_statement: str, as_request: str) -> None:
    one = item(1, status=status)

    assert written(one)["status"] == as_statement
    assert written(one, REQUEST)["status"] == as_request


@pytest.mark.parametrize(
    ("status", "sent", "as_statement", "as_request"),
    [
        (Status.STOPPED, "completed", ("completed", None), ("completed", None)),
        # As a plan that was reported it would be read as stopped, which nobody said.
        (Status.UNKNOWN, "completed", ("unknown", "completed"), ("unknown", "completed")),
        (Status.STOPPED, "cancelled", ("stopped", "cancelled"), ("cancelled", None)),
        # The nurse has said since that it is taken.
        (Status.ACTIVE, "completed", ("active", "completed"), ("active", "completed")),
    ],
)
def test_the_senders_own_word_stands_where_it_still_holds_and_is_kept_beside_it_where_not(
    status: Status, sent: str, as_statement: tuple[str, str | None], as_request: tuple[str, str | None]
) -> None:
    one = replace(item(1, status=status), origin=Origin(status=sent))

    for style, expected in ((STATEMENT, as_statement), (REQUEST, as_request)):
        resource = written(one, style)
        assert (resource["status"], extensions(resource).get("status")) == expected


def test_what_another_system_called_an_item_is_given_back() -> None:
    origin = Origin(
        (Identifier("urn:ehr", "7"), Identifier("Ward book", "8")), None, "order", "2025-03", "Dr. Test"
    )
    for style, dated in ((STATEMENT, "dateAsserted"), (REQUEST, "authoredOn")):
        resource = written(replace(item(1), origin=origin), style)

        assert resource["identifier"][1:] == [
            {"system": "urn:ehr", "value": "7"},
            {"system": f"{OWN}:named-system:Ward%20book", "value": "8"},
        ]
        assert resource[dated] == "2025-03"
        assert extensions(resource) == {"intent": "order", "recorder": "Dr. Test"}


def test_an_item_of_an_earlier_list_and_one_in_error_say_why_they_stand_there() -> None:
    left_out = item(1, left_out_since=2)
    in_error = item(2, status=Status.ENTERED_IN_ERROR)
    both = replace(in_error, left_out_since=2)
    standing = [{"system": f"{OWN}:standing", "code": "on_earlier_list"}]
    reasons = {
        left_out: {"coding": standing, "text": "On an earlier list, not on the latest"},
        in_error: {"text": "a slip"},
        both: {"coding": standing, "text": "a slip"},
    }

    for one, reason in reasons.items():
        assert written(one)["statusReason"] == [reason]
        assert written(one, REQUEST)["statusReason"] == reason
        assert extensions(written(one)).get("left-out-since") == one.left_out_since
    assert "statusReason" not in written(item(3))


@pytest.mark.parametrize("style", list(ItemExport))
def test_an_item_that_nobody_can_name_goes_by_its_description(style: ItemExport) -> None:
    nameless = written(item(1, None, description="a white one"), style)
    named_so = written(item(1, "a white one", description="a white one"), style)

    assert (
        nameless["medicationCodeableConcept"]
        == named_so["medicationCodeableConcept"]
        == {"text": "a white one"}
    )
    assert extensions(nameless) == {"description": "a white one"}
    assert extensions(named_so) == {"description": "a white one", "name": "a white one"}


@pytest.mark.parametrize(
    ("started", "stopped", "period", "beyond"),
    [
        ("2026-03", "2026-03", {"start": "2026-03", "end": "2026-03"}, None),
        ("2025-12", "2026", {"start": "2025-12", "end": "2026"}, None),
        (None, "2026", {"end": "2026"}, None),
        ("2026", None, {"start": "2026"}, None),
        ("2027", "2026", {"start": "2027"}, "2026"),
        ("2026", "2026-03", {"start": "2026"}, "2026-03"),
        ("2026-03", "2026", {"start": "2026-03"}, "2026"),
        ("2026-03-02", "2026-03-01", {"start": "2026-03-02"}, "2026-03-01"),
    ],
)
def test_a_period_never_ends_before_it_starts(
    started: str | None, stopped: str | None, period: dict[str, str], beyond: str | None
) -> None:
    first, last = (PartialDate.parse(day) if day else None for day in (started, stopped))
    resource = written(item(1, started_on=first, stopped_on=last))

    assert resource["effectivePeriod"] == period
    assert extensions(resource).get("stopped-on") == beyond


@pytest.mark.parametrize(
    ("kind", "resource_type"),
    [
        (InformantKind.RELATED_PERSON, "RelatedPerson"),
        (InformantKind.CAREGIVER, "RelatedPerson"),
        (InformantKind.PRACTITIONER, "Practitioner"),
        (InformantKind.ORGANIZATION, "Organization"),
    ],
)
def test_who_said_it_is_told_apart_from_the_patient_and_from_who_keyed_it(
    kind: InformantKind, resource_type: str
) -> None:
    said = replace(PATIENT_SAID, informant=Informant(kind, "Test Informant"))
    expected = {
        "type": resource_type,
        "identifier": {"system": f"{OWN}:informant", "value": kind.value},
        "display": "Test Informant",
    }

    assert written(item(1, attribution=said))["informationSource"] == expected
    assert written(item(1, attribution=said), REQUEST)["reportedReference"] == expected
    assert NURSE.name not in str(written(item(1, attribution=said)))


def test_nobody_is_named_as_informant_where_nobody_is_known() -> None:
    assert "informationSource" not in written(item(1, attribution=NOBODY_SAID))
    request = written(item(1, attribution=NOBODY_SAID), REQUEST)
    assert (request["reportedBoolean"], "reportedReference" in request) == (True, False)


def test_a_patient_who_has_another_name_here_is_still_the_patient() -> None:
    said = replace(PATIENT_SAID, informant=Informant(InformantKind.PATIENT, "Test P."))

    assert written(item(1, attribution=said))["informationSource"] == {
        "reference": f"Patient/{PATIENT.id}",
        "display": "Test P.",
    }


def test_a_moment_keeps_its_offset() -> None:
    east = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    said = Attribution(None, CollectionMode.PAPER, NURSE, east)

    assert written(item(1, attribution=said))["dateAsserted"] == "2026-11-23T09:30:00+05:45"


def test_an_item_of_which_nothing_is_known_but_its_name_says_nothing_else() -> None:
    resource = written(item(1, attribution=NOBODY_SAID))

    assert resource.keys() == {
        *("resourceType", "id", "meta", "text", "identifier", "status"),
        *("medicationCodeableConcept", "subject", "dateAsserted"),
    }

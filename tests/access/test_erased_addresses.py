"""After an erasure every address that named the patient answers like one that there never was."""

from collections.abc import Mapping

import pytest

from service.actions.erasing import erase_patient
from service.actions.patients import list_patients
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.patients.erasure import ErasureReason
from tests.access.calls import Call
from tests.access.checks import plain, told_apart
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.access.test_erased import door_of
from tests.cds_calls import patient, sign

NAMING = frozenset(
    ("patient_id", "checklist_id", "item_id", "list_id", "named", "provenance_id", "form_id", "link_id")
)
BY_ITS_QUERY_OR_BODY = frozenset(
    ("GET /code", "GET /v1/checklists/by-code/{code}", "POST /fhir/MedicationStatement", "POST /fhir/List")
)
OPERATIONS = [
    operation
    for operation, rule in RULES.items()
    if operation in BY_ITS_QUERY_OR_BODY or any(f"{{{name}}}" in rule.address for name in NAMING)
]


@pytest.fixture(scope="module")
def calls(ours: FilledClinic) -> Mapping[str, Call]:
    """Each call about the patients of the clinic; what reads was answered, and then all of them were erased.

    Nothing tells a process of an erasure that another has done: what a process remembers, it remembers still.
    """
    found = {operation: HOW[operation](ours) for operation in OPERATIONS}
    for operation, call in found.items():
        if operation.startswith("GET"):
            for kind in RULES[operation].allowed():
                assert ours.ask(operation, kind, call).status_code < 400, operation
    found["GET /intake/{secret}"] = Call({"secret": ours.new_link()})
    found["POST /intake/{secret}"] = Call({"secret": ours.new_link()}, form={})
    assert ours.sheet.mrn
    door = door_of(ours)
    on_file = perform(door, lambda work: list_patients(work, None, 100)).items
    assert str(on_file[0].id) == ours.sheet.patient

    def erase_all(work: Work) -> None:
        for one in on_file:
            erase_patient(work, one.id, ErasureReason.PATIENT_ASKED, one.identifiers[0].value)

    perform(door, erase_all)
    return found


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_erased_patients_address_is_nobodys(
    ours: FilledClinic, calls: Mapping[str, Call], operation: str
) -> None:
    call = calls[operation]
    assert call.names_something()
    for kind in RULES[operation].allowed():
        assert told_apart(ours, operation, kind, call, call.about_nothing()) == []


@pytest.mark.parametrize("operation", ["GET /intake/{secret}", "POST /intake/{secret}"])
def test_a_link_to_an_erased_patients_form_is_none(
    ours: FilledClinic, calls: Mapping[str, Call], operation: str
) -> None:
    made_up = Call({"secret": "A" * 43}, form=calls[operation].form)
    answers = [plain(ours.ask(operation, Kind.LINK, call)) for call in (calls[operation], made_up)]
    assert answers[0][0] == answers[1][0]
    assert str(answers[0][2]).replace(calls[operation].places["secret"], "A" * 43) == answers[1][2]


def test_an_ehr_is_told_nothing_of_an_erased_patient(ours: FilledClinic, calls: Mapping[str, Call]) -> None:
    assert calls

    def called(number: str) -> Call:
        return Call({"service_id": "disclosure-order-sign"}, json=sign(prefetch={"patient": patient(number)}))

    operation = "POST /cds-services/{service_id}"
    nobody = called("00000000-00000")
    assert told_apart(ours, operation, Kind.CLIENT, called(ours.sheet.mrn), nobody) == []

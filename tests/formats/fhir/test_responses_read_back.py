"""Any version of a list is written as a filled-in form that reads back."""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from service.domain.attribution import Attribution, Informant, InformantKind
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list, start_list
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading.responses import (
    read_response,
)
from service.formats.fhir.writing.questionnaire_responses import write_response
from tests.domain.made_up import NOW, NURSE, new_ids, steady
from tests.formats.fhir.reading.answered import (
    BASE,
    PATIENT,
    taken,
)
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.strategies import attributions, medication_lists, whole_lists

few = settings(steady, max_examples=60)


def as_sent(made: dict[str, Any]) -> dict[str, Any]:
    return parse_fhir(json.dumps(made).encode())


@few
@given(medication_lists())
def test_any_list_version_is_a_valid_response_that_reads_back(medications: MedicationList) -> None:
    made = write_response(medications, BASE)
    check(made)
    sent = taken(as_sent(made))
    listed = [
        item
        for category in (*Category, None)
        for item in medications.items
        if item.facts.category is category
        and item.left_out_since is None
        and item.facts.status is not Status.ENTERED_IN_ERROR
    ]
    assert [one.facts for one in sent.whole.items] == [item.facts for item in listed]
    asked = {c: a.answer for c, a in medications.answers.items() if a.answer is not Answer.NOT_ASKED}
    assert sent.whole.answers == asked
    assert sent.informant == medications.attribution.informant
    assert sent.collection_mode == medications.attribution.collection_mode
    assert (sent.patient_name, sent.whose.patient_id) == (medications.reported_name, medications.patient_id)
    assert read_response(as_sent(made), base=BASE).issues == ()


@few
@given(medication_lists())
def test_every_required_code_is_one_of_r4s(medications: MedicationList) -> None:
    assert wrong_codes(write_response(medications, BASE), required_codes()) == []


@few
@given(whole_lists(), attributions(complete=True))
def test_a_response_that_is_kept_and_given_back_is_the_same(whole: WholeList, said: Attribution) -> None:
    first = start_list(PATIENT, whole, said, new_id=new_ids())
    once = write_response(first, BASE)
    sent = taken(as_sent(once))
    attribution = Attribution(sent.informant, sent.collection_mode, NURSE, NOW)
    named = replace(sent.whole, reported_name=sent.patient_name)
    second = replace_list(first, named, attribution, new_id=new_ids(1 << 90))
    again = write_response(second, BASE)
    own = ("id", "meta", "authored", "author")
    assert {k: v for k, v in again.items() if k not in own} == {k: v for k, v in once.items() if k not in own}
    assert [item.id for item in second.items if item.left_out_since] == []


def test_an_organization_as_informant_is_no_source_of_r4_and_reads_back() -> None:
    said = Attribution(Informant(InformantKind.ORGANIZATION, "The home"), None, NURSE, NOW)
    made = write_response(MedicationList(PATIENT, 1, said), BASE)
    assert "type" not in made["source"]
    assert taken(made).informant == said.informant
    sourced = deepcopy(made)
    del sourced["item"]
    assert taken(sourced).informant == said.informant

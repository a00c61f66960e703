"""Ids and systems below /fhir: each is read back as what it was made from, and nothing else is."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.patients.patients import Identifier
from service.formats.fhir.ids import ListId, ProvenanceId, read_list_id, read_provenance_id, read_uuid
from service.formats.fhir.named_systems import read_coding, read_system, written_coding, written_identifier
from tests.strategies import optional, texts

PREFIX = "urn:medication-checklist:named-system:"
list_ids = st.builds(ListId, st.uuids(), optional(st.sampled_from(Category)))


@given(list_ids, st.uuids())
def test_an_id_leads_back_to_what_it_names_and_is_one_of_r4s(list_id: ListId, item_id: UUID) -> None:
    assert read_list_id(str(list_id)) == list_id
    for named in (ProvenanceId(list_id), ProvenanceId(item_id)):
        assert read_provenance_id(str(named)) == named
        assert len(str(named)) <= 64


@pytest.mark.parametrize("text", ["", "x", "item.", "item.x", "list.x", "water.1", "list.", "prescription"])
def test_what_is_no_id_of_ours_names_nothing(text: str) -> None:
    assert read_provenance_id(text) is None
    assert read_list_id(text) is None


def test_an_id_is_written_in_one_way_only() -> None:
    known = UUID(int=10)

    assert read_uuid(str(known)) == known
    assert read_uuid(known.hex) is None
    assert read_uuid(f"{{{known}}}") is None
    assert read_list_id(f"{known}.water") is None


@given(texts(), texts(), optional(texts()))
def test_the_name_of_a_system_is_read_back_whatever_it_is(
    system: str, code: str, display: str | None
) -> None:
    identifier = written_identifier(Identifier(system, code))
    coding = written_coding(Coding(system, code, display))

    assert (read_system(identifier["system"]), identifier["value"]) == (system, code)
    assert read_coding(coding["system"], coding["code"]) == (system, code)
    assert coding.get("display") == (display or None)
    assert not any(sign.isspace() for sign in identifier["system"] + coding["system"])


@pytest.mark.parametrize("system", ["http://codes.example", "urn:oid:2.16.840.1", "mrn"])
def test_a_system_that_r4_can_write_stays_as_it_is(system: str) -> None:
    assert written_identifier(Identifier(system, "a  b")) == {"system": system, "value": "a  b"}
    assert written_coding(Coding(system, "a b")) == {"system": system, "code": "a b"}


def test_a_system_that_looks_like_ours_is_not_taken_for_another_name() -> None:
    system = f"{PREFIX}Ward%20book"

    assert read_system(written_identifier(Identifier(system, "1"))["system"]) == system


def test_a_code_with_blanks_that_r4_does_not_have_travels_with_its_system() -> None:
    assert written_coding(Coding("urn:codes", "1  2")) == {
        "system": f"{PREFIX}urn%3Acodes",
        "code": "1%20%202",
    }

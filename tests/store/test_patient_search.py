"""Patients are found by the beginnings of the words of their names, letter by letter and by the index."""

import re
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from service.domain.patients.patients import Identifier, Patient, sought_words
from service.store.database import Database, Reach
from service.store.patient_search import MOST_WORDS, find_by_identifier_value, find_by_name_words
from service.store.patient_writing import insert_patient
from tests.store.plans import plan_of
from tests.store.records import NOW, add_clinic
from tests.strategies import texts

SIGNS = st.sampled_from("aAbzñ\u00df\ud7ff\ue000\U0010ffff%_ 1")


def add(connection: Connection, clinic_id: UUID, name: str | None, *values: str) -> UUID:
    given_values = values or (uuid4().hex,)
    identifiers = tuple(Identifier(f"urn:{place}", value) for place, value in enumerate(given_values))
    made = Patient(uuid4(), identifiers, name)
    insert_patient(connection, clinic_id, made, NOW)
    return made.id


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(SIGNS, min_size=1, max_size=6) | texts(20), min_size=1, max_size=5),
    sought=st.text(SIGNS, max_size=4) | texts(10),
)
@example(names=["a\U0010ffff", "b"], sought="a\U0010ffff")
@example(names=["a\ud7ff", "a\ue000", "b"], sought="a\ud7ff")
def test_exactly_those_are_found_whose_words_begin_with_what_is_sought(
    database: Database, names: list[str], sought: str
) -> None:
    words = sought_words(sought)
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        on_file = {add(connection, clinic_id, name): sought_words(name) for name in names}
        found = find_by_name_words(connection, clinic_id, words, 99)

    expected = {
        patient
        for patient, own in on_file.items()
        if words and all(any(one.startswith(word) for one in own) for word in words)
    }
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_the_exact_word_comes_first_and_no_more_than_asked_for(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        longer = [add(connection, clinic_id, f"Lia{letter}") for letter in "abc"]
        exact = add(connection, clinic_id, "Li")
        found = find_by_name_words(connection, clinic_id, ("li",), 3)

    assert found[0] == exact
    assert set(found[1:]) < set(longer)
    assert len(found) == 3


def test_who_has_two_words_that_begin_alike_is_found_once(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        one = add(connection, clinic_id, "Ana Anaya Anatol")
        assert find_by_name_words(connection, clinic_id, ("ana",), 9) == (one,)


def test_more_words_than_are_compared_still_find_who_has_them(database: Database, clinic_id: UUID) -> None:
    name = "a bb ccc dddd eeeee ffffff ggggggg hhhhhhhh"
    with database.transaction(Reach.ALL) as connection:
        one = add(connection, clinic_id, name)
        add(connection, clinic_id, "Ana")
        assert len(sought_words(name)) > MOST_WORDS
        assert find_by_name_words(connection, clinic_id, sought_words(name), 9) == (one,)


def test_a_patient_who_changes_name_is_found_by_the_new_one_alone(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        nameless = add(connection, clinic_id, None, "000123")
        assert find_by_name_words(connection, clinic_id, ("000123",), 9) == ()
        assert find_by_identifier_value(connection, clinic_id, "000123", 9) == (nameless,)


def test_an_identifier_is_found_whole_in_every_system_and_each_patient_once(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        one = add(connection, clinic_id, None, "77", "77")
        other = add(connection, clinic_id, None, "5", "6", "77")
        assert set(find_by_identifier_value(connection, clinic_id, "77", 9)) == {one, other}
        assert len(find_by_identifier_value(connection, clinic_id, "77", 9)) == 2
        for part in ("7", "777", "7%", "_7", ""):
            assert find_by_identifier_value(connection, clinic_id, part, 9) == ()


def test_neither_database_reads_a_whole_table(database: Database, clinic_id: UUID) -> None:
    with database.transaction(clinic_id) as connection:
        by_name = plan_of(connection, lambda: find_by_name_words(connection, clinic_id, ("a",), 9))
        by_identifier = plan_of(connection, lambda: find_by_identifier_value(connection, clinic_id, "77", 9))

    if database.kind == "sqlite":
        assert "(clinic_id=? AND word>? AND word<?)" in by_name
        assert "(clinic_id=? AND value=?)" in by_identifier
        assert "SCAN" not in by_name + by_identifier
    else:
        assert re.search(r"Index Cond: \(\(clinic_id = .* AND \(word >= .* AND \(word < ", by_name)
        assert re.search(r"Index Cond: \(\(clinic_id = .* AND \(value = ", by_identifier)
        assert "Seq Scan" not in by_name + by_identifier

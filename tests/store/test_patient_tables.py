"""Where a patient's data is kept: a new table fails here until somebody decides."""

from sqlalchemy import UniqueConstraint

from service.store.patient_tables import OF_NO_PATIENT, OF_PATIENT, TOLD_OTHERWISE
from service.store.tables import metadata, patients


def test_every_table_stands_in_one_place() -> None:
    placed = [*OF_PATIENT, *TOLD_OTHERWISE, *OF_NO_PATIENT]
    assert sorted(table.name for table in placed) == sorted(metadata.tables)


def test_a_table_that_names_a_patient_or_refers_to_a_patients_rows_is_a_patients() -> None:
    for table in metadata.tables.values():
        refers = {key.referred_table for key in table.foreign_key_constraints} & OF_PATIENT.keys()
        if table is patients or "patient_id" in table.c or refers:
            assert table in OF_PATIENT, table.name


def test_each_table_stands_after_those_that_it_refers_to() -> None:
    order = list(OF_PATIENT)
    for table in order:
        for key in table.foreign_key_constraints:
            if key.referred_table in OF_PATIENT:
                assert order.index(key.referred_table) < order.index(table), table.name


def test_what_is_erased_is_found_by_an_index_for_every_reference() -> None:
    """Else each row that is deleted has the database read a clinic's part of what could refer to it."""
    for table in OF_PATIENT:
        led_by = [list(table.primary_key.columns.keys())]
        led_by += [list(index.columns.keys()) for index in table.indexes]
        led_by += [list(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
        for key in table.foreign_key_constraints:
            if key.referred_table in OF_PATIENT:
                # One more may be left to the rows that the index gives: versions of one patient, for example.
                wanted = set(key.column_keys[:2])
                assert any(wanted <= set(columns[:2]) for columns in led_by), (table.name, key.column_keys)

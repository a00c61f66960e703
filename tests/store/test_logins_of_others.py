"""A name that is another clinic's is taken, and nothing more is told, also where its row is not seen."""

from uuid import UUID

import pytest

from service.domain.access.clinics import Clinic
from service.domain.errors import ConflictError
from service.store import clients, clinics, staff
from service.store.database import Database, Reach
from tests.store.records import NOW, client_of, member_of

ISSUER = "https://ehr.example/fhir"


def test_a_log_in_of_another_clinic_is_taken_as_one_of_its_own(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(clinic_id) as connection:
        staff.insert_staff(connection, member_of(clinic_id, "nurse.01"))
    told = []
    for whose in (clinic_id, other_clinic_id):
        with pytest.raises(ConflictError) as refused, database.transaction(whose) as connection:
            staff.insert_staff(connection, member_of(whose, "nurse.01"))
        told.append((refused.value.code, refused.value.detail))
    assert told[0] == told[1]
    assert told[0][0] == "login_taken"
    with database.transaction(other_clinic_id) as connection:
        staff.insert_staff(connection, member_of(other_clinic_id, "nurse.02"))


def test_an_issuer_of_another_clinic_is_taken_until_its_client_is_revoked(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    first = client_of(clinic_id, ISSUER)
    with database.transaction(clinic_id) as connection:
        clients.insert_client(connection, first)
    with pytest.raises(ConflictError) as refused, database.transaction(other_clinic_id) as connection:
        clients.insert_client(connection, client_of(other_clinic_id, ISSUER))
    assert refused.value.code == "issuer_taken"
    with database.transaction(clinic_id) as connection:
        clients.revoke_client(connection, clinic_id, first.id, NOW)
    with database.transaction(other_clinic_id) as connection:
        clients.insert_client(connection, client_of(other_clinic_id, ISSUER))
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = clients.find_client_by_issuer(connection, ISSUER)
    assert found is not None
    assert found.clinic_id == other_clinic_id


def test_a_clinics_name_is_taken_for_a_clinic_that_does_not_see_it(database: Database) -> None:
    for number, taken in ((1, False), (2, True)):
        made = Clinic(UUID(int=number), "Clinic one")
        with database.transaction(made.id) as connection:
            if not taken:
                clinics.insert_clinic(connection, made, NOW)
                continue
            with pytest.raises(ConflictError) as refused:
                clinics.insert_clinic(connection, made, NOW)
            assert refused.value.code == "clinic_name_taken"

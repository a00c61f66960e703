"""A key is found by what was shown, revoked or not, and revoked by its own clinic."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from service.store.api_keys import find_key, insert_key, list_keys, revoke_key
from service.store.database import Database, Reach
from tests.store.records import LATER, key_of, secret


def test_a_key_is_found_by_its_digest_and_still_found_when_revoked(
    database: Database, clinic_id: UUID
) -> None:
    key = key_of(clinic_id)
    with database.transaction(Reach.ALL) as connection:
        insert_key(connection, key)
        assert find_key(connection, key.secret_sha256) == key
        assert find_key(connection, secret("another")) is None

        assert revoke_key(connection, clinic_id, key.id, LATER) is True
        assert revoke_key(connection, clinic_id, key.id, LATER + timedelta(days=1)) is False
        assert find_key(connection, key.secret_sha256) == replace(key, revoked_at=LATER)
        assert list_keys(connection, clinic_id) == (replace(key, revoked_at=LATER),)


def test_a_clinic_cannot_revoke_another_clinics_key(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    key = key_of(clinic_id)
    with database.transaction(Reach.ALL) as connection:
        insert_key(connection, key)
        assert revoke_key(connection, other_clinic_id, key.id, LATER) is False
        assert find_key(connection, key.secret_sha256) == key

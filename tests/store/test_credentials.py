"""Keys, staff, sessions and failed log-ins are found by what was shown, ended or not."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from service.domain.errors import ConflictError, NotFoundError
from service.store.credentials import (
    clear_login_failures,
    count_login_failures,
    delete_session,
    find_key,
    find_session,
    find_staff,
    insert_key,
    insert_session,
    insert_staff,
    list_keys,
    load_staff,
    record_login_failure,
    revoke_key,
    touch_session,
)
from service.store.database import Database, Reach
from tests.store.records import LATER, NOW, key_of, member_of, secret, session_of


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


def test_a_log_in_is_one_persons_over_all_clinics(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    member = member_of(clinic_id)
    with database.transaction(Reach.ALL) as connection:
        insert_staff(connection, member)
        assert find_staff(connection, member.login) == member
        assert load_staff(connection, member.id) == member
        assert find_staff(connection, "nobody") is None
        assert load_staff(connection, uuid4()) is None
        with pytest.raises(ConflictError) as refused:
            insert_staff(connection, member_of(other_clinic_id))
    assert refused.value.code == "login_taken"


def test_a_session_is_found_with_whose_it_is_until_it_is_ended(database: Database, clinic_id: UUID) -> None:
    member = member_of(clinic_id)
    session = session_of(member)
    with database.transaction(Reach.ALL) as connection:
        insert_staff(connection, member)
        insert_session(connection, session)
        assert find_session(connection, session.secret_sha256) == (session, member)

        touch_session(connection, session.id, LATER)
        assert find_session(connection, session.secret_sha256) == (replace(session, used_at=LATER), member)

        delete_session(connection, session.id)
        assert find_session(connection, session.secret_sha256) is None


def test_a_session_of_nobody_is_refused(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection, pytest.raises(NotFoundError):
        insert_session(connection, session_of(member_of(clinic_id)))


def test_a_new_session_drops_only_the_same_persons_that_are_long_over(
    database: Database, clinic_id: UUID
) -> None:
    member, colleague = member_of(clinic_id), member_of(clinic_id, "colleague")
    old, recent = session_of(member, "old"), replace(session_of(member, "recent"), began_at=LATER)
    with database.transaction(Reach.ALL) as connection:
        for person in (member, colleague):
            insert_staff(connection, person)
        for session in (old, recent, session_of(colleague, "colleague")):
            insert_session(connection, session)
        insert_session(connection, replace(session_of(member, "new"), began_at=LATER + timedelta(days=1)))

        found = {
            text: find_session(connection, secret(text)) for text in ("old", "recent", "new", "colleague")
        }
    assert [text for text, session in found.items() if session is None] == ["old"]


def test_failures_of_a_log_in_are_counted_from_an_instant_and_forgotten(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        for minutes in (0, 1, 1, 20):
            record_login_failure(connection, "nurse", NOW + timedelta(minutes=minutes))
        record_login_failure(connection, "another", NOW)

        assert count_login_failures(connection, "nurse", NOW) == 4
        assert count_login_failures(connection, "nurse", NOW + timedelta(minutes=1)) == 3
        assert count_login_failures(connection, "nobody", NOW) == 0

        clear_login_failures(connection, "nurse")
        assert count_login_failures(connection, "nurse", NOW) == 0
        assert count_login_failures(connection, "another", NOW) == 1


def test_failures_of_long_ago_are_dropped_in_passing(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        record_login_failure(connection, "nurse", NOW)
        record_login_failure(connection, "another", NOW + timedelta(days=2))
        assert count_login_failures(connection, "nurse", NOW) == 0

"""A session is found by what was shown, until it is ended."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from service.domain.errors import NotFoundError
from service.store.database import Database, Reach
from service.store.staff import insert_staff
from service.store.staff_sessions import delete_session, find_session, insert_session, touch_session
from tests.store.records import LATER, member_of, secret, session_of


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

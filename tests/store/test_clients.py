"""Registered clients are found by what they say of themselves, and what they sign is taken once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from service.domain.access.client_keys import read_key_set
from service.domain.access.clients import CLOCK_SKEW, Assertion, EhrClient
from service.domain.access.permissions import ActorKind
from service.domain.access.scopes import parse_scope
from service.domain.errors import ConflictError, NotFoundError
from service.store.clients import (
    find_client,
    find_client_by_issuer,
    find_token_actor,
    insert_client,
    insert_token,
    list_clients,
    revoke_client,
    set_keys,
    use_assertion,
)
from service.store.database import Connection, Database, Reach
from service.store.tables import client_tokens, used_assertions
from tests.signed_tokens import ec_key, public
from tests.store.records import LATER, NOW, client_of, secret

ISSUER = "https://ehr.example/fhir"
END = NOW + timedelta(seconds=300)


@pytest.fixture
def client(database: Database, clinic_id: UUID) -> EhrClient:
    made = client_of(clinic_id, ISSUER)
    with database.transaction(Reach.ALL) as connection:
        insert_client(connection, made)
    return made


def said(jti: str = "one", expires_at: datetime = END) -> Assertion:
    return Assertion(ISSUER, jti, expires_at)


def rows(connection: Connection, table: str) -> int:
    found = {"tokens": client_tokens, "used": used_assertions}[table]
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def test_a_client_is_kept_whole_and_found_by_its_id_and_its_issuer(
    database: Database, client: EhrClient
) -> None:
    with database.transaction(Reach.ALL) as connection:
        assert find_client(connection, client.id) == client
        assert find_client_by_issuer(connection, ISSUER) == client
        assert list_clients(connection, client.clinic_id) == (client,)
        assert find_client(connection, uuid4()) is None
        for nearly in (ISSUER + "/", ISSUER.upper(), ""):
            assert find_client_by_issuer(connection, nearly) is None


def test_an_issuer_is_one_clients_until_that_is_revoked(
    database: Database, client: EhrClient, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        with pytest.raises(ConflictError) as refused:
            insert_client(connection, client_of(other_clinic_id, ISSUER))
        assert refused.value.code == "issuer_taken"

        for _ in range(2):
            insert_client(connection, client_of(other_clinic_id))
        assert revoke_client(connection, client.clinic_id, client.id, LATER) is True
        assert revoke_client(connection, client.clinic_id, client.id, LATER) is False
        assert find_client(connection, client.id) == replace(client, revoked_at=LATER)

        theirs = client_of(other_clinic_id, ISSUER)
        insert_client(connection, theirs)
        assert find_client_by_issuer(connection, ISSUER) == theirs


def test_the_keys_of_a_revoked_client_stay_as_they_were(database: Database, client: EhrClient) -> None:
    new = read_key_set(public(ec_key("ec-2")))
    with database.transaction(Reach.ALL) as connection:
        set_keys(connection, client.clinic_id, client.id, new)
        assert find_client(connection, client.id) == replace(client, keys=new)

        revoke_client(connection, client.clinic_id, client.id, LATER)
        with pytest.raises(NotFoundError):
            set_keys(connection, client.clinic_id, client.id, client.keys)


def test_a_token_acts_within_its_scopes_to_its_end(database: Database, client: EhrClient) -> None:
    with database.transaction(Reach.ALL) as connection:
        insert_token(connection, client, secret("token"), ("system/Patient.read",), END, NOW)

        actor = find_token_actor(connection, secret("token"), END - timedelta(microseconds=1))
        assert actor is not None
        assert (actor.clinic_id, actor.kind, actor.id) == (client.clinic_id, ActorKind.CLIENT, client.id)
        assert actor.scopes == (parse_scope("system/Patient.rs"),)
        assert find_token_actor(connection, secret("token"), END) is None
        assert find_token_actor(connection, secret("another"), NOW) is None


@pytest.mark.parametrize("ended_by", ["revoked", "other keys"])
def test_a_token_ends_with_its_client_and_with_its_clients_keys(
    database: Database, client: EhrClient, ended_by: str
) -> None:
    with database.transaction(Reach.ALL) as connection:
        insert_token(connection, client, secret("token"), ("system/*.rs",), END, NOW)
        if ended_by == "revoked":
            revoke_client(connection, client.clinic_id, client.id, NOW)
        else:
            set_keys(connection, client.clinic_id, client.id, client.keys)
    with database.transaction(Reach.ALL) as connection:
        assert find_token_actor(connection, secret("token"), NOW) is None


def test_a_token_that_a_revoked_client_was_just_given_opens_nothing(
    database: Database, client: EhrClient
) -> None:
    with database.transaction(Reach.ALL) as connection:
        revoke_client(connection, client.clinic_id, client.id, NOW)
        # Asked for before the client was revoked, and kept after.
        insert_token(connection, client, secret("token"), ("system/*.rs",), END, NOW)
        assert find_token_actor(connection, secret("token"), NOW) is None


def test_what_a_client_signed_is_taken_once_and_anothers_by_itself(
    database: Database, client: EhrClient, other_clinic_id: UUID
) -> None:
    other = client_of(other_clinic_id)
    with database.transaction(Reach.ALL) as connection:
        insert_client(connection, other)
        assert use_assertion(connection, client, said(), NOW) is True
        assert use_assertion(connection, client, said("two"), NOW) is True
        assert use_assertion(connection, other, said(), NOW) is True
    with database.transaction(Reach.ALL) as connection:
        assert use_assertion(connection, client, said(), NOW) is False


def test_a_token_that_was_taken_in_one_process_is_not_taken_in_another(
    database: Database, database_url: str, client: EhrClient
) -> None:
    with database.transaction(Reach.ALL) as connection:
        assert use_assertion(connection, client, said(), NOW) is True

    another = Database(database_url)
    with another.transaction(Reach.ALL) as connection:
        assert use_assertion(connection, client, said(), NOW) is False
    another.dispose()


def test_of_twelve_at_once_one_is_the_first(database: Database, client: EhrClient) -> None:
    together = Barrier(12)

    def use(_: int) -> bool:
        together.wait()
        with database.transaction(Reach.ALL) as connection:
            return use_assertion(connection, client, said(), NOW)

    with ThreadPoolExecutor(12) as threads:
        assert sorted(threads.map(use, range(12))) == [False] * 11 + [True]


def test_what_could_not_be_taken_any_more_is_dropped_in_passing(
    database: Database, client: EhrClient
) -> None:
    last_moment = END + CLOCK_SKEW
    with database.transaction(Reach.ALL) as connection:
        use_assertion(connection, client, said(), NOW)
        insert_token(connection, client, secret("one"), (), END, NOW)

        assert use_assertion(connection, client, said(), last_moment) is False
        insert_token(connection, client, secret("two"), (), LATER, END)
        assert (rows(connection, "used"), rows(connection, "tokens")) == (1, 2)

        moment_after = last_moment + timedelta(microseconds=1)
        later = moment_after + timedelta(minutes=5)
        use_assertion(connection, client, said("two", later), moment_after)
        insert_token(connection, client, secret("three"), (), later, moment_after)
        assert rows(connection, "used") == 1
        assert find_token_actor(connection, secret("three"), moment_after) is not None

"""A request that is posted twice, at once or later, is done once and answered alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from service.domain.errors import ConflictError
from service.store.database import Database, Reach
from service.store.idempotency import KEPT, Claim, Reply, claim, keep_reply
from service.store.patient_writing import insert_patient
from service.store.patients import list_patients
from service.store.tables import idempotency_records
from tests.store.records import NOW, patient, secret

REPLY = Reply(201, (("Location", "/v1/patients/1"), ("ETag", '"1"')), b'{"n":"\xc3\xa9"}\x00\xff')


def claim_of(clinic_id: UUID, key: str = "key-1") -> Claim:
    return Claim(clinic_id, UUID(int=1), "POST", "/v1/intake", key, secret("body"))


def keep(database: Database, request: Claim) -> None:
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, request, NOW) is None
        keep_reply(connection, request, REPLY)


def kept_records(database: Database) -> int:
    with database.transaction(Reach.ALL) as connection:
        return connection.execute(select(func.count()).select_from(idempotency_records)).scalar_one()


def test_the_second_post_is_answered_byte_for_byte_like_the_first(
    database: Database, clinic_id: UUID
) -> None:
    keep(database, claim_of(clinic_id))
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, claim_of(clinic_id), NOW + timedelta(hours=23)) == REPLY


def test_the_same_key_with_another_body_is_refused(database: Database, clinic_id: UUID) -> None:
    keep(database, claim_of(clinic_id))
    other = replace(claim_of(clinic_id), body_sha256=secret("another body"))
    with database.transaction(Reach.ALL) as connection, pytest.raises(ConflictError) as refused:
        claim(connection, other, NOW)
    assert refused.value.code == "idempotency_key_reused"


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": UUID(int=2)},
        {"method": "PUT"},
        {"path": "/v1/patients"},
        {"key": "key-2"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_key_counts_for_one_client_method_and_path_only(
    database: Database, clinic_id: UUID, change: dict[str, str]
) -> None:
    keep(database, claim_of(clinic_id))
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, replace(claim_of(clinic_id), **change), NOW) is None  # type: ignore[arg-type]


def test_a_key_counts_for_one_clinic_only(database: Database, clinic_id: UUID, other_clinic_id: UUID) -> None:
    keep(database, claim_of(clinic_id))
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, claim_of(other_clinic_id), NOW) is None


def test_a_claim_whose_work_failed_is_free_again(database: Database, clinic_id: UUID) -> None:
    def fail_after_claiming() -> None:
        with database.transaction(Reach.ALL) as connection:
            assert claim(connection, claim_of(clinic_id), NOW) is None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_claiming()
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, claim_of(clinic_id), NOW) is None


def test_a_claim_that_was_committed_without_a_reply_is_never_done_again(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        claim(connection, claim_of(clinic_id), NOW)
    with database.transaction(Reach.ALL) as connection, pytest.raises(ConflictError) as refused:
        claim(connection, claim_of(clinic_id), NOW)
    assert refused.value.code == "reply_erased"


def test_a_reply_is_not_replayed_after_a_day_whatever_the_body(database: Database, clinic_id: UUID) -> None:
    keep(database, claim_of(clinic_id))
    later = NOW + KEPT + timedelta(seconds=1)
    other = replace(claim_of(clinic_id), body_sha256=secret("another body"))
    with database.transaction(Reach.ALL) as connection:
        assert claim(connection, other, later) is None
        keep_reply(connection, other, REPLY)
        assert claim(connection, other, later) == REPLY


def test_old_records_of_the_clinic_are_dropped_in_passing_and_young_ones_stay(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    for number in range(5):
        keep(database, claim_of(clinic_id, f"old {number}"))
    keep(database, claim_of(other_clinic_id, "old"))
    with database.transaction(Reach.ALL) as connection:
        claim(connection, claim_of(clinic_id, "young"), NOW + timedelta(hours=2))
        claim(connection, claim_of(clinic_id, "new"), NOW + KEPT + timedelta(hours=1))
    assert kept_records(database) == 3


def test_of_twelve_at_once_one_does_the_work_and_all_get_its_answer(
    database: Database, clinic_id: UUID
) -> None:
    together = Barrier(12)

    def post(number: int) -> Reply:
        together.wait(timeout=10)
        with database.transaction(Reach.ALL) as connection:
            kept = claim(connection, claim_of(clinic_id), NOW)
            if kept is not None:
                return kept
            insert_patient(connection, clinic_id, patient(uuid4().hex), NOW)
            reply = replace(REPLY, body=str(number).encode())
            keep_reply(connection, claim_of(clinic_id), reply)
            return reply

    with ThreadPoolExecutor(12) as threads:
        replies = set(threads.map(post, range(12)))

    assert len(replies) == 1
    assert kept_records(database) == 1
    with database.transaction(Reach.ALL) as connection:
        assert len(list_patients(connection, clinic_id, None, 20)) == 1

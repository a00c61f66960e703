"""The audit trail in the database: a chain that holds while many write, in which every change is noticed."""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, insert, select, text

from service.actions.audit_chain import ChainVerification, make_anchors
from service.actions.door import Door, record_refusal
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.permissions import Actor, ActorKind, Permission, Role
from service.domain.audit.chain import ChainedEvent, canonical
from service.domain.audit.events import AuditAction
from service.domain.audit.verification import merged
from service.domain.errors import ForbiddenError
from service.store import audit_chain as chain_store
from service.store import patient_writing
from service.store.database import Database, Reach
from service.store.tables import audit_chains, audit_events
from tests.audit_keys import AUDIT_KEY, AUDIT_KEYS
from tests.store.records import NOW, add_clinic, patient

THREADS, EVENTS = 16, 10
Sign = Callable[[ChainedEvent, str], str]


@pytest.fixture
def door(database: Database) -> Door:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
    actor = Actor(clinic_id, ActorKind.KEY, uuid4(), "An EHR ñ", Role.EHR)
    return Door(database, AUDIT_KEYS, lambda: NOW, actor, "request-1")


def record(number: int) -> Callable[[Work], None]:
    """A request about so many patients."""

    def act(work: Work) -> None:
        for _ in range(number):
            details = {"version": "1", "among": "2"}
            work.record(AuditAction.READ_LIST, patient_id=work.new_id(), subject="list/1", details=details)

    return act


@pytest.fixture
def written(door: Door) -> Door:
    for number in (1, 3, 2, 3, 1):
        perform(door, record(number))
    return door


def findings(door: Door, anchors: dict[int, set[str]] | None = None) -> list[str]:
    chain = ChainVerification(door.database, AUDIT_KEYS, door.actor.clinic_id, anchors or {})
    return [str(found) for found in merged(chain.findings(lambda _: None))]


@contextmanager
def by_hand(database: Database) -> Iterator[Connection]:
    """What somebody may do who owns the database: its triggers are off."""
    with database.transaction(Reach.ALL) as connection:
        if database.kind == "sqlite":
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_events_refuse_{change}"))
        else:
            connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
        yield connection


def run(*statements: str) -> Callable[[Connection], None]:
    def manipulate(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    return manipulate


def insert_one(connection: Connection) -> None:
    """One more event in the middle; the numbers of those after it are raised."""
    run(
        "UPDATE audit_events SET sequence = sequence + 1000 WHERE sequence >= 4",
        "UPDATE audit_events SET sequence = sequence - 999 WHERE sequence >= 1000",
    )(connection)
    row = connection.execute(select(audit_events).where(audit_events.c.sequence == 3)).one()
    connection.execute(insert(audit_events).values(row._asdict() | {"id": uuid4(), "sequence": 4}))


def re_hash(sign: Sign) -> Callable[[Connection], None]:
    """An edited trail whose macs are made anew, and the head with them."""

    def manipulate(connection: Connection) -> None:
        run("UPDATE audit_events SET actor_name = 'Somebody else' WHERE sequence = 4")(connection)
        (clinic_id,) = connection.execute(select(audit_chains.c.clinic_id)).scalars()
        mac = ""
        for event in chain_store.read_chain(connection, clinic_id, None, 100):
            mac = sign(event, mac)
            anew = audit_events.update().where(audit_events.c.sequence == event.sequence)
            connection.execute(anew.values(mac=mac))
        connection.execute(audit_chains.update().values(mac=mac))

    return manipulate


def without_the_key(event: ChainedEvent, before: str) -> str:
    return hmac.digest(b"a guess", before.encode() + canonical(event), hashlib.sha256).hex()


CUT = "DELETE FROM audit_events WHERE sequence > 7"
MANIPULATIONS: dict[str, tuple[Callable[[Connection], None], str]] = {
    "edit": (
        run("UPDATE audit_events SET actor_name = 'Somebody else' WHERE sequence = 4"),
        "event 4: changed",
    ),
    "delete": (run("DELETE FROM audit_events WHERE sequence = 4"), "event 4: missing"),
    "insert": (insert_one, "events 4 to 11: changed"),
    "swap": (
        run(
            "UPDATE audit_events SET sequence = 1000 WHERE sequence = 4",
            "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
            "UPDATE audit_events SET sequence = 5 WHERE sequence = 1000",
        ),
        "events 4 to 6: changed",
    ),
    "cut tail": (run(CUT), "events 8 to 10: missing"),
    "re-hash without the key": (re_hash(without_the_key), "events 1 to 10: changed"),
    "the head": (run("UPDATE audit_chains SET length = 9"), "event 10: beyond the chain's head"),
    "the head's mac": (
        run("UPDATE audit_chains SET mac = '00'"),
        "event 10: not the event that the chain's head",
    ),
    "no head": (run("DELETE FROM audit_chains"), "events 1 to 10: beyond the chain's head"),
    "no mac": (run("UPDATE audit_events SET mac = NULL WHERE sequence = 4"), "event 4: not signed"),
    "another key's name": (
        run("UPDATE audit_events SET mac_key = 'another' WHERE sequence = 4"),
        "event 4: signed with a key that is not given",
    ),
    "what no service can read": (
        run("UPDATE audit_events SET action = 'unheard of', details = '7' WHERE sequence = 4"),
        "event 4: changed",
    ),
}


@pytest.mark.parametrize("name", MANIPULATIONS)
def test_what_somebody_does_to_the_trail_by_hand_is_noticed(written: Door, name: str) -> None:
    manipulate, said = MANIPULATIONS[name]
    assert findings(written) == []

    with by_hand(written.database) as connection:
        manipulate(connection)

    assert any(found.startswith(said) for found in findings(written)), findings(written)


def cut_in_step(connection: Connection) -> None:
    run(CUT, "UPDATE audit_chains SET length = 7, mac = (SELECT mac FROM audit_events WHERE sequence = 7)")(
        connection
    )


@pytest.mark.parametrize(
    ("manipulate", "said"),
    [
        (cut_in_step, "events 8 to 10: missing"),
        (re_hash(AUDIT_KEYS.mac), "event 10: not the event that the anchor was made of"),
    ],
    ids=["cut tail and head in step", "re-hash with the stolen key"],
)
def test_an_anchor_notices_what_the_database_alone_cannot_tell(
    written: Door, manipulate: Callable[[Connection], None], said: str
) -> None:
    (anchor,) = make_anchors(written.database, NOW)
    assert findings(written, {anchor.sequence: {anchor.mac}}) == []

    with by_hand(written.database) as connection:
        manipulate(connection)

    assert findings(written) == []
    assert findings(written, {anchor.sequence: {anchor.mac}}) == [said]


def test_an_event_without_a_number_or_with_anothers_is_noticed_where_somebody_let_there_be_one(
    written: Door,
) -> None:
    with by_hand(written.database) as connection:
        if connection.dialect.name == "postgresql":
            run(
                "ALTER TABLE audit_events DROP CONSTRAINT uq_audit_events_clinic_id_sequence",
                "ALTER TABLE audit_events ALTER sequence DROP NOT NULL",
                "UPDATE audit_events SET sequence = NULL WHERE sequence = 10",
                "UPDATE audit_events SET sequence = 4 WHERE sequence = 5",
            )(connection)
        else:
            run("UPDATE audit_events SET sequence = 'ten' WHERE sequence = 10")(connection)

    found = findings(written)
    assert "1 events without a number in the chain" in found
    assert "event 10: missing" in found
    if written.database.kind == "postgresql":
        assert {"event 4: in a place of the chain that is taken or is none", "event 5: missing"} <= set(found)


def test_many_who_write_at_once_leave_a_chain_without_a_gap(door: Door) -> None:
    def write(place: int) -> None:
        chance = random.Random(place)  # noqa: S311 -- examples, not secrets
        for _ in range(EVENTS):
            perform(door, record(chance.randint(1, 3)))
            with pytest.raises(ZeroDivisionError):
                perform(door, lambda work: (record(2)(work), 1 / 0))

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(write, place) for place in range(THREADS)]:
            done.result()

    assert findings(door) == []
    with door.database.transaction(Reach.ALL) as connection:
        head = chain_store.load_head(connection, door.actor.clinic_id)
        numbers = connection.execute(select(audit_events.c.sequence)).scalars().all()
    assert sorted(numbers) == list(range(1, head.length + 1))
    assert head.length >= THREADS * EVENTS


def test_the_chain_adds_no_deadlock_to_those_who_change_patients_in_one_order(door: Door) -> None:
    people = [patient(str(number)) for number in range(6)]

    def make(work: Work) -> None:
        for one in people:
            patient_writing.insert_patient(work.connection, work.clinic_id, one, work.now)

    perform(door, make)

    def change(place: int) -> int:
        chance = random.Random(place)  # noqa: S311 -- examples, not secrets
        for _ in range(EVENTS):
            chosen = sorted(chance.sample(people, 2), key=lambda one: one.id)

            def act(work: Work, chosen: list[Any] = chosen) -> None:
                for one in chosen:
                    work.record(AuditAction.CHANGE_PATIENT, patient_id=one.id)
                    patient_writing.update_patient(work.connection, work.clinic_id, one, work.now)

            perform(door, act)
        return EVENTS

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(change, range(8)))

    assert done == 8 * EVENTS
    assert findings(door) == []


def test_a_refusal_is_an_event_of_the_chain(door: Door) -> None:
    def act(work: Work) -> None:
        record(2)(work)
        work.require(Permission.READ_AUDIT)

    with pytest.raises(ForbiddenError):
        perform(door, act)
    record_refusal(door)

    with door.database.transaction(Reach.ALL) as connection:
        kept = chain_store.read_chain(connection, door.actor.clinic_id, None, 9)
    assert [(one.sequence, one.outcome, one.mac_key) for one in kept] == [
        (1, "refused", AUDIT_KEYS.signing),
        (2, "refused", AUDIT_KEYS.signing),
    ]
    assert findings(door) == []


def test_a_chain_longer_than_what_is_read_at_once_is_read_whole(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.actions.audit_chain._AT_ONCE", 4)
    for number in (3, 4, 2, 4):
        perform(door, record(number))
    chain = ChainVerification(door.database, AUDIT_KEYS, door.actor.clinic_id, {})

    seen: list[int] = []
    assert list(chain.findings(seen.append)) == []

    assert (sum(seen), chain.reader.length) == (13, 13)


def test_each_clinic_has_a_chain_of_its_own(door: Door) -> None:
    with door.database.transaction(Reach.ALL) as connection:
        other_id = add_clinic(connection)
    other = Door(door.database, AUDIT_KEYS, lambda: NOW, Actor(other_id, *_rest(door.actor)), "request-2")

    for number in range(3):
        perform(door, record(number + 1))
        perform(other, record(1))

    assert [(one.clinic_id, one.sequence) for one in make_anchors(door.database, NOW)] == sorted(
        [(door.actor.clinic_id, 6), (other_id, 3)]
    )
    assert (findings(door), findings(other)) == ([], [])


def _rest(actor: Actor) -> tuple[ActorKind, UUID, str, Role]:
    return actor.kind, actor.id, actor.name, actor.role


def test_the_key_is_not_in_the_database(written: Door) -> None:
    with written.database.transaction(Reach.ALL) as connection:
        rows = connection.execute(select(audit_events)).all() + connection.execute(select(audit_chains)).all()

    assert AUDIT_KEY not in repr(rows)
    assert AUDIT_KEY not in repr(written)

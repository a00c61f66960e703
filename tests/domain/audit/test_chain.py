"""The audit chain: six manipulations of a trail are noticed, of which a chain without a key misses two."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from service.domain.audit.chain import START, AuditKeys, ChainedEvent, ChainHead, canonical
from service.domain.audit.verification import ChainReader, Finding, merged

KEYS = AuditKeys(("the key of the service, in no database",))
Chain = list[ChainedEvent]
Sign = Callable[[ChainedEvent, str], str]


def plain(event: ChainedEvent, before: str) -> str:
    """What anybody can compute who has the database."""
    return hashlib.sha256(before.encode() + canonical(event)).hexdigest()


def event(number: int) -> ChainedEvent:
    return ChainedEvent(
        clinic_id=UUID(int=1),
        sequence=number,
        id=UUID(int=100 + number),
        at=datetime(2026, 11, 23, 9, 30, 0, number, tzinfo=UTC),
        actor_kind="staff",
        actor_id=UUID(int=7),
        actor_name="Test Nurse ñ",
        actor_role="nurse",
        action="read_list",
        outcome="done",
        request_id="request-1",
        patient_id=UUID(int=9),
        subject=None,
        details={"version": "2", "items": "3"},
        mac_key=KEYS.signing,
    )


def signed(events: Chain, sign: Sign) -> Chain:
    """The events with their places in the list as their numbers, chained anew."""
    chain: Chain = []
    for number, one in enumerate(events, start=1):
        numbered = one._replace(sequence=number)
        chain.append(numbered._replace(mac=sign(numbered, (chain[-1].mac or "") if chain else START)))
    return chain


def edit(chain: Chain) -> Chain:
    return [one._replace(actor_name="Somebody else") if one.sequence == 4 else one for one in chain]


def delete(chain: Chain) -> Chain:
    return [one for one in chain if one.sequence != 4]


def insert(chain: Chain) -> Chain:
    """One more event in the middle; the numbers of those after it are raised."""
    extra = chain[3]._replace(id=UUID(int=999))
    later = [one._replace(sequence=one.sequence + 1) for one in chain[3:]]
    return [*chain[:3], extra, *later]


def swap(chain: Chain) -> Chain:
    """Two events in each other's place, each with the mac that stood there."""
    fourth, fifth = chain[3], chain[4]
    swapped = [fifth._replace(sequence=4, mac=fourth.mac), fourth._replace(sequence=5, mac=fifth.mac)]
    return [*chain[:3], *swapped, *chain[5:]]


def cut_tail(chain: Chain) -> Chain:
    return chain[:7]


def re_hash(chain: Chain) -> Chain:
    """The edited chain, with the macs that whoever has the database alone can compute."""
    return signed(edit(chain), plain)


SIX = [edit, delete, insert, swap, cut_tail, re_hash]


def findings(
    chain: Chain, head: ChainHead, anchors: dict[int, set[str]] | None = None, keys: AuditKeys = KEYS
) -> list[str]:
    reader = ChainReader(keys, anchors or {}, head)

    def found() -> list[Finding]:
        return [*(one for kept in chain for one in reader.take(kept)), *reader.end(head)]

    return [str(one) for one in merged(found())]


def head_of(chain: Chain) -> ChainHead:
    return ChainHead(len(chain), chain[-1].mac or "")


def plain_notices(chain: Chain) -> bool:
    """The verifier of a chain without a key, without a head and without anchors."""
    before = START
    for number, one in enumerate(chain, start=1):
        if one.sequence != number or one.mac != plain(one, before):
            return True
        before = one.mac
    return False


@pytest.fixture
def chain() -> Chain:
    return signed([event(number) for number in range(1, 11)], KEYS.mac)


def test_a_chain_as_it_was_written_has_no_findings(chain: Chain) -> None:
    assert findings(chain, head_of(chain), {3: {chain[2].mac or ""}}) == []


@pytest.mark.parametrize("manipulate", SIX)
def test_each_of_the_six_manipulations_is_noticed(chain: Chain, manipulate: Callable[[Chain], Chain]) -> None:
    assert findings(manipulate(chain), head_of(chain))


@pytest.mark.parametrize("manipulate", SIX)
def test_so_it_is_where_the_head_was_changed_in_step_and_there_is_an_anchor(
    chain: Chain, manipulate: Callable[[Chain], Chain]
) -> None:
    changed = manipulate(chain)

    assert findings(changed, head_of(changed), {10: {chain[-1].mac or ""}})


def test_the_control_a_chain_without_a_key_misses_two_of_the_six() -> None:
    chain = signed([event(number) for number in range(1, 11)], plain)
    assert not plain_notices(chain)

    missed = [manipulate for manipulate in SIX if not plain_notices(manipulate(chain))]

    assert missed == [cut_tail, re_hash]


def test_a_chain_written_anew_with_a_stolen_key_is_noticed_by_an_anchor_alone(chain: Chain) -> None:
    forged = signed(edit(chain), KEYS.mac)

    assert findings(forged, head_of(forged)) == []
    assert findings(forged, head_of(forged), {6: {chain[5].mac or ""}}) == [
        "event 6: not the event that the anchor was made of"
    ]
    # As far back as the anchors reach: what is changed after the last one is not noticed.
    assert findings(forged, head_of(forged), {3: {chain[2].mac or ""}}) == []


def test_findings_name_the_events_and_neighbours_are_told_together(chain: Chain) -> None:
    assert findings(edit(chain), head_of(chain)) == ["event 4: changed, or not written by the service"]
    assert findings(delete(chain), head_of(chain)) == ["event 4: missing"]
    assert findings(cut_tail(chain), head_of(chain)) == ["events 8 to 10: missing"]
    assert findings(chain[:3] + chain[6:], head_of(chain)) == ["events 4 to 6: missing"]
    assert findings(chain, ChainHead(12, "00")) == ["events 11 to 12: missing"]
    assert findings(chain, ChainHead(10, "00")) == [
        "event 10: not the event that the chain's head was made of"
    ]
    assert findings(chain, ChainHead(0, START)) == ["events 1 to 10: beyond the chain's head"]
    assert findings([*chain, chain[4]], head_of(chain)) == [
        "event 5: in a place of the chain that is taken or is none"
    ]


def test_events_from_before_the_chain_are_counted_and_one_after_it_is_a_finding(chain: Chain) -> None:
    old = [event(number)._replace(mac_key=None) for number in range(1, 4)]
    first = event(4)
    later = first._replace(mac=KEYS.mac(first, START))
    reader = ChainReader(KEYS, {}, ChainHead(4, later.mac or ""))

    assert [found for one in [*old, later] for found in reader.take(one)] == []
    assert (reader.unsigned, reader.keys_seen) == (3, {KEYS.signing: 4})
    unsigned = [one._replace(mac=None, mac_key=None) if one.sequence == 6 else one for one in chain]
    assert findings(unsigned, head_of(chain))[0] == "event 6: not signed, after events that are"


def test_after_a_change_of_keys_old_events_need_the_old_key(chain: Chain) -> None:
    both = AuditKeys(("a new key that nobody else has seen", "the key of the service, in no database"))
    next_one = event(11)._replace(mac_key=both.signing)
    longer = [*chain, next_one._replace(mac=both.mac(next_one, chain[-1].mac or ""))]

    assert both.signing != KEYS.signing
    assert findings(longer, head_of(longer), keys=both) == []
    assert findings(longer, head_of(longer)) == ["event 11: signed with a key that is not given"]


CHANGED = {
    "clinic_id": UUID(int=2),
    "sequence": 5,
    "id": UUID(int=3),
    "at": datetime(2026, 11, 23, 9, 30, 0, 5, tzinfo=UTC),
    "patient_id": None,
    "subject": "",
    "details": {"version": "2", "items": 3},
    "mac_key": None,
}


@pytest.mark.parametrize("column", ChainedEvent._fields[:-1])
def test_the_mac_covers_every_column(column: str) -> None:
    one = event(4)

    assert canonical(one._replace(**{column: CHANGED.get(column, "another")})) != canonical(one)


def test_the_bytes_are_the_same_from_either_database() -> None:
    on_postgresql = event(4)
    on_sqlite = on_postgresql._replace(
        clinic_id=UUID(int=1).bytes,
        id=UUID(int=104).bytes,
        at=(datetime(2026, 11, 23, 9, 30, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC))
        // timedelta(microseconds=1)
        + 4,
        actor_id=UUID(int=7).bytes,
        patient_id=UUID(int=9).bytes,
        details={"items": "3", "version": "2"},
    )

    assert canonical(on_sqlite) == canonical(on_postgresql)


@pytest.mark.parametrize("odd", [b"Test Nurse \xc3\xb1", 7, 1.5, "Test Nurse \ud800"])
def test_what_somebody_put_there_of_another_type_is_a_change_and_no_fault(odd: object) -> None:
    assert canonical(event(4)._replace(actor_name=odd)) != canonical(event(4))  # type: ignore[arg-type]
    assert canonical(event(4)._replace(id=odd)) != canonical(event(4))  # type: ignore[arg-type]

"""``python -m benchmarks.audit [EVENTS]``: how long verifying an audit trail takes, and how much memory."""

import os
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime

from benchmarks.clinic import AUDIT_KEY
from benchmarks.databases import KINDS, two_databases
from benchmarks.sides import COMMAND
from service.actions.work import new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.store.audit_chain import append_events
from service.store.clinics import insert_clinic
from service.store.database import Database, Reach

EVENTS = 1_000_000
_IN_ONE_TRANSACTION = 5000


def fill(database_url: str, number: int) -> None:
    """Write so many events of one clinic, as the service writes them."""
    database, keys, now = Database(database_url), AuditKeys((AUDIT_KEY,)), datetime.now(UTC)
    clinic = Clinic(new_id(now), "Clinic of the benchmark")
    actor = Actor(clinic.id, ActorKind.STAFF, new_id(now), "Test Nurse 01", Role.NURSE)
    with database.transaction(Reach.ALL) as connection:
        insert_clinic(connection, clinic, now)
    for first in range(0, number, _IN_ONE_TRANSACTION):
        made = [_event(actor, place) for place in range(first, min(first + _IN_ONE_TRANSACTION, number))]
        with database.transaction(Reach.ALL) as connection:
            append_events(connection, made, keys)
    database.dispose()


def _event(actor: Actor, place: int) -> AuditEvent:
    now = datetime.now(UTC)
    return AuditEvent(
        id=new_id(now, place),
        at=now,
        actor=actor,
        action=AuditAction.READ_LIST,
        outcome=AuditOutcome.DONE,
        request_id=f"{place:016x}",
        patient_id=new_id(now),
        subject=f"checklist/{new_id(now)}",
        details={"version": str(place % 9), "items": "20"},
    )


def verify(database_url: str) -> tuple[float, float]:
    """The seconds that ``audit verify`` takes on the wall, and the processor's."""
    environment = os.environ | {"DATABASE_URL": database_url, "MEDICATION_CHECKLIST_AUDIT_KEY": AUDIT_KEY}
    before, began = _child_seconds(), time.monotonic()
    subprocess.run([COMMAND, "audit", "verify"], env=environment, check=True, stdout=sys.stderr)
    return time.monotonic() - began, _child_seconds() - before


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Fill, verify and print, on each kind of database."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    for kind in KINDS:
        with two_databases(kind) as urls:
            fill(urls[0], number)
            wall, processor = verify(urls[0])
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{kind}: {number} events in {wall:.1f} s, processor {processor:.1f} s, at most {most} MB")


if __name__ == "__main__":
    main()

"""The chains of audit events: whether they are as they were written, and anchors to tell by later.

For whoever has the machine: every clinic's, without an actor, and nothing is changed.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from service.domain.audit.chain import Anchor, AuditKeys, ChainedEvent
from service.domain.audit.verification import ChainReader, Fault, Finding
from service.store import audit_chain as chain_store
from service.store.database import Database, Reach

_AT_ONCE = 5000
"""How many events one transaction reads: nobody who writes waits long, and memory stays flat."""


def make_anchors(database: Database, now: datetime) -> tuple[Anchor, ...]:
    """Where each clinic's chain ends now, in the order of the clinics' ids."""
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        heads = chain_store.list_heads(connection)
    return tuple(Anchor(clinic_id, head.length, head.mac, now) for clinic_id, head in sorted(heads.items()))


class ChainVerification:
    """One clinic's chain, read while the service writes; ``reader`` holds the counts once it is read.

    ``anchors`` are the macs by sequence numbers that anchors of this clinic tell.
    """

    def __init__(
        self, database: Database, keys: AuditKeys, clinic_id: UUID, anchors: Mapping[int, Collection[str]]
    ) -> None:
        self._database = database
        self._clinic_id = clinic_id
        with database.transaction(clinic_id, reads_only=True) as connection:
            self.head = chain_store.load_head(connection, clinic_id)
        self.reader = ChainReader(keys, anchors, self.head)

    def findings(self, told: Callable[[int], object]) -> Iterator[Finding]:
        """What is not as it was written, in the order of the events; ``told`` hears of every event."""
        for event in self._events():
            yield from self.reader.take(event)
            told(1)
        with self._database.transaction(self._clinic_id, reads_only=True) as connection:
            beside = chain_store.count_beside(connection, self._clinic_id)
            head = chain_store.load_head(connection, self._clinic_id)
        yield from self.reader.end(head)
        if beside:
            yield Finding(Fault.WITHOUT_NUMBER, 1, beside)

    def _events(self) -> Iterator[ChainedEvent]:
        first: int | None = None
        while True:
            with self._database.transaction(self._clinic_id, reads_only=True) as connection:
                found = chain_store.read_chain(connection, self._clinic_id, first, _AT_ONCE)
            if len(found) < _AT_ONCE or found[0].sequence == found[-1].sequence:
                yield from found
                return
            # The last one is read again with the next, in case that others have its number too.
            first = found[-1].sequence
            yield from (event for event in found if event.sequence != first)

"""Reading a chain from its first event to its last: what is not as it was written."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from service.domain.audit.chain import START, AuditKeys, ChainedEvent, ChainHead


class Fault(StrEnum):
    """What is wrong with an event's place in the chain, in words for whoever looks after the trail."""

    CHANGED = "changed, or not written by the service"
    MISSING = "missing"
    OUT_OF_PLACE = "in a place of the chain that is taken or is none"
    UNKNOWN_KEY = "signed with a key that is not given"
    UNSIGNED = "not signed, after events that are"
    NOT_AS_ANCHORED = "not the event that the anchor was made of"
    NOT_THE_HEAD = "not the event that the chain's head was made of"
    BEYOND_THE_HEAD = "beyond the chain's head"
    WITHOUT_NUMBER = "without a number in the chain"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, and the sequence numbers of the first and the last of the neighbours that have it.

    Events without a number are only counted.
    """

    fault: Fault
    first: int
    last: int

    def __str__(self) -> str:
        if self.fault is Fault.WITHOUT_NUMBER:
            return f"{self.last} events {self.fault.value}"
        where = f"event {self.first}" if self.first == self.last else f"events {self.first} to {self.last}"
        return f"{where}: {self.fault.value}"


class ChainReader:
    """Takes in a chain event by event and says what is wrong; holds nothing of what it has taken in.

    ``anchors`` are macs by sequence numbers, noted outside of the database. ``head`` is where the chain
    ended before its events were read. ``length`` is the sequence number of the last event so far,
    ``unsigned`` how many are from before there was a chain, ``keys_seen`` the last sequence number under each
    key.
    """

    def __init__(self, keys: AuditKeys, anchors: Mapping[int, Collection[str]], head: ChainHead) -> None:
        self._keys = keys
        self._anchors = anchors
        self._head = head
        self._mac: str | None = START
        self._signed = False
        self.length = 0
        self.unsigned = 0
        self.keys_seen: dict[str, int] = {}

    def take(self, event: ChainedEvent) -> Iterator[Finding]:
        """What is wrong with the next event, or before it."""
        number = event.sequence
        if number <= self.length:
            yield Finding(Fault.OUT_OF_PLACE, number, number)
            return
        if number > self.length + 1:
            yield Finding(Fault.MISSING, self.length + 1, number - 1)
            self._mac = None
        mac = START if event.mac is None else str(event.mac)
        for fault in (self._fault_of(event, mac), *self._against_marks(number, mac)):
            if fault is not None:
                yield Finding(fault, number, number)
        self.length, self._mac = number, mac

    def end(self, head: ChainHead) -> Iterator[Finding]:
        """What is wrong at the end; ``head`` is where the chain ended after its events were read."""
        last = max((self._head.length, *self._anchors))
        if last > self.length:
            yield Finding(Fault.MISSING, self.length + 1, last)
        if head.length < self.length:
            yield Finding(Fault.BEYOND_THE_HEAD, head.length + 1, self.length)
        elif head.length == self.length != self._head.length and head.mac != self._mac:
            yield Finding(Fault.NOT_THE_HEAD, self.length, self.length)

    def _fault_of(self, event: ChainedEvent, mac: str) -> Fault | None:
        if event.mac is None:
            self.unsigned += not self._signed
            return Fault.UNSIGNED if self._signed else None
        self._signed = True
        if event.mac_key not in self._keys:
            return Fault.UNKNOWN_KEY
        self.keys_seen[str(event.mac_key)] = event.sequence
        # After a gap nobody knows which mac this event followed.
        fits = self._mac is None or self._keys.mac(event, self._mac) == mac
        return None if fits else Fault.CHANGED

    def _against_marks(self, number: int, mac: str) -> Iterator[Fault]:
        if any(noted != mac for noted in self._anchors.get(number, ())):
            yield Fault.NOT_AS_ANCHORED
        if number == self._head.length and mac != self._head.mac:
            yield Fault.NOT_THE_HEAD


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, with those of neighbours that have the same fault as one."""
    runs: dict[Fault, Finding] = {}
    for found in findings:
        run = runs.get(found.fault)
        if run is not None and run.last + 1 == found.first:
            runs[found.fault] = replace(run, last=found.last)
            continue
        if run is not None:
            yield run
        runs[found.fault] = found
    yield from sorted(runs.values(), key=lambda run: run.first)

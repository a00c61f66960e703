"""One fault under load, and what became of every write."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.cluster.checking import (
    Findings,
    compare,
    found_in_sql,
    found_through_the_service,
    keys_with_another_effect,
)
from tests.faults.cluster.ledger import Ledger
from tests.faults.cluster.processes import wait_for
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.faults.cluster.writers import Writers

_WRITES = 200
_MOST_SECONDS = 120


@dataclass(frozen=True)
class Outcome:
    """What a round showed. ``longest_gap`` is in seconds, from the fault on."""

    name: str
    ledger: Ledger
    longest_gap: float
    in_sql: Findings
    through_the_service: Findings
    keys_off: int

    def __str__(self) -> str:
        ledger = self.ledger
        bad = "; ".join(str(found) for found in (self.in_sql, self.through_the_service) if found)
        return (
            f"{self.name}: {ledger.acknowledged} writes acknowledged, {ledger.sent_again} requests "
            f"sent again, {self.longest_gap:.1f} s without one, slowest answer {ledger.slowest:.1f} s; "
            f"{bad or 'nothing lost, nothing twice'}; "
            f"answers {dict(ledger.outcomes)}"
        )


def run_round(
    site: ClinicSite, name: str, fault: Callable[[], None], watch: Callable[[Ledger], None] = lambda _: None
) -> Outcome:
    """Write, let the fault happen, write again; then count what was written in this round.

    ``watch`` is given the ledger before the first write.
    """
    site.databases.wait_until_whole()
    wait_for("the service", site.is_ready, _MOST_SECONDS)
    keys_before = _keys(site, Ledger())
    ledger = Ledger()
    watch(ledger)
    with Writers(site, ledger, name) as writers:
        writers.wait_for_more(_WRITES)
        ledger.start_watch()
        fault()
        writers.wait_for_more(_WRITES)
        gap = ledger.stop_watch()
    site.databases.wait_until_whole()
    with site.databases.superuser(database="checklists") as connection:
        in_sql = compare(ledger, found_in_sql(connection, f"{name}-"))
    through_the_service = compare(ledger, found_through_the_service(site, ledger, f"{name}-"))
    outcome = Outcome(name, ledger, gap, in_sql, through_the_service, _keys(site, ledger) - keys_before)
    print(f"\n{time.strftime('%T')} {outcome}", flush=True)  # noqa: T201 -- the numbers are what the run is for
    return outcome


def _keys(site: ClinicSite, ledger: Ledger) -> int:
    with site.databases.superuser(database="checklists") as connection:
        return keys_with_another_effect(connection, ledger)


def assert_nothing_lost(outcome: Outcome) -> None:
    """Every acknowledged write is there once, each key did one thing, nobody read less than they wrote."""
    assert not outcome.in_sql, str(outcome.in_sql)
    assert not outcome.through_the_service, str(outcome.through_the_service)
    assert outcome.keys_off == 0
    assert outcome.ledger.stale_reads == []
    assert outcome.ledger.abandoned == []
    unexpected = set(outcome.ledger.outcomes) & {"500", "400", "404", "409", "422"}
    assert not unexpected, outcome.ledger.outcomes

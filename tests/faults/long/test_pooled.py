"""The service behind PgBouncer in transaction mode, as ``deploy/`` configures it, in a failover."""

import pytest

from tests.faults.cluster.deployed import SERVICES
from tests.faults.cluster.processes import wait_for
from tests.faults.cluster.rounds import assert_nothing_lost, run_round
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.processes import program

MOST_SECONDS_WITHOUT_A_WRITE = 10


def test_a_crash_of_the_primary_behind_a_pooler_costs_seconds_and_no_write(site: ClinicSite) -> None:
    if program("pgbouncer") is None:
        pytest.skip("PgBouncer is not on this machine; see `make faults`")
    site.database_url = site.start_pooler()
    for number in SERVICES:
        site.stop_service(number)
        site.start_service(number)
        wait_for("a process behind the pooler", lambda n=number: site.serves(n), 30)

    def crash() -> None:
        lost = site.databases.wait_for_leader(30)
        site.databases.kill_postgresql(lost)
        site.databases.wait_for_leader(90, other_than=lost)

    outcome = run_round(site, "pooled", crash)

    assert_nothing_lost(outcome)
    assert outcome.longest_gap <= MOST_SECONDS_WITHOUT_A_WRITE

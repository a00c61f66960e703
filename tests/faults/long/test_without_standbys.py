"""What the primary leans on is away: no acknowledgement without a standby, and none lost without etcd."""

import os
import signal
import time

from tests.faults.cluster.checking import compare, found_in_sql
from tests.faults.cluster.deployed import DATABASES
from tests.faults.cluster.ledger import Ledger
from tests.faults.cluster.rounds import assert_nothing_lost, run_round
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.faults.cluster.writers import Writers

ETCD_AWAY_SECONDS = 30
STANDBYS_AWAY_SECONDS = 25
ONE_AWAY_SECONDS = 10
# What was sent before the standbys went may still be answered with what they had confirmed.
SETTLED_SECONDS = 2
MOST_SECONDS_FOR_AN_ANSWER = 12
WRITES_AHEAD = 150


def test_writes_go_on_while_etcd_is_away(site: ClinicSite) -> None:
    leader = site.databases.wait_for_leader(30)

    def without_etcd() -> None:
        site.databases.kill_etcd()
        time.sleep(ETCD_AWAY_SECONDS)
        site.databases.start_etcd()

    outcome = run_round(site, "etcd", without_etcd)

    assert_nothing_lost(outcome)
    assert outcome.longest_gap <= 10
    assert site.databases.wait_for_leader(30) == leader


def test_one_standby_is_enough(site: ClinicSite) -> None:
    def without_one() -> None:
        leader = site.databases.wait_for_leader(30)
        standby = next(number for number in DATABASES if number != leader)
        site.databases.kill_machine(standby)
        time.sleep(ONE_AWAY_SECONDS)
        site.databases.start_machine(standby)

    outcome = run_round(site, "standby", without_one)

    assert_nothing_lost(outcome)
    assert outcome.longest_gap <= 10


def test_without_a_standby_nothing_is_acknowledged_and_answers_still_come(site: ClinicSite) -> None:
    acknowledged: list[int] = []
    name = "standbys"

    def without_standbys() -> None:
        leader = site.databases.wait_for_leader(30)
        standbys = [number for number in DATABASES if number != leader]
        for number in standbys:
            site.databases.kill_machine(number)
        time.sleep(SETTLED_SECONDS)
        acknowledged.append(ledgers[0].acknowledged)
        time.sleep(STANDBYS_AWAY_SECONDS)
        acknowledged.append(ledgers[0].acknowledged)
        for number in standbys:
            site.databases.start_machine(number)

    ledgers: list[Ledger] = []
    outcome = run_round(site, name, without_standbys, ledgers.append)

    assert acknowledged[1] == acknowledged[0]
    assert outcome.ledger.slowest <= MOST_SECONDS_FOR_AN_ANSWER
    assert_nothing_lost(outcome)


def test_the_control_asynchronous_replication_loses_writes_and_the_count_notices(
    site: ClinicSite,
) -> None:
    databases = site.databases
    databases.configure(
        synchronous_mode=False, synchronous_mode_strict=False, maximum_lag_on_failover=1_000_000_000
    )
    databases.wait_until_asynchronous()
    ledger = Ledger()
    with Writers(site, ledger, "control") as writers:
        writers.wait_for_more(WRITES_AHEAD)
        leader = databases.wait_for_leader(30)
        # The standbys fall behind, as they do over a slow line.
        for pid in databases.senders(leader):
            os.kill(pid, signal.SIGSTOP)
        writers.wait_for_more(WRITES_AHEAD)

    databases.kill_machine(leader)
    databases.throw_data_away(leader)
    databases.wait_for_leader(90, other_than=leader)

    with databases.superuser(database="checklists") as connection:
        findings = compare(ledger, found_in_sql(connection, "control-"))
    lost = len(findings.lost)
    print(f"\ncontrol, asynchronous: {ledger.acknowledged} writes acknowledged, {lost} of them lost")
    assert lost > 0
    databases.start_machine(leader)
    databases.wait_until_whole()

"""A new release takes the place of the former one under load, process by process, and no caller notices."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from service.store.database import schema
from tests.docs.markdown import ROOT
from tests.faults.cluster.deployed import SERVICES
from tests.faults.cluster.processes import wait_for
from tests.faults.cluster.rounds import assert_nothing_lost, run_round
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.store.database.test_older_releases import ADDING, NEXT, next_release

ALL_IS_WELL = {"200", "201", "412"}


def restart_one_by_one(site: ClinicSite, tree: Path | None = None) -> None:
    for number in SERVICES:
        assert site.stop_service(number) == 0
        site.start_service(number, tree)
        wait_for("a process that can work", lambda n=number: site.serves(n), 30)
        wait_for("HAProxy to see it", lambda n=number: "UP" in site.seen_by_proxy(n), 30)


def test_restarting_one_process_after_the_other_is_noticed_by_no_caller(site: ClinicSite) -> None:
    outcome = run_round(site, "restart", lambda: restart_one_by_one(site))

    assert_nothing_lost(outcome)
    assert set(outcome.ledger.outcomes) <= ALL_IS_WELL, outcome.ledger.outcomes


def test_a_process_that_is_killed_costs_its_callers_an_answer_and_no_write(site: ClinicSite) -> None:
    def kill_and_start() -> None:
        site.processes.kill("service1")
        site.start_service(1)
        wait_for("the process", lambda: site.serves(1), 30)

    assert_nothing_lost(run_round(site, "killed", kill_and_start))


def test_a_release_with_a_migration_that_only_adds_needs_no_stop(site: ClinicSite, tmp_path: Path) -> None:
    tree = tmp_path / "next"
    for folder in ("service", "seed"):
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    next_release(tree, ADDING, adds_only=True)

    def upgrade() -> None:
        command = [sys.executable, "-m", "service.cli", "db", "upgrade"]
        environment = os.environ | {"DATABASE_URL": site.database_url, "PYTHONPATH": str(tree)}
        subprocess.run(command, env=environment, cwd="/", check=True)
        assert all(site.serves(number) for number in SERVICES)
        restart_one_by_one(site, tree)

    outcome = run_round(site, "upgrade", upgrade)

    assert_nothing_lost(outcome)
    assert set(outcome.ledger.outcomes) <= ALL_IS_WELL, outcome.ledger.outcomes
    with site.databases.superuser(database="checklists") as connection:
        found = connection.execute("SELECT version_num, works_from FROM alembic_version").fetchall()
    assert found == [(NEXT, schema.head())]

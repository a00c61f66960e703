"""Backups of PostgreSQL by its own tools, taken while the service writes, restored and compared."""

import copy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.faults.cluster.checking import compare, found_in_sql
from tests.faults.cluster.ledger import Ledger
from tests.faults.cluster.processes import wait_for
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.faults.cluster.writers import Writers

BIN = Path("/usr/lib/postgresql/15/bin")
DATABASE = "checklists"
WRITES = 150
Digests = dict[str, tuple[int, str]]

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_DIGEST = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} AS t"


def digests(connection: psycopg.Connection[Any]) -> Digests:
    """How many rows each table has, and a digest of all that stands in them."""
    names = [row[0] for row in connection.execute(_TABLES).fetchall()]
    found = {}
    for name in names:
        row = connection.execute(sql.SQL(_DIGEST).format(sql.Identifier(name))).fetchone()
        assert row is not None
        found[name] = (int(row[0]), str(row[1]))
    return found


def run(site: ClinicSite, role: str, *command: str | Path) -> None:
    environment = site.databases.environment(role, site.databases.wait_for_leader(30))
    subprocess.run(
        command, env=environment, cwd=site.site.folder, user="postgres", group="postgres", check=True
    )


def test_a_dump_that_is_taken_while_the_service_writes_has_all_that_was_acknowledged(
    site: ClinicSite,
) -> None:
    folder = site.site.folder / "dumps"
    folder.mkdir()
    shutil.chown(folder, "postgres", "postgres")
    ledger = Ledger()
    with Writers(site, ledger, "dump") as writers:
        writers.wait_for_more(WRITES)
        before = copy.deepcopy(ledger.patients)
        run(site, "SUPERUSER", BIN / "pg_dump", "-Fc", "-d", DATABASE, "-f", folder / "working")
        writers.wait_for_more(WRITES)
    with site.databases.superuser(database=DATABASE) as connection:
        at_rest = digests(connection)
    run(site, "SUPERUSER", BIN / "pg_dump", "-Fc", "-d", DATABASE, "-f", folder / "resting")

    for name in ("working", "resting"):
        run(site, "SUPERUSER", BIN / "createdb", "-O", DATABASE, name)
        run(site, "SUPERUSER", BIN / "pg_restore", "--exit-on-error", "-d", name, folder / name)

    with site.databases.superuser(database="resting") as connection:
        assert digests(connection) == at_rest
    with site.databases.superuser(database="working") as connection:
        dumped, ledger.patients = found_in_sql(connection, "dump-"), before
        findings = compare(ledger, dumped, whole=False)
    assert (findings.lost, findings.twice) == ([], [])
    rows = sum(count for count, _ in at_rest.values())
    print(f"\npg_dump: {rows} rows of {len(at_rest)} tables restored with the same content")


def test_the_role_of_the_service_cannot_dump_what_row_level_security_may_hide(site: ClinicSite) -> None:
    own = {"PGUSER": DATABASE, "PGPASSWORD": site.databases.password}
    environment = site.databases.environment("SUPERUSER", site.databases.wait_for_leader(30)) | own
    dump = [BIN / "pg_dump", "-d", DATABASE, "-f", "/dev/null"]

    refused = subprocess.run(dump, env=environment, capture_output=True, text=True, check=False)

    assert refused.returncode != 0
    assert "row-level security" in refused.stderr


def test_the_control_a_changed_row_is_noticed(site: ClinicSite) -> None:
    with site.databases.superuser(database=DATABASE) as connection:
        before = digests(connection)
        connection.execute("UPDATE clinics SET name = name || ' '")
        after = digests(connection)
        connection.execute("UPDATE clinics SET name = rtrim(name)")

        assert {table for table in before if before[table] != after[table]} == {"clinics"}
        assert digests(connection) == before


def test_a_base_backup_and_the_log_after_it_lead_back_to_any_moment(site: ClinicSite) -> None:
    base, archive = site.site.folder / "base", site.site.folder / "archive"
    for folder in (base, archive):
        folder.mkdir(mode=0o700)
        shutil.chown(folder, "postgres", "postgres")
    leader = site.databases.wait_for_leader(30)
    receive = [BIN / "pg_receivewal", "-D", archive]
    site.processes.start("archive", receive, site.databases.environment("REPLICATION", leader), "postgres")
    with Writers(site, Ledger(), "base") as writers:
        writers.wait_for_more(WRITES)
        run(site, "REPLICATION", BIN / "pg_basebackup", "-D", base, "-c", "fast")
        writers.wait_for_more(WRITES)

    with site.databases.superuser(database=DATABASE) as connection:
        wanted = digests(connection)
        moment = one(connection, "SELECT pg_current_wal_insert_lsn()::text")
        needed = one(connection, "SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
    with Writers(site, Ledger(), "later") as writers:
        writers.wait_for_more(WRITES)
    with site.databases.superuser(database=DATABASE) as connection:
        assert digests(connection) != wanted
        connection.execute("SELECT pg_switch_wal()")
    wait_for("the log in the archive", (archive / needed).exists, 30)

    restore(site, base, archive, moment)

    with restored(site) as connection:
        assert digests(connection) == wanted
    rows = sum(count for count, _ in wanted.values())
    print(f"\npg_basebackup and pg_receivewal: {rows} rows of {len(wanted)} tables as at {moment}")


def one(connection: psycopg.Connection[Any], query: str) -> str:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return str(row[0])


def restore(site: ClinicSite, base: Path, archive: Path, moment: str) -> None:
    """Start the base backup on an address of its own, and have it read the archive up to a moment."""
    with (base / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write(
            f"restore_command = 'cp {archive}/%f %p'\n"
            f"recovery_target_lsn = '{moment}'\n"
            "recovery_target_action = 'promote'\n"
        )
    (base / "recovery.signal").touch()
    shutil.chown(base / "recovery.signal", "postgres", "postgres")
    settings_here = {
        "listen_addresses": site.site.address("db", 9),
        "hba_file": base / "pg_hba.conf",
        "ident_file": base / "pg_ident.conf",
        "unix_socket_directories": base,
        # There is no standby here to wait for.
        "synchronous_standby_names": "",
    }
    arguments = [part for name, value in settings_here.items() for part in ("-c", f"{name}={value}")]
    site.processes.start("restored", [BIN / "postgres", "-D", base, *arguments], {}, "postgres")

    def promoted() -> bool:
        try:
            with restored(site) as connection:
                return one(connection, "SELECT pg_is_in_recovery()") == "False"
        except psycopg.OperationalError:
            return False

    wait_for("the restored database", promoted, 60)


def restored(site: ClinicSite) -> psycopg.Connection[Any]:
    environment = site.databases.environment("SUPERUSER", 9)
    return psycopg.connect(
        host=environment["PGHOST"],
        user=environment["PGUSER"],
        password=environment["PGPASSWORD"],
        dbname=DATABASE,
        autocommit=True,
    )

"""Three machines with etcd, Patroni and PostgreSQL, and what can happen to them."""

import contextlib
import secrets
import shutil
import signal
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.faults.cluster.agents import UNTIL_UP_SECONDS, Agents
from tests.faults.cluster.deployed import DATABASES, Site
from tests.faults.cluster.processes import (
    Processes,
    children_named,
    kill_tree,
    tell_tree,
    wait_for,
)

PATRONI = Path(__file__).parents[3] / ".venv-faults" / "bin" / "patroni"
ROLE = "checklists"
SOCKETS = "/var/run/postgresql"
_PASSWORDS = ("PATRONI_SUPERUSER", "PATRONI_REPLICATION", "PATRONI_REWIND", "PATRONI_RESTAPI")


class DatabaseCluster(Agents):
    """Started by ``start``; every fault is a method of its own."""

    def __init__(self, site: Site, processes: Processes) -> None:
        self._processes = processes
        self._passwords = {f"{name}_PASSWORD": secrets.token_hex(12) for name in _PASSWORDS}
        super().__init__(site, self._passwords["PATRONI_RESTAPI_PASSWORD"])
        self.password = secrets.token_hex(12)

    def start(self) -> None:
        """Start etcd and the databases, and make the service's role and its database."""
        for folder in ("etcd", "postgresql"):
            (self._site.folder / folder).mkdir()
            shutil.chown(self._site.folder / folder, "postgres", "postgres")
        self.start_etcd()
        for number in DATABASES:
            self.start_machine(number)
        self.wait_until_whole()
        with self.superuser() as connection:
            role = sql.Identifier(ROLE)
            password = sql.Literal(self.password)
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, password))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def start_etcd(self) -> None:
        """Start the members of etcd, with what they kept."""
        for number in DATABASES:
            environment = self._site.environment("etcd.env", number)
            data = {"ETCD_DATA_DIR": f"{environment['ETCD_DATA_DIR']}-{number}"}
            self._processes.start(f"etcd{number}", ["etcd"], environment | data, "postgres")

    def kill_etcd(self) -> None:
        """End every member at once."""
        for number in DATABASES:
            self._processes.kill(f"etcd{number}")

    def start_machine(self, number: int) -> None:
        """Start Patroni, which starts PostgreSQL."""
        environment = self._site.environment("patroni.env", number) | self._passwords
        for name in ("PATRONI_POSTGRESQL_DATA_DIR", "PATRONI_POSTGRESQL_PGPASS"):
            environment[name] = f"{self._kept(name)}-{number}"
        configuration = self._site.folder / f"patroni{number}.yml"
        # One folder for the sockets of all machines would be too few: they use the same port.
        sockets = self._site.folder / f"sockets{number}"
        configuration.write_text(self._site.text("patroni.yml").replace(SOCKETS, str(sockets)), "utf-8")
        sockets.mkdir(exist_ok=True)
        shutil.chown(sockets, "postgres", "postgres")
        self._processes.start(f"patroni{number}", [PATRONI, configuration], environment, "postgres")

    def _kept(self, name: str) -> str:
        path = self._site.environment("patroni.env")[name]
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        shutil.chown(Path(path).parent, "postgres", "postgres")
        return path

    def data_folder(self, number: int) -> Path:
        """Where a machine's PostgreSQL keeps its files."""
        return Path(f"{self._kept('PATRONI_POSTGRESQL_DATA_DIR')}-{number}")

    def kill_postgresql(self, number: int) -> None:
        """End PostgreSQL with all its processes; Patroni lives."""
        kill_tree(self._postmaster(number))

    def kill_agent(self, number: int) -> None:
        """End Patroni alone: its PostgreSQL goes on, and nobody watches it."""
        self._processes.kill_alone(f"patroni{number}")

    def kill_machine(self, number: int) -> None:
        """End Patroni and PostgreSQL, as a machine does that loses its power."""
        postmaster = self._postmaster(number)
        self.kill_agent(number)
        kill_tree(postmaster)

    def freeze_machine(self, number: int) -> None:
        """Nothing on a machine moves, as when its host pauses it; its connections stay open and silent."""
        self._tell_machine(number, signal.SIGSTOP)

    def thaw_machine(self, number: int) -> None:
        """It goes on where it was, and knows nothing of the time between."""
        self._tell_machine(number, signal.SIGCONT)

    def _tell_machine(self, number: int, told: signal.Signals) -> None:
        for pid in (
            self._postmaster(number),
            *map(self._processes.pid, (f"patroni{number}", f"etcd{number}")),
        ):
            tell_tree(pid, told)

    def throw_data_away(self, number: int) -> None:
        """Nothing of a dead machine's disk is left."""
        shutil.rmtree(self.data_folder(number))

    def stop(self) -> None:
        """End everything, whatever state it is in."""
        for number in DATABASES:
            if self._processes.runs(f"patroni{number}"):
                self.kill_agent(number)
            with contextlib.suppress(FileNotFoundError):
                kill_tree(self._postmaster(number))

    def _postmaster(self, number: int) -> int:
        return int((self.data_folder(number) / "postmaster.pid").read_text().split()[0])

    def senders(self, number: int) -> list[int]:
        """The processes of a primary that send its log to the standbys."""
        return children_named(self._postmaster(number), "walsender")

    def wait_until_asynchronous(self) -> None:
        """Wait until the primary asks no standby any more."""

        def look() -> bool:
            with self.superuser() as connection:
                return connection.execute("SHOW synchronous_standby_names").fetchone() == ("",)

        wait_for("asynchronous replication", look, UNTIL_UP_SECONDS)

    def environment(self, role: str, number: int) -> dict[str, str]:
        """How PostgreSQL's own tools reach a machine as one of Patroni's roles: SUPERUSER or REPLICATION."""
        names = self._site.environment("patroni.env")
        return {
            "PGHOST": self._site.address("db", number),
            "PGUSER": names[f"PATRONI_{role}_USERNAME"],
            "PGPASSWORD": self._passwords[f"PATRONI_{role}_PASSWORD"],
        }

    def superuser(self, number: int | None = None, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection to a machine's PostgreSQL, the primary's where none is named."""
        return psycopg.connect(
            host=self._site.address("db", number or self.wait_for_leader(30)),
            dbname=database,
            user="postgres",
            password=self._passwords["PATRONI_SUPERUSER_PASSWORD"],
            autocommit=True,
        )

"""A whole clinic's machines: the databases, HAProxy, and processes of the real service behind it."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from service.domain.access.permissions import Role
from tests.faults.cluster.databases import PATRONI, ROLE, SOCKETS, DatabaseCluster
from tests.faults.cluster.deployed import SERVICES, Site
from tests.faults.cluster.processes import Processes, wait_for
from tests.faults.cluster.proxy import make_certificate, start_proxy, told
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import COMMAND, open_clinic

PROGRAMS = ("/usr/lib/postgresql/15/bin/postgres", "/usr/bin/etcd", "/usr/sbin/haproxy", str(PATRONI))
_UNTIL_READY_SECONDS = 30


class ClinicSite:
    """Where it is reached, the keys of its one clinic, and its parts to be broken."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder)
        self.processes = Processes(folder)
        self.databases = DatabaseCluster(self.site, self.processes)
        self.base_url = f"https://{self.site.proxy}"
        self.certificate = folder / "certificate.pem"
        self.keys: dict[Role, str] = {}
        self._settings = self.site.environment("environment.example") | {
            "MEDICATION_CHECKLIST_SECRET_KEY": secrets.token_urlsafe(32),
            "MEDICATION_CHECKLIST_AUDIT_KEY": secrets.token_urlsafe(32),
            # Four programs with one key, each as fast as it can: more than a clinic's ever ask.
            "MEDICATION_CHECKLIST_CALLS_PER_MINUTE": "0",
        }

    def start(self) -> None:
        """Start all of it, and open a clinic."""
        self.databases.start()
        make_certificate(self.site)
        start_proxy(self.site, self.processes)
        passwords = self.site.folder / "pgpass"
        passwords.write_text(f"*:*:*:{ROLE}:{self.databases.password}\n", "utf-8")
        passwords.chmod(0o600)
        os.environ["PGPASSFILE"] = self._settings["PGPASSFILE"] = str(passwords)
        self.database_url = self._settings["DATABASE_URL"].replace("127.0.0.1", self.site.proxy)
        wait_for("the way to the primary", self._can_migrate, _UNTIL_READY_SECONDS)
        self.keys = open_clinic(self.database_url, guidance_of_tests(), datetime.now(UTC))
        for number in SERVICES:
            self.start_service(number)
        wait_for("the service", self.is_ready, _UNTIL_READY_SECONDS)

    def _can_migrate(self) -> bool:
        command = [COMMAND, "db", "upgrade"]
        environment = os.environ | {"DATABASE_URL": self.database_url}
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0

    def start_pooler(self) -> str:
        """Start PgBouncer before HAProxy's way to the primary; the address of the database behind it."""
        folder = self.site.folder / "pgbouncer"
        folder.mkdir()
        with self.databases.superuser() as connection:
            query = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
            secret = str((connection.execute(query, [ROLE]).fetchone() or ("",))[0])
        (folder / "userlist.txt").write_text(f'"{ROLE}" "{secret}"\n', "utf-8")
        text = (
            self.site.text("pgbouncer.ini")
            .replace(SOCKETS, str(folder))
            .replace("127.0.0.1", self.site.proxy)
        )
        (folder / "pgbouncer.ini").write_text(text, "utf-8")
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, "postgres", "postgres")
        self.processes.start("pgbouncer", ["pgbouncer", folder / "pgbouncer.ini"], {}, "postgres")
        return self.database_url.replace(":5000/", ":6432/")

    def start_service(self, number: int, tree: Path | None = None) -> None:
        """Start a process of the service; from another tree of the program where one is named."""
        command = [COMMAND] if tree is None else [sys.executable, "-m", "service.cli"]
        environment = self._settings | {
            "DATABASE_URL": self.database_url,
            "HOST": self.site.address("app", number),
            "MEDICATION_CHECKLIST_PUBLIC_URL": self.base_url,
        }
        if tree is not None:
            environment["PYTHONPATH"] = str(tree)
        self.processes.start(f"service{number}", [*command, "serve"], environment)

    def stop_service(self, number: int) -> int:
        """Tell a process to stop, and wait for its end; its exit status."""
        self.processes.tell(f"service{number}", signal.SIGTERM)
        return self.processes.wait(f"service{number}", 30)

    def session(self) -> requests.Session:
        """A connection of a program that has a key and trusts the clinic's certificate."""
        session = requests.Session()
        session.trust_env = False  # the machine's own certificates would come before these
        session.verify = str(self.certificate)
        session.headers["Authorization"] = f"Bearer {self.keys[Role.EHR]}"
        return session

    def is_ready(self) -> bool:
        """Whether HAProxy has a process that can work."""
        return self._status(f"{self.base_url}/readyz") == 200

    def serves(self, number: int) -> bool:
        """Whether one process says that it can work."""
        return self._status(f"http://{self.site.address('app', number)}:8000/readyz") == 200

    def seen_by_proxy(self, number: int) -> str:
        """What HAProxy says of a process."""
        return told(self.site, f"app{number}")

    def _status(self, address: str) -> int:
        try:
            return requests.get(address, timeout=5, verify=str(self.certificate)).status_code
        except requests.RequestException:
            return 0

    def stop(self) -> None:
        """End everything."""
        self.databases.stop()
        self.processes.kill_all()


@contextmanager
def running_site() -> Iterator[ClinicSite]:
    """A clinic's machines until the block ends; skips the test where a program or a right is missing."""
    missing = [program for program in PROGRAMS if not Path(program).exists()]
    if missing or os.getuid() != 0:
        reason = f"a cluster needs {', '.join(missing) or 'root'}; see `make faults`"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="site-"))
    folder.chmod(0o755)
    site = ClinicSite(folder)
    kept = os.environ.get("PGPASSFILE")
    try:
        site.start()
        yield site
    finally:
        site.stop()
        os.environ.pop("PGPASSFILE", None)
        if kept is not None:
            os.environ["PGPASSFILE"] = kept
        shutil.rmtree(folder, ignore_errors=True)

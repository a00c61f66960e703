"""The files of ``deploy/``, as they are; only the made-up addresses and the folders are replaced."""

import secrets
import socket
from pathlib import Path

DEPLOY = Path(__file__).parents[3] / "deploy"
MADE_UP = "192.0.2."
DATABASES = (1, 2, 3)
SERVICES = (1, 2)
# How the made-up addresses end: .11 is the first database, .21 the first of the service, .31 HAProxy.
_FIRST = {"db": 10, "app": 20}
PROXY = 31
_FOLDERS = ("/var/lib/etcd", "/var/lib/postgresql", "/etc/haproxy", "/etc/pgbouncer", "/var/log/postgresql")
# Settings that the files themselves call the same on every machine.
_SAME_EVERYWHERE = ("ETCD_INITIAL_CLUSTER", "PATRONI_ETCD3_HOSTS")
_TRIES = 50


class Site:
    """A made-up clinic's machines: a network ``127.x.y.`` that nobody else uses now, and a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.network = _free_network()

    def address(self, kind: str, number: int) -> str:
        """The address of a machine: ``db`` or ``app`` and its number, as the files count them."""
        return f"{self.network}{_FIRST[kind] + number}"

    @property
    def proxy(self) -> str:
        """The address that HAProxy listens on."""
        return f"{self.network}{PROXY}"

    def text(self, name: str) -> str:
        """A file of ``deploy/`` with this site's addresses and folders in it."""
        text = (DEPLOY / name).read_text("utf-8").replace(MADE_UP, self.network)
        for folder in _FOLDERS:
            text = text.replace(folder, str(self.folder / folder.rsplit("/", 1)[1]))
        return text

    def environment(self, name: str, database: int | None = None) -> dict[str, str]:
        """The settings of an environment file; with ``database``, as that machine has to write them."""
        settings = _settings(self.text(name))
        if database is None:
            return settings
        first, own = self.address("db", 1), self.address("db", database)
        return {
            key: value
            if key.startswith(_SAME_EVERYWHERE)
            else value.replace(first, own).replace("db1", f"db{database}")
            for key, value in settings.items()
        }


def _settings(text: str) -> dict[str, str]:
    lines = (line.strip() for line in text.splitlines())
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def _free_network() -> str:
    """A part of the loopback range in which the ports of the files are free."""
    for _ in range(_TRIES):
        network = f"127.{secrets.randbelow(200) + 20}.{secrets.randbelow(250) + 1}."
        try:
            with socket.create_server((f"{network}11", 5432)):
                return network
        except OSError:
            continue
    raise AssertionError("no network of its own was to be had on this machine")

"""What Patroni says of the databases, and what it is told, at any machine that answers."""

import json
import urllib.error
import urllib.request
from typing import Any

from tests.faults.cluster.deployed import DATABASES, Site
from tests.faults.cluster.processes import wait_for

UNTIL_UP_SECONDS = 120


class Agents:
    """The Patronis of a site, asked and told over HTTP as operators do."""

    def __init__(self, site: Site, password: str) -> None:
        self._site = site
        self._operator_password = password

    def members(self) -> dict[str, dict[str, Any]]:
        """What Patroni says of each machine, asked of any one that answers."""
        for number in DATABASES:
            said = self.ask(number, "/cluster")
            if said.get("members"):
                return {member["name"]: member for member in said["members"]}
        return {}

    def leader(self) -> int | None:
        """The number of the machine that says it is the primary."""
        found = [n for n in DATABASES if self.ask(n, "/patroni").get("role") in ("primary", "master")]
        return found[0] if len(found) == 1 else None

    def wait_for_leader(self, seconds: float, other_than: int | None = None) -> int:
        """The primary, as soon as there is one."""

        def look() -> int | None:
            found = self.leader()
            return found if found != other_than else None

        return wait_for("a primary", look, seconds) or 0

    def wait_until_whole(self) -> None:
        """Wait for one primary and two standbys that stream, one of which must hold every commit."""
        wait_for("a whole cluster", self._is_whole, UNTIL_UP_SECONDS)

    def _is_whole(self) -> bool:
        members = self.members().values()
        states = sorted(f"{member['role']} {member['state']}" for member in members)
        standbys = {"quorum_standby streaming", "sync_standby streaming", "replica streaming"}
        return (
            len(states) == len(DATABASES)
            and states.count("leader running") == 1
            and set(states) <= standbys | {"leader running"}
            and (any("_standby" in state for state in states) or not self._is_synchronous())
        )

    def _is_synchronous(self) -> bool:
        return any(self.ask(n, "/config").get("synchronous_mode") for n in DATABASES)

    def switch_over(self, leader: int, candidate: int) -> None:
        """Have another machine be the primary, as an operator does before work on one."""
        self.ask(leader, "/switchover", {"leader": f"db{leader}", "candidate": f"db{candidate}"}, "POST")

    def configure(self, **settings: object) -> None:
        """Change what all the machines have been told, as `patronictl edit-config` does."""
        leader = self.wait_for_leader(30)
        self.ask(leader, "/config", settings, "PATCH")

    def ask(
        self, number: int, path: str, sent: dict[str, Any] | None = None, method: str = "GET"
    ) -> dict[str, Any]:
        """Patroni's answer, or nothing where none came."""
        manager = urllib.request.HTTPPasswordMgrWithPriorAuth()
        address = f"http://{self._site.address('db', number)}:8008"
        manager.add_password(None, address, "operator", self._operator_password, is_authenticated=True)
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(manager))
        body = json.dumps(sent).encode() if sent is not None else None
        request = urllib.request.Request(address + path, body, method=method)  # noqa: S310 -- loopback
        try:
            with opener.open(request, timeout=60 if sent else 2) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            text = error.read()
        except OSError:
            return {}
        try:
            said = json.loads(text)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

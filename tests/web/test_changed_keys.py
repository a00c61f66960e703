"""A key is changed without a gap, on two servers of one database, and is out at once where it is revoked."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from service.domain.access.credentials import KEY_PREFIX, TOKEN_PREFIX
from service.domain.access.sessions import SESSION_PREFIX
from tests.databases import PostgresqlOfTests
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import COMMAND, address_of, environment_of, open_clinic, started
from tests.web.conftest import ClinicOfTests

CLINIC = "Clinic of the tests"
GUIDE = Path(__file__).parents[2] / "docs" / "operators.md"


class Servers:
    """Two servers on one database, and the console beside them."""

    def __init__(self, url: str) -> None:
        self.environments = [environment_of(url), environment_of(url)]
        self.processes = [started(environment) for environment in self.environments]

    def keys(self, *words: str) -> str:
        command = [COMMAND, "keys", words[0], "--clinic", CLINIC, *words[1:]]
        done = subprocess.run(command, env=self.environments[0], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def answer(self, key: str) -> list[int]:
        """How each of them answers to a key now."""
        headers = {"Authorization": f"Bearer {key}"}
        return [
            requests.get(f"{address_of(one)}/v1/patients", headers=headers, timeout=30).status_code
            for one in self.environments
        ]


@pytest.fixture
def servers(postgresql: PostgresqlOfTests) -> Iterator[Servers]:
    with postgresql.database() as url:
        open_clinic(url, guidance_of_tests(), datetime.now(UTC), CLINIC)
        made = Servers(url)
        yield made
        for process in made.processes:
            process.terminate()
            process.wait(timeout=20)


def test_both_keys_are_valid_while_a_program_changes_over_and_the_old_one_is_out_with_the_next_call(
    servers: Servers,
) -> None:
    first = servers.keys("create", "--role", "ehr", "--name", "EHR one")
    assert servers.answer(first) == [200, 200]

    second = servers.keys("create", "--role", "ehr", "--name", "EHR two")
    assert servers.answer(first) == servers.answer(second) == [200, 200]

    listed = servers.keys("list")
    assert first not in listed
    assert second not in listed
    first_id = next(line.split()[0] for line in listed.splitlines() if "EHR one" in line)
    servers.keys("revoke", first_id)
    assert (servers.answer(first), servers.answer(second)) == ([401, 401], [200, 200])


def test_scanners_for_secrets_find_every_secret_of_the_service_by_the_pattern_in_the_guide(
    clinic: ClinicOfTests,
) -> None:
    documented = re.search(r"```regex\n(.+)\n```", GUIDE.read_text("utf-8"))
    assert documented is not None
    pattern = re.compile(documented[1])

    assert {KEY_PREFIX, SESSION_PREFIX, TOKEN_PREFIX} == {"mcl_", "mcs_", "mct_"}
    for secret in (clinic.ehr.secret, clinic.nurse.secret):
        assert pattern.fullmatch(secret)
        assert pattern.search(f'key = "{secret}"')
    assert not pattern.search("mcl_wrong and mcl_" + "a" * 42)

"""Names on the console are shown as they are, and none that would mislead a terminal is kept."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from service.actions.work import new_id
from service.cli import main
from service.domain.access.clinics import Clinic
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.audit_keys import SIGNING
from tests.hostile.names import NAMES, REFUSED

CLINIC = "Clinic of the tests"


@pytest.fixture
def url(database_url: str, database: Database) -> str:
    now = datetime.now(UTC)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, Clinic(new_id(now), CLINIC), now)
    return database_url


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(main, words, env=SIGNING | {"DATABASE_URL": url})


def test_a_table_of_the_console_has_a_line_for_each_name(url: str) -> None:
    names = NAMES[::4]
    for name in names:
        made = run(url, "keys", "create", "--clinic", CLINIC, "--role", "intake", "--name", name)
        assert made.exit_code == 0, (name, made.output)
    listed = run(url, "keys", "list", "--clinic", CLINIC).output.splitlines()
    for line, name in zip(listed, names, strict=True):
        assert line.endswith(f" {name}")


@pytest.mark.parametrize("name", [name for name in REFUSED if "\0" not in name and "\ud800" not in name])
def test_a_name_that_would_mislead_is_refused_on_the_console(url: str, name: str) -> None:
    refused = run(url, "keys", "create", "--clinic", CLINIC, "--role", "intake", "--name", name)
    assert refused.exit_code == 2
    assert run(url, "keys", "list", "--clinic", CLINIC).output == ""

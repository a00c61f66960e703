"""A role that PostgreSQL holds to no policy serves no clinic."""

from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner, Result

from service.cli import main
from tests.databases import PostgresqlOfTests

SECRETS = {
    "MEDICATION_CHECKLIST_SECRET_KEY": "s" * 32,
    "MEDICATION_CHECKLIST_AUDIT_KEY": "a" * 32,
}


def asked(url: str, *command: str, mode: str = "production") -> Result:
    environment = {**SECRETS, "DATABASE_URL": url, "MEDICATION_CHECKLIST_MODE": mode}
    return CliRunner().invoke(main, command, env=environment)


@pytest.fixture(params=["a superuser", "one with BYPASSRLS"])
def beyond_policies(request: pytest.FixtureRequest, postgresql: PostgresqlOfTests) -> Iterator[str]:
    """The address of a database for a role that is held to no policy."""
    with postgresql.database() as url:
        superusers = postgresql.superusers_url(url)
        if request.param == "a superuser":
            yield superusers
            return
        with psycopg.connect(superusers, autocommit=True) as admin:
            admin.execute("CREATE ROLE passing LOGIN BYPASSRLS")
            yield superusers.replace("//postgres:", "//passing:")
            admin.execute("DROP ROLE passing")


@pytest.mark.parametrize("command", [("serve",), ("config", "check")])
def test_nothing_is_served_for_a_role_that_no_policy_holds_for(
    beyond_policies: str, command: tuple[str, ...]
) -> None:
    ended = asked(beyond_policies, *command)
    assert ended.exit_code == 2
    assert "BYPASSRLS" in ended.stderr
    assert "docs/operators.md" in ended.stderr
    assert "can start." not in ended.stdout


def test_a_demo_is_only_warned(beyond_policies: str) -> None:
    ended = asked(beyond_policies, "config", "check", mode="demo")
    assert ended.exit_code == 0
    assert "Warning" in ended.stderr
    assert "The service can start." in ended.stdout


def test_a_plain_role_is_said_nothing(database_url: str) -> None:
    ended = asked(database_url, "config", "check")
    assert (ended.exit_code, ended.stderr) == (0, "")


def test_a_database_that_does_not_answer_is_not_waited_for() -> None:
    ended = asked("postgresql://nobody@127.0.0.1:1/nothing", "config", "check")
    assert (ended.exit_code, ended.stderr) == (0, "")

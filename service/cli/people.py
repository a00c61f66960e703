"""``clinics``, ``keys`` and ``staff``: whose data it is, and who may come in."""

from uuid import UUID
from zoneinfo import available_timezones

import click

from service.actions.access import add_member, make_key, revoke_key
from service.actions.clinics import create_clinic
from service.actions.clock import utc_now
from service.actions.performing import perform
from service.actions.work import new_id, unit_of_work
from service.cli.doors import CONSOLE, operator_of, operators_door
from service.cli.kept_text import KEPT_TEXT
from service.cli.known import known_clinic
from service.cli.opening import audit_keys_or_exit, open_transaction
from service.domain.access.clinics import Clinic
from service.domain.access.credentials import KEY_ROLES, STAFF_ROLES
from service.domain.access.permissions import Role
from service.domain.patients.patients import Paper
from service.store import api_keys as key_store
from service.store.database import reach_only


@click.group()
def clinics() -> None:
    """Clinics: each sees its own patients, keys, staff and guidance only."""


@clinics.command("create")
@click.option("--name", required=True, type=KEPT_TEXT)
@click.option("--paper", type=click.Choice([paper.value for paper in Paper]), default=Paper.A4.value)
@click.option("--time-zone", default="UTC", help="An IANA name, such as Europe/Madrid.")
def make_clinic(name: str, paper: str, time_zone: str) -> None:
    """Make a clinic.

    \b
    Example:
      medication-checklist clinics create --name "Clinic one" --paper letter --time-zone America/Chicago
    """
    if time_zone not in available_timezones():
        raise click.BadParameter(f"{time_zone!r} is not a time zone.", param_hint="--time-zone")
    audit_keys, now = audit_keys_or_exit(), utc_now()
    clinic = Clinic(new_id(now), name, paper=Paper(paper), time_zone=time_zone)
    with open_transaction() as connection:
        reach_only(connection, clinic.id)
        with unit_of_work(connection, audit_keys, operator_of(clinic.id), now, CONSOLE) as work:
            create_clinic(work, clinic)
    click.echo("Made.")


@click.group()
def keys() -> None:
    """Keys of programs: intake forms, EHRs, administrators' scripts."""


@keys.command("create")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--role", required=True, type=click.Choice(sorted(role.value for role in KEY_ROLES)))
@click.option(
    "--name", required=True, type=KEPT_TEXT, help="What uses the key; it stands on records as the recorder."
)
def create(clinic: str, role: str, name: str) -> None:
    """Make a key and show it once.

    \b
    Example:
      medication-checklist keys create --clinic "Demo clinic" --role intake --name "Lobby tablet"
    """
    with operators_door(clinic) as door:
        click.echo(perform(door, lambda work: make_key(work, role=Role(role), name=name)))


@keys.command("list")
@click.option("--clinic", required=True, help="The clinic's name.")
def list_all(clinic: str) -> None:
    """List a clinic's keys, without their secrets.

    \b
    Example:
      medication-checklist keys list --clinic "Demo clinic"
    """
    with open_transaction() as connection:
        for key in key_store.list_keys(connection, known_clinic(connection, clinic).id):
            state = f"revoked {key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "valid"
            click.echo(f"{key.id}  {key.role:<14} {state:<26} {key.name}")


@keys.command("revoke")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.argument("key_id", type=click.UUID)
def revoke(clinic: str, key_id: UUID) -> None:
    """Revoke a key; it stops working at once.

    \b
    Example:
      medication-checklist keys revoke --clinic "Demo clinic" 01920000-0000-7000-8000-000000000000
    """
    with operators_door(clinic) as door:
        perform(door, lambda work: revoke_key(work, key_id))
    click.echo("Revoked.")


@click.group()
def staff() -> None:
    """People who log in."""


@staff.command("add")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--role", required=True, type=click.Choice(sorted(role.value for role in STAFF_ROLES)))
@click.option("--login", required=True, type=KEPT_TEXT)
@click.option("--name", required=True, type=KEPT_TEXT)
@click.password_option(help="At least 15 characters; asked for when it is not given.")
def add(clinic: str, role: str, login: str, name: str, password: str) -> None:
    """Add a nurse or an administrator.

    \b
    Example:
      medication-checklist staff add --clinic "Demo clinic" --role nurse \\
          --login nurse.02 --name "Test Nurse 02"
    """
    with operators_door(clinic) as door:
        perform(
            door,
            lambda work: add_member(work, role=Role(role), login=login, name=name, password=password),
        )
    click.echo("Added.")

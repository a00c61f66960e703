"""``clinics``, ``keys`` and ``staff``: whose data it is, and who may come in."""

import sys
from uuid import UUID
from zoneinfo import available_timezones

import click

from service.actions.clock import utc_now
from service.actions.credentials import add_staff, create_key
from service.actions.work import new_id
from service.cli.database import open_transaction
from service.domain.access import Actor, Role
from service.domain.clinics import Clinic
from service.domain.credentials import KEY_ROLES, STAFF_ROLES
from service.domain.patients import Paper
from service.store import clinics as clinic_store
from service.store import credentials as credential_store
from service.store.database import Connection, Database, Reach, reach_only


def known_clinic(connection: Connection, name: str) -> Clinic:
    """The clinic of that name, which alone is reached from then on; ends with status 2 without one."""
    clinic = clinic_store.find_clinic_by_name(connection, name)
    if clinic is None:
        click.echo(f"There is no clinic named {name!r}.", err=True)
        sys.exit(2)
    reach_only(connection, clinic.id)
    return clinic


def known_actor(database: Database, login: str, clinic: str | None) -> Actor:
    """The member of staff with that log-in, of that clinic; ends the command with status 2 without one."""
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        member = credential_store.find_staff(connection, login)
        known = member is not None and member.left_at is None
        if (
            member is None
            or not known
            or (clinic and member.clinic_id != known_clinic(connection, clinic).id)
        ):
            click.echo(f"There is nobody with the log-in {login!r}.", err=True)
            sys.exit(2)
        return member.actor


@click.group()
def clinics() -> None:
    """Clinics: each sees its own patients, keys, staff and guidance only."""


@clinics.command("create")
@click.option("--name", required=True)
@click.option("--paper", type=click.Choice([paper.value for paper in Paper]), default=Paper.A4.value)
@click.option("--time-zone", default="UTC", help="An IANA name, such as Europe/Madrid.")
def create_clinic(name: str, paper: str, time_zone: str) -> None:
    """Make a clinic.

    \b
    Example:
      medication-checklist clinics create --name "Clinic one" --paper letter --time-zone America/Chicago
    """
    if time_zone not in available_timezones():
        raise click.BadParameter(f"{time_zone!r} is not a time zone.", param_hint="--time-zone")
    now = utc_now()
    with open_transaction() as connection:
        clinic = Clinic(new_id(now), name, paper=Paper(paper), time_zone=time_zone)
        reach_only(connection, clinic.id)
        clinic_store.insert_clinic(connection, clinic, now)
    click.echo("Made.")


@click.group()
def keys() -> None:
    """Keys of programs: intake forms, EHRs, administrators' scripts."""


@keys.command("create")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--role", required=True, type=click.Choice(sorted(role.value for role in KEY_ROLES)))
@click.option("--name", required=True, help="What uses the key; it stands on records as the recorder.")
def create(clinic: str, role: str, name: str) -> None:
    """Make a key and show it once.

    \b
    Example:
      medication-checklist keys create --clinic "Demo clinic" --role intake --name "Lobby tablet"
    """
    with open_transaction() as connection:
        found = known_clinic(connection, clinic)
        click.echo(create_key(connection, found.id, Role(role), name, utc_now()))


@keys.command("list")
@click.option("--clinic", required=True, help="The clinic's name.")
def list_all(clinic: str) -> None:
    """List a clinic's keys, without their secrets.

    \b
    Example:
      medication-checklist keys list --clinic "Demo clinic"
    """
    with open_transaction() as connection:
        for key in credential_store.list_keys(connection, known_clinic(connection, clinic).id):
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
    with open_transaction() as connection:
        found = known_clinic(connection, clinic)
        if not credential_store.revoke_key(connection, found.id, key_id, utc_now()):
            click.echo("There is no such valid key.", err=True)
            sys.exit(1)
    click.echo("Revoked.")


@click.group()
def staff() -> None:
    """People who log in."""


@staff.command("add")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--role", required=True, type=click.Choice(sorted(role.value for role in STAFF_ROLES)))
@click.option("--login", required=True)
@click.option("--name", required=True)
@click.password_option(help="At least 15 characters; asked for when it is not given.")
def add(clinic: str, role: str, login: str, name: str, password: str) -> None:
    """Add a nurse or an administrator.

    \b
    Example:
      medication-checklist staff add --clinic "Demo clinic" --role nurse \\
          --login nurse.02 --name "Test Nurse 02"
    """
    with open_transaction() as connection:
        found = known_clinic(connection, clinic)
        add_staff(connection, found.id, Role(role), login, name, password, utc_now())
    click.echo("Added.")

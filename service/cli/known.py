"""The clinic, the person and the patient that a command names."""

import sys

import click

from service.actions.door import Door
from service.actions.patients import find_patients
from service.actions.performing import perform
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor
from service.domain.patients.patients import Identifier, Patient
from service.store import clinics as clinic_store
from service.store import staff as staff_store
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
        member = staff_store.find_staff(connection, login)
        known = member is not None and member.left_at is None
        if (
            member is None
            or not known
            or (clinic and member.clinic_id != known_clinic(connection, clinic).id)
        ):
            click.echo(f"There is nobody with the log-in {login!r}.", err=True)
            sys.exit(2)
        return member.actor


def known_patient(door: Door, written: str) -> Patient:
    """The patient with the identifier that is written ``system|value``; ends the command with status 2."""
    system, bar, value = written.rpartition("|")
    if not (bar and system and value):
        click.echo("Write the identifier as SYSTEM|VALUE, such as 'urn:clinic:mrn|000123'.", err=True)
        sys.exit(2)
    found = perform(door, lambda work: find_patients(work, Identifier(system, value))).items
    if not found:
        click.echo("The clinic has no patient with this identifier.", err=True)
        sys.exit(2)
    return found[0]

"""``patients erase`` and ``patients erased``: a patient is erased for good, and again after a restore."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from service.actions import erasing
from service.actions.door import Door
from service.actions.performing import perform
from service.cli.doors import staff_door
from service.cli.known import known_patient
from service.domain.patients.erasure import ErasureReason, WhatGoes
from service.formats.kept_lines.erasures import erasure_line, read_erasures
from service.formats.kept_lines.lines import KeptLineError
from service.store.database import Database

_BY = click.option("--by", required=True, metavar="LOGIN", help="The administrator who erases.")
_CLINIC = click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it.")


@click.command("erase")
@click.argument("identifier", metavar="[SYSTEM|VALUE]", required=False)
@click.option("--reason", type=click.Choice([reason.value for reason in ErasureReason]))
@_BY
@_CLINIC
@click.option("--confirm", metavar="VALUE", help="The identifier again; asked for without it.")
@click.option(
    "--ids-from",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Erase again who is in this file, which "patients erased" wrote.',
)
def erase(
    *,
    identifier: str | None,
    reason: str | None,
    by: str,
    clinic: str | None,
    confirm: str | None,
    ids_from: Path | None,
) -> None:
    """Erase a patient for good: the record, every version of the list, the sheets, signatures and forms.

    It says what goes and asks for the identifier again. The audit trail stays, and holds ids, versions and
    counts. Nothing brings the patient back but a backup; after a restore, --ids-from erases them again.
    What is written out is to be kept outside of the database for that.

    \b
    Example:
      medication-checklist patients erase 'urn:clinic:mrn|000123' --by admin.01 --reason patient_asked
      medication-checklist patients erase --by admin.01 --ids-from /mnt/elsewhere/erased.jsonl
    """
    with staff_door(by, clinic) as door:
        if identifier and reason and not ids_from:
            _erase_one(door, identifier, ErasureReason(reason), confirm)
        elif ids_from and not (identifier or reason):
            _erase_again(door, ids_from)
        else:
            raise click.UsageError("Name a patient and the reason, or --ids-from alone.")
        _tell_what_is_left(door.database)


@click.command("erased")
@_BY
@_CLINIC
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="A day (UTC): nobody of before it.")
def erased(by: str, clinic: str | None, since: datetime | None) -> None:
    """Say in a line of JSON for each patient who was erased which id it was, when and why.

    \b
    Example:
      medication-checklist patients erased --by admin.01 --since 2026-12-01 > /mnt/elsewhere/erased.jsonl
    """
    begin = since and since.replace(tzinfo=UTC)
    with staff_door(by, clinic) as door:
        for one in reversed(perform(door, lambda work: erasing.list_erased(work, begin))):
            click.echo(erasure_line(one))


def _erase_one(door: Door, identifier: str, reason: ErasureReason, confirm: str | None) -> None:
    patient_id = known_patient(door, identifier).id
    _show(perform(door, lambda work: erasing.see_what_goes(work, patient_id)))
    typed = confirm or click.prompt("Type the identifier again to erase all of this", err=True)
    erasure = perform(door, lambda work: erasing.erase_patient(work, patient_id, reason, typed))
    click.echo(erasure_line(erasure))
    click.echo("Erased. Keep this line outside of the database while there are backups.", err=True)


def _show(what: WhatGoes) -> None:
    patient = what.patient
    numbers = "; ".join(f"{one.value} ({one.system})" for one in patient.identifiers)
    click.echo(f"{patient.name or 'No name'}, born {patient.birth_date or 'unknown'}: {numbers}", err=True)
    click.echo(", ".join(f"{count} {what_it_is}" for what_it_is, count in what.counts.items()), err=True)


def _erase_again(door: Door, file: Path) -> None:
    """Each by itself, so that what was interrupted can be started anew."""
    try:
        named = read_erasures(file.read_text("utf-8").splitlines())
    except (KeptLineError, ValueError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint="--ids-from") from None
    for one in named:
        found = perform(door, partial(erasing.erase_again, patient_id=one.patient_id, reason=one.reason))
        click.echo(f"{one.patient_id}: {'erased' if found else 'nothing was there'}")


def _tell_what_is_left(database: Database) -> None:
    if database.kind == "postgresql" or not database.empty_log():
        click.echo(
            'The bytes are in the database\'s files until "medication-checklist db vacuum" has run.', err=True
        )

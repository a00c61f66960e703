"""``patients export``: everything that is kept of a patient, as a file for the patient."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from service.cli.doors import staff_door
from service.cli.known import known_patient
from service.config import read_public_url
from service.web.patient_file import write_patient_file


@click.command("export")
@click.argument("identifier", metavar="SYSTEM|VALUE")
@click.option("--by", required=True, metavar="LOGIN", help="The administrator who makes the file.")
@click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it.")
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The ZIP; it must not be there yet.",
)
def export(identifier: str, by: str, clinic: str | None, output: Path) -> None:
    """Write everything that is kept of a patient into a ZIP, which only its owner can read.

    \b
    Example:
      medication-checklist patients export 'urn:clinic:mrn|000123' --by admin.01 --output 000123.zip
    """
    with staff_door(by, clinic) as door:
        patient = known_patient(door, identifier)
        with _new_file(output) as file:
            write_patient_file(door, patient.id, f"{read_public_url(os.environ)}/fhir", file)
    click.echo(f"Written: {output}", err=True)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner can read, and that goes again where it is not written whole."""
    try:
        file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")
    except OSError as error:
        click.echo(f"{path} cannot be made: {error.strerror}. Nothing was written.", err=True)
        sys.exit(1)
    try:
        with file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise

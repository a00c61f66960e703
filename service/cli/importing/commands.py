"""``import`` and its commands."""

import click

from service.cli.importing.fhir import import_fhir
from service.cli.importing.tables import import_csv


@click.group("import")
def import_files() -> None:
    """Take in what other systems wrote. It adds to the lists and never takes away."""


import_files.add_command(import_csv)
import_files.add_command(import_fhir)

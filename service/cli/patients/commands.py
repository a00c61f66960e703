"""``patients``: what a patient can ask of the clinic that keeps their data."""

import click

from service.cli.patients.erasing import erase, erased
from service.cli.patients.exporting import export


@click.group()
def patients() -> None:
    """Patients who ask for what the clinic keeps of them."""


patients.add_command(export)
patients.add_command(erase)
patients.add_command(erased)

"""``patients``: what a patient can ask of the clinic that keeps their data."""

import click


@click.group()
def patients() -> None:
    """Patients who ask for what the clinic keeps of them."""

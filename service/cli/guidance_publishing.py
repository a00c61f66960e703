"""``guidance publish`` and ``guidance list``: which guidance a clinic's checklists are made from."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from service.actions.guidance import publish_guidance
from service.actions.work import Work
from service.cli.database import open_transaction
from service.cli.guidance_files import guidance_or_exit, text_or_exit
from service.cli.people import known_clinic
from service.store import credentials as credential_store
from service.store import guidance as guidance_store


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--document", required=True, type=click.Path(path_type=Path), help="The cited document.")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--by", required=True, metavar="LOGIN", help="The administrator who publishes it.")
def publish(file: Path, document: Path, clinic: str, by: str) -> None:
    """Make the guidance in FILE the clinic's latest for its treatment.

    It is refused unless every statement passes the check against the document and was reviewed by a person
    since its text last changed. Sheets that were issued before keep the guidance they were made from.

    \b
    Example:
      medication-checklist guidance publish sorafenib.toml --document overview.txt \\
          --clinic "Demo clinic" --by admin.01
    """
    guidance, text = guidance_or_exit(file), text_or_exit(document)
    with open_transaction() as connection:
        member = credential_store.find_staff(connection, by)
        if member is None or member.clinic_id != known_clinic(connection, clinic).id:
            click.echo(f"The clinic has nobody with the log-in {by!r}.", err=True)
            sys.exit(2)
        work = Work(connection, member.actor, datetime.now(UTC), "console")
        published = publish_guidance(work, guidance, text)
    click.echo(f"Published for {published.guidance.treatment.name}: version {published.version[:12]}.")


@click.command("list")
@click.option("--clinic", required=True, help="The clinic's name.")
def list_published(clinic: str) -> None:
    """List the clinic's latest guidance for each treatment.

    \b
    Example:
      medication-checklist guidance list --clinic "Demo clinic"
    """
    with open_transaction() as connection:
        for published in guidance_store.list_guidance(connection, known_clinic(connection, clinic).id):
            guidance = published.guidance
            click.echo(
                f"{guidance.treatment.id}  version {published.version[:12]}  "
                f"{published.published_at:%Y-%m-%d}  {published.published_by}  {guidance.document.title}"
            )

"""``guidance publish`` and ``guidance list``: which guidance a clinic's checklists are made from."""

from pathlib import Path

import click

from service.actions.clock import utc_now
from service.actions.guidance import publish_guidance
from service.actions.work import Door, perform
from service.cli.database import audit_keys_or_exit, database_url, open_transaction, said_plainly
from service.cli.guidance_files import guidance_or_exit, text_or_exit
from service.cli.known import known_actor, known_clinic
from service.store import guidance as guidance_store
from service.store.database import Database


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
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    try:
        with said_plainly():
            actor = known_actor(database, by, clinic)
            door = Door(database, audit_keys, utc_now, actor, "console")
            published = perform(door, lambda work: publish_guidance(work, guidance, text))
    finally:
        database.dispose()
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

"""``guidance publish``: which guidance a clinic's checklists are made from."""

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.actions.guidance import publish_guidance
from service.actions.performing import perform
from service.cli.doors import staff_door
from service.cli.guidance.files import guidance_or_exit, text_or_exit
from service.cli.guidance.telling import refusal_lines, review_of, rules_not_run, verdict
from service.domain.guidance.report import UnpublishableError


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
    with staff_door(by, clinic) as door, _with_each_statement(file, document):
        published = perform(door, lambda work: publish_guidance(work, guidance, text))
    click.echo(f"Published for {published.guidance.treatment.name}: version {published.version[:12]}.")


@contextmanager
def _with_each_statement(file: Path, document: Path) -> Iterator[None]:
    """Say of each statement why it is not published, and what comes next; ends the command with status 1."""
    try:
        yield
    except UnpublishableError as error:
        report = error.report
        refused = [statement for statement in report.statements if not statement.accepted]
        lines = [f"{file} is not published."]
        for statement in report.statements:
            if not (statement.accepted and statement.is_reviewed):
                lines += [f"{statement.id}: {verdict(statement)}, {review_of(statement)}"]
                lines += refusal_lines(statement)
        lines += rules_not_run(report)
        named = f"{shlex.quote(str(file))} --document {shlex.quote(str(document))}"
        command = f"check {named}" if refused else f"review {named} --by NAME"
        lines.append(f"Next: medication-checklist guidance {command}")
        click.echo("\n".join(lines), err=True)
        sys.exit(1)

"""``guidance list``, ``show`` and ``retire``: the versions that a clinic published, and which are in use."""

from collections.abc import Iterator

import click

from service.actions.guidance import retire_guidance
from service.actions.performing import perform
from service.cli.doors import staff_door
from service.cli.known import known_clinic
from service.cli.opening import open_transaction
from service.domain.errors import NotFoundError
from service.domain.guidance.publications import GuidanceVersion, PublicationAct, TimeInUse
from service.domain.guidance.statements import Statement
from service.store import guidance as guidance_store
from service.store import guidance_versions as version_store

_LEAST_DIGITS = 8
_ENDED = {PublicationAct.PUBLISH: "replaced", PublicationAct.RETIRE: "retired"}


@click.command("list")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--all", "everything", is_flag=True, help="List every version that was ever published.")
def list_published(clinic: str, *, everything: bool) -> None:
    """List the guidance that the clinic uses for each treatment.

    With --all each version stands there, in use or not: when it was published and by whom, what ended its
    use, and how many sheets were issued from it. Days are in UTC.

    \b
    Example:
      medication-checklist guidance list --clinic "Demo clinic" --all
    """
    with open_transaction() as connection:
        clinic_id = known_clinic(connection, clinic).id
        if everything:
            sheets = version_store.count_sheets(connection, clinic_id)
            for found in version_store.list_versions(connection, clinic_id):
                issued = sheets.get((found.guidance.treatment.id, found.version), 0)
                click.echo("\n".join(_version_lines(found, issued)))
            return
        for published in guidance_store.list_guidance(connection, clinic_id):
            guidance = published.guidance
            click.echo(
                f"{guidance.treatment.id}  version {published.version[:12]}  "
                f"{published.published_at:%Y-%m-%d}  {published.published_by}  {guidance.document.title}"
            )


@click.command()
@click.argument("treatment")
@click.argument("version", required=False)
@click.option("--clinic", required=True, help="The clinic's name.")
def show(treatment: str, version: str | None, clinic: str) -> None:
    """Print the statements of a version, with the sentences that each cites and who reviewed it.

    VERSION is a version's digest, or at least 8 digits as it alone begins; without it the one in use is
    printed. The exit status is 1 when there is no such version.

    \b
    Example:
      medication-checklist guidance show sorafenib --clinic "Demo clinic"
    """
    with open_transaction() as connection:
        clinic_id = known_clinic(connection, clinic).id
        if version is None:
            published = guidance_store.load_guidance(connection, clinic_id, treatment)
            if published is None:
                raise NotFoundError(f"No guidance is in use for {treatment!r}.")
            version = published.version
        elif len(version) < _LEAST_DIGITS:
            raise NotFoundError(f"Name the version by at least {_LEAST_DIGITS} digits.")
        found = version_store.find_version(connection, clinic_id, treatment, version)
        sheets = version_store.count_sheets(connection, clinic_id).get((treatment, found.version), 0)
        lines = [*_version_lines(found, sheets), f"  digest {found.version}"]
        for statement in found.guidance.statements:
            lines += ["", *_statement_lines(statement)]
        click.echo("\n".join(lines))


@click.command()
@click.argument("treatment")
@click.option("--clinic", required=True, help="The clinic's name.")
@click.option("--by", required=True, metavar="LOGIN", help="The administrator who retires it.")
def retire(treatment: str, clinic: str, by: str) -> None:
    """Put the guidance for TREATMENT, named by its id, out of use.

    No checklist is issued for it until a version is published again. What was issued stays as it is, and
    open sheets say that the guidance was retired. The exit status is 1 when none is in use.

    \b
    Example:
      medication-checklist guidance retire sorafenib --clinic "Demo clinic" --by admin.01
    """
    with staff_door(by, clinic) as door:
        retired = perform(door, lambda work: retire_guidance(work, treatment))
    click.echo(f"Retired for {treatment}: version {retired.version[:12]}.")


def _version_lines(found: GuidanceVersion, sheets: int) -> Iterator[str]:
    guidance, is_used = found.guidance, "in use" if found.in_use else "not in use"
    yield (
        f"{guidance.treatment.id}  version {found.version[:12]}  {is_used}  sheets: {sheets}  "
        f"{guidance.document.title}"
    )
    yield from map(_time_line, found.times)


def _time_line(time: TimeInUse) -> str:
    published, ended = time.published, time.ended
    line = f"  published {published.at:%Y-%m-%d} by {published.by}"
    return f"{line}, {_ENDED[ended.act]} {ended.at:%Y-%m-%d} by {ended.by}" if ended else line


def _statement_lines(statement: Statement) -> Iterator[str]:
    cites = ", ".join(map(str, statement.cites))
    yield f"{statement.id} ({statement.section}): {statement.text}"
    reviewed = f"; reviewed {statement.review.on} by {statement.review.by}" if statement.review else ""
    yield f"  cites {cites}{reviewed}"

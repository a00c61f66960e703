"""``audit``: whether the audit trail is as it was written, and anchors that tell so later."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click

from service.actions.audit_chain import ChainVerification, make_anchors
from service.actions.clock import utc_now
from service.cli.known import known_clinic
from service.cli.opening import audit_keys_or_exit, database_url, said_plainly
from service.domain.access.clinics import Clinic
from service.domain.audit.verification import Finding, merged
from service.formats.kept_lines.anchors import anchor_line, read_anchors
from service.formats.kept_lines.lines import KeptLineError
from service.store import clinics as clinic_store
from service.store.database import Database, Reach

Anchors = Mapping[UUID, Mapping[int, set[str]]]
"""Of each clinic the macs by sequence numbers."""
_EVERY = 1000


@click.group()
def audit() -> None:
    """The audit trail: verify it, and anchor it outside of the database."""


@audit.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file to add the lines to.")
def anchor(output: Path | None) -> None:
    """Say in a line of JSON for each clinic how many events there are and the mac of the last one.

    What is kept of this outside of the database, on paper, in a mailbox or on another machine, lets "audit
    verify" notice later that the trail was cut or written anew up to there.

    \b
    Example:
      medication-checklist audit anchor --output /mnt/elsewhere/anchors.jsonl
    """
    with _opened() as database:
        made = make_anchors(database, utc_now())
    lines = "".join(f"{anchor_line(one)}\n" for one in made)
    if output is None:
        click.echo(lines, nl=False)
    else:
        with output.open("a", encoding="utf-8") as file:
            file.write(lines)


@audit.command()
@click.option("--clinic", help="The clinic's name; every clinic without it.")
@click.option(
    "--anchors",
    "anchor_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='What "audit anchor" wrote.',
)
def verify(clinic: str | None, anchor_file: Path | None) -> None:
    """Read the whole audit trail and say what is not as it was written, a line for each finding.

    The service may go on writing meanwhile. The exit status is 0 when nothing was found and 1 otherwise.

    \b
    Example:
      medication-checklist audit verify --anchors /mnt/elsewhere/anchors.jsonl
    """
    keys, anchors = audit_keys_or_exit(), _read(anchor_file)
    with _opened() as database:
        clinics = _clinics(database, clinic)
        chains = [
            (one.name, ChainVerification(database, keys, one.id, anchors.get(one.id, {}))) for one in clinics
        ]
        good = [_told(name, chain) for name, chain in chains]
    missing = set() if clinic else set(anchors) - {one.id for one in clinics}
    for clinic_id in sorted(missing):
        click.echo(f"Clinic {clinic_id}: anchored, and not there")
    sys.exit(0 if all(good) and not missing else 1)


def _told(name: str, chain: ChainVerification) -> bool:
    """Say what is found in one clinic's chain, then what there is of it; True for a good one."""
    good = True
    for found in merged(_with_bar(name, chain)):
        good = False
        click.echo(f"{name}, {found}")
    reader = chain.reader
    signed = ", ".join(f"key {key} up to {last}" for key, last in reader.keys_seen.items())
    before = f"; {reader.unsigned} from before the chain, not signed" if reader.unsigned else ""
    click.echo(f"{name}: {reader.length} events{f' ({signed})' if signed else ''}{before}", err=not good)
    return good


def _with_bar(name: str, chain: ChainVerification) -> Iterator[Finding]:
    """The findings, with a bar on a terminal's standard error."""
    with click.progressbar(
        length=chain.head.length,
        label=f"Verifying {name}",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        update_min_steps=_EVERY,
    ) as bar:
        yield from chain.findings(bar.update)


def _clinics(database: Database, name: str | None) -> tuple[Clinic, ...]:
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        return clinic_store.list_clinics(connection) if name is None else (known_clinic(connection, name),)


def _read(file: Path | None) -> Anchors:
    """The anchors in a file; ends the command with status 2 for one that has other lines."""
    found: defaultdict[UUID, dict[int, set[str]]] = defaultdict(dict)
    try:
        for one in read_anchors(file.read_text("utf-8").splitlines() if file else ()):
            found[one.clinic_id].setdefault(one.sequence, set()).add(one.mac)
    except (KeptLineError, ValueError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint="--anchors") from None
    return found


@contextmanager
def _opened() -> Iterator[Database]:
    database = Database(database_url())
    try:
        with said_plainly():
            yield database
    finally:
        database.dispose()

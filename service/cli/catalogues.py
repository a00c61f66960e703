"""``catalogues``: the files of other languages, and whether they are in step with the English texts."""

import sys
from pathlib import Path

import click

from service.formats.catalogue_files import FOLDER, CatalogueFileError, file_in_step, unshown_entries


@click.group()
def catalogues() -> None:
    """Look after the service's words in other languages."""


@catalogues.command()
@click.argument("languages", nargs=-1)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, hidden=True)
def update(languages: tuple[str, ...], folder: Path) -> None:
    """Bring the catalogues in step with the English texts; make those of LANGUAGES that are not there yet.

    New texts are added without a translation, changed ones are marked fuzzy, removed ones are dropped.

    \b
    Example:
      medication-checklist catalogues update fr
    """
    for language in languages:
        (folder / f"{language}.po").touch()
    for path in sorted(folder.glob("*.po")):
        path.write_text(_in_step_or_exit(path), "utf-8")
        click.echo(f"{path.stem}: {_count(path)}")


@catalogues.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=FOLDER, hidden=True)
def check(folder: Path) -> None:
    """Say which texts stand in English instead of a translation, and why.

    The exit status is 1 where a catalogue is not in step with the English texts, 2 where it cannot be read.

    \b
    Example:
      medication-checklist catalogues check
    """
    late = []
    for path in sorted(folder.glob("*.po")):
        if _in_step_or_exit(path) != path.read_text("utf-8"):
            late.append(path.stem)
        click.echo(f"{path.stem}: {_count(path)}")
        for key, reason in unshown_entries(path).items():
            click.echo(f"  {key} {reason}")
    if late:
        click.echo(f"Not in step: {', '.join(late)}. Run medication-checklist catalogues update.", err=True)
        sys.exit(1)


def _count(path: Path) -> str:
    missing = len(unshown_entries(path))
    return f"{missing} texts stand in English." if missing else "every text is translated."


def _in_step_or_exit(path: Path) -> str:
    try:
        return file_in_step(path)
    except CatalogueFileError as error:
        click.echo(str(error), err=True)
        sys.exit(2)

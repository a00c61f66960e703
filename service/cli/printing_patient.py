"""``print --patient``: a checklist issued from one patient's latest list, as a PDF of its sheet alone."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from service.actions.checklists import IssuedChecklist, get_checklist
from service.actions.issuing import ChecklistRequest, issue_checklist
from service.actions.patients import find_patients
from service.actions.work import Work
from service.domain.checklists.short_code import printed
from service.domain.errors import NotFoundError
from service.domain.patients.patients import Identifier
from service.formats.printout import PressError, UnprintableError
from service.web.printing import print_sheet


@dataclass(frozen=True, slots=True)
class PatientsSheet:
    """Whose sheet is wanted, and for what."""

    patient: Identifier
    request: ChecklistRequest


def issue_sheet(work: Work, wanted: PatientsSheet) -> IssuedChecklist:
    """Issue the checklist, to be printed. Raises NotFoundError and RefusedError."""
    found = find_patients(work, wanted.patient).items
    if not found:
        raise NotFoundError("The clinic has no patient with this identifier.")
    issued = issue_checklist(work, found[0].id, wanted.request)
    return get_checklist(work, issued.id, printed=True)


def set_sheet_or_exit(issued: IssuedChecklist) -> bytes:
    """The sheet as a PDF; ends the command with status 1 where it cannot be set, and says how to go on."""
    try:
        return print_sheet(issued)
    except (PressError, UnprintableError) as error:
        click.echo(f"Issued as {printed(issued.code)}, and not printed. {error}", err=True)
        click.echo(f"To print it again: --checklist {issued.id}", err=True)
        sys.exit(1)


def sheets_file(issued: IssuedChecklist) -> Path:
    """A name for the file that says nothing of the patient: the code that stands on the sheet."""
    return Path(f"checklist-{printed(issued.code)}.pdf")

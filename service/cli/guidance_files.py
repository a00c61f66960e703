"""Guidance files and documents as a command reads them: what cannot be read ends it with status 2."""

import sys
from pathlib import Path

import click

from service.domain.errors import RefusedError
from service.domain.guidance import Guidance
from service.formats.guidance_file import read_guidance


def guidance_or_exit(file: Path) -> Guidance:
    """The guidance in the file; ends the command with every fault where it is not in shape."""
    try:
        return read_guidance(text_or_exit(file))
    except RefusedError as error:
        click.echo(f"{file} is no guidance file:", err=True)
        for fault in error.faults:
            click.echo(f"  {fault.pointer or '(the whole file)'}: {fault.detail}", err=True)
        sys.exit(2)


def text_or_exit(file: Path) -> str:
    """The file's text, byte for byte, so that its digest is the file's own."""
    try:
        return file.read_bytes().decode("utf-8")
    except OSError as error:
        click.echo(f"{file} cannot be read: {error.strerror}.", err=True)
    except UnicodeDecodeError as error:
        click.echo(f"{file} is not UTF-8 text: the byte at position {error.start} does not fit.", err=True)
    sys.exit(2)

"""Guidance files and documents as a command reads and writes them; what cannot be ends it with status 2."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from service.domain.errors import RefusedError
from service.domain.guidance.statements import Guidance
from service.formats.guidance_file.reading import read_guidance


def guidance_or_exit(file: Path, toml: str | None = None) -> Guidance:
    """The guidance in the file, or in its text where that is at hand.

    Ends the command with every fault where it is not in shape.
    """
    try:
        return read_guidance(text_or_exit(file) if toml is None else toml)
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


def replace_or_exit(file: Path, text: str) -> None:
    """Put another text into a file, whole or not at all; its mode stays."""
    target = file.resolve()
    try:
        with tempfile.NamedTemporaryFile("wb", dir=target.parent, delete=False) as new:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
        shutil.copymode(target, new.name)
        Path(new.name).replace(target)
    except OSError as error:
        click.echo(f"{file} cannot be written: {error.strerror}.", err=True)
        sys.exit(2)

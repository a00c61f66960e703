"""What the demo keeps over restarts, in ``var/demo.env``: its keys, its log-ins and its secrets."""

import secrets
import shlex
from pathlib import Path

import click

from service.cli.demo.client import kept_client
from service.cli.serving import SECRETS
from service.domain.access.credentials import KEY_PREFIX
from service.domain.access.permissions import Role

VAR = Path("var")
"""Where all that the demo makes is kept, in the folder that it is started in."""
FILE = VAR / "demo.env"
KEYS = (
    ("INTAKE_KEY", Role.INTAKE, "Intake form"),
    ("EHR_KEY", Role.EHR, "Demo EHR"),
    ("ADMIN_KEY", Role.ADMINISTRATOR, "Demo administrator"),
)
"""Of each key the variable that names it, its role, and what uses it."""
STAFF = (
    ("NURSE", "nurse.01", Role.NURSE, "Test Nurse 01"),
    ("ADMIN", "administrator.01", Role.ADMINISTRATOR, "Test Administrator 01"),
)
"""Of each member of staff what their variables begin with, their log-in, their role and their name."""


def make_folder() -> None:
    """Make the folder and the file, or say that they cannot be made where the demo is started."""
    try:
        VAR.mkdir(exist_ok=True)
        FILE.touch(mode=0o600)
    except OSError as error:
        raise click.ClickException(
            f"The demo keeps its data in {VAR.absolute()}, where nothing can be written ({error.strerror}). "
            "Start it in a folder of your own."
        ) from None


def kept_environment() -> dict[str, str]:
    """What var/demo.env holds from an earlier start, and new secrets for what it lacks."""
    lines = FILE.read_text("utf-8").splitlines()
    kept = dict(shlex.split(line)[0].split("=", 1) for line in lines if "=" in line)
    for name, _, _ in KEYS:
        kept.setdefault(name, KEY_PREFIX + secrets.token_urlsafe(32))
    for person, login, _, _ in STAFF:
        kept.setdefault(f"{person}_LOGIN", login)
        kept.setdefault(f"{person}_PASSWORD", secrets.token_urlsafe(15))
    for name in SECRETS:
        kept.setdefault(name, secrets.token_urlsafe(48))
    kept_client(VAR, kept)
    return kept


def write_environment(kept: dict[str, str]) -> None:
    """Write the file anew, for its owner only."""
    FILE.chmod(0o600)
    FILE.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in kept.items()), "utf-8")

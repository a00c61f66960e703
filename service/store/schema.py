"""Where the migrations are and which of them is the newest."""

from pathlib import Path

_INSTALLED = Path(__file__).parents[1] / "_migrations"
FOLDER = _INSTALLED if _INSTALLED.exists() else Path(__file__).parents[2] / "migrations"


def head() -> str:
    """The revision that this version of the service needs, from the file ``HEAD``."""
    return (FOLDER / "HEAD").read_text(encoding="utf-8").strip()

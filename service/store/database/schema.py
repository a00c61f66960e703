"""Where the migrations are, which of them is the newest, and which tables this release works with."""

from pathlib import Path

_SERVICE = Path(__file__).parents[2]
_INSTALLED = _SERVICE / "_migrations"
FOLDER = _INSTALLED if _INSTALLED.exists() else _SERVICE.parent / "migrations"


def head() -> str:
    """The revision that this version of the service needs, from the file ``HEAD``."""
    return (FOLDER / "HEAD").read_text(encoding="utf-8").strip()


def suits(revision: str, works_from: str | None) -> bool:
    """Whether this release works with the tables of ``revision``, which has its own migrations or more.

    ``works_from`` is what the migration wrote down: the oldest revision whose release works with them still.
    """
    return (works_from or revision) <= head() <= revision

"""How much a run measures: in full, or in miniature, which only shows that each row can still be measured."""

import os

IN_MINIATURE = "BENCHMARKS_IN_MINIATURE"
"""The environment variable that makes everything small, in child processes too; such a run is not kept."""


def in_miniature() -> bool:
    """Whether this run only tries the rows."""
    return bool(os.environ.get(IN_MINIATURE))


def times(full: int, miniature: int = 1) -> int:
    """How many rounds, patients, clients or starts: ``full``, or so few that a row takes about a second.

    Ask when the row is measured: a constant of a module is made before anybody says how much is wanted.
    """
    return miniature if in_miniature() else full

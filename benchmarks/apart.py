"""Loads run in a process of their own, so that they take no time of the side that is measured."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.sides import WrongAnswerError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def run_apart(module: str, asked: "DataclassInstance") -> Any:
    """What a module prints as JSON for what it is asked. Raises WrongAnswerError where it ends early."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        input=json.dumps(asdict(asked)),
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongAnswerError((done.stderr.strip().splitlines() or ["the load ended"])[-1])
    return json.loads(done.stdout)

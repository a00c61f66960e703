"""On a terminal an import shows how far it is, and its lines go to the file that is named."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.actions.door import Door
from tests.audit_keys import SIGNING
from tests.made_up_tables import MRN, write_table
from tests.web.fhir.sent import bundle, patient, statement


@pytest.mark.parametrize("kind", ["fhir", "csv"])
def test_a_terminal_shows_how_far_an_import_is(
    kind: str, door: Door, database_url: str, tmp_path: Path
) -> None:
    if kind == "csv":
        rows = [{"identifier_system": MRN, "identifier": "1", "name": "Water"}]
        sent = write_table(tmp_path / "list.csv", rows)
    else:
        sent = tmp_path / "list.json"
        sent.write_text(json.dumps(bundle("batch", patient(), statement("Water"))))
    here, there = os.openpty()
    command = [sys.executable, "-m", "service.cli", "import", kind, "--by", "nurse.01", str(sent)]
    finished = subprocess.run(
        [*command, "--result", str(tmp_path / "result.jsonl")],
        env=os.environ | SIGNING | {"DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        stderr=there,
        check=False,
        text=True,
        timeout=120,
    )
    os.close(there)
    shown = os.read(here, 4096).decode()
    os.close(here)
    assert finished.returncode == 0, shown
    assert "Importing" in shown
    assert "100%" in shown
    lines = [json.loads(line) for line in (tmp_path / "result.jsonl").read_text("utf-8").splitlines()]
    assert "created" in {line["status"] for line in lines}

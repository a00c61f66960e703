"""An import that is killed and that is told to stop goes on, and comes to what one in a single run does."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.importing import Import, add_clinic, facts_in, items_told, kept_items, told
from tests.made_up_tables import made_up_rows, write_table
from tests.web.fhir.sent import identified, statement

ROWS = 2000


@pytest.fixture(params=["sqlite", "postgresql"])
def two_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two databases of one kind with a clinic each."""
    with _database(request, tmp_path / "one") as one, _database(request, tmp_path / "other") as other:
        for url in (one, other):
            add_clinic(url)
        yield one, other


@contextmanager
def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        files: SqliteOfTests = request.getfixturevalue("sqlite")
        folder.mkdir()
        yield files.database(folder)
    else:
        server: PostgresqlOfTests = request.getfixturevalue("postgresql")
        with server.database() as url:
            yield url


def tables(folder: Path) -> list[str | Path]:
    rows = made_up_rows(ROWS)
    files = [
        write_table(folder / "a.csv", rows[: ROWS // 2]),
        write_table(folder / "b.csv", rows[ROWS // 2 :]),
    ]
    return ["csv", *files, "--item-id-system", "urn:example:items"]


def lines(folder: Path) -> list[str | Path]:
    whole = folder / "bulk.ndjson"
    resources = [
        {**statement(f"Water {number % 7}", subject=identified(str(number % 300))), "id": f"s{number}"}
        for number in range(ROWS)
    ]
    whole.write_text("\n".join(map(json.dumps, resources)))
    return ["fhir", whole, "--subject-system", "urn:clinic:mrn"]


@pytest.mark.parametrize(("kind", "by"), [(tables, signal.SIGINT), (lines, signal.SIGTERM)])
def test_what_is_interrupted_twice_comes_to_the_same(
    kind: Callable[[Path], list[str | Path]],
    by: signal.Signals,
    two_databases: tuple[str, str],
    tmp_path: Path,
) -> None:
    words = kind(tmp_path)
    whole, interrupted = (Import(url, words) for url in two_databases)
    first, second, last = (tmp_path / f"{name}.jsonl" for name in ("first", "second", "last"))

    status, said = interrupted.end_after(ROWS // 10, signal.SIGKILL, first)
    assert (status, said) == (-signal.SIGKILL, "")
    assert items_told(first) <= kept_items(interrupted.url)
    status, said = interrupted.end_after(ROWS // 2, by, second)
    assert (status, "The same command goes on from there." in said) == (128 + by, True), said
    assert len(told(second)) < ROWS
    again, _ = interrupted.run(last)

    assert again == whole.run(tmp_path / "whole.jsonl")[0]
    assert facts_in(interrupted.url) == facts_in(whole.url)
    assert len(told(last)) == len(told(tmp_path / "whole.jsonl")) == ROWS
    assert _refused(last) == _refused(tmp_path / "whole.jsonl")


def _refused(result: Path) -> set[int]:
    """The rows or lines that a result file says were refused."""
    return {line.get("row", line.get("line")) for line in told(result) if line["status"] == "refused"}

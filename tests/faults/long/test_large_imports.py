"""An import of 100,000 rows that is interrupted twice comes to what one in a single run does."""

import signal
import time
from pathlib import Path

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.importing import Import, add_clinic, facts_in, items_told, kept_items, told
from tests.made_up_tables import made_up_rows, write_table

ROWS = 100_000
MOST_MEGABYTES, MOST_SECONDS = 300, 1800


def check_that_interruptions_change_nothing(whole_url: str, interrupted_url: str, folder: Path) -> None:
    table = write_table(folder / "lists.csv", made_up_rows(ROWS))
    words = ["csv", table, "--item-id-system", "urn:example:items"]
    whole, interrupted = (Import(url, words) for url in (whole_url, interrupted_url))
    for one in (whole, interrupted):
        add_clinic(one.url)

    began = time.monotonic()
    status, said, megabytes = whole.run_and_measure(folder / "whole.jsonl")
    took = time.monotonic() - began
    killed, _ = interrupted.end_after(ROWS // 5, signal.SIGKILL, folder / "first.jsonl")
    lost = items_told(folder / "first.jsonl") - kept_items(interrupted_url)
    stopped, words_of_stop = interrupted.end_after(ROWS // 2, signal.SIGINT, folder / "second.jsonl")
    again, _ = interrupted.run(folder / "last.jsonl")
    print(f"{said}{ROWS / took:.0f} rows a second, {took:.0f} s, {megabytes} MB; then {words_of_stop}")

    assert (killed, stopped, again, lost) == (-signal.SIGKILL, 130, status, set())
    assert len(told(folder / "last.jsonl")) == ROWS
    assert facts_in(interrupted_url) == facts_in(whole_url)
    assert (megabytes < MOST_MEGABYTES, took < MOST_SECONDS) == (True, True)


def test_a_large_import_interrupted_twice_on_sqlite(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    folders = tmp_path / "whole", tmp_path / "interrupted"
    for folder in folders:
        folder.mkdir()
    check_that_interruptions_change_nothing(*map(sqlite.database, folders), tmp_path)


def test_a_large_import_interrupted_twice_on_postgresql(
    postgresql: PostgresqlOfTests, tmp_path: Path
) -> None:
    with postgresql.database() as whole, postgresql.database() as interrupted:
        check_that_interruptions_change_nothing(whole, interrupted, tmp_path)

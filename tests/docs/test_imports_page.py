"""The page about imports names each column and each word of the code."""

import re

from service.actions.import_results import EntryStatus
from service.formats.csv_lists.columns import COLUMNS, Kind
from tests.docs.markdown import table

PAGE = "docs/imports.md"


def test_the_columns_are_those_of_the_code_in_its_order() -> None:
    assert [row["column"] for row in table(PAGE, "The columns")] == list(COLUMNS)


def test_a_column_of_words_names_each_of_them() -> None:
    said = {row["column"]: row["what stands in it"] for row in table(PAGE, "The columns")}
    for name, column in COLUMNS.items():
        if column.kind in (Kind.WORD, Kind.FLAG):
            assert set(column.words) <= set(re.findall(r"`(\w+)`", f"`{said[name]}`")), name


def test_every_status_of_a_row_is_told() -> None:
    assert [row["status"] for row in table(PAGE, "A first import")] == list(EntryStatus)

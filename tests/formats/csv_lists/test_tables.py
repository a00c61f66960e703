"""Which cell belongs to which column, and which row cannot be read."""

from pathlib import Path

import pytest

from service.formats.csv_lists.naming import Naming
from service.formats.csv_lists.tables import Row, Table, TableRefusedError, open_table

SYSTEM = "urn:clinic:mrn"
NAMING = Naming(identifier_system=SYSTEM)


def table_of(folder: Path, content: str | bytes, naming: Naming = NAMING) -> Table:
    path = folder / "lists.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_table(path, naming)


def rows_of(folder: Path, content: str | bytes, naming: Naming = NAMING) -> list[Row]:
    return list(table_of(folder, content, naming).rows())


def refusal(folder: Path, content: str | bytes, naming: Naming = NAMING) -> str:
    with pytest.raises(TableRefusedError) as refused:
        rows_of(folder, content, naming)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_delimiter_and_ends_of_lines_are_found(tmp_path: Path, delimiter: str, end: str, mark: str) -> None:
    lines = [["identifier", "name"], ["1", "Water"], ["2", "Ginger tea"]]
    content = mark + end.join(delimiter.join(cells) for cells in lines)

    table = table_of(tmp_path, content)

    assert (table.delimiter, table.columns) == (delimiter, ("identifier", "name"))
    assert list(table.rows()) == [Row(2, ("1", "Water")), Row(3, ("2", "Ginger tea"))]


def test_a_quoted_cell_keeps_delimiters_marks_and_lines_and_rows_are_told_by_their_first_line(
    tmp_path: Path,
) -> None:
    content = 'identifier,note\n1,"a, ""b""\nc"\n\n2,d\n'
    assert rows_of(tmp_path, content) == [Row(2, ("1", 'a, "b"\nc')), Row(5, ("2", "d"))]


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "identifier,name\n=1+1,@SUM(1)\n") == [Row(2, ("=1+1", "@SUM(1)"))]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"1", "1 cells and the header has 2"),
        (b"1,a,b", "3 cells and the header has 2"),
        (b'1,"a"b', "after the closing quotation mark"),
        (b"1,a\0b", "NUL"),
        (b"1,caf\xe9", "no text in this encoding"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_next_is_read(
    tmp_path: Path, row: bytes, said: str
) -> None:
    faulty, sound = rows_of(tmp_path, b"identifier,name\n" + row + b"\n2,b\n")
    assert (faulty.line, said in (faulty.fault or ""), faulty.cells) == (2, True, ())
    assert sound == Row(3, ("2", "b"))


def test_a_cell_of_a_megabyte_is_one_cell(tmp_path: Path) -> None:
    long = "a\n" * 500_000
    assert rows_of(tmp_path, f'identifier,note\n1,"{long}"\n2,b\n') == [
        Row(2, ("1", long)),
        Row(500_003, ("2", "b")),
    ]


def test_a_mark_that_is_never_closed_is_told_where_it_is_opened(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, 'identifier,name\n1,"a\n2,b\n')
    assert (row.line, row.fault) == (
        2,
        "A cell begins with a quotation mark and never ends: all to the end of the file stands in it.",
    )


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1252", "café"), ("utf-16", "café"), ("utf-8", "\ufeff" + "café")]
)
def test_other_encodings_are_read_where_they_are_named(tmp_path: Path, encoding: str, text: str) -> None:
    header = "identifier,name\n1,"
    content = ("\ufeff" * text.startswith("\ufeff") + header + text.lstrip("\ufeff")).encode(encoding)
    naming = Naming(identifier_system=SYSTEM, encoding=encoding)
    assert rows_of(tmp_path, content, naming) == [Row(2, ("1", "café"))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty"),
        ("\n\n", "The file is empty"),
        ("identifier,name,Row colour", "Nothing is read from 'Row colour'"),
        ("identifier,name,", "column 3, which has no name"),
        ("identifier,name,name", "Two columns are called 'name'"),
        ("name,strength", "no column identifier"),
        ("identifier,name,item_id", "Say what the item ids are numbers of"),
        ("Identifier,Name", "Nothing is read from 'Name'"),
        ("identifier,name;form\tnote", "Nothing is read from 'name;form\\tnote'"),
        ('identifier,"na', "The header cannot be read"),
        (b"identifier,na\xefme", "no text in this encoding"),
        ("identifier,name".encode("utf-16"), "not UTF-8 but UTF-16"),
    ],
)
def test_a_header_that_is_not_understood_is_refused(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in refusal(tmp_path, content)


def test_a_file_that_fits_two_delimiters_asks_which(tmp_path: Path) -> None:
    header = "identifier,name,x;form;route;y"
    assert "Say which" in refusal(tmp_path, header)
    assert "'x;form;route;y'" in refusal(tmp_path, header, Naming(identifier_system=SYSTEM, delimiter=","))


def test_every_fault_of_a_header_is_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, "Drug,Colour", Naming(columns={"name": "Medicine"}))
    for part in ("'Drug'", "'Colour'", "'Medicine'", "identifier:", "identifier_system."):
        assert part in said


def test_a_header_in_other_words_is_read_and_what_is_ignored_is_not(tmp_path: Path) -> None:
    naming = Naming(
        columns={"identifier": "No.", "name": "Medication name"},
        ignored=frozenset({"Row colour", ""}),
        identifier_system=SYSTEM,
    )
    table = table_of(tmp_path, "Row colour,Medication name,,No.\nred,Water,x,1\n", naming)
    assert (table.columns, list(table.rows())) == (("name", "identifier"), [Row(2, ("Water", "1"))])


def test_a_column_under_another_header_is_no_longer_read_from_its_own(tmp_path: Path) -> None:
    naming = Naming(columns={"name": "Medication name"}, identifier_system=SYSTEM)
    assert "Nothing is read from 'name'" in refusal(tmp_path, "identifier,name,Medication name", naming)


def test_a_file_that_ends_in_the_middle_of_a_letter_is_refused(tmp_path: Path) -> None:
    content = "identifier,name\n1,Water".encode("utf-16")[:-1]
    naming = Naming(identifier_system=SYSTEM, encoding="utf-16")
    assert "not written in utf-16" in refusal(tmp_path, content, naming)

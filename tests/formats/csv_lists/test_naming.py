"""What a file calls its columns, by a mapping file and by the command line."""

import pytest

from service.formats.csv_lists.naming import Naming, NamingRefusedError, completed, read_naming

MAPPING = """
identifier_system = "urn:clinic:mrn"
item_id_system = "urn:clinic:items"
delimiter = "tab"
encoding = "cp1252"
ignore = ["Row colour"]

[columns]
name = "Medication name"

[values.category]
Rx = "prescription"

[values.as_needed]
PRN = "true"
"""


def test_a_mapping_file_says_all_of_it() -> None:
    naming = read_naming(MAPPING)

    assert naming == Naming(
        columns={"name": "Medication name"},
        ignored=frozenset({"Row colour"}),
        values={"category": {"Rx": "prescription"}, "as_needed": {"PRN": "true"}},
        identifier_system="urn:clinic:mrn",
        item_id_system="urn:clinic:items",
        delimiter="\t",
        encoding="cp1252",
    )
    assert (naming.meant("category", "Rx"), naming.meant("category", "rx")) == ("prescription", "rx")


def test_what_the_command_says_completes_the_file_and_holds() -> None:
    naming = completed(
        read_naming(MAPPING),
        columns={"form": "Kind"},
        ignored=frozenset({"Colour"}),
        identifier_system="urn:other",
        encoding=None,
    )
    assert naming.columns == {"name": "Medication name", "form": "Kind"}
    assert naming.ignored == {"Row colour", "Colour"}
    assert (naming.identifier_system, naming.encoding) == ("urn:other", "cp1252")


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("columns", "It is not TOML"),
        ('colums = { name = "a" }', "There is no 'colums' in a mapping file."),
        ("columns = 3", "'columns' is not as it should be."),
        ("ignore = 'Row colour'", "'ignore' is not as it should be."),
        ("delimiter = 'x'", "'delimiter' is not as it should be."),
        ("columns = { dose = 'Dose' }", "There is no column 'dose'."),
        ("columns = { name = 'A', form = 'A' }", "Two columns are read from 'A'."),
        ("ignore = ['A']\ncolumns = { name = 'A' }", "'A' is read and ignored."),
        ("identifier_system = ''", "no name of a system of numbers"),
        ("encoding = 'utf-9'", "There is no encoding 'utf-9'."),
        ("values = { name = { a = 'b' } }", "the column 'name' cannot be named"),
        ("values = { answer = { '' = 'none_reported' } }", "An empty cell of 'answer' says nothing"),
        ("values = { answer = { ' ' = 'none_reported' } }", "An empty cell of 'answer' says nothing"),
        ("values = { answer = { no = 'none' } }", "'none' is no word of 'answer'"),
    ],
)
def test_what_a_mapping_file_cannot_say_is_refused(mapping: str, said: str) -> None:
    with pytest.raises(NamingRefusedError) as refused:
        read_naming(mapping)
    assert said in str(refused.value)

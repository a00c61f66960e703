"""Promise 4 in imported tables: whatever stands in the cells, "none" is what a row says and somebody said.

Planted faults that the checks catch: an empty answer taken for "none"; a word that is like it ("none", "no");
a "none" without an informant; a category without an item.
"""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.imports.sent import SentAnswer
from service.domain.medications.categories import PERSONS_ANSWERS
from service.formats.csv_lists.columns import COLUMNS
from service.formats.csv_lists.gathering import Gathered
from service.formats.csv_lists.naming import Naming
from service.formats.csv_lists.reading import read_rows
from service.formats.csv_lists.tables import open_table
from tests.made_up_tables import MRN, Cells, write_table

LIKE_NONE = ("", " ", "\u00a0", "none", "None", "NONE_REPORTED", "no", "nil", "0", "-", "n/a", "null", "NKM")
WORDS = (*LIKE_NONE, "none_reported", "unknown", "declined", "not_asked", "patient", "supplement", "Water")
CELLS = st.dictionaries(st.sampled_from([*COLUMNS]), st.sampled_from(WORDS), max_size=6)
ANSWERS = st.fixed_dictionaries(
    {"category": st.just("supplement"), "answer": st.sampled_from(WORDS)},
    optional={"informant": st.sampled_from(["", " ", "patient"]), "name": st.sampled_from(LIKE_NONE)},
)


@given(st.lists(CELLS | ANSWERS, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_persons_answer_is_only_what_a_row_says_in_that_word_and_who_said_it(
    tmp_path: Path, rows: list[Cells]
) -> None:
    written = [{"identifier_system": MRN, **row, "identifier": "1"} for row in rows]
    naming = Naming(identifier_system=MRN, item_id_system="urn:example:items")
    path = write_table(tmp_path / "lists.csv", [{"identifier": ""}, *written])
    gathered = Gathered()
    gathered.add(open_table(path, naming))
    read = read_rows(gathered.together({}), gathered.tables)

    for placed in read.rows:
        said = read.reading.entries[placed.entry].said
        cells = written[placed.row.line - 3]
        if isinstance(said, SentAnswer):
            assert said.answer == cells["answer"].strip()
            assert said.category == cells["category"].strip()
            assert said.answer not in PERSONS_ANSWERS or cells.get("informant", "").strip() == "patient"


def test_an_answer_that_a_person_gave_is_taken(tmp_path: Path) -> None:
    row = {"identifier": "1", "category": "supplement", "answer": "none_reported", "informant": "patient"}
    gathered = Gathered()
    gathered.add(open_table(write_table(tmp_path / "a.csv", [row]), Naming(identifier_system=MRN)))
    read = read_rows(gathered.together({}), gathered.tables)
    assert isinstance(read.reading.entries[read.rows[0].entry].said, SentAnswer)

"""What a search for issued checklists is about: one patient, certain sheets, or both."""

from uuid import UUID

import pytest

from service.domain.checklists.checklist import ChecklistStatus
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.searching import Search, SearchRefusedError, read_search
from service.formats.fhir.sheets_sought import NO_SHEETS, SheetsSought, sheets_in

PATIENT, SHEET, OTHER = (UUID(int=number) for number in (1, 2, 3))
BASE = "https://checklist.example/fhir"
CURRENT, WITHDRAWN = ChecklistStatus.CURRENT, ChecklistStatus.WITHDRAWN


def search(*pairs: tuple[str, str]) -> Search:
    return read_search(SEARCHES["DocumentReference"], pairs, BASE, lenient=False)


@pytest.mark.parametrize(
    ("pairs", "sought"),
    [
        ([("patient", str(PATIENT))], SheetsSought(PATIENT)),
        ([("subject", f"{BASE}/Patient/{PATIENT}")], SheetsSought(PATIENT)),
        ([("patient", str(PATIENT)), ("subject", f"Patient/{PATIENT}")], SheetsSought(PATIENT)),
        ([("patient", "unknown")], NO_SHEETS),
        ([("_id", f"{SHEET},{OTHER},x")], SheetsSought(ids=frozenset({SHEET, OTHER}))),
        ([("_id", f"{SHEET},{OTHER}"), ("_id", str(OTHER))], SheetsSought(ids=frozenset({OTHER}))),
        (
            [("patient", str(PATIENT)), ("_cursor", str(SHEET))],
            SheetsSought(PATIENT, before=SHEET),
        ),
        (
            [("patient", str(PATIENT)), ("status", "current,entered-in-error")],
            SheetsSought(PATIENT, statuses=frozenset({CURRENT, WITHDRAWN})),
        ),
        (
            [("patient", str(PATIENT)), ("status", "current"), ("status", "superseded")],
            SheetsSought(PATIENT, statuses=frozenset()),
        ),
    ],
)
def test_a_search_says_which_sheets_are_sought(pairs: list[tuple[str, str]], sought: SheetsSought) -> None:
    assert sheets_in(search(*pairs)) == sought


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("status", "current")],
        [("patient", str(PATIENT)), ("subject", str(SHEET))],
        [("patient", str(PATIENT)), ("_cursor", "1.2")],
    ],
)
def test_a_search_about_nobody_about_several_or_from_nowhere_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(SearchRefusedError):
        sheets_in(search(*pairs))


@pytest.mark.parametrize(
    ("sought", "fits"),
    [
        (SheetsSought(), True),
        (SheetsSought(PATIENT, frozenset({SHEET}), frozenset({CURRENT})), True),
        (SheetsSought(OTHER), False),
        (SheetsSought(ids=frozenset({OTHER})), False),
        (SheetsSought(statuses=frozenset({WITHDRAWN})), False),
        (NO_SHEETS, False),
    ],
)
def test_a_sheet_fits_where_all_that_is_asked_of_it_holds(sought: SheetsSought, fits: bool) -> None:
    assert sought.fits(SHEET, PATIENT, CURRENT) is fits

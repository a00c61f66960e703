"""Promise 7 on what is no sheet: the cover of a day's sheets, and the page that a patient keeps.

Planted faults that the checks catch stand in ``planted/``.
"""

import pytest

from service.domain.medications.medication_list import MedicationList
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import item, listing
from tests.promises.records import cover_pages_of, page_to_keep
from tests.promises.sheets import Page, document_of
from tests.promises.test_promise_7_never_safe import NOT_CHECKED, claims_in, whole_list

LISTS = (listing(), whole_list(), listing(item(1, "Tea"), item(2, "Soap", left_out_since=1), version=2))


@pytest.mark.parametrize("medications", LISTS)
def test_the_page_that_a_patient_keeps_claims_no_check_and_says_that_there_was_none(
    medications: MedicationList,
) -> None:
    runs = Page(page_to_keep(medications, ENGLISH_CATALOGUE)).runs
    assert NOT_CHECKED in runs
    assert [run for run in runs if claims_in(run)] == []


@pytest.mark.parametrize("medications", LISTS)
def test_no_cover_claims_a_check(medications: MedicationList) -> None:
    (page,) = cover_pages_of(document_of(medications), ENGLISH_CATALOGUE)
    assert NOT_CHECKED in page
    assert claims_in(page) == []


def test_every_page_of_a_cover_says_that_nothing_was_checked() -> None:
    pages = cover_pages_of(document_of(whole_list()), ENGLISH_CATALOGUE, copies=20)
    assert len(pages) > 1
    assert [page for page in pages if NOT_CHECKED not in page] == []

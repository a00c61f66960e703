"""One patient, one language and one print size: as JSON, as a page, as a PDF and in a day's print."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from service.actions.clinics import change_settings
from service.actions.credentials import authenticate
from service.actions.door import Door
from service.actions.performing import perform
from service.formats.catalogue_files import shipped_catalogues
from service.store.database import Database
from tests.audit_keys import AUDIT_KEYS
from tests.formats.printout.reading import letter_sizes, pdf_pages
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked

NOT_CHECKED = {tag: words.text("notice.not_checked") for tag, words in shipped_catalogues().items()}
CLINICS_OWN = "es"


def speaks(text: str) -> set[str]:
    """The languages in which a text says that nobody looked for interactions."""
    said = " ".join(text.split())
    return {tag for tag, sentence in NOT_CHECKED.items() if sentence in said}


def size_of(letters: Counter[int]) -> str:
    """The print size that most of a list is set in."""
    return {12: "standard", 18: "large"}[max((12, 18), key=lambda size: letters[size])]


@pytest.fixture
def spanish_clinic(clinic: ClinicOfTests, database: Database) -> ClinicOfTests:
    """A clinic whose own language is Spanish."""
    now = datetime.now(UTC)
    actor = authenticate(database, clinic.administrator.secret, now)
    assert actor is not None
    door = Door(database, AUDIT_KEYS, lambda: now, actor, "a request")
    perform(door, lambda work: change_settings(work, {"language": CLINICS_OWN}))
    return clinic


@pytest.mark.parametrize(
    ("patient", "language", "print_size"),
    [
        ({"language": "en", "print_size": "large"}, "en", "large"),
        ({"language": "en-GB"}, "en", "standard"),
        ({"language": "es-MX", "print_size": "large"}, "es", "large"),
        ({"language": "fr"}, CLINICS_OWN, "standard"),
        ({}, CLINICS_OWN, "standard"),
    ],
)
def test_every_way_out_speaks_the_patients_language_in_the_patients_size(
    spanish_clinic: ClinicOfTests, patient: dict[str, str], language: str, print_size: str
) -> None:
    sent = asked("Water")
    sent["patient"] |= patient
    receipt = spanish_clinic.ehr.post("/v1/intake", sent)
    assert receipt.status_code == 201, receipt.data
    address = receipt.get_json()["checklist"]["links"]["self"]
    other_language = {"Accept-Language": "en" if language == "es" else "es"}

    document = spanish_clinic.nurse.get(address, headers=other_language).get_json()
    page = spanish_clinic.nurse.get(f"{address}.html", headers=other_language).get_data(as_text=True)
    pdf = spanish_clinic.nurse.get(f"{address}.pdf", headers=other_language).data
    batch = spanish_clinic.nurse.post(
        "/v1/print-batches", {"checklists": [document["id"]]}, headers=other_language
    ).data

    assert (document["language"], document["print_size"]) == (language, print_size)
    assert speaks(document["notices"][0]["text"]) == {language}
    assert f'<html lang="{language}"' in page
    assert f"size-{print_size}" in page
    assert speaks(page) == {language}
    assert [speaks(text) for text in pdf_pages(pdf)] == [{language}] * len(pdf_pages(pdf))
    assert size_of(letter_sizes(pdf)) == print_size
    # The cover is the staff's and in the clinic's language; behind it stands the patient's sheet.
    cover, *sheet = pdf_pages(batch)
    assert speaks(cover) == {CLINICS_OWN}
    assert sheet == pdf_pages(pdf)
    assert size_of(letter_sizes(batch, after_page=1)) == print_size

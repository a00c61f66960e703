"""From a patient's phone to a signed and printed sheet, by keyboard alone, with JavaScript and without."""

from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pytest

from service.domain.access.permissions import Role
from tests.browser.clinic import Clinic, new_context
from tests.browser.filling import link_to
from tests.browser.made_up_patients import DAY
from tests.journeys.person import Person
from tests.running_service import NURSE, PASSWORD

ITEMS = ("Lisinopril", "Metformin", "small white tablet")
SUPPLEMENTS = "Vitamins, minerals, herbals and other supplements"
SECTIONS = (
    "Prescription medicines",
    "Medicines bought without a prescription",
    SUPPLEMENTS,
    "One more question for everyone",
    "What the document says to tell, and why",
    "What the document says about the time on treatment",
)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def people(request: pytest.FixtureRequest, clinic: Clinic) -> Iterator[tuple[Person, Person]]:
    """A patient and a nurse, each at a browser of their own."""
    contexts = [new_context(clinic.browser, java_script_enabled=request.param) for _ in range(2)]
    yield Person(contexts[0]), Person(contexts[1])
    for context in contexts:
        context.close()


def new_patient(clinic: Clinic) -> str:
    """A patient with a planned start of whom nothing was asked yet; the name."""
    name = f"Test Patient {len(clinic.receipts) + 1:02d}"
    clinic.add_patient(name, f"0002{len(clinic.receipts):02d}", [])
    return name


def log_in(nurse: Person, clinic: Clinic) -> None:
    nurse.opens(clinic.url("/"))
    nurse.types("Log-in name", NURSE)
    nurse.types("Password", PASSWORD)
    nurse.presses("Log in")


def send_list(patient: Person, clinic: Clinic, name: str, *, supplements: str | None) -> None:
    """Fill the form in behind a link: three items, one "none", and what is said of supplements."""
    patient.opens(link_to(clinic, name))
    patient.presses("Start")
    patient.chooses("The patient")
    patient.presses("Save and go on")
    patient.chooses("Yes")
    patient.presses("Save and go on")
    for item in ITEMS:
        if item != ITEMS[0]:
            patient.presses("Add another")
        patient.types("Name", item)
        patient.types("How much each time", "one in the morning")
        patient.presses("Save")
    patient.follows("Go on")
    patient.chooses("No, nothing like this")
    patient.presses("Save and go on")
    if supplements:
        patient.chooses(supplements)
        patient.presses("Save and go on")
    else:
        patient.presses("Go on without an answer")
    patient.presses("Send to the clinic")


def sign(nurse: Person, section: str, reason: str | None = None) -> None:
    part = nurse.page.get_by_role("region", name=section, exact=True)
    if reason:
        nurse.goes_to(part.get_by_label("Reason to sign before it was asked"))
        nurse.keys.type(reason)
    nurse.presses("Sign as nurse: Test Nurse", within=part)


def signed(nurse: Person, section: str) -> str:
    """What the page says of the signatures of a section."""
    return " ".join(nurse.page.get_by_role("region", name=section, exact=True).inner_text().split())


def test_a_patients_list_is_sent_asked_about_signed_printed_and_voided_by_a_change(
    clinic: Clinic, people: tuple[Person, Person]
) -> None:
    patient, nurse = people
    # Given a patient who starts a treatment tomorrow, and of whom nothing was asked
    name = new_patient(clinic)

    # When the patient sends three items, one "none" and one "not sure" from a phone
    send_list(patient, clinic, name, supplements="Not sure")

    # Then the receipt says that nobody has looked at it yet
    assert "Nobody has looked at them yet." in patient.reads()

    # When the nurse logs in and looks at the day
    log_in(nurse, clinic)
    nurse.opens(clinic.url(f"/?date={DAY}"))
    row = nurse.page.get_by_role("row", name=name).last

    # Then what is still to ask stands there
    assert "The answer was “not sure”: Supplements" in row.inner_text()

    # When the nurse asks, and writes the answer down
    nurse.follows(name, within=row)
    nurse.follows(f"Ask, and write down the answer: {SUPPLEMENTS}")
    nurse.chooses("No, nothing like this", within="What was the answer?")
    nurse.chooses("The patient", within="Who said it?")
    nurse.chooses("By phone", within="How was it said?")
    nurse.presses("Save")

    # Then nothing of it is open any more, and the sheet of before says that it is out of date
    assert "not sure" not in nurse.reads()
    nurse.follows("Examplinib")
    assert "Out of date" in nurse.reads()

    # When a new sheet is issued and signed, section by section
    nurse.presses("Issue a new sheet now")
    sheet = nurse.page.url.split("#")[0]
    for section in SECTIONS:
        sign(nurse, section)

    # Then each says who signed it
    for section in SECTIONS:
        assert "Signed by Test Nurse, nurse" in signed(nurse, section)

    # When the nurse prints it
    nurse.follows("Print the sheet")
    assert all(item in nurse.reads() for item in ITEMS)
    printed = nurse.page.request.get(f"{sheet}/sheet.pdf").body()

    # Then every page names this patient
    with closing(pypdfium2.PdfDocument(printed)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert all(page.count(name) == 1 for page in pages)
    assert all(sum(page.count(item) for page in pages) == 1 for item in ITEMS)

    # When the EHR adds a supplement to the list
    address = f"/v1{clinic.patient(name)}/medication-list/items"
    added = {"category": "supplement", "name": "Vitamin D3"}
    assert clinic.service.call(Role.EHR, "POST", address, json=added).status_code == 201

    # Then the signature of that section is void and says who had signed; the others hold
    nurse.opens(sheet)
    assert "Out of date: the section has changed since it was signed." in signed(nurse, SUPPLEMENTS)
    assert "Signed by Test Nurse, nurse" in signed(nurse, SUPPLEMENTS)
    for section in SECTIONS:
        if section != SUPPLEMENTS:
            assert "Out of date" not in signed(nurse, section)
            assert "Signed by Test Nurse, nurse" in signed(nurse, section)


def test_a_section_that_nobody_asked_about_is_signed_with_a_reason_and_not_without(
    clinic: Clinic, people: tuple[Person, Person]
) -> None:
    patient, nurse = people
    # Given a patient who sent a list and went on without an answer for supplements
    name = new_patient(clinic)
    send_list(patient, clinic, name, supplements=None)
    log_in(nurse, clinic)
    nurse.opens(clinic.url(clinic.checklist(name)))
    nurse.presses("Issue a new sheet now")

    # When the nurse signs that section without a reason
    sign(nurse, SUPPLEMENTS)

    # Then the page says what is needed, and the way to it is one key
    assert "There is a problem" in nurse.reads()
    nurse.follows("Reason to sign before it was asked", exact=False)
    nurse.keys.type("To be asked by phone on the day.")
    sign(nurse, SUPPLEMENTS)

    # Then it is signed, and the sheet says why before it was asked
    said = signed(nurse, SUPPLEMENTS)
    assert "Signed by Test Nurse, nurse" in said
    assert "Signed before it was asked. Reason: To be asked by phone on the day." in said

"""The page of a checklist: what became of it comes first, every line is there, and its sheet is to be had."""

import re
from typing import Any

import pytest

from tests.guidance_of_tests import TREATMENT
from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted
from tests.web.pages.conftest import Browser, forms_of, text_of

Json = dict[str, Any]


def issue(clinic: ClinicOfTests, *names: str, **fields: Any) -> Json:
    receipt = clinic.ehr.post("/v1/intake", asked(*names, **fields)).get_json()
    sheet: Json = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    return sheet


def page_of(sheet: Json) -> str:
    return f"/checklists/{sheet['id']}"


def issuing_of(sheet: Json) -> str:
    return f"/patients/{sheet['patient']['id']}/checklists"


def every_text_of(sheet: Json) -> list[str]:
    """Every text of every line, as the sheet has it."""
    found = []
    for section in sheet["sections"]:
        found.append(section["title"])
        for line in section["lines"]:
            found += [line["text"], *(ask["text"] for ask in line.get("asks", ()))]
            found += [detail["value"] for detail in line.get("details", ())]
    return found


def test_every_line_of_the_sheet_stands_on_the_page_and_the_gaps_come_first(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "<b>Soap</b>", "שמן")
    page = nurse.get(page_of(sheet))
    text = text_of(page)

    assert page.status_code == 200
    for line in every_text_of(sheet):
        assert " ".join(line.split()) in text
    titles = re.findall(r'<h2 id="title-([a-z_]+)"', page.get_data(as_text=True))
    assert titles == [section["id"] for section in sheet["sections"]]
    assert titles[0] == "gaps"
    assert '<bdi class="name">&lt;b&gt;Soap&lt;/b&gt;</bdi>' in page.get_data(as_text=True)


def test_nothing_is_marked_or_chosen_before_a_person_did_it(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    page = nurse.get(page_of(sheet))

    assert not re.search(r"<(input|option)[^>]* (checked|selected)", page.get_data(as_text=True))
    for form in forms_of(page):
        assert not any(name.endswith(("/mark", "/role")) and not name.startswith("-") for name in form.values)


def test_there_is_no_button_that_signs_more_than_one_section(nurse: Browser, clinic: ClinicOfTests) -> None:
    page = nurse.get(page_of(issue(clinic, "Water")))
    for form in forms_of(page):
        signing = [name for name in form.values if name.endswith("/content_digest")]
        assert len(signing) <= 1
        assert bool(signing) == any(button == ("-do", "other") for button in form.buttons)


def test_a_sheet_that_is_out_of_date_says_so_first_with_what_changed_and_by_whom(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))
    page = nurse.get(page_of(sheet))
    text = text_of(page)

    assert text.index("Out of date") < text.index("New on the list: Soap") < text.index("Still to ask")
    assert re.search(r"Version 2: ehr of First clinic , \d+ \w+ 2\d{3}", text)
    assert "Out of date: the latest list says something else here." in text


def test_a_new_sheet_is_issued_from_an_old_one_once_and_led_to(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))
    old = nurse.get(page_of(sheet))
    first = nurse.send(old, issuing_of(sheet))
    second = nurse.send(old, issuing_of(sheet))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location != page_of(sheet)
    new = nurse.follow(first)
    assert "Out of date" not in text_of(new)
    assert "Soap" in text_of(new)
    assert "1 December 2026" in text_of(new)


def test_a_withdrawn_sheet_says_who_why_and_when_and_offers_nothing_to_sign(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    asking = f"{page_of(sheet)}/withdraw"
    blank = nurse.send(nurse.get(asking), asking, reason=" ")
    assert blank.status_code == 422
    assert "Reason: This is needed." in text_of(blank)

    taken = nurse.send(nurse.get(asking), asking, reason="Printed for the wrong person")
    page = nurse.follow(taken)
    text = text_of(page)
    assert text.index("Withdrawn") < text.index("Still to ask")
    assert "Taken back by Test Nurse Reason Printed for the wrong person" in text
    assert text.count("Withdrawn: nothing is signed or marked on this sheet.") == 6
    assert not any("/sections/" in form.action for form in forms_of(page))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"treatment": "no-such"}, "Treatment: The clinic has no guidance for this treatment."),
        ({"treatment": ""}, "Treatment: Choose one of these."),
        (
            {"treatment": TREATMENT, "planned_start": "soon"},
            "Planned start: Write the year, the month and the day in numbers, with dashes between them.",
        ),
    ],
)
def test_a_checklist_that_cannot_be_issued_says_why_and_keeps_what_was_typed(
    nurse: Browser, clinic: ClinicOfTests, typed: dict[str, str], fault: str
) -> None:
    sheet = issue(clinic, "Water")
    clinic.ehr.post("/v1/intake", posted("Soap"))
    page = nurse.send(nurse.get(page_of(sheet)), issuing_of(sheet), {"print_size": "large", **typed})

    assert page.status_code == 422
    assert fault in text_of(page)
    again = next(form for form in forms_of(page) if form.action == issuing_of(sheet))
    assert again.values["print_size"] == "large"
    assert again.values["planned_start"] == typed.get("planned_start", "2026-12-01")

    made = nurse.send(page, issuing_of(sheet), treatment=TREATMENT, planned_start="2026-12-03")
    assert "3 December 2026" in text_of(nurse.follow(made))


def test_the_sheet_to_print_is_the_sheet_with_a_button_that_does_not_print(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    page = nurse.get(f"{page_of(sheet)}/sheet")
    html = page.get_data(as_text=True)

    assert '<nav class="on-screen" lang="en"><button type="button" data-print hidden>Print</button>' in html
    assert html.replace(re.search(r'(?s)<nav class="on-screen".*?</nav>\n', html)[0], "").count("Print") == 0  # type: ignore[index]
    assert page.headers["Cache-Control"] == "no-store"
    pdf = nurse.get(f"{page_of(sheet)}/sheet.pdf")
    assert (pdf.content_type, pdf.data[:5]) == ("application/pdf", b"%PDF-")


def test_a_letter_without_a_font_is_named_with_its_item_and_its_package_and_the_page_still_prints(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "\U00013000")
    page = nurse.get(f"{page_of(sheet)}/sheet.pdf")
    text = text_of(page)

    if page.status_code != 200:
        assert page.status_code == 409
        assert "Item 2 has a sign that no font here has (EGYPTIAN)." in text
        assert "add the font package fonts-noto-core" in text
        assert f'href="{page_of(sheet)}/sheet"' in page.get_data(as_text=True)
    assert nurse.get(f"{page_of(sheet)}/sheet").status_code == 200


def test_another_clinics_checklist_is_not_there(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    sheet = issue(other_clinic, "Water")
    for path in ("", "/sheet", "/sheet.pdf", "/withdraw"):
        assert nurse.get(page_of(sheet) + path).status_code == 404

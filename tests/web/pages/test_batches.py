"""A nurse prints the chosen sheets, or a day's, and loses nothing of the choice when that fails."""

from tests.formats.printout.reading import pdf_pages
from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked
from tests.web.pages.conftest import Browser, forms_of, text_of

DAY = TREATMENT_ASKED["planned_start"]
ADDRESS = "/print-batches"


def token_of(nurse: Browser) -> dict[str, str]:
    form = next(form for form in forms_of(nurse.get("/password")) if form.action == "/password")
    return {"csrf_token": form.values["csrf_token"]}


def test_a_nurse_downloads_a_days_sheets_under_a_name_without_a_patient(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    clinic.ehr.post("/v1/intake", asked("Water"))

    printed = nurse.post(ADDRESS, {**token_of(nurse), "date": DAY})

    assert printed.content_type == "application/pdf"
    assert printed.headers["Content-Disposition"] == f'attachment; filename="checklists-{DAY}.pdf"'
    assert printed.headers["Cache-Control"] == "no-store"
    assert "Test Patient 01" in pdf_pages(printed.data)[0]


def test_the_chosen_sheets_are_printed_and_the_cover_comes_even_where_all_of_them_fail(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    receipt = clinic.ehr.post("/v1/intake", asked("own \ue000")).get_json()

    printed = nurse.post(ADDRESS, {**token_of(nurse), "checklists/4": receipt["checklist"]["id"]})

    assert printed.status_code == 200
    (cover,) = pdf_pages(printed.data)
    assert "Not printed" in cover
    assert "Test Patient 01" in cover


def test_a_day_without_patients_is_answered_with_the_day_still_in_its_field(nurse: Browser) -> None:
    page = nurse.post(ADDRESS, {**token_of(nurse), "date": DAY})

    assert page.status_code == 404
    assert text_of(page).count("No sheet is planned for this day.") == 2
    form = next(form for form in forms_of(page) if form.action == ADDRESS)
    assert form.values["date"] == DAY


def test_a_print_without_a_choice_says_what_is_needed_and_a_wrong_one_is_kept(nurse: Browser) -> None:
    nothing = nurse.post(ADDRESS, token_of(nurse))
    wrong = nurse.post(ADDRESS, {**token_of(nurse), "checklists/0": "x", "renew": "yes"})

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert "Choose a day or at least one sheet." in text_of(nothing)
    form = next(form for form in forms_of(wrong) if form.action == ADDRESS)
    assert (form.values["checklists/0"], form.values["renew"]) == ("x", "yes")


def test_a_forged_print_is_refused(nurse: Browser, clinic: ClinicOfTests) -> None:
    clinic.ehr.post("/v1/intake", asked("Water"))

    assert nurse.post(ADDRESS, {"date": DAY}).status_code == 400

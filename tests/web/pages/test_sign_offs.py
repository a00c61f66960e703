"""Marking and signing on the page: one section at a time, as it was seen, and nothing typed is lost."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted
from tests.web.pages.conftest import Browser, forms_of, text_of
from tests.web.pages.test_checklists import Json, issue, issuing_of, page_of

OWN, OTHER, MARKS = {"-do": "own"}, {"-do": "other"}, {"-do": "marks"}


def form_of(sheet: Json, section: str) -> str:
    return f"{page_of(sheet)}/sections/{section}"


def send(nurse: Browser, sheet: Json, section: str, *fields: dict[str, str]) -> TestResponse:
    together = {name: value for one in fields for name, value in one.items()}
    return nurse.send(nurse.get(page_of(sheet)), form_of(sheet, section), together)


def reread(clinic: ClinicOfTests, sheet: Json) -> Json:
    read: Json = clinic.nurse.get(f"/v1/checklists/{sheet['id']}").get_json()
    return read


def held(clinic: ClinicOfTests, sheet: Json) -> dict[str, str]:
    return {signed["section"]: signed["status"] for signed in reread(clinic, sheet)["sign_offs"]}


def items_of(sheet: Json) -> list[str]:
    return [line["id"] for section in sheet["sections"] for line in section["lines"] if "item" in line]


def mark(section: str, line: str, word: str, note: str = "") -> dict[str, str]:
    return {f"{section}/marks/{line}/mark": word, f"{section}/marks/{line}/note": note}


def test_the_nurse_signs_one_section_with_one_press_and_stays_at_it(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    signed = send(nurse, sheet, "prescription", OWN)

    assert signed.location == f"{page_of(sheet)}#section-prescription"
    assert held(clinic, sheet) == {"prescription": "holds"}
    text = text_of(nurse.get(page_of(sheet)))
    assert re.search(r"Signed Signed by Test Nurse , nurse, \d+ \w+ 2\d{3}", text)


def test_somebody_else_signs_with_a_role_and_a_name(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    typed = {"tell/role": "patient", "tell/name": "Test Patient 01"}
    assert send(nurse, sheet, "tell", OTHER, typed).status_code == 303

    signed = reread(clinic, sheet)["sign_offs"]
    assert [(one["role"], one["name"]) for one in signed] == [("patient", "Test Patient 01")]
    assert signed[0]["recorded_by"]["name"] == "Test Nurse"


def own_buttons(page: TestResponse) -> int:
    return page.get_data(as_text=True).count('name="-do" value="own"')


def test_who_has_signed_is_not_offered_to_sign_again_until_it_was_taken_back(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    before = own_buttons(nurse.get(page_of(sheet)))
    send(nurse, sheet, "tell", OTHER, {"tell/role": "nurse", "tell/name": "Test Nurse 02"})
    assert own_buttons(nurse.get(page_of(sheet))) == before

    send(nurse, sheet, "prescription", OWN)
    page = nurse.get(page_of(sheet))
    assert own_buttons(page) == before - 1
    assert "One more person signs" in text_of(page)

    own = next(one for one in reread(clinic, sheet)["sign_offs"] if one["section"] == "prescription")
    way = f"/v1/checklists/{sheet['id']}/sections/prescription/sign-offs/{own['id']}/withdrawal"
    assert clinic.nurse.post(way, json={"reason": "Wrong sheet."}).status_code == 200
    assert own_buttons(nurse.get(page_of(sheet))) == before


def test_a_signature_without_role_or_name_is_refused_at_its_fields(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    page = send(nurse, sheet, "tell", OTHER, {"tell/name": "Test Doctor 01"})
    html = page.get_data(as_text=True)

    assert page.status_code == 422
    assert 'href="#f-tell-role"' in html
    assert 'id="f-tell-role"' in html
    assert 'value="Test Doctor 01"' in html
    assert held(clinic, sheet) == {}


def test_only_a_category_that_was_not_asked_has_a_field_for_the_reason_and_needs_it(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    fields = {name for form in forms_of(nurse.get(page_of(sheet))) for name in form.values}
    reasons = {name for name in fields if name.endswith("/deferred_reason") and not name.startswith("-")}
    assert reasons == {"over_the_counter/deferred_reason", "supplement/deferred_reason"}

    refused = send(nurse, sheet, "supplement", OWN)
    assert refused.status_code == 422
    assert text_of(refused).count("Reason to sign before it was asked: This is needed.") == 1
    assert 'id="f-supplement-deferred_reason-fault"' in refused.get_data(as_text=True)
    assert held(clinic, sheet) == {}

    reason = {"supplement/deferred_reason": "Asked by phone tomorrow."}
    nurse.follow(nurse.send(refused, form_of(sheet, "supplement"), OWN | reason))
    assert held(clinic, sheet) == {"supplement": "holds"}
    assert "Asked by phone tomorrow." in text_of(nurse.get(page_of(sheet)))


def test_marks_of_several_lines_are_saved_together_and_change_nothing_on_the_list(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "Soap", "Tea")
    first, second, third = items_of(sheet)
    marks = mark("prescription", first, "told_provider") | mark("prescription", third, "changed", "Half.")
    page = nurse.follow(send(nurse, sheet, "prescription", MARKS, marks))

    made = {mark["line"]: (mark["mark"], mark["note"]) for mark in reread(clinic, sheet)["marks"]}
    assert made == {first: ("told_provider", None), third: ("changed", "Half.")}
    assert "Taken, but changed – Test Nurse" in text_of(page)
    assert held(clinic, sheet) == {}
    assert reread(clinic, sheet)["status"] == "current"
    assert second not in made


def test_only_a_mark_that_was_changed_is_made_and_a_mark_is_taken_back(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "Soap")
    first, second = items_of(sheet)
    send(nurse, sheet, "prescription", MARKS, mark("prescription", first, "discussed", "Twice\r\na day."))
    before = reread(clinic, sheet)["marks"]
    assert before[0]["note"] == "Twice\na day."

    send(nurse, sheet, "prescription", MARKS, mark("prescription", second, "discussed"))
    assert reread(clinic, sheet)["marks"][0] == before[0]

    send(nurse, sheet, "prescription", MARKS, mark("prescription", first, "none", "Twice\r\na day."))
    assert [one["line"] for one in reread(clinic, sheet)["marks"]] == [second]


def test_a_mark_that_another_nurse_made_meanwhile_stays_where_this_one_touched_nothing(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "Soap")
    first, second = items_of(sheet)
    seen = nurse.get(page_of(sheet))
    clinic.nurse.put(f"/v1/checklists/{sheet['id']}/lines/{first}/mark", {"mark": "not_taking"})
    nurse.send(seen, form_of(sheet, "prescription"), MARKS | mark("prescription", second, "discussed"))

    assert [one["mark"] for one in reread(clinic, sheet)["marks"]] == ["not_taking", "discussed"]


def test_signing_saves_the_marks_of_its_section_with_it_or_neither(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    (line,) = items_of(sheet)
    long = mark("prescription", line, "discussed", "w" * 5000)
    refused = send(nurse, sheet, "prescription", OWN, long)
    assert refused.status_code == 422
    assert "Note on: Water: This is longer than the field takes." in text_of(refused)
    assert "w" * 5000 in refused.get_data(as_text=True)
    assert held(clinic, sheet) == {}

    nurse.send(refused, form_of(sheet, "prescription"), OWN | mark("prescription", line, "discussed", "w"))
    assert held(clinic, sheet) == {"prescription": "holds"}
    assert [one["note"] for one in reread(clinic, sheet)["marks"]] == ["w"]


def test_a_note_without_a_mark_is_asked_for_its_mark(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    (line,) = items_of(sheet)
    page = send(nurse, sheet, "prescription", MARKS, {f"prescription/marks/{line}/note": "Since May."})

    assert page.status_code == 422
    assert "Mark of: Water: Choose one of these." in text_of(page)
    assert "Since May." in page.get_data(as_text=True)


def test_enter_in_a_field_saves_marks_and_never_signs(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    page = nurse.get(page_of(sheet))
    for form in forms_of(page):
        if "/sections/" in form.action:
            assert form.buttons[0] == ("-do", "marks")


def test_a_list_that_changed_while_the_page_was_open_is_shown_and_what_was_typed_goes_to_the_new_sheet(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    seen = nurse.get(page_of(sheet))
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))
    (line,) = items_of(sheet)
    typed = mark("prescription", line, "discussed", "At noon.") | {
        "prescription/role": "provider",
        "prescription/name": "Test Doctor 01",
    }
    page = nurse.send(seen, form_of(sheet, "prescription"), OTHER | typed)
    text = text_of(page)

    assert page.status_code == 409
    assert "The section has changed since it was seen. Nothing was signed." in text
    assert "New on the list: Soap" in text
    assert "What was typed here goes with it to the new sheet." in text
    assert reread(clinic, sheet)["marks"] == []

    new = nurse.send(page, issuing_of(sheet))
    assert new.status_code == 200
    values = next(form for form in forms_of(new) if form.action.endswith("/sections/prescription")).values
    assert {name: values[name] for name in typed} == typed
    assert values["prescription/content_digest"] not in page.get_data(as_text=True)


def test_a_form_of_a_sheet_that_was_taken_back_meanwhile_signs_nothing_and_says_so(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    seen = nurse.get(page_of(sheet))
    clinic.nurse.post(f"/v1/checklists/{sheet['id']}/withdrawal", {"reason": "Wrong day."})
    page = nurse.send(seen, form_of(sheet, "tell"), OWN)

    assert page.status_code == 409
    assert "The sheet was taken back. Nothing was signed or marked." in text_of(page)
    assert "Wrong day." in text_of(page)
    assert held(clinic, sheet) == {}


def test_the_same_form_sent_twice_signs_once(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    seen = nurse.get(page_of(sheet))
    answers = [nurse.send(seen, form_of(sheet, "tell"), OWN) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(reread(clinic, sheet)["sign_offs"]) == 1


def test_a_void_signature_says_who_had_signed_and_that_the_section_changed(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    send(nurse, sheet, "prescription", OWN)
    send(nurse, sheet, "tell", OWN)
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))
    new = nurse.follow(nurse.send(nurse.get(page_of(sheet)), issuing_of(sheet)))
    text = text_of(new)

    assert text.count("Out of date: the section has changed since it was signed.") == 1
    assert re.search(r"Signature out of date Signed by Test Nurse , nurse, ", text)
    assert held(clinic, sheet) == {"prescription": "void", "tell": "holds"}
    assert "Sign as nurse: Test Nurse" in text


def test_a_signature_is_taken_back_with_a_reason_after_a_question(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water")
    send(nurse, sheet, "tell", OWN)
    page = nurse.get(page_of(sheet)).get_data(as_text=True)
    path = re.findall(r'href="([^"]+/take-back)"', page)[0]
    asking = nurse.get(path)
    assert "Take this signature back?" in text_of(asking)
    assert nurse.send(asking, path, reason="").status_code == 422

    back = nurse.follow(nurse.send(asking, path, reason="<i>Wrong</i> person"))
    assert "Reason: <i>Wrong</i> person" in text_of(back)
    assert "<bdi>&lt;i&gt;Wrong&lt;/i&gt; person</bdi>" in back.get_data(as_text=True)
    assert held(clinic, sheet) == {"tell": "withdrawn"}


@pytest.mark.parametrize("section", ["gaps", "sign_off", "no_such"])
def test_what_is_not_there_to_sign_is_not_found(nurse: Browser, clinic: ClinicOfTests, section: str) -> None:
    sheet = issue(clinic, "Water")
    fields: dict[str, Any] = {f"{section}/content_digest": "sha256:x", **OWN}
    page = nurse.get(page_of(sheet))
    token = forms_of(page)[0].values["csrf_token"]

    assert nurse.post(form_of(sheet, section), {**fields, "csrf_token": token}).status_code == 404


def test_another_clinics_section_is_neither_signed_nor_marked(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs, ours = issue(other_clinic, "Water"), issue(clinic, "Water")
    token = forms_of(nurse.get(page_of(ours)))[0].values["csrf_token"]
    digest = next(part["content_digest"] for part in theirs["sections"] if part["id"] == "tell")
    fields = {"tell/content_digest": digest, "csrf_token": token}

    for button in (OWN, MARKS | mark("tell", "ask-open", "discussed") | {"-was/ask-open/mark": ""}):
        assert nurse.post(form_of(theirs, "tell"), fields | button).status_code == 404

"""What ``make run`` says on the terminal: a list that can be pasted and is taken as it stands."""

import json
import re
from datetime import date

from service.actions.intake import Intake
from service.cli.demo.instructions import instructions
from service.web.schemas.intake import IntakeSchema

KEPT = {
    name: f"<{name}>"
    for name in (
        *("BASE_URL", "INTAKE_KEY", "EHR_KEY", "ADMIN_KEY", "SMART_CLIENT_ID"),
        *("NURSE_LOGIN", "NURSE_PASSWORD", "ADMIN_LOGIN", "ADMIN_PASSWORD"),
    )
}


def test_the_list_to_paste_is_planned_for_the_day_of_the_worklist_and_taken_as_it_stands() -> None:
    said = instructions(KEPT, date(2031, 2, 28))
    pasted = re.search(r"-d '(.*?)' \|", said, re.DOTALL)

    assert pasted is not None
    intake: Intake = IntakeSchema().load(json.loads(pasted[1]))

    assert intake.checklist is not None
    assert intake.checklist.planned_start == date(2031, 2, 28)


def test_all_that_opens_the_demo_is_said_once() -> None:
    said = instructions(KEPT, date(2031, 2, 28))
    assert [name for name, value in KEPT.items() if name != "BASE_URL" and said.count(value) != 1] == []
    assert "-w '\\n%{http_code}\\n'" in said

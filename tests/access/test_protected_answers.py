"""What is answered to whoever may ask carries the headers that protect it, and is never to be stored."""

from tests.access.calls import send
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.web.every_route import faults_of


def test_every_answer_to_who_may_ask_is_protected(ours: FilledClinic) -> None:
    answers = []
    for operation, rule in RULES.items():
        call = HOW[operation](ours)
        kind = next(rule.allowed(), Kind.NOBODY)
        answers.append(send(ours.app, rule, call, ours.shown(kind, rule, call)))

    assert [fault for answer in answers for fault in faults_of(answer)] == []
    assert sum(answer.status_code == 200 for answer in answers) > 80

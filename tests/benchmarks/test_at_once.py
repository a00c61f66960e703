"""What many clients at once are told is held against the database, and against each other."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from benchmarks.at_once_rows import _round
from benchmarks.clinic import set_up_clinic
from benchmarks.forms import form
from benchmarks.load import Found, check_kept
from benchmarks.sameness import DifferentError
from benchmarks.sides import WrongAnswerError
from tests.benchmarks.test_floor import Side, service_on


def test_only_what_was_acknowledged_is_there_and_all_of_it(database_url: str) -> None:
    app, database = service_on(database_url)
    side = Side(database_url, app.test_client(), set_up_clinic(database_url))
    patients = ["kept-1", "kept-2"]
    for patient in patients:
        posted = form(20)
        posted["patient"]["identifier"]["value"] = patient
        assert side.post(posted).status_code == 201
    database.dispose()

    told = Found("kept-", [], patients)
    check_kept(database_url, told)
    for wrong in (patients[:1], [*patients, "kept-3"], [*patients, "kept-2"]):
        with pytest.raises(DifferentError):
            check_kept(database_url, replace(told, acknowledged=wrong))


def test_a_client_that_gets_less_than_half_of_its_share_leaves_no_figure() -> None:
    service, floor = Mock(), Mock()
    service.name, floor.name = "service", "floor"
    starved = Found("", [[0.1] * 9, [0.1] * 9, [0.1] * 3], [])

    assert _round(floor, starved).answers == [9, 9, 3]
    with pytest.raises(WrongAnswerError):
        _round(service, starved)
    assert _round(service, replace(starved, latencies=[[0.1] * 9, [0.1] * 5])).middle == 100

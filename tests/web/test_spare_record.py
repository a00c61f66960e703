"""Where the database takes no write, the log says who read what; where that takes none, nothing is read."""

from io import TextIOWrapper
from pathlib import Path
from uuid import uuid4

import pytest

from service.store.database import UnavailableError
from service.web.spare_record import log_events
from tests.store.records import event_of


def test_a_line_has_the_ids_of_what_was_read_and_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    event = event_of(uuid4(), uuid4(), uuid4())

    log_events([event, event])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for part in ("audit_event_not_stored", event.id, event.patient_id, event.actor.id, event.action.value):
        assert str(part) in lines[0]
    assert event.actor.name not in lines[0]


def test_a_log_that_takes_no_line_keeps_what_was_read_from_being_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with TextIOWrapper(Path("/dev/full").open("wb", buffering=0), write_through=True) as full:
        monkeypatch.setattr("sys.stdout", full)
        with pytest.raises(UnavailableError):
            log_events([event_of(uuid4(), uuid4(), uuid4())])

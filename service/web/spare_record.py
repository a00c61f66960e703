"""Where it is recorded who read what while the database takes no write: lines of the log, with ids alone."""

from collections.abc import Sequence

import structlog

from service.domain.audit.events import AuditEvent
from service.store.database import UnavailableError

_log = structlog.get_logger()


def log_events(events: Sequence[AuditEvent]) -> None:
    """A line for each event. Raises UnavailableError where the log takes none: then nothing is given."""
    try:
        for event in events:
            _log_event(event)
    except OSError:
        raise UnavailableError("What was read can be recorded nowhere.") from None


def _log_event(event: AuditEvent) -> None:
    _log.error(
        "audit_event_not_stored",
        id=str(event.id),
        at=event.at.isoformat(),
        clinic=str(event.actor.clinic_id),
        actor=f"{event.actor.kind}/{event.actor.id}",
        role=event.actor.role.value,
        action=event.action.value,
        outcome=event.outcome.value,
        request_id=event.request_id,
        patient=str(event.patient_id) if event.patient_id else None,
        subject=event.subject,
        details=dict(event.details),
    )

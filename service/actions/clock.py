"""The one clock: what time it is, is asked here and handed inwards from the door. Durations are monotonic."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time that the machine says it is, in UTC."""
    return datetime.now(UTC)
